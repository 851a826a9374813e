"""A difference says what was done to the one text to make the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.word_diff import differences
from kb.wording import words_of

SENTENCES = st.lists(st.sampled_from("ik wil rust. Ik zorg niet voor groen! de de".split()), max_size=12).map(" ".join)


def keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


@given(SENTENCES, SENTENCES)
def test_the_difference_holds_all_words_of_both_in_order(source: str, given_text: str) -> None:
    changes = differences(source, given_text)
    assert [key for one in changes if one.op != "insert" for key in keys(one.words)] == keys(source)
    assert [key for one in changes if one.op != "delete" for key in keys(one.words)] == keys(given_text)


@given(SENTENCES)
def test_the_same_text_has_no_difference(text: str) -> None:
    assert {change.op for change in differences(text, text.upper())} <= {"equal"}


@pytest.mark.parametrize(
    ("source", "given_text", "expected"),
    [
        pytest.param(
            "Ik wil dit niet meer.", "Ik wil dit meer.",
            [("equal", "Ik wil dit"), ("delete", "niet"), ("equal", "meer")], id="dropped",
        ),
        pytest.param("Eind mei", "Einde mei", [("delete", "Eind"), ("insert", "Einde"), ("equal", "mei")], id="new"),
        pytest.param(
            "Ik wil rust. Ik wil werk.", "Ik wil werk.", [("delete", "Ik wil rust"), ("equal", "Ik wil werk")],
            id="the first sentence is left out, not a piece of both",
        ),
        pytest.param(
            "Dat kan ik doen. Ik kan het ook doen.", "Dat kan ik doen.",
            [("equal", "Dat kan ik doen"), ("delete", "Ik kan het ook doen")],
            id="the last sentence is left out",
        ),
    ],
)  # fmt: skip
def test_a_difference_reads_as_somebody_made_it(source: str, given_text: str, expected: list[tuple[str, str]]) -> None:
    assert [(change.op, change.words) for change in differences(source, given_text)] == expected
