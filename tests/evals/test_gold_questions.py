"""The gold questions are enough, and fit the documents."""

import json
from collections import Counter
from pathlib import Path

import pytest

from evals.gold_questions import FILE, HELD_OUT, read_questions
from kb.errors import CorpusError
from kb.knowledge_base import KnowledgeBase
from kb.text import collapse


def test_the_questions_are_enough_and_of_every_type() -> None:
    questions = read_questions()
    assert len({question.id for question in questions}) == len(questions) >= 200
    types = Counter(question.type for question in questions)
    wanted = {"fact": 50, "theme": 50, "quotation": 30, "comparison": 20, "follow-up": 20, "unanswerable": 30}
    assert all(types[kind] >= number for kind, number in wanted.items())
    assert sum(question.language == "en" for question in questions) >= 20
    held_out = sum(question.half == HELD_OUT for question in questions)
    assert 0.4 < held_out / len(questions) < 0.6


def test_every_anchor_stands_at_its_line(kb: KnowledgeBase) -> None:
    lines = {name: kb.text(name).split("\n") for name in kb.sources}
    for row in map(json.loads, FILE.read_text(encoding="utf-8").splitlines()):
        assert bool(row["nuggets"]) == bool(row["evidence"]) == row["answerable"], row["id"]
        for nugget in row["nuggets"]:
            near = lines[nugget["source"]][max(0, nugget["line"] - 2) : nugget["line"] + 14]
            assert collapse(nugget["anchor"]) in collapse("\n".join(near)), (row["id"], nugget["anchor"])
        for place in row["evidence"]:
            first, last = place["lines"]
            assert 1 <= first <= last <= len(lines[place["source"]]), row["id"]


def test_no_written_question_is_a_gold_question() -> None:
    from kb import expansion

    written = {
        question.casefold().strip(" ?.")
        for entry in (*expansion.bundled(), *expansion.bundled(expansion.SECTIONS_FILE))
        for question in (*entry.questions, *entry.broad)
    }
    assert not written & {question.question.casefold().strip(" ?.") for question in read_questions()}


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="regel 1"):
        read_questions(path)
