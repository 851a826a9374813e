"""The gold questions fit the documents, and the measures of answers measure what they say."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.engine import ask
from evals.answers import QUESTIONS, AnswerReport, GoldQuestion, read_questions, score
from kb.errors import CorpusError
from kb.knowledge_base import KnowledgeBase
from kb.text import collapse

OMT = GoldQuestion(
    id="x",
    type="fact",
    question="Wat is een sociaal-cultureel OMT?",
    history=(),
    answerable=True,
    evidence=(),
    anchors=("Ze pleiten voor een sociaal-cultureel OMT", "woorden die in geen enkel verslag voorkomen"),
)


def test_the_questions_are_enough_and_of_every_type() -> None:
    questions = read_questions(QUESTIONS)
    assert len({question.id for question in questions}) == len(questions) >= 200
    types = Counter(question.type for question in questions)
    assert all(types[kind] >= 20 for kind in ("fact", "theme", "quotation", "comparison", "follow-up", "unanswerable"))
    held_out = sum(question.is_held_out for question in questions)
    assert 0.4 < held_out / len(questions) < 0.6


def test_every_anchor_stands_at_its_line(kb: KnowledgeBase) -> None:
    lines = {name: kb.text(name).split("\n") for name in kb.sources}
    for row in map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines()):
        assert bool(row["nuggets"]) == bool(row["evidence"]) == row["answerable"], row["id"]
        for nugget in row["nuggets"]:
            near = lines[nugget["source"]][max(0, nugget["line"] - 2) : nugget["line"] + 14]
            assert collapse(nugget["anchor"]) in collapse("\n".join(near)), (row["id"], nugget["anchor"])
        for place in row["evidence"]:
            first, last = place["lines"]
            assert 1 <= first <= last <= len(lines[place["source"]]), row["id"]


def test_a_key_point_counts_where_its_words_are(kb: KnowledgeBase) -> None:
    answer = ask(kb, OMT.question)
    found = score(kb, OMT, answer)
    assert (found.cited, found.shown, found.is_refused, found.has_evidence) == (0.5, 0.5, False, False)
    assert (found.untraceable, found.uncited) == (0, 0)
    cited = answer.citations[0]
    line = kb.text(cited.source).count("\n", 0, cited.spans[0].start) + 1
    at_evidence = replace(OMT, evidence=((cited.source, line, line),))
    assert score(kb, at_evidence, answer).has_evidence
    elsewhere = replace(OMT, evidence=((cited.source, 1, 1),))
    assert not score(kb, elsewhere, answer).has_evidence


def test_words_that_are_not_the_sources_are_told(kb: KnowledgeBase) -> None:
    answer = ask(kb, OMT.question)
    forged = replace(answer.citations[0], text="Dit heeft niemand gezegd.")
    found = score(kb, OMT, replace(answer, citations=(forged, *answer.citations[1:])))
    assert found.untraceable == 1
    assert AnswerReport((found,)).failures


def test_refusals_are_counted_in_both_directions(kb: KnowledgeBase) -> None:
    unanswerable = replace(OMT, answerable=False, anchors=(), question="Hoe bak ik een appeltaart?")
    wrongly = score(kb, OMT, ask(kb, unanswerable.question))
    rightly = score(kb, unanswerable, ask(kb, unanswerable.question))
    missed = score(kb, unanswerable, ask(kb, OMT.question))
    (half,) = AnswerReport((wrongly, rightly, missed)).summary().values()
    assert half["refusals"] == {"refused": 2.0, "precision": 0.5, "recall": 0.5}
    assert half["all"]["questions"] == 1.0


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="regel 1"):
        read_questions(path)
