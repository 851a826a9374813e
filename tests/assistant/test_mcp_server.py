"""The tools as a client of the protocol meets them: in this process, on stdin and stdout, and on a real server."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import pytest
from fastapi.testclient import TestClient
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, Tool

from assistant import engine
from assistant.api.app import build_app
from assistant.api.guard import hashed
from assistant.api.work import Work
from assistant.as_json import answer_json, quote_json, verdict_json
from assistant.mcp_server import build_mcp
from assistant.suggest import suggestions
from assistant.verify import verify
from kb.knowledge_base import KnowledgeBase
from kb.model import Track
from kb.quote_search import QuoteFilters, find_quotes
from kb.search import Filters
from kb.text import Span, render
from kb.themes import themes

PORT, GUARDED_PORT = 8141, 8142
TOKEN = "geheim"
SITE = "https://gemeente.example.org"
QUESTION = "Wat zeiden burgers over eenzaamheid?"
TRANSLATED = "We are all in the same storm but not in the same boat"
TOOLS = ["vraag", "zoek_citaten", "controleer_citaat", "themas"]
CALLS: dict[str, dict[str, Any]] = {
    "vraag": {"question": QUESTION, "track": "burgers"},
    "zoek_citaten": {"text": "eenzaam", "track": "burgers", "size": 3},
    "controleer_citaat": {"text": TRANSLATED},
    "themas": {},
}
LIST_TOOLS = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HELLO = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
HEADERS = {"Accept": "application/json, text/event-stream"}


def tools_of(server: Any, mode: str = "auto") -> list[Tool]:
    async def run() -> list[Tool]:
        async with Client(server, mode=mode) as client:
            return (await client.list_tools()).tools

    return anyio.run(run)


def call(server: Any, name: str, arguments: dict[str, Any] | None = None, mode: str = "auto") -> CallToolResult:
    async def run() -> CallToolResult:
        async with Client(server, mode=mode) as client:
            return await client.call_tool(name, CALLS[name] if arguments is None else arguments)

    return anyio.run(run)


def said(result: CallToolResult) -> str:
    (content,) = result.content
    assert content.type == "text"
    return content.text


def timeless(made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if key != "elapsed_ms"}


def expected(kb: KnowledgeBase, name: str) -> dict[str, Any]:
    """What the command line and the API give for the same."""
    match name:
        case "vraag":
            return timeless(answer_json(engine.ask(kb, QUESTION, filters=Filters(Track.BURGERS))))
        case "zoek_citaten":
            found = find_quotes(kb, "eenzaam", filters=QuoteFilters(track=Track.BURGERS), size=3)
            quotes = [quote_json(quote, kb.reports[quote.report_id]) for quote in found.quotes]
            return {"quotes": quotes, "total": found.total, "exact": found.exact}
        case "controleer_citaat":
            verdict = verify(kb, TRANSLATED)
            return verdict_json(verdict, suggestions(kb, verdict))
    return {"themes": [asdict(theme) for theme in themes(kb)]}


def as_sent(made: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(made))


def gives_what_is_expected(kb: KnowledgeBase, name: str, result: CallToolResult) -> bool:
    assert not result.is_error, said(result)
    return timeless(result.structured_content or {}) == as_sent(expected(kb, name))


# --- in this process --------------------------------------------------------------------------------------------------


def test_there_are_four_tools_which_only_read_and_say_in_dutch_what_they_do(kb: KnowledgeBase) -> None:
    tools = tools_of(build_mcp(kb))
    assert [tool.name for tool in tools] == TOOLS
    for tool in tools:
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert tool.title
        assert tool.description
        assert tool.output_schema
        assert "\n" not in tool.description
    properties = tools[0].input_schema["properties"]
    assert properties["track"]["anyOf"][0]["enum"] == [str(track) for track in Track]
    assert all("description" in one for one in properties.values())


@pytest.mark.parametrize("mode", ["auto", "legacy"], ids=["newest protocol", "older protocol"])
@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_gives_the_json_of_the_api(kb: KnowledgeBase, name: str, mode: str) -> None:
    assert gives_what_is_expected(kb, name, call(build_mcp(kb), name, mode=mode))


def test_the_instructions_tell_a_model_how_to_quote(kb: KnowledgeBase) -> None:
    async def run() -> str | None:
        async with Client(build_mcp(kb)) as client:
            return client.instructions

    instructions = anyio.run(run)
    assert instructions
    assert all(word in instructions for word in ("`citations`", "`quote`", "`verbatim`", "[1]", "steekproef"))


def test_the_words_of_an_answer_stand_where_its_citations_say(kb: KnowledgeBase) -> None:
    made = call(build_mcp(kb), "vraag").structured_content
    assert made
    assert made["citations"]
    for citation in made["citations"]:
        spans = tuple(Span(*pair) for pair in citation["spans"])
        assert render(kb.text(citation["source"]), spans) == citation["text"]


def test_the_text_of_an_answer_has_its_markers_and_for_each_a_source(kb: KnowledgeBase) -> None:
    result = call(build_mcp(kb), "vraag")
    made, text = result.structured_content, said(result)
    assert made
    assert made["text"] in text
    shown, sources = text.split("\n\nBronnen\n")
    cited = [one["number"] for one in made["citations"] if f"[{one['number']}]" in shown]
    assert [int(line.split("]")[0][1:]) for line in sources.splitlines()] == cited
    assert made["citations"][0]["source"] in sources


def test_a_follow_up_question_is_understood_with_what_was_asked_before(kb: KnowledgeBase) -> None:
    result = call(build_mcp(kb), "vraag", {"question": "En jongeren?", "history": ["Wat zeiden burgers over wonen?"]})
    assert result.structured_content
    assert "wonen" in result.structured_content["standalone_question"]
    assert said(result).startswith("Begrepen als:")


def test_a_question_that_the_sources_do_not_answer_is_no_error(kb: KnowledgeBase) -> None:
    result = call(build_mcp(kb), "vraag", {"question": "Wat zeiden deelnemers over kernenergie?"})
    assert result.structured_content
    assert (result.is_error, result.structured_content["status"]) == (False, "no_answer")
    assert "Bronnen\n" not in said(result)


def test_quotations_are_told_with_their_words_speaker_and_place(kb: KnowledgeBase) -> None:
    result = call(build_mcp(kb), "zoek_citaten", {"speaker": "student", "size": 2})
    made, text = result.structured_content, said(result)
    assert made
    assert len(made["quotes"]) == 2
    assert made["total"] > 2
    assert text.startswith(f"{made['total']} citaten")
    for quote in made["quotes"]:
        assert "student" in quote["speaker"].lower()
        assert f"‘{quote['text']}’\n{quote['speaker']}" in text
        assert quote["id"] in text


@pytest.mark.parametrize(
    ("arguments", "verdict", "words"),
    [
        ({"text": "Ik merk dat door het gebrek aan contact veel mensen om mij heen geen energie hebben en zich "
          "depressief voelen.", "speaker": "burgemeester"}, "misattributed", "Spreker klopt niet"),
        ({"text": TRANSLATED}, "not_found", "in dezelfde storm, maar niet in dezelfde boot"),
        ({"text": "ja"}, "not_found", "Te kort om te controleren"),
    ],
    ids=["wrong speaker", "translated", "too short"],
)  # fmt: skip
def test_a_verdict_is_told_with_what_stands_in_the_sources(
    kb: KnowledgeBase, arguments: dict[str, str], verdict: str, words: str
) -> None:
    result = call(build_mcp(kb), "controleer_citaat", arguments)
    assert result.structured_content
    assert result.structured_content["verdict"] == verdict
    assert words in said(result)


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("vraag", {"question": " "}, "De vraag is leeg."),
        ("vraag", {}, "question: dit veld ontbreekt."),
        ("vraag", {"question": QUESTION, "theme": "kaas"}, "Onbekend thema 'kaas'."),
        ("vraag", {"question": QUESTION, "track": "kaas"}, "Onbekend spoor 'kaas'."),
        ("vraag", {"question": QUESTION, "thema": "gezondheid"}, "vraag kent niet: thema."),
        ("zoek_citaten", {"size": 0}, "size: is ongeldig."),
        ("controleer_citaat", {"text": "x" * 50_001}, "De tekst is te lang"),
        ("kaas", {}, "Onbekend gereedschap 'kaas'."),
    ],
    ids=["empty", "missing", "theme", "track", "unknown field", "value", "too long", "unknown tool"],
)
def test_bad_input_is_an_error_in_dutch(kb: KnowledgeBase, name: str, arguments: dict[str, Any], words: str) -> None:
    result = call(build_mcp(kb), name, arguments)
    assert result.is_error
    assert result.structured_content is None
    assert words in said(result)
    assert "Error" not in said(result)


def test_an_error_of_ours_is_told_without_its_cause_and_logged_without_the_question(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: KnowledgeBase, text: str, **__: object) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(engine, "ask", fail)
    result = call(build_mcp(kb), "vraag")
    assert result.is_error
    assert said(result).startswith("Er ging iets mis.")
    assert "the tool vraag failed: RuntimeError" in caplog.text
    assert "in fail" in caplog.text
    assert "eenzaamheid" not in caplog.text


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_nothing_that_was_asked_gets_into_the_log(
    kb: KnowledgeBase, caplog: pytest.LogCaptureFixture, mode: str
) -> None:
    caplog.set_level(logging.DEBUG)
    server = build_mcp(kb)
    call(server, "vraag", {"question": "Wat zeiden burgers over eenzaamheid en zeldzaamwoord?"}, mode)
    call(server, "vraag", {"question": QUESTION, "theme": "zeldzaamwoord"}, mode)
    call(server, "zoek_citaten", {"text": "zeldzaamwoord"}, mode)
    assert "eenzaamheid" not in caplog.text
    assert "zeldzaamwoord" not in caplog.text


def test_building_leaves_the_log_of_the_process_alone_and_reports_to_nobody(kb: KnowledgeBase) -> None:
    before = (list(logging.root.handlers), logging.root.level)
    layers = [type(layer).__name__ for layer in build_mcp(kb).middleware]
    assert (logging.root.handlers, logging.root.level) == before
    assert not [layer for layer in layers if "Telemetry" in layer]


def test_a_tool_runs_beside_the_event_loop_and_not_for_ever(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []

    def ask(*_: object, **__: object) -> None:
        threads.append(threading.current_thread())
        time.sleep(0.5)

    monkeypatch.setattr(engine, "ask", ask)
    result = call(build_mcp(kb, Work(at_once=1, seconds_max=0.1)), "vraag")
    assert threads[0] is not threading.main_thread()
    assert result.is_error
    assert "niet binnen 0.1 seconden" in said(result)


# --- on stdin and stdout ----------------------------------------------------------------------------------------------


@pytest.fixture
def command(home: Path) -> StdioServerParameters:
    environment = {**os.environ, "DIALOOG_HOME": str(home)}
    return StdioServerParameters(command=sys.executable, args=["-m", "ui", "mcp"], env=environment)


def test_the_command_serves_the_tools_on_stdin_and_stdout(kb: KnowledgeBase, command: StdioServerParameters) -> None:
    async def run() -> tuple[list[str], dict[str, CallToolResult], CallToolResult]:
        async with Client(command) as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            results = {name: await client.call_tool(name, CALLS[name]) for name in names}
            return names, results, await client.call_tool("vraag", {"question": ""})

    names, results, refused = anyio.run(run)
    assert names == TOOLS
    assert all(gives_what_is_expected(kb, name, results[name]) for name in names)
    assert refused.is_error
    assert "De vraag is leeg." in said(refused)


def started(home: Path) -> subprocess.Popen[str]:
    """`dialoog mcp` over a state folder, to talk to by its pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "mcp"],
        env={**os.environ, "DIALOOG_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_command_writes_nothing_but_messages_and_nothing_of_what_was_asked(home: Path) -> None:
    asked = {"name": "vraag", "arguments": {"question": QUESTION}}
    wrong = {"name": "vraag", "arguments": {"question": QUESTION, "theme": "zeldzaamwoord"}}
    requests = [
        HELLO,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": asked},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": wrong},
    ]
    with started(home) as process:
        assert process.stdin
        assert process.stdout
        print(*map(json.dumps, requests), sep="\n", file=process.stdin, flush=True)
        answers = [json.loads(process.stdout.readline()) for _ in range(3)]
        rest, errors = process.communicate(timeout=30)
    assert {answer["id"]: "result" in answer for answer in answers} == {0: True, 1: True, 2: True}
    assert (rest, errors, process.returncode) == ("", "", 0)


