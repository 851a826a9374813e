"""Exact cosines of every passage, whatever it owns."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Part, Passage, PassageKind, Track
from kb.text import Span
from kb.vector_index import VectorIndex
from kb.vectors import QUESTIONS, SECTIONS, SENTENCES, WHOLE, Stored

EMPTY = Stored((), (), np.zeros((0, 2), np.float32), ())
VECTOR = np.array([1.0, 0.0], np.float32)


def passage(key: str, start: int) -> Passage:
    spans = (Span(start, start + 9),)
    return Passage(key, "a.txt", "r", PassageKind.PARAGRAPH, Track.BURGERS, None, Part.KNEL, (), "x", spans)


def index(passages: list[Passage], **stored: Stored) -> VectorIndex:
    return VectorIndex(lambda kind: stored.get(kind, EMPTY), passages)


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-1, 1, width=32)), max_size=20))
def test_the_best_is_the_highest_of_each_owner(rows: list[tuple[int, float]]) -> None:
    passages = [passage(f"p{number}", 10 * number) for number in range(5)]
    matrix = np.array([[cosine, 0.0] for _, cosine in rows], np.float32).reshape(-1, 2)
    stored = Stored(tuple(f"p{owner}" for owner, _ in rows), tuple(range(len(rows))), matrix, ())
    found = index(passages, **{QUESTIONS: stored}).best(QUESTIONS, VECTOR)
    for number in range(5):
        own = [cosine for owner, cosine in rows if owner == number]
        assert np.isclose(found[number], max(own)) if own else np.isnan(found[number])


def test_the_sentences_of_a_passage_come_in_order() -> None:
    passages = [passage("a", 0), passage("b", 10)]
    stored = Stored(("b", "a", "b"), (1, 0, 0), np.array([[0.5, 0], [0.1, 0], [0.9, 0]], np.float32), ())
    assert np.allclose(index(passages, **{SENTENCES: stored}).sentences(passages[1], VECTOR), [0.9, 0.5])


def test_the_questions_of_a_section_count_for_the_passages_that_start_in_it() -> None:
    passages = [passage("a", 0), passage("b", 10), passage("c", 30)]
    metadata = {"source": "a.txt", "spans": "[[5, 15], [30, 31]]"}
    stored = Stored(("s",), (0,), np.array([[0.7, 0]], np.float32), (metadata,))
    found = index(passages, **{SECTIONS: stored}).best(SECTIONS, VECTOR)
    assert np.isnan(found[0])
    assert np.allclose(found[1:], 0.7)


def test_without_vectors_nothing_is_found() -> None:
    assert np.isnan(index([passage("a", 0)]).best(WHOLE, VECTOR)).all()
