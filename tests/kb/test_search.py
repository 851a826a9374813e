"""Search finds by meaning, words and what a question prefers; the same question gives the same hits."""

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.model import Part, PassageKind, Track
from kb.search import Filters, Preference, Query, SearchSettings, search
from kb.text import words


def query(kb: KnowledgeBase, text: str, **more: object) -> Query:
    vector = kb.adapter.of_queries(kb.embedder.embed_query(text))
    return Query(vector, words=words(text), **more)


@pytest.mark.parametrize("breadth", [0.0, 1.0])
def test_the_same_query_finds_the_same(kb: KnowledgeBase, breadth: float) -> None:
    wanted = query(kb, "eenzaamheid bij ouderen", breadth=breadth)
    assert search(kb, wanted, limit=50) == search(kb, wanted, limit=50)


def test_hits_come_best_first_and_fit_the_filters(kb: KnowledgeBase) -> None:
    hits = search(kb, query(kb, "groen in de buurt"), filters=Filters(Track.BURGERS, None, Part.DROOM), limit=30)
    assert {(hit.passage.track, hit.passage.part) for hit in hits} == {(Track.BURGERS, Part.DROOM)}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_filters_that_nothing_fits_find_nothing(kb: KnowledgeBase) -> None:
    assert search(kb, query(kb, "groen"), filters=Filters(theme="ruimtevaart")) == []


def test_a_phrase_word_for_word_comes_first(kb: KnowledgeBase) -> None:
    (hit,) = search(kb, query(kb, "wie zei dat?", phrases=["vinken maar vonken"]), limit=1)
    assert hit.is_phrase
    assert "vinken maar vonken" in hit.passage.text


@pytest.mark.parametrize(
    ("preference", "holds"),
    [
        (Preference(tracks=frozenset({Track.WETENSCHAP})), lambda passage: passage.track is Track.WETENSCHAP),
        (Preference(parts=frozenset({Part.STAP})), lambda passage: passage.part is Part.STAP),
        (Preference(quotes=True), lambda passage: passage.kind is PassageKind.QUOTE),
        (Preference(themes=frozenset({"gezondheid"})), lambda passage: passage.theme == "gezondheid"),
    ],
    ids=["track", "part", "quotations", "theme"],
)
def test_what_a_question_prefers_comes_forward(kb: KnowledgeBase, preference: Preference, holds) -> None:
    plain = search(kb, query(kb, "gezond leven"), limit=20)
    preferred = search(kb, query(kb, "gezond leven", preference=preference), limit=20)
    assert sum(holds(hit.passage) for hit in preferred) > sum(holds(hit.passage) for hit in plain)


def test_who_was_at_the_table_is_found_when_asked(kb: KnowledgeBase) -> None:
    wanted = query(kb, "hoeveel deelnemers bij gezondheid", preference=Preference(table=True))
    (hit,) = search(kb, wanted, limit=1)
    assert "deelnemers" in hit.passage.text


def test_written_questions_find_what_other_words_miss(kb: KnowledgeBase) -> None:
    text = "Met welk hulpmiddel feliciteerde iemand een honderdjarige?"
    with_them = search(kb, query(kb, text), limit=1)[0].passage
    assert "megafoon" in with_them.text
    without = search(kb, query(kb, text), limit=1, settings=SearchSettings(question=0.0))[0].passage
    assert "megafoon" not in without.text
