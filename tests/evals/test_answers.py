"""The measures of answers measure what they say."""

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.engine import ask
from evals import answers, ratchet, report
from evals.answer_metrics import holds, key_points, refusal_scores, share
from evals.answers import AnswerReport, SystemReport, score
from evals.gold_questions import HELD_OUT, TUNING, GoldQuestion, Nugget, read_questions
from evals.ranking import ranking_scores
from evals.systems import BASELINES, Lines, Outcome, bm25, engine, tutorial
from ingest.pipeline import ingest
from kb import settings
from kb.knowledge_base import KnowledgeBase, open_knowledge_base

OMT = GoldQuestion(
    id="x",
    type="fact",
    language="nl",
    style="plain",
    question="Wat is een sociaal-cultureel OMT?",
    history=(),
    answerable=True,
    reason=None,
    evidence=(("a.txt", 10, 12),),
    nuggets=(
        Nugget("pleidooi", "Ze pleiten voor een sociaal-cultureel OMT", is_vital=True),
        Nugget("elders", "woorden die in geen enkel verslag voorkomen", is_vital=False),
    ),
)
UNANSWERABLE = replace(OMT, id="y", answerable=False, evidence=(), nuggets=(), question="Hoe bak ik een appeltaart?")


def outcome(**changed: object) -> Outcome:
    made = Outcome(
        text="- Ze pleiten voor een sociaal-cultureel OMT om dit te leiden. [1]",
        is_refused=False,
        cited=("Ze pleiten voor een sociaal-cultureel OMT om dit te leiden.", "iets anders"),
        places=(Lines("a.txt", 12, 14), Lines("b.txt", 10, 12)),
        ranked=("p1", "p2"),
        supported=(True,),
        untraceable=0,
        uncited=0,
        milliseconds=5.0,
    )
    return replace(made, **changed)


def system(*scores: answers.Score) -> SystemReport:
    tracks = {item.question.id: frozenset({"burgers"}) for item in scores}
    return SystemReport("s", scores, tracks, {"x": {"nDCG@10": 0.5}})


def test_key_points_evidence_and_lengths_are_counted() -> None:
    measures = system(score(OMT, outcome())).summary[OMT.half]["all"]
    expected = {"cited": 0.5, "cited_vital": 1.0, "shown": 0.5, "evidence": 1.0, "citation_precision": 0.5}
    assert {name: measures[name] for name in expected} == expected
    assert (measures["citation_recall"], measures["cited_length"], measures["nDCG@10"]) == (1.0, 70.0, 0.5)


def test_the_groups_are_type_track_and_language() -> None:
    assert set(system(score(OMT, outcome())).summary[OMT.half]) == {"all", "fact", "burgers", "nl"}


def test_what_may_never_happen_is_a_failure() -> None:
    for changed in ({"untraceable": 1}, {"uncited": 1}, {"supported": (True, False)}):
        assert system(score(OMT, outcome(**changed))).failures
    assert not system(score(OMT, outcome())).failures


def test_refusals_are_counted_in_both_directions() -> None:
    assert refusal_scores([True, True, False, False], [True, False, True, True]) == (0.5, pytest.approx(1 / 3))
    assert refusal_scores([False], [False]) == (None, None)


def test_a_key_point_stands_in_a_text_with_small_marks_between_its_words() -> None:
    assert holds("Ze pleiten3 voor een sociaal- cultureel OMT, en meer", "Ze pleiten voor een sociaal-cultureel OMT")
    assert not holds("Ze pleiten voor rust", "Ze pleiten voor een sociaal-cultureel OMT")
    assert key_points(OMT.nuggets, ["kort"]) == (False, False)
    assert share(()) is None


def test_a_ranking_is_measured_by_what_is_relevant() -> None:
    scores = ranking_scores({"q": ("a", "b", "c"), "none": ("a",)}, {"q": {"b"}, "none": set()})
    assert scores["q"]["RR@10"] == 0.5
    assert scores["q"]["R@10"] == 1.0
    assert "none" not in scores


