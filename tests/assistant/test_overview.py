"""A question about a whole theme is answered from the lists of the reports; a narrower one is not."""

import pytest

from assistant.engine import ask
from assistant.question import themes_meant, understand
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, PassageKind, Track
from kb.search import Filters

THEMES = [
    "onderwijs-en-werk",
    "wonen-en-verkeer",
    "gezondheid",
    "vitaliteit-en-gezondheid-vanuit-een-breed-perspectief",
]
PARTS = [Part.KNEL, Part.KIEM, Part.DROOM, Part.STAP]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Wat zeiden burgers over wonen?", {"wonen-en-verkeer"}),
        ("Welke knelpunten waren er bij onderwijs en werk?", {"onderwijs-en-werk"}),
        ("Wat ging er mis in het onderwijs?", {"onderwijs-en-werk"}),
        ("Wat zeiden burgers over betaalbare woningen?", set()),
        ("Hoeveel gesprekken gingen over gezondheid?", set()),
        ("Geef citaten over wonen", set()),
        ("Wat is het perspectief?", set()),
        ("Wat vonden ze ervan?", set()),
    ],
)
def test_a_question_about_a_whole_theme_is_told_from_a_narrower_one(text: str, meant: set[str]) -> None:
    assert set(themes_meant(understand(text), THEMES)) == meant


def test_a_follow_up_that_names_a_theme_is_about_that_one() -> None:
    question = understand("En over gezondheid?", ["Wat zeiden burgers over wonen?"])
    assert themes_meant(question, THEMES) == ("gezondheid",)


def test_a_follow_up_that_names_none_stays_with_the_theme() -> None:
    question = understand("En wat waren hun dromen?", ["Wat zeiden burgers over wonen?"])
    assert (themes_meant(question, THEMES), question.parts) == (("wonen-en-verkeer",), {Part.DROOM})


def test_a_theme_is_shown_part_by_part_with_the_points_of_its_report(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat zeiden burgers over wonen?")
    assert list(dict.fromkeys(citation.part for citation in answer.citations)) == PARTS
    assert {citation.theme for citation in answer.citations} == {"wonen-en-verkeer"}
    assert answer.citations[0].text.startswith("De krapte op de woningmarkt.")
    points = {passage.id: passage for passage in kb.catalogue.passages() if passage.kind is PassageKind.BULLET}
    quotes = {quote.passage_id: quote for quote in kb.catalogue.quotes()}
    shown = [citation.passage_id for citation in answer.citations]
    assert all(key in points or quotes[key].illustrates in shown for key in shown)


def test_only_the_part_that_is_asked_for_is_shown(kb: KnowledgeBase) -> None:
    for answer in (
        ask(kb, "Welke ideeën waren er voor gezondheid?"),
        ask(kb, "Wat zeiden burgers over gezondheid?", filters=Filters(part=Part.STAP)),
    ):
        assert {citation.part for citation in answer.citations} == {Part.STAP}


def test_only_those_who_are_asked_about_are_shown(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat zagen wetenschappers als knelpunten bij bestuurlijke veerkracht?")
    assert {citation.track for citation in answer.citations} == {Track.WETENSCHAP}


def test_a_filter_on_another_theme_holds(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat zeiden burgers over wonen?", filters=Filters(theme="natuur-en-milieu"))
    assert {citation.theme for citation in answer.citations} == {"natuur-en-milieu"}


def test_reports_that_list_points_of_one_part_alone_are_searched(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat zegt het middenveld over samen leven?")
    assert len({citation.part for citation in answer.citations}) > 1
