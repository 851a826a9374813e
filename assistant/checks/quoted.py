"""Quoted strings in a statement: each must stand word for word in a passage, and is shown in its writing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.alignment import Alignment, align
from kb.wording import CUT, words_of

# An opening mark is no apostrophe in a word, nor is a closing one.
_QUOTED = re.compile(
    r"“(?P<a>[^“”]+)”|„(?P<b>[^„”“]+)[”“]|«(?P<c>[^«»]+)»|\"(?P<d>[^\"]+)\"|"
    r"(?<!\w)‘(?P<e>(?:[^‘’]|’(?=\w)|‘[^‘’]*’)+)’(?!\w)|(?<!\w)'(?P<f>(?:[^']|'(?=\w))+)'(?!\w)"
)
_MARKS = re.compile(r"[“”„«»\"]|(?<!\w)‘")
# A quotation of so many words that is as much like a stretch of the passage was meant to be that stretch.
_MEANT_WORDS_MIN, _MEANT_MIN = 5, 0.8


@dataclass(frozen=True)
class Quoted:
    """A quoted string at `[start, end)` of a statement, without its marks."""

    text: str
    start: int
    end: int


def quoted(text: str) -> list[Quoted]:
    """The quoted strings of a statement in order."""
    found = []
    for match in _QUOTED.finditer(text):
        group = match.lastgroup or 0
        found.append(Quoted(match.group(group), match.start(group), match.end(group)))
    return found


def in_exact_words(text: str, passages: Sequence[str]) -> str | None:
    """The statement with every quoted string as it stands in one of the passages; None when one stands in none.

    A string that differs in a few words is replaced by the words that are meant. Marks that open and do not close are
    taken for a quotation that stands nowhere.
    """
    if _MARKS.search(_QUOTED.sub("", text)):
        return None
    out, done = [], 0
    for one in quoted(text):
        exact = next(_found(one.text, passages), None)
        if exact is None:
            return None
        out += [text[done : one.start], exact]
        done = one.end
    return "".join([*out, text[done:]])


def unquoted(text: str) -> str:
    """A statement without its quoted strings."""
    return _QUOTED.sub(" ", text)


def _found(quotation: str, passages: Sequence[str]) -> Iterator[str]:
    """The words of passages that a quotation stands for, word for word before those that are only meant."""
    pieces = [piece for piece in CUT.split(quotation) if words_of(piece)]
    if len(pieces) > 1:
        yield from (quotation for passage in passages if _all_in_order(pieces, passage))
        return
    keys = [word.key for word in words_of(quotation)]
    if not keys:
        return
    for passage in passages:
        place = _place(keys, passage)
        if place:
            yield _ended_alike(passage, *place, quotation)
    if len(keys) >= _MEANT_WORDS_MIN:
        for passage in passages:
            there = words_of(passage)
            alignment = align([word.key for word in there], keys)
            if alignment and alignment.similarity >= _MEANT_MIN and _has_ends(alignment, len(keys)):
                yield passage[there[alignment.start].start : there[alignment.end - 1].end]


def _has_ends(alignment: Alignment, count: int) -> bool:
    """Whether the first and the last of so many words are those of the passage: a quotation is never cut short."""
    return alignment.blocks[0].given == 0 and alignment.blocks[-1].given_end == count


def _place(keys: Sequence[str], passage: str, after: int = 0) -> tuple[int, int] | None:
    """Where a run of words stands in a passage, in characters."""
    there = [word for word in words_of(passage) if word.start >= after]
    for first in range(len(there) - len(keys) + 1):
        run = there[first : first + len(keys)]
        if [word.key for word in run] == list(keys):
            return run[0].start, run[-1].end
    return None


def _all_in_order(pieces: Sequence[str], passage: str) -> bool:
    after = 0
    for piece in pieces:
        place = _place([word.key for word in words_of(piece)], passage, after)
        if place is None:
            return False
        after = place[1]
    return True


def _ended_alike(passage: str, start: int, end: int, quotation: str) -> str:
    """The run as the passage has it, with the punctuation at its end if the quotation has that too."""
    tail = re.match(r"[.!?,…]+", passage[end:])
    if tail and quotation.rstrip().endswith(tail.group()):
        end += tail.end()
    return passage[start:end]