def test_the_engine_as_a_system_is_the_answer(kb: KnowledgeBase) -> None:
    found = engine(kb)(OMT)
    answer = ask(kb, OMT.question)
    assert (found.text, found.cited) == (answer.text, tuple(item.text for item in answer.citations))
    assert (found.untraceable, found.uncited, all(found.supported)) == (0, 0, True)
    assert found.ranked[0] in {citation.passage_id for citation in answer.citations}
    assert engine(kb)(UNANSWERABLE).is_refused


def test_words_that_are_not_the_sources_are_told(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(kb, OMT.question)
    forged = replace(answer.citations[0], text="Dit heeft niemand gezegd.")
    explained = type("E", (), {"answer": replace(answer, citations=(forged, *answer.citations[1:])), "found": ()})
    monkeypatch.setattr("evals.systems.explain", lambda *_, **__: explained)
    found = engine(kb)(OMT)
    assert found.untraceable == 1
    assert not all(found.supported)


def chosen_questions() -> list[GoldQuestion]:
    return [question for question in read_questions() if question.half == TUNING][::9]


def test_the_engine_finds_more_than_each_baseline(kb: KnowledgeBase) -> None:
    chosen = chosen_questions()
    (own,) = answers.run(kb, chosen, baselines={}).systems
    others = answers.run(kb, chosen, baselines={name: BASELINES[name] for name in list(BASELINES)[:2]}).systems[1:]
    assert not own.failures
    for baseline in others:
        assert own.summary[TUNING]["all"]["cited"] > baseline.summary[TUNING]["all"]["cited"] > 0


def test_the_tutorial_finds_chunks_of_the_sources(tmp_path: Path) -> None:
    report_file = tmp_path / "buurt.txt"
    report_file.write_text("De buren willen een bankje.\n\n" + "Er was ook regen. " * 90, encoding="utf-8")
    chosen = settings.load(home=tmp_path / "home")
    ingest(chosen, [report_file])
    with closing(open_knowledge_base(chosen)) as own:
        found = tutorial(own)(replace(OMT, question="Wat willen de buren?"))
    assert found.cited[0].startswith("De buren willen een bankje.")
    assert found.places[0].source == "buurt.txt"
    assert all(len(text) <= 1000 for text in found.cited)


def test_the_page_and_the_tables_hold_everything(kb: KnowledgeBase) -> None:
    chosen = chosen_questions()
    made = answers.run(kb, chosen, baselines={"BM25": bm25})
    page = report.as_html(made)
    assert all(question.id in page for question in chosen)
    assert not re.search(r"""(?:src|href)=["']""", page)
    assert "Against: BM25" in report.as_text(made)
    assert set(report.as_json(made)) == {"dialoogwijzer", "BM25"}


def test_a_fall_fails_and_a_rise_must_be_recorded(tmp_path) -> None:
    file = tmp_path / "results.json"
    many = [score(replace(OMT, id=f"x{number}"), outcome()) for number in range(200)]
    worse = [score(item.question, outcome(cited=(), text="")) for item in many[:60]]
    base = AnswerReport((system(*many),))
    fallen = AnswerReport((system(*worse, *many[60:]),))
    ratchet.record(base, file)
    assert ratchet.differences(base, file) == []
    assert all(line.endswith("a fall") for line in ratchet.differences(fallen, file))
    ratchet.record(fallen, file)
    assert any("--record" in line for line in ratchet.differences(base, file))


def test_the_summary_keeps_what_is_written_by_hand(tmp_path) -> None:
    file = tmp_path / "REPORT.md"
    file.write_text("# By hand\n", encoding="utf-8")
    for table in ("first", "second"):
        report.write_summary(table, file)
    assert file.read_text(encoding="utf-8").count("# By hand") == 1
    assert "first" not in file.read_text(encoding="utf-8")


def test_a_half_is_told_by_the_hash_of_the_id() -> None:
    halves = [replace(OMT, id=str(number)).half for number in range(100)]
    assert set(halves) == {TUNING, HELD_OUT}
