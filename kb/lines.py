"""Positions in a text → line numbers, in which people speak of a text file."""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate


def line_at(text: str, position: int) -> int:
    """The line (from 1) on which a position stands."""
    return bisect_right(_starts(text), position)


@lru_cache(maxsize=32)
def _starts(text: str) -> tuple[int, ...]:
    return (0, *accumulate(len(line) + 1 for line in text.split("\n")))
