"""Numbers and quantities of a statement are those of its passage."""

import pytest

from assistant.checks.figures import uncovered

PASSAGE = "Aan vijf gesprekken deden 1.500 mensen mee, 35 procent vrouw. Sommige mensen bleven altijd thuis."


@pytest.mark.parametrize(
    ("statement", "language"),
    [
        ("Er waren 5 gesprekken.", "nl"),
        ("Er deden 1500 mensen mee.", "nl"),
        ("Van hen was 35% vrouw.", "nl"),
        ("There were five talks with 1,500 people.", "en"),
        ("Sommigen bleven altijd thuis.", "nl"),
        ("Mensen deden mee.", "nl"),
    ],
)
def test_a_number_in_another_form_is_the_same(statement: str, language: str) -> None:
    assert not uncovered(statement, language, PASSAGE, PASSAGE)


@pytest.mark.parametrize(
    ("statement", "language", "missing"),
    [
        ("Er waren zes gesprekken.", "nl", "6"),
        ("Er deden 1.600 mensen mee.", "nl", "1600"),
        ("Er waren 35 vrouwen.", "nl", "35"),
        ("Er deden honderden mensen mee.", "nl", "honderden"),
        ("De meeste mensen bleven thuis.", "nl", "meeste"),
        ("Iedereen bleef thuis.", "nl", None),
        ("Niemand bleef thuis.", "nl", "Niemand"),
        ("Alleen vrouwen deden mee.", "nl", "Alleen"),
        ("There were six talks.", "en", "6"),
    ],
)
def test_another_number_or_quantity_is_missing(statement: str, language: str, missing: str | None) -> None:
    grounds = PASSAGE if missing else "Sommige mensen bleven thuis."
    assert uncovered(statement, language, PASSAGE, grounds) == [missing or "Iedereen"]
