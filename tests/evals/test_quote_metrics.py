"""The measures count what they say."""

import pytest

from evals.quote_metrics import FoundQuote, GoldQuote, QuoteScores, score

GOLD = GoldQuote("a.txt", "r", (3, 4), "Wij willen meer groen in de straat.", "student", "dialoog 1", "droom")


def found(**changes: object) -> FoundQuote:
    values = {
        "source": "a.txt", "report": "r", "line": 3, "text": GOLD.text, "speaker": "student", "dialogue": "dialoog 1",
        "part": "droom", "is_traceable": True,
    }  # fmt: skip
    return FoundQuote(**{**values, **changes})


def test_a_perfect_extraction_scores_one_everywhere() -> None:
    scores = score([GOLD], [found()])
    assert set(scores.shares().values()) == {1.0}
    assert scores.untraceable == 0


@pytest.mark.parametrize(
    ("changes", "measure"),
    [
        ({"text": "Wij willen meer groen in de straat"}, "text"),
        ({"speaker": None}, "speaker"),
        ({"dialogue": "dialoog 2"}, "dialogue"),
        ({"part": "knel"}, "part"),
    ],
)
def test_one_wrong_attribute_costs_that_measure_alone(changes: dict[str, object], measure: str) -> None:
    shares = score([GOLD], [found(**changes)]).shares()
    assert {name for name, share in shares.items() if share != 1.0} == {measure}


@pytest.mark.parametrize("changes", [{"line": 30}, {"source": "b.txt"}, {"text": "Heel iets anders."}])
def test_a_quotation_elsewhere_or_of_other_words_is_missed_and_superfluous(changes: dict[str, object]) -> None:
    shares = score([GOLD], [found(**changes)]).shares()
    assert (shares["recall"], shares["precision"], shares["text"]) == (0.0, 0.0, None)


def test_a_quotation_is_matched_once() -> None:
    assert score([GOLD], [found(), found()]).shares()["precision"] == 0.5


def test_scores_add_up() -> None:
    one = score([GOLD], [found(is_traceable=False)])
    assert one + one == QuoteScores(2, 2, 2, 2, 2, 2, 2, 2)
