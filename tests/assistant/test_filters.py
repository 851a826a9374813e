"""What a user types becomes a filter, or a message that says what there is."""

import pytest

from assistant.filters import parse_quote_filters, parse_sort
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.quote_search import QuoteFilters, Sort


def test_nothing_typed_is_no_filter(kb: KnowledgeBase) -> None:
    assert parse_quote_filters(kb, track="", theme=None, group="", report="") == QuoteFilters()
    assert parse_sort(None) is Sort.RELEVANCE


@pytest.mark.parametrize("typed", ["wonen en verkeer", "WONEN EN", "Rapportage themadialogen: wonen en verkeer"])
def test_a_report_is_known_by_a_part_of_its_title(kb: KnowledgeBase, typed: str) -> None:
    wanted = parse_quote_filters(kb, report=typed).report
    assert wanted is not None
    assert kb.reports[wanted].title == "Rapportage themadialogen: wonen en verkeer"
    assert parse_quote_filters(kb, report=wanted).report == wanted


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"track": "politiek"}, "burgers, middenveld"), ({"theme": "ruimtevaart"}, "wonen-en-verkeer"),
        ({"part": "midden"}, "knel, kiem"), ({"group": "piloten"}, "studenten-en-scholieren"),
        ({"report": "ruimtevaart"}, "Rapportage"), ({"report": "samen leven"}, "meer dan één verslag"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_refused_with_what_does(kb: KnowledgeBase, typed: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_quote_filters(kb, **typed)


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(InputError, match="relevantie, bron"):
        parse_sort("kleur")
