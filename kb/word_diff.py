"""What was done to a text to make another of it, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.alignment import Block, blocks_of
from kb.wording import Word, words_of

_SENTENCE_END = re.compile(r"[.!?…]")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words that two texts share (`equal`), or that only the first (`delete`) or second (`insert`) has."""

    op: str
    words: str


def differences(source: str, given: str) -> tuple[Change, ...]:
    """The changes from `source` to `given` in order; words that both have are written as in `source`.

    What was there comes before what replaced it.
    """
    before, after = words_of(source), words_of(given)
    blocks = blocks_of([word.key for word in before], [word.key for word in after])
    return tuple(_changes(source, before, given, after, _settled(source, before, blocks)))


def _changes(
    source: str, before: Sequence[Word], given: str, after: Sequence[Word], blocks: Sequence[Block]
) -> Iterator[Change]:
    last = Block(len(before), len(after), 0)
    for previous, block in pairwise([Block(0, 0, 0), *blocks, last]):
        if previous.source_end < block.source:
            yield Change("delete", source[before[previous.source_end].start : before[block.source - 1].end])
        if previous.given_end < block.given:
            yield Change("insert", given[after[previous.given_end].start : after[block.given - 1].end])
        if block.size:
            yield Change("equal", source[before[block.source].start : before[block.source_end - 1].end])


def _settled(source: str, words: Sequence[Word], blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the words that were left out between them beginning a sentence, where the same words allow it.

    Of "Ik wil rust. Ik wil werk." made "Ik wil werk." either "wil rust. Ik" or "Ik wil rust." may be said to be left
    out: the second is what somebody did.
    """
    settled = [Block(0, 0, 0)]
    for block in [*blocks, Block(len(words), blocks[-1].given_end if blocks else 0, 0)]:
        previous = settled[-1]
        shift = _shift(source, words, previous, block) if previous.given_end == block.given else 0
        settled[-1] = Block(previous.source, previous.given, previous.size + shift)
        settled.append(Block(block.source + shift, block.given + shift, block.size - shift))
    return [block for block in settled if block.size]


def _shift(source: str, words: Sequence[Word], previous: Block, block: Block) -> int:
    """By how many words the gap between two blocks may move so that it begins a sentence; 0 when it cannot."""
    start, end = previous.source_end, block.source
    if start == end:
        return 0
    back, forth = 0, 0
    while not _begins(source, words, start + back):
        if back == -previous.size or words[start + back - 1].key != words[end + back - 1].key:
            back = 0
            break
        back -= 1
    while not back and not _begins(source, words, start + forth):
        if forth == block.size or words[start + forth].key != words[end + forth].key:
            return 0
        forth += 1
    return back or forth


def _begins(source: str, words: Sequence[Word], number: int) -> bool:
    return number == 0 or bool(_SENTENCE_END.search(source, words[number - 1].end, words[number].start))
