"""A language model's server that plays a part: HTTP with OpenAI's protocol, one behaviour at a time."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Writes the reply to a request, given what was asked.
Behaviour = Callable[["_Handler", dict[str, Any]], None]


@dataclass
class ModelServer:
    """A running server: the requests that it got and the keys with them; its behaviour may be changed in between."""

    url: str = ""
    behaviour: Behaviour = field(default=lambda handler, _: handler.error(500))
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    @property
    def prompts(self) -> list[str]:
        """What the user messages of the requests said."""
        return [request["messages"][-1]["content"] for request in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of: ModelServer

    def parse_request(self) -> bool:
        self.server_of.heard.append(str(self.raw_requestline))
        return super().parse_request()

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        request = json.loads(self.rfile.read(length))
        self.server_of.asked.append(request)
        self.server_of.keys.append(self.headers["Authorization"])
        try:
            self.server_of.behaviour(self, request)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def error(self, status: int) -> None:
        self.send_response(status)
        body = json.dumps({"error": {"message": "no", "type": "error"}}).encode()
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def send(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def piece(self, text: str) -> None:
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}],
        }
        self.send(f"data: {json.dumps(chunk)}\n\n")

    def end(self) -> None:
        last = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        stop = {**last, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        self.send(f"data: {json.dumps(stop)}\n\ndata: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def says(text: str, *, size: int = 20, pause: float = 0.0) -> Behaviour:
    """Streams a text in pieces."""

    def behave(handler: _Handler, request: dict[str, Any]) -> None:
        handler.begin()
        for start in range(0, len(text), size):
            handler.piece(text[start : start + size])
            time.sleep(pause)
        handler.end()

    return behave


def states(*statements: tuple[str, list[int]], size: int = 20, pause: float = 0.0) -> Behaviour:
    """Streams statements with their evidence numbers, in the form that is asked for."""
    made = {"statements": [{"text": text, "evidence": numbers} for text, numbers in statements]}
    return says(json.dumps(made, ensure_ascii=False), size=size, pause=pause)


def fails(status: int) -> Behaviour:
    """Refuses every request."""
    return lambda handler, _: handler.error(status)


def only_lines(text: str) -> Behaviour:
    """Refuses structured output, and writes a text to who asks for lines."""

    def behave(handler: _Handler, request: dict[str, Any]) -> None:
        handler.error(400) if "response_format" in request else says(text)(handler, request)

    return behave


def cuts_off(text: str) -> Behaviour:
    """Streams a text and closes the connection in its midst."""

    def behave(handler: _Handler, request: dict[str, Any]) -> None:
        handler.begin()
        for start in range(0, len(text), 20):
            handler.piece(text[start : start + 20])
        handler.send('data: {"id": "1", "choices": [{"index": 0, "del')
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    return behave


def never_ends(piece: str) -> Behaviour:
    """Streams the same for ever."""

    def behave(handler: _Handler, request: dict[str, Any]) -> None:
        handler.begin()
        while True:
            handler.piece(piece)
            time.sleep(0.002)

    return behave


def is_silent(seconds: float) -> Behaviour:
    """Takes a request and says nothing for a while."""

    def behave(handler: _Handler, request: dict[str, Any]) -> None:
        handler.begin()
        time.sleep(seconds)

    return behave


@contextmanager
def running() -> Iterator[ModelServer]:
    """A server on a free port of this machine."""
    model_server = ModelServer()
    handler = type("Handler", (_Handler,), {"server_of": model_server})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        model_server.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield model_server
        server.shutdown()
