"""Quotations are found by their words and by meaning, counted by facet, sorted and given by the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Quote, Track
from kb.quote_search import FACETS, QuoteFilters, Sort, find_quotes
from kb.text import fold

WONEN = "verslagen-dialogen-met-de-samenleving.txt#rapportage-themadialogen-wonen-en-verkeer"


def counts(kb: KnowledgeBase, facet: str, **wanted: object) -> dict[str, int]:
    page = find_quotes(kb, filters=QuoteFilters(**wanted))
    return {one.value: one.count for one in page.facets[facet]}


def test_without_text_all_quotations_come_in_the_order_of_the_sources(kb: KnowledgeBase) -> None:
    page = find_quotes(kb)
    assert list(page.quotes) == kb.quotes
    assert (page.total, page.page, page.pages) == (len(kb.quotes), 1, 1)


def test_the_exact_words_come_first_and_the_nearest_in_meaning_after(kb: KnowledgeBase) -> None:
    page = find_quotes(kb, "in dezelfde storm")
    assert page.exact == 1
    assert "in dezelfde storm" in page.quotes[0].text
    assert page.total == 21
    assert len({quote.id for quote in page.quotes}) == page.total


def test_accents_and_capitals_need_not_be_typed(kb: KnowledgeBase) -> None:
    assert find_quotes(kb, "IN DEZELFDE STÓRM").exact == 1


def test_meaning_finds_what_other_words_say(kb: KnowledgeBase) -> None:
    page = find_quotes(kb, "huizen zijn te duur voor jongeren", size=5)
    assert page.exact == 0
    assert any("woning" in quote.text or "huis" in quote.text for quote in page.quotes)


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        pytest.param(QuoteFilters(track=Track.WETENSCHAP), lambda quote: quote.track == "wetenschap", id="track"),
        pytest.param(QuoteFilters(theme="gezondheid"), lambda quote: quote.theme == "gezondheid", id="theme"),
        pytest.param(QuoteFilters(part=Part.DROOM), lambda quote: quote.part == "droom", id="part"),
        pytest.param(QuoteFilters(report=WONEN), lambda quote: quote.report_id == WONEN, id="report"),
        pytest.param(
            QuoteFilters(dialogue="Dialoog 4"), lambda quote: fold(quote.dialogue) == "dialoog 4", id="dialogue"
        ),
        pytest.param(
            QuoteFilters(group="studenten-en-scholieren"),
            lambda quote: any(word in quote.speaker.lower() for word in ("student", "scholier", "kinderb")), id="group",
        ),
        pytest.param(QuoteFilters(speaker="WETHOUDER"), lambda quote: "ethouder" in quote.speaker, id="speaker"),
        pytest.param(
            QuoteFilters(track=Track.BURGERS, part=Part.KNEL, group="gepensioneerden-en-ouderen"),
            lambda quote: quote.part == "knel" and quote.track == "burgers", id="several",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", [None, "eenzaamheid"])
def test_filters_hold_for_every_quotation(
    kb: KnowledgeBase, text: str | None, filters: QuoteFilters, holds: object
) -> None:
    page = find_quotes(kb, text, filters=filters)
    assert page.quotes
    assert all(holds(quote) for quote in page.quotes)


def test_the_counts_of_a_facet_are_those_that_choosing_it_gives(kb: KnowledgeBase) -> None:
    for facet in FACETS:
        for value, count in counts(kb, facet).items():
            assert find_quotes(kb, filters=QuoteFilters(**{facet: value})).total == count


def test_a_facet_keeps_its_other_values_when_one_is_chosen(kb: KnowledgeBase) -> None:
    assert counts(kb, "track", track=Track.BURGERS) == counts(kb, "track")
    assert sum(counts(kb, "part", track=Track.BURGERS).values()) == counts(kb, "track")["burgers"]


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        pytest.param(Sort.LENGTH, lambda quote: len(quote.text), id="length"),
        pytest.param(Sort.THEME, lambda quote: (quote.theme is None, quote.theme or ""), id="theme"),
        pytest.param(
            Sort.SPEAKER, lambda quote: (quote.speaker is None, fold(quote.speaker or "")), id="speaker"
        ),
    ],
)  # fmt: skip
def test_quotations_are_sorted(kb: KnowledgeBase, sort: Sort, key: object) -> None:
    quotes = find_quotes(kb, sort=sort).quotes
    assert list(quotes) == sorted(quotes, key=key)


def test_sorted_by_source_what_was_found_stands_in_the_order_of_the_sources(kb: KnowledgeBase) -> None:
    place = {quote.id: number for number, quote in enumerate(kb.quotes)}
    found = [place[quote.id] for quote in find_quotes(kb, "eenzaamheid", sort=Sort.SOURCE).quotes]
    assert found == sorted(found)


@given(st.integers(1, 60))
def test_the_pages_together_are_the_whole(kb: KnowledgeBase, size: int) -> None:
    quotes: list[Quote] = []
    first = find_quotes(kb, size=size)
    for number in range(1, first.pages + 1):
        page = find_quotes(kb, page=number, size=size)
        assert 0 < len(page.quotes) <= size
        quotes += page.quotes
    assert quotes == kb.quotes
    assert find_quotes(kb, page=first.pages + 1, size=size).quotes == ()
