"""The resources of the API give what the contract says."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api.guard import VERSION
from kb.knowledge_base import KnowledgeBase
from kb.text import Span, render

STORM = "We zitten met zijn allen in dezelfde storm, maar niet in dezelfde boot"
OMT = {"question": "Wat is een sociaal-cultureel OMT?"}


def words_at(kb: KnowledgeBase, source: str, spans: list[list[int]]) -> str:
    return render(kb.text(source), [Span(*span) for span in spans])


def test_a_question_gets_its_answer_with_every_citation_traced(client: TestClient, kb: KnowledgeBase) -> None:
    answer = client.post("/v1/vragen", json=OMT).json()
    assert answer["status"] == "answered"
    assert answer["citations"]
    for citation in answer["citations"]:
        assert words_at(kb, citation["source"], citation["spans"]) == citation["text"]
        assert "versions" not in citation


def test_history_and_filters_are_used(client: TestClient) -> None:
    asked = {"question": "En over verkeer?", "history": ["Wat zeiden burgers over wonen?"], "part": "droom"}
    answer = client.post("/v1/vragen", json=asked).json()
    assert "wonen" in answer["standalone_question"]
    assert {citation["part"] for citation in answer["citations"]} == {"droom"}


def test_a_refusal_is_an_answer(client: TestClient) -> None:
    answer = client.post("/v1/vragen", json={"question": "Hoe bak ik een appeltaart?"})
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["reason"]) == ("no_answer", "off_topic")


def test_an_answer_streams_as_events(client: TestClient) -> None:
    response = client.post("/v1/vragen", json=OMT, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [block.split("\n", 1) for block in response.text.strip().split("\n\n")]
    names = [name.removeprefix("event: ") for name, _ in events]
    values = [json.loads(data.removeprefix("data: ")) for _, data in events]
    assert (names[0], names[-1]) == ("question", "answer")
    assert set(names[1:-1]) == {"statement"}
    assert values[1:-1] == values[-1]["statements"]
    plain = client.post("/v1/vragen", json=OMT).json()
    assert {**values[-1], "elapsed_ms": None} == {**plain, "elapsed_ms": None}


def test_quotations_are_searched_with_facets_and_pages(client: TestClient) -> None:
    found = client.get("/v1/citaten", params={"q": "in dezelfde storm", "size": 3}).json()
    assert (found["exact"], len(found["quotes"]), found["page"]) == (1, 3, 1)
    assert found["quotes"][0]["text"] == STORM
    assert {"track", "theme", "part", "group", "report", "dialogue"} == set(found["facets"])
    students = client.get("/v1/citaten", params={"group": "studenten-en-scholieren", "sort": "lengte"}).json()
    assert students["total"] == 57
    assert [len(quote["text"]) for quote in students["quotes"]] == sorted(
        len(one["text"]) for one in students["quotes"]
    )


def test_a_quotation_has_its_certificate(client: TestClient, kb: KnowledgeBase) -> None:
    quote = next(quote for quote in kb.quotes if quote.lineage)
    made = client.get(f"/v1/citaten/{quote.id}").json()
    assert words_at(kb, made["source"], made["spans"]) == made["text"] == quote.text
    assert made["sha256"] == kb.sources[quote.source].sha256
    assert made["versions"]


def test_a_text_is_verified(client: TestClient) -> None:
    verdict = client.post("/v1/citaatcontroles", json={"text": STORM, "speaker": "wethouder"}).json()
    assert (verdict["verdict"], verdict["speaker_matches"]) == ("misattributed", False)
    translated = {"text": "We are all in the same storm, but not in the same boat."}
    assert STORM in client.post("/v1/citaatcontroles", json=translated).json()["suggestions"][0]["text"]


def test_themes_count_passages_and_quotations(client: TestClient, kb: KnowledgeBase) -> None:
    themes = {theme["slug"]: theme for theme in client.get("/v1/themas").json()}
    assert list(themes) == kb.themes
    wonen = themes["wonen-en-verkeer"]
    assert wonen["quotes"] == sum(quote.theme == "wonen-en-verkeer" for quote in kb.quotes)
    assert wonen["passages"] == sum(wonen["parts"].values()) > 50
    assert wonen["tracks"] == ["burgers"]


def test_a_source_is_given_unchanged(client: TestClient, kb: KnowledgeBase) -> None:
    sources = client.get("/v1/bronnen").json()
    assert [source["id"] for source in sources] == list(kb.sources)
    one = client.get(f"/v1/bronnen/{sources[0]['id']}").json()
    assert one["text"] == kb.text(sources[0]["id"])
    assert one["reports"][0]["span"] == [kb.reports[one["reports"][0]["id"]].span.start, len(one["text"])]


def test_a_passage_has_its_headings_and_place(client: TestClient, kb: KnowledgeBase) -> None:
    passage = kb.passages[100]
    made = client.get(f"/v1/passages/{passage.id}").json()
    assert (made["text"], made["headings"]) == (passage.text, list(passage.headings))


def test_health_counts_what_the_index_holds(client: TestClient) -> None:
    assert client.get("/v1/gezondheid").json() == {"status": "ok", "reports": 23, "passages": 1653, "quotes": 391}


def test_feedback_is_refused_unless_the_operator_keeps_it(
    client: TestClient, client_with: Callable[..., TestClient], tmp_path: Path
) -> None:
    judged = {"rating": "bad", "passage_id": "p-1", "comment": "De bron klopt niet."}
    assert client.post("/v1/terugkoppelingen", json=judged).status_code == 404
    keeping = client_with(feedback=True, home=tmp_path)
    old = {"date": "2020-01-01", "rating": "good", "passage_id": None, "comment": None}
    (tmp_path / "terugkoppelingen.jsonl").write_text(json.dumps(old) + "\n", encoding="utf-8")
    assert keeping.post("/v1/terugkoppelingen", json=judged).status_code == 204
    (line,) = (tmp_path / "terugkoppelingen.jsonl").read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert {name: kept[name] for name in judged} == judged
    assert set(kept) == {*judged, "date"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        (
            "POST", "/v1/vragen", {"question": "", "kleur": 1, "track": "x"}, 400,
            ["question: is leeg", "kleur: dit veld is onbekend", "track: kies uit"],
        ),
        ("POST", "/v1/vragen", {"question": " "}, 400, ["leeg"]),
        ("POST", "/v1/vragen", {}, 400, ["question: dit veld ontbreekt"]),
        ("POST", "/v1/vragen", {"question": "Wonen?", "theme": "ruimtevaart"}, 400, ["wonen-en-verkeer"]),
        ("POST", "/v1/vragen", {"question": "x" * 2001}, 400, ["2000 tekens"]),
        ("POST", "/v1/vragen", None, 400, ["ontbreekt"]),
        ("GET", "/v1/citaten?page=0&size=x", None, 400, ["page: moet minstens 1", "size: moet een geheel getal"]),
        ("GET", "/v1/citaten?group=piloten", None, 400, ["studenten-en-scholieren"]),
        ("GET", "/v1/citaten/q-niets", None, 404, ["q-niets"]),
        ("GET", "/v1/bronnen/niets.txt", None, 404, ["niets.txt"]),
        ("GET", "/v1/passages/p-niets", None, 404, ["p-niets"]),
        ("GET", "/v1/niets", None, 404, ["openapi.json"]),
        ("DELETE", "/v1/vragen", None, 405, ["openapi.json"]),
        ("POST", "/v1/citaatcontroles", {"text": "x", "speaker": 1}, 400, ["speaker: moet tekst zijn"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_all_at_once_as_a_problem(
    client: TestClient, method: str, path: str, body: object, status: int, said: list[str]
) -> None:
    response = client.request(method, path, json=body)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    told = response.json()
    assert set(told) == {"status", "title", "detail"}
    assert told["status"] == status
    assert all(part in told["detail"] for part in said), told["detail"]
    assert response.headers["API-Version"] == VERSION


def test_a_body_that_is_no_json_is_a_bad_request(client: TestClient) -> None:
    response = client.post("/v1/vragen", content=b"{", headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["detail"]) == (400, "verzoek: geen geldige JSON.")
