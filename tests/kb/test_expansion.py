"""The questions that readers wrote belong to passages, and are never shown."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine import ask
from ingest.parse import ParsedSource
from kb import expansion
from kb.errors import CorpusError
from kb.expansion import Expansion, assign
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, PassageKind, Track
from kb.text import Span


def passage(key: str, *spans: Span) -> Passage:
    return Passage(key, "a.txt", "r", PassageKind.PARAGRAPH, Track.BURGERS, None, Part.KNEL, (), "x", spans)


def test_every_bundled_question_finds_its_passage(parsed: dict[str, ParsedSource]) -> None:
    passages = [row for source in parsed.values() for row in source.passages]
    written = expansion.bundled()
    assigned = assign(written, passages)
    assert sum(map(len, assigned.values())) == sum(len((*item.questions, *item.broad)) for item in written)
    assert len(assigned) > 0.8 * len(passages)


def test_a_question_belongs_to_the_passage_that_holds_most_of_its_words() -> None:
    passages = [passage("first", Span(0, 100)), passage("second", Span(100, 200), Span(300, 400))]
    written = [
        Expansion("a.txt", (Span(10, 90),), ("in the first",)),
        Expansion("a.txt", (Span(90, 130),), ("more in the second",)),
        Expansion("a.txt", (Span(310, 320),), ("in its second span",)),
        Expansion("a.txt", (Span(210, 290),), ("in none",)),
        Expansion("b.txt", (Span(10, 90),), ("in another source",)),
    ]
    assert assign(written, passages) == {
        "first": ("in the first",),
        "second": ("more in the second", "in its second span"),
    }


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 80)), min_size=1, max_size=20))
def test_the_owner_shares_as_many_characters_as_any_passage(places: list[tuple[int, int]]) -> None:
    passages = [passage(f"p{start}", Span(start, start + 50)) for start in range(0, 600, 60)]
    for start, length in places:
        span = Span(start, start + length)
        shared = {p.id: max(0, min(p.spans[0].end, span.end) - max(p.spans[0].start, span.start)) for p in passages}
        owners = assign([Expansion("a.txt", (span,), ("?",))], passages)
        assert [shared[key] for key in owners] == ([max(shared.values())] if max(shared.values()) else [])


def test_no_answer_shows_a_question_that_was_written_for_finding(kb: KnowledgeBase) -> None:
    written = {question for item in expansion.bundled() for question in item.questions}
    for question in ("Wat zeiden burgers over wonen?", "data delen", "What did students say about online lessons?"):
        answer = ask(kb, question)
        shown = [statement.text for statement in answer.statements] + [citation.text for citation in answer.citations]
        assert not written & set(shown)


def test_the_questions_of_sections_stand_where_passages_start(parsed: dict[str, ParsedSource]) -> None:
    for section in expansion.bundled(expansion.SECTIONS_FILE):
        starts = [row.spans[0].start for row in parsed[section.source].passages]
        inside = [start for start in starts if any(span.start <= start < span.end for span in section.spans)]
        assert len(inside) > 1
        assert len(section.questions) > 5


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"source": "a.txt", "spans": [[0, 5]], "questions": ["?"]}) + '\n{"source": "a.txt"}\n')
    with pytest.raises(CorpusError, match="regel 2"):
        expansion.bundled(file)
