"""Positions in a source and the text that they stand for; words, stems and sentences in Dutch."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

# A line break inside a word: after its hyphen or slash, after "www." or after a first letter in brackets. The break
# goes and the sign stays: the PDF texts are set ragged, so a hyphen at the end of a line belongs to the word.
_BROKEN_WORD = re.compile(r"(?:(?<=\w[-‑/])|(?<=www\.)|(?<=\(\w\)))\n\s*(?=\w)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "—": "-", "…": "..."})


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch `[start, end)` of a source, in Unicode code points of the file as decoded from UTF-8.

    Raises:
        ValueError: when it is empty or starts before the file.

    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.start >= self.end:
            msg = f"not a span: [{self.start}, {self.end})"
            raise ValueError(msg)


def collapse(text: str) -> str:
    """Every run of white space made one space; none at the ends."""
    return " ".join(text.split())


def render(source: str, spans: Iterable[Span]) -> str:
    """The text that `spans` stand for: joined, a word that the line break split mended, white space collapsed."""
    raw = "".join(source[span.start : span.end] for span in spans)
    return collapse(_BROKEN_WORD.sub("", raw))


def clip(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The parts of `spans` that lie inside `[start, end)`."""
    pieces = ((max(span.start, start), min(span.end, end)) for span in spans)
    return tuple(Span(low, high) for low, high in pieces if low < high)


def fold(text: str) -> str:
    """Lower case, without accents, with plain quotation marks and hyphens: for comparing, never for showing."""
    decomposed = unicodedata.normalize("NFD", text.translate(_TYPOGRAPHY).casefold())
    return collapse("".join(char for char in decomposed if not unicodedata.combining(char)))


def words(text: str) -> list[str]:
    """The words of `text`, folded, in order."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Dutch stem of one folded word (https://snowballstem.org/algorithms/dutch_porter/stemmer.html).

    Snowball's newer "dutch" takes "mens" and "mensen", "kans" and "kansen" apart.
    """
    from snowballstemmer import stemmer  # 20 ms that `--help` need not pay

    return str(stemmer("dutch_porter").stemWord(word))


def stems(text: str) -> list[str]:
    """The Dutch stems of the words of `text`, in order."""
    return [stem(word) for word in words(text)]


def slug(title: str) -> str:
    """A title as it stands in addresses and options: `"Natuur & milieu"` gives `"natuur-en-milieu"`."""
    return "-".join(_WORD.findall(fold(title.replace("&", " en "))))


@dataclass(frozen=True)
class Flow:
    """The rendered text of some spans with, for each of its characters, the position in the source."""

    text: str
    positions: tuple[int, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, source: str, spans: Sequence[Span]) -> "Flow":
        """The flow of `spans`; its text equals `render(source, spans)`."""
        places = [place for span in spans for place in range(span.start, span.end)]
        raw = "".join(source[place] for place in places)
        dropped: set[int] = set()
        for match in _BROKEN_WORD.finditer(raw):
            dropped.update(range(match.start(), match.end()))
        chars: list[str] = []
        kept: list[int] = []
        for index, char in enumerate(raw):
            if index in dropped or (char.isspace() and (not chars or chars[-1] == " ")):
                continue
            chars.append(" " if char.isspace() else char)
            kept.append(places[index])
        if chars and chars[-1] == " ":
            chars.pop()
            kept.pop()
        return cls("".join(chars), tuple(kept), tuple(spans))

    def locate(self, start: int, end: int) -> tuple[Span, ...]:
        """The spans in the source of `text[start:end]`."""
        return clip(self.spans, self.positions[start], self.positions[end - 1] + 1)