def test_an_interrupt_ends_the_command_while_it_waits(home: Path) -> None:
    with started(home) as process:
        assert process.stdin
        assert process.stdout
        print(json.dumps(HELLO), file=process.stdin, flush=True)
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == -signal.SIGINT
        assert process.stderr
        assert process.stderr.read() == ""


def test_the_command_says_what_to_do_without_an_index(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "ui", "mcp"],
        env={**os.environ, "DIALOOG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert "dialoog ingest" in result.stderr


# --- over HTTP --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(serve: Callable, home: Path) -> Iterator[str]:
    with serve(home, PORT) as (address, _):
        yield address


@pytest.fixture(scope="module")
def guarded_server(serve: Callable, home: Path) -> Iterator[str]:
    """A server that wants a token, and that browsers may call for one other site."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIALOOG_TOKENS", json.dumps([hashed(TOKEN)]))
        patch.setenv("DIALOOG_ORIGINS", json.dumps([SITE]))
        with serve(home, GUARDED_PORT) as (address, _):
            yield address


@pytest.mark.parametrize("mode", ["auto", "legacy"], ids=["newest protocol", "older protocol"])
def test_the_web_server_serves_the_tools_beside_its_page(kb: KnowledgeBase, server: str, mode: str) -> None:
    async def run() -> tuple[list[str], dict[str, CallToolResult], CallToolResult]:
        async with Client(f"{server}/mcp", mode=mode) as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            results = {name: await client.call_tool(name, CALLS[name]) for name in names}
            return names, results, await client.call_tool("vraag", {"question": ""})

    names, results, refused = anyio.run(run)
    assert names == TOOLS
    assert all(gives_what_is_expected(kb, name, results[name]) for name in names)
    assert refused.is_error
    assert "gradio_config" in httpx.get(server).text


def test_several_clients_are_answered_at_the_same_time(server: str) -> None:
    results: list[CallToolResult] = []

    async def ask(number: int) -> None:
        async with Client(f"{server}/mcp") as client:
            results.append(await client.call_tool("zoek_citaten", {"size": number}))

    async def run() -> None:
        async with anyio.create_task_group() as group:
            for number in range(1, 6):
                group.start_soon(ask, number)

    anyio.run(run)
    assert sorted(len((result.structured_content or {})["quotes"]) for result in results) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("path", ["/mcp", "/mcp/"])
@pytest.mark.parametrize("host", ["localhost:1234", "dialoog.example.org"])
def test_any_name_of_the_server_will_do(server: str, path: str, host: str) -> None:
    response = httpx.post(f"{server}{path}", json=LIST_TOOLS, headers={**HEADERS, "Host": host})
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert len(response.json()["result"]["tools"]) == len(TOOLS)


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_stream_of_messages_to_keep_open(server: str, method: str) -> None:
    response = httpx.request(method, f"{server}/mcp", headers=HEADERS)
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("origin", ["https://ergens.example.org", "null", f"http://127.0.0.1:{PORT}"])
def test_a_browser_may_not_ask_for_a_site_that_is_not_named(server: str, origin: str) -> None:
    # As when the name of the site was made to point here.
    rebound = {"Host": origin.removeprefix("https://").removeprefix("http://"), "Origin": origin}
    response = httpx.post(f"{server}/mcp", json=LIST_TOOLS, headers={**HEADERS, **rebound})
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert "access-control-allow-origin" not in response.headers


def test_a_browser_may_ask_for_a_site_that_is_named(guarded_server: str) -> None:
    headers = {**HEADERS, "Origin": SITE, "Authorization": f"Bearer {TOKEN}"}
    response = httpx.post(f"{guarded_server}/mcp", json=LIST_TOOLS, headers=headers)
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (200, SITE)
    other = httpx.post(f"{guarded_server}/mcp", json=LIST_TOOLS, headers={**headers, "Origin": "https://x.example"})
    assert other.status_code == 403


@pytest.mark.parametrize(("origin", "status"), [(SITE, 200), ("https://x.example", 400)], ids=["named", "other"])
@pytest.mark.parametrize("path", ["/mcp", "/v1/vragen"])
def test_a_browser_asks_leave_without_its_token(guarded_server: str, path: str, origin: str, status: int) -> None:
    wanted = "authorization,content-type,mcp-method,mcp-name,mcp-protocol-version"
    asks = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": wanted}
    response = httpx.options(f"{guarded_server}{path}", headers=asks)
    assert response.status_code == status
    assert response.headers.get("access-control-allow-origin") == (SITE if status == 200 else None)


def test_with_tokens_only_who_has_one_may_use_the_tools(guarded_server: str) -> None:
    for path in ("/mcp", "/mcp/"):
        refused = httpx.post(f"{guarded_server}{path}", json=LIST_TOOLS, headers=HEADERS)
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")

    async def run() -> CallToolResult:
        async with (
            httpx2.AsyncClient(headers={"Authorization": f"Bearer {TOKEN}"}) as http,
            Client(streamable_http_client(f"{guarded_server}/mcp", http_client=http)) as client,
        ):
            return await client.call_tool("themas")

    assert not anyio.run(run).is_error


def test_the_rate_limit_holds_and_the_log_has_a_line_a_request_without_what_was_asked(
    kb: KnowledgeBase, capsys: pytest.CaptureFixture[str]
) -> None:
    limited = replace(kb, settings=kb.settings.model_copy(update={"rate": "2/minute", "log": True}))
    asked = {"name": "zoek_citaten", "arguments": {"text": "zeldzaamwoord"}}
    with TestClient(build_app(limited)) as client:
        requests = ({**LIST_TOOLS, "method": "tools/call", "params": asked} for _ in range(3))
        statuses = [client.post("/mcp", json=request, headers=HEADERS).status_code for request in requests]
    assert statuses == [200, 200, 429]
    errors = capsys.readouterr().err
    lines = [json.loads(line) for line in errors.splitlines()]
    assert [(line["method"], line["status"]) for line in lines] == [("POST", status) for status in statuses]
    assert {line["resource"] for line in lines} == {"/mcp"}
    assert "zeldzaamwoord" not in errors


def test_an_application_can_be_started_again(kb: KnowledgeBase) -> None:
    app = build_app(kb)
    for _ in range(2):
        with TestClient(app) as client:
            assert client.post("/mcp", json=LIST_TOOLS, headers=HEADERS).status_code == 200
