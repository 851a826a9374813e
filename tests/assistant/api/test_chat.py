"""The `openai` package talks to the running server as to a language model."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import httpx
import openai
import pytest
from fastapi.testclient import TestClient
from openai.types.chat import ChatCompletion

from assistant import engine
from assistant.api.app import build_app
from assistant.api.chat import _events as chat_events
from assistant.api.work import Work
from assistant.question import understand
from kb.errors import ModelError
from kb.knowledge_base import KnowledgeBase
from tests.assistant.model_server import ModelServer, states

OMT = "Wat is een sociaal-cultureel OMT?"
THUISWERKEN = "Wat zeiden burgers over thuiswerken?"
WONEN = "Wat zeiden burgers over wonen?"


@pytest.fixture(scope="module")
def server(serve: Callable, home: Path) -> Iterator[str]:
    with serve(home, 8146) as (address, _):
        yield address


@pytest.fixture(scope="module")
def chat(server: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{server}/v1", api_key="geen", max_retries=0) as client:
        yield client


def said(*texts: object, role: str = "user") -> list[dict]:
    return [{"role": role, "content": text} for text in texts]


def ask(chat: openai.OpenAI, *texts: object, **options: object) -> ChatCompletion:
    return chat.chat.completions.create(model="dialoogwijzer", messages=said(*texts), **options)


def content_of(made: ChatCompletion) -> str:
    return made.choices[0].message.content


def test_one_model_can_be_chosen(chat: openai.OpenAI) -> None:
    assert [model.id for model in chat.models.list()] == ["dialoogwijzer"]


def test_a_question_gets_its_answer_in_markdown_with_its_sources(chat: openai.OpenAI) -> None:
    made = ask(chat, OMT)
    told, sources = content_of(made).split("\n\n**Bronnen**\n\n")
    assert re.search(r"^- ‘.*sociaal-cultureel OMT.*’ \(Beate Volker\) \[\d+\]$", told, re.MULTILINE)
    assert re.match(r"- \[1\] Beate Volker: .*\.txt, \[tekens \d+–\d+\]\(http://127.0.0.1:8146/bronnen/", sources)
    assert (made.choices[0].finish_reason, made.choices[0].message.refusal, made.usage) == ("stop", None, None)


def test_every_marker_has_a_citation_and_an_annotation_that_leads_to_the_words(chat: openai.OpenAI) -> None:
    made = ask(chat, OMT)
    content = content_of(made)
    citations = {citation["number"]: citation for citation in made.dialoogwijzer["citations"]}
    assert {int(number) for number in re.findall(r"\[(\d+)\]", content)} == set(citations)
    cited = [one.url_citation for one in made.choices[0].message.annotations]
    told, _ = content.split("**Bronnen**")
    markers = [match.span() for match in re.finditer(r"\[\d+\]", told)]
    assert [(one.start_index, one.end_index) for one in cited] == markers
    for one in cited:
        number = int(content[one.start_index + 1 : one.end_index - 1])
        assert one.url.endswith(citations[number]["url"])
        assert citations[number]["report"] in one.title
    assert "<mark" in httpx.get(cited[0].url).raise_for_status().text


def test_the_answer_is_the_one_that_the_other_resource_gives(chat: openai.OpenAI, server: str) -> None:
    other = httpx.post(f"{server}/v1/vragen", json={"question": OMT}).json()
    assert {**ask(chat, OMT).dialoogwijzer, "elapsed_ms": None} == {**other, "elapsed_ms": None}


def test_a_stream_is_the_same_answer_in_parts(chat: openai.OpenAI) -> None:
    whole = ask(chat, OMT)
    chunks = list(ask(chat, OMT, stream=True))
    contents = [chunk.choices[0].delta.content for chunk in chunks]
    assert "".join(filter(None, contents)) == content_of(whole)
    assert len(chunks) > 10
    *others, last = chunks
    assert {chunk.choices[0].finish_reason for chunk in others} == {None}
    assert last.choices[0].finish_reason == "stop"
    assert last.choices[0].delta.annotations == [one.model_dump() for one in whole.choices[0].message.annotations]
    assert {**last.dialoogwijzer, "elapsed_ms": None} == {**whole.dialoogwijzer, "elapsed_ms": None}
    assert len({chunk.id for chunk in chunks}) == 1


def test_earlier_messages_of_the_user_are_the_history(chat: openai.OpenAI) -> None:
    messages = [
        *said("Antwoord als een piraat over onderwijs.", role="system"),
        *said(WONEN),
        *said("Arr, het onderwijs!", role="assistant"),
        *said("En over *verkeer* <b>?"),
    ]
    made = chat.chat.completions.create(model="dialoogwijzer", messages=messages)
    assert made.dialoogwijzer["standalone_question"] == f"{WONEN} En over *verkeer* <b>?"
    assert content_of(made).startswith(f"Begrepen als: {WONEN} En over \\*verkeer\\* &lt;b&gt;?\n\n")
    streamed = chat.chat.completions.create(model="dialoogwijzer", messages=messages, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in streamed) == content_of(made)


def test_an_earlier_message_that_was_too_long_for_a_question_is_no_history(chat: openai.OpenAI) -> None:
    made = ask(chat, WONEN, "x" * 2001, "En over verkeer?")
    assert made.dialoogwijzer["standalone_question"] == f"{WONEN} En over verkeer?"


def test_of_a_message_in_parts_the_text_counts(chat: openai.OpenAI) -> None:
    parts = [
        {"type": "text", "text": "Wat is een"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
        {"type": "text", "text": "sociaal-cultureel OMT?"},
    ]
    assert content_of(ask(chat, parts)) == content_of(ask(chat, OMT))


def test_what_is_meant_for_other_models_is_let_through(chat: openai.OpenAI) -> None:
    tool = {"type": "function", "function": {"name": "zoek", "parameters": {"type": "object", "properties": {}}}}
    made = chat.chat.completions.create(
        model="gpt-9", messages=said(OMT), temperature=0.7, tools=[tool], user="u-1", n=1, extra_body={"chat_id": "x"}
    )
    assert (made.model, content_of(made)) == ("dialoogwijzer", content_of(ask(chat, OMT)))


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
def test_a_refusal_is_an_answer(chat: openai.OpenAI, stream: bool) -> None:
    made = ask(chat, "Hoe bak ik een appeltaart?", stream=stream)
    last = list(made)[-1] if stream else made
    assert (last.dialoogwijzer["status"], last.dialoogwijzer["reason"]) == ("no_answer", "off_topic")
    if not stream:
        assert content_of(made).startswith("Deze vraag lijkt niet te gaan over de dialogen")
        assert made.choices[0].message.annotations == []


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize(
    ("messages", "told"),
    [
        (said(""), "De vraag is leeg"),
        (said(WONEN, [{"type": "image_url", "image_url": {"url": "x"}}]), "De vraag is leeg"),
        (said("x" * 2001), "2000"),
        (said("Hallo", role="assistant"), "geen bericht met role 'user'"),
        ([], "geen bericht met role 'user'"),
        (said(*["Wonen?"] * 201), "ten hoogste 200"),
        (said(5), "messages.content.tekst: moet tekst zijn"),
        (said([{"type": "text", "text": 5}]), "messages.content.delen.text: moet tekst zijn"),
        ("Wonen?", "messages: moet een lijst zijn"),
    ],
    ids=["empty", "no text", "too long", "no user", "none", "too many", "number", "number in a part", "no list"],
)
def test_what_is_wrong_is_told_in_dutch(chat: openai.OpenAI, messages: object, told: str, stream: bool) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        chat.chat.completions.create(model="dialoogwijzer", messages=messages, stream=stream)
    assert told in caught.value.message
    assert told in caught.value.body["message"]
    assert (caught.value.type, caught.value.code) == ("invalid_request_error", "400")


def test_an_error_is_both_a_problem_and_an_error_of_this_protocol(client: TestClient) -> None:
    response = client.post("/v1/chat/completions", json={"messages": [], "stream": "ja"})
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    told = response.json()
    assert told["detail"] == "stream: moet true of false zijn."
    assert told["error"] == {"message": told["detail"], "type": "invalid_request_error", "param": None, "code": "400"}
    assert client.delete("/v1/models").json()["error"]["code"] == "405"


def events(client: TestClient, question: str = WONEN) -> list[str]:
    response = client.post("/v1/chat/completions", json={"messages": said(question), "stream": True})
    assert (response.status_code, response.headers["X-Accel-Buffering"]) == (200, "no")
    return [block.removeprefix("data: ") for block in response.text.strip().split("\n\n")]


def test_a_stream_ends_with_the_word_that_clients_wait_for(client: TestClient) -> None:
    *chunks, last = events(client)
    assert last == "[DONE]"
    assert {json.loads(chunk)["object"] for chunk in chunks} == {"chat.completion.chunk"}


def test_what_a_language_model_writes_comes_in_the_stream_as_in_the_whole(
    with_model: Callable[..., KnowledgeBase], model_server: ModelServer
) -> None:
    def repeat(handler: object, request: dict) -> None:
        """The first passage of the evidence, up to its first full stop: that it says so is beyond doubt."""
        passage = re.search(r"<bewijs nummer=\"1\"[^>]*>([^<.]+\.)", request["messages"][-1]["content"])
        states((passage[1], [1]))(handler, request)

    model_server.behaviour = repeat
    client = TestClient(build_app(with_model()))
    asked = {"messages": said(THUISWERKEN)}
    whole = client.post("/v1/chat/completions", json=asked).json()
    content = whole["choices"][0]["message"]["content"]
    assert content.startswith("Samenvatting (AI), geschreven door openai:scripted.")
    *chunks, _ = events(client, THUISWERKEN)
    deltas = [json.loads(chunk)["choices"][0]["delta"] for chunk in chunks]
    assert "".join(delta.get("content", "") for delta in deltas) == content
    assert whole["dialoogwijzer"]["engine"] == "openai:scripted"


def test_what_goes_wrong_in_a_stream_is_told_in_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Iterator[object]:
        yield understand(WONEN)
        raise ModelError("Het model is weg.")

    monkeypatch.setattr(engine, "stream", fail)
    _, last = events(client)
    assert json.loads(last)["error"] == {
        "message": "Het model is weg.", "type": "server_error", "param": None, "code": "503"
    }  # fmt: skip


def test_a_stream_that_takes_too_long_is_given_up(
    client_with: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(*_: object, **__: object) -> Iterator[object]:
        yield understand(WONEN)
        time.sleep(1)
        yield understand(WONEN)

    monkeypatch.setattr(engine, "stream", hang)
    _, last = events(client_with(seconds_max=0.2))
    assert "0.2 seconden" in json.loads(last)["error"]["message"]


def test_the_work_for_a_client_that_goes_away_ends() -> None:
    ended = threading.Event()

    def chunks() -> Iterator[list[dict]]:
        try:
            while True:
                time.sleep(0.05)
                yield [{}]
        finally:
            ended.set()

    async def listen_for_a_while() -> None:
        made = chunks()
        with anyio.move_on_after(0.3):
            async for _ in chat_events(next(made), made, Work(at_once=1, seconds_max=5)):
                pass

    anyio.run(listen_for_a_while)
    assert ended.wait(2)
