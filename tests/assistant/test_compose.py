"""What of the hits an answer cites and shows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import StatementKind
from assistant.compose import Fate, Side, _best_run, choose, compose
from assistant.cues import GROUPS
from kb.knowledge_base import KnowledgeBase
from kb.search import Hit, Query, search

BURGERS, MIDDENVELD = GROUPS[0], GROUPS[1]


@pytest.fixture(scope="module")
def hits(kb: KnowledgeBase) -> list[Hit]:
    vector = kb.adapter.of_queries(kb.embedder.embed_query("Wat vonden mensen van thuiswerken?"))
    return search(kb, Query(vector, breadth=1.0), limit=60)


def vector(kb: KnowledgeBase):
    return kb.adapter.of_queries(kb.embedder.embed_query("thuiswerken"))


@pytest.mark.parametrize("characters", [500, 3000, 8000])
def test_what_is_cited_fits_and_nearly_fills_the_room(kb: KnowledgeBase, hits: list[Hit], characters: int) -> None:
    cited = [one.hit.passage for one in choose(kb, hits, characters) if one.fate is Fate.CITED]
    total = sum(len(passage.text) for passage in cited)
    assert total <= max(characters, len(cited[0].text))
    assert total > 0.5 * characters


def test_what_was_said_is_not_said_again(kb: KnowledgeBase, hits: list[Hit]) -> None:
    fates = [one.fate for one in choose(kb, [hits[0], hits[0], *hits[1:]], 8000)]
    assert fates[:2] == [Fate.CITED, Fate.REPEATS]


def test_a_line_that_only_leads_on_is_not_cited(kb: KnowledgeBase, hits: list[Hit]) -> None:
    leads = [passage for passage in kb.passages if passage.text.endswith(":") and len(passage.text.split()) < 8]
    assert leads
    (one,) = choose(kb, [replace(hits[0], passage=leads[0])], 3000)
    assert one.fate is Fate.SAYS_LITTLE


def test_every_hit_has_a_fate(kb: KnowledgeBase, hits: list[Hit]) -> None:
    assert [one.hit for one in choose(kb, hits, 1000)] == hits


def test_what_does_not_fit_is_more_under_a_line_that_says_so(kb: KnowledgeBase, hits: list[Hit]) -> None:
    side = Side(None, tuple(hit.passage for hit in hits[:20]), vector(kb))
    made = compose(kb, [side], room=800, language="nl")
    shown = [item for item in made.statements[: made.shown] if item.citations]
    assert sum(len(item.text) for item in shown) <= 800
    assert made.statements[made.shown].text == "Meer hierover in de verslagen:"
    assert [number for item in made.statements for number in item.citations] == list(range(1, 21))


def test_within_a_place_passages_stand_as_in_the_report(kb: KnowledgeBase, hits: list[Hit]) -> None:
    side = Side(None, tuple(hit.passage for hit in hits[:20]), vector(kb))
    made = compose(kb, [side], room=100_000, language="nl")
    by_place: dict[tuple[str, str], list[int]] = {}
    for citation in made.citations:
        by_place.setdefault((citation.report, citation.part), []).append(citation.spans[0].start)
    assert any(len(starts) > 1 for starts in by_place.values())
    assert all(starts == sorted(starts) for starts in by_place.values())


def test_sides_share_what_is_shown_and_a_silent_one_is_said_to_be(kb: KnowledgeBase, hits: list[Hit]) -> None:
    passages = tuple(hit.passage for hit in hits[:10])
    sides = [Side(BURGERS, passages[::2], vector(kb)), Side(MIDDENVELD, passages[1::2], vector(kb))]
    made = compose(kb, sides, room=1500, language="nl")
    notes = [item.text for item in made.statements[: made.shown] if item.kind is StatementKind.NOTE]
    assert {"Van burgers:", "Van maatschappelijke organisaties:"} <= set(notes)
    silent = compose(kb, [sides[0], Side(MIDDENVELD, (), vector(kb))], room=1500, language="nl")
    told = "Van maatschappelijke organisaties vonden we hierover geen uitspraak."
    assert sum(item.text == told for item in silent.statements) == 1


@given(st.lists(st.tuples(st.integers(20, 400), st.floats(-1, 1)), min_size=1, max_size=12))
def test_the_sentences_shown_follow_one_another_and_fit(sentences: list[tuple[int, float]]) -> None:
    ranges, place = [], 0
    for length, _ in sentences:
        ranges.append((place, place + length))
        place += length + 1
    start, end = _best_run(ranges, [cosine for _, cosine in sentences])
    inside = [piece for piece in ranges if start <= piece[0] and piece[1] <= end]
    assert (inside[0][0], inside[-1][1]) == (start, end)
    assert end - start <= 350 or len(inside) == 1
