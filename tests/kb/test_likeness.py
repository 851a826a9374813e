"""Likeness counts what two texts share, whatever the order."""

import numpy as np
import pytest

from kb.likeness import most_alike


def alike(text: str, given: str) -> tuple[str, float]:
    """The window of `text`, in which each letter is a stem of weight 1, that is most like `given`."""
    stems = np.array([ord(letter) for letter in text])
    known = np.array(sorted({ord(letter) for letter in given}))
    window = most_alike(stems, np.ones(len(stems)), known, len(given), float(len(known)))
    return text[window.start : window.end], window.likeness


def test_the_order_does_not_count() -> None:
    assert alike("vwabcdyz", "dcba") == ("abcd", pytest.approx(2 * 4 / (4 + 6)))


def test_what_is_repeated_counts_once() -> None:
    assert alike("aaaaa", "ab")[1] == pytest.approx(2 / 3)


def test_nothing_shared_is_no_likeness() -> None:
    assert alike("xyz", "ab")[1] == 0


def test_the_likest_of_several_windows_is_found() -> None:
    assert alike("abxxxxxxxxabcd", "abcd")[0] == "abcd"
