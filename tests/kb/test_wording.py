"""Words for a comparison word by word: typography does not count, all else does."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.wording import BROKEN, CUT, words_of


def keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("‘Zo’n’ dag", '"zo\'n" dag', id="quotation marks and apostrophes"),
        pytest.param("eerst – dan", "Eerst — dan", id="dashes and the first letter"),
        pytest.param("ik … jij", "ik... jij", id="ellipses"),
        pytest.param("één dag", "e\u0301e\u0301n dag", id="an accent as a character of its own"),
        pytest.param("vijf\u00a0fietsen", "vijf  fietsen", id="non-breaking space"),
        pytest.param("fiets", "ﬁets", id="ligature"),
        pytest.param("samenleving", "samen\u00adleving", id="soft hyphen"),
        pytest.param("sociaal-cultureel", "sociaal‑cultureel", id="hyphens"),
        pytest.param("m'n", "m´n", id="accent for an apostrophe"),
    ],
)
def test_typography_does_not_count(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("één", "een", id="accent"),
        pytest.param("50%", "50", id="sign"),
        pytest.param("corona crisis", "coronacrisis", id="space"),
        pytest.param("zijn", "z’n", id="contraction"),
        pytest.param("28", "achtentwintig", id="number"),
    ],
)
def test_words_count(one: str, other: str) -> None:
    assert keys(one) != keys(other)


@given(st.text())
def test_words_are_in_order_and_lie_where_they_say(text: str) -> None:
    words = words_of(text)
    assert all(0 <= one.start < one.end <= other.start for one, other in itertools.pairwise(words))
    assert all(words_of(text[word.start : word.end])[0].key == word.key for word in words)


@pytest.mark.parametrize("mark", ["(..)", "(...)", "(…)", "[..]", "[...]", "[…]", "...", "…", ".."])
def test_marks_of_words_left_out_are_seen(mark: str) -> None:
    assert CUT.fullmatch(mark)


@pytest.mark.parametrize("text", [".", "(ja)", "?!", "[zorg]"])
def test_other_marks_are_no_cuts(text: str) -> None:
    assert not CUT.search(text)


@pytest.mark.parametrize("gap", ["-\n", "- ", "-\n   ", "\u00ad\n", " -\n"])
def test_the_gap_in_a_word_that_a_line_break_split_is_seen(gap: str) -> None:
    assert BROKEN.fullmatch(gap)


@pytest.mark.parametrize("gap", [" ", "\n", " - ", " – ", ", ", "-"])
def test_other_gaps_split_no_word(gap: str) -> None:
    assert not BROKEN.fullmatch(gap)
