"""The stretch of a text that a given text comes from, word by word, however it was changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

# The stretch is looked for around the window of the same length that is most like the given words, and this many words
# (or half of them) further on either side, because words may have been left out.
_MARGIN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Block:
    """`size` words that both texts have one after another, from `source` (from 0) and `given` on."""

    source: int
    given: int
    size: int

    @property
    def source_end(self) -> int:
        """The word of the source after it."""
        return self.source + self.size

    @property
    def given_end(self) -> int:
        """The given word after it."""
        return self.given + self.size


def blocks_of(source: Sequence[str], given: Sequence[str]) -> list[Block]:
    """The blocks of a longest common subsequence of two rows of words, in order."""
    codes = LCSseq.opcodes(source, given)
    return [
        Block(code.src_start, code.dest_start, code.src_end - code.src_start) for code in codes if code.tag == "equal"
    ]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The blocks in order, none inside a text's words of another."""

    blocks: tuple[Block, ...]
    given_count: int

    @property
    def start(self) -> int:
        """The first word of the source that both have."""
        return self.blocks[0].source

    @property
    def end(self) -> int:
        """The word of the source after the last that both have."""
        return self.blocks[-1].source_end

    @property
    def similarity(self) -> float:
        """2·s / (m + n) for m given words, n words of the stretch and s that they share in order; 0 to 1."""
        return 2 * sum(block.size for block in self.blocks) / (self.given_count + self.end - self.start)


def align(source: Sequence[str], given: Sequence[str]) -> Alignment | None:
    """The stretch of `source` that is most like `given`; None when they share no word."""
    # One character for each word, because rapidfuzz is fastest on strings.
    letters: dict[str, str] = {}
    one, other = (
        "".join(letters.setdefault(word, chr(0x100 + len(letters))) for word in text) for text in (source, given)
    )
    found = fuzz.partial_ratio_alignment(other, one)
    margin = max(_MARGIN_WORDS, len(given) // 2)
    low = max(0, found.dest_start - margin) if found and len(given) <= len(source) else 0
    high = found.dest_end + margin if found and len(given) <= len(source) else len(source)
    blocks = [Block(low + block.source, block.given, block.size) for block in blocks_of(one[low:high], other)]
    return Alignment(tuple(_compact(blocks, len(given))), len(given)) if blocks else None


def _compact(blocks: Sequence[Block], given_count: int) -> Sequence[Block]:
    """Without blocks at the ends that lie so far off that the similarity is higher without them."""
    while len(blocks) > 1:
        best = max((blocks, blocks[1:], blocks[:-1]), key=lambda some: Alignment(tuple(some), given_count).similarity)
        if len(best) == len(blocks):
            break
        blocks = best
    return blocks
