"""The bundled corpus as the program itself reads it, parsed and ingested once for all tests; no network."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import hypothesis
import pytest

from ingest.parse import ParsedSource, parse
from ingest.pipeline import ingest
from ingest.readers import read
from kb import manifest, settings
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.text import Span

# A slow machine is no failure, and the same tests give the same result each time.
hypothesis.settings.register_profile("dialoog", deadline=None, derandomize=True)
hypothesis.settings.load_profile("dialoog")

_connect = socket.socket.connect


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection but to this machine."""

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else address
        is_here = self.family == socket.AF_UNIX or str(host).startswith("127.") or host in ("::1", "localhost")
        assert is_here, f"a test reaches for the network: {address}"
        _connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(scope="session")
def parsed() -> dict[str, ParsedSource]:
    """Every bundled source by its file name."""
    return {file.source.name: parse(read(file.path), file.source) for file in manifest.bundled()}


@pytest.fixture(scope="session")
def line_of(parsed: dict[str, ParsedSource]) -> Callable[[str, tuple[Span, ...]], int]:
    """The line (from 1) of a source on which spans start."""
    return lambda source, spans: parsed[source].text.count("\n", 0, spans[0].start) + 1


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with the bundled corpus ingested; not to be changed."""
    folder = tmp_path_factory.mktemp("home")
    ingest(settings.load(home=folder))
    return folder


@contextmanager
def served(home: Path, port: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server of its own process that answers, with its address; it is killed at the end."""
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", str(port)],
        env={**os.environ, "DIALOOG_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            deadline = time.monotonic() + 60
            while True:
                try:
                    httpx.get(f"{address}/v1/gezondheid").raise_for_status()
                    break
                except httpx.ConnectError:
                    assert time.monotonic() < deadline
                    time.sleep(0.2)
            yield address, process
        finally:
            process.kill()


@pytest.fixture(scope="session")
def serve() -> Callable[[Path, int], AbstractContextManager[tuple[str, subprocess.Popen[bytes]]]]:
    """Starts a server over a state folder, on a port."""
    return served


@pytest.fixture(scope="session")
def kb(home: Path) -> Iterator[KnowledgeBase]:
    """The opened knowledge base of the bundled corpus."""
    opened = open_knowledge_base(settings.load(home=home))
    yield opened
    opened.close()
