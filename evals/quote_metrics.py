"""How well the extracted quotations fit the gold file: pure functions of plain lists."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from rapidfuzz import fuzz

from kb.text import collapse

# An extracted quotation is the gold one when it starts near it and has at least this likeness (0 to 100).
_SAME = 80.0
_LINES_APART_MAX = 1


@dataclass(frozen=True)
class GoldQuote:
    """A quotation that a reader found; `lines` are its first and last line."""

    source: str
    report: str
    lines: tuple[int, int]
    text: str
    speaker: str | None
    dialogue: str | None
    part: str


@dataclass(frozen=True)
class FoundQuote:
    """An extracted quotation; `line` is its first line, `is_traceable` whether its spans hold its text."""

    source: str
    report: str
    line: int
    text: str
    speaker: str | None
    dialogue: str | None
    part: str
    is_traceable: bool


@dataclass(frozen=True)
class QuoteScores:
    """Counts of gold, found and matched quotations, and of matched ones that have each attribute right."""

    gold: int
    found: int
    matched: int
    text: int
    speaker: int
    dialogue: int
    part: int
    untraceable: int

    def __add__(self, other: "QuoteScores") -> "QuoteScores":
        return QuoteScores(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))

    def shares(self) -> dict[str, float | None]:
        """Each measure as a share; None where there is nothing to measure."""
        right = {name: _share(getattr(self, name), self.matched) for name in ("text", "speaker", "dialogue", "part")}
        return {"recall": _share(self.matched, self.gold), "precision": _share(self.matched, self.found), **right}


def _share(count: int, total: int) -> float | None:
    return count / total if total else None


def score(gold: Sequence[GoldQuote], found: Sequence[FoundQuote]) -> QuoteScores:
    """The scores of one report: each gold quotation is matched with the likest one found near its lines."""
    left = list(found)
    pairs = []
    for wanted in gold:
        near = [quote for quote in left if _is_near(wanted, quote)]
        best = max(near, key=lambda quote: fuzz.ratio(quote.text, wanted.text), default=None)
        if best is not None and fuzz.ratio(best.text, wanted.text) >= _SAME:
            left.remove(best)
            pairs.append((wanted, best))
    return QuoteScores(
        gold=len(gold),
        found=len(found),
        matched=len(pairs),
        text=sum(collapse(wanted.text) == quote.text for wanted, quote in pairs),
        speaker=sum(wanted.speaker == quote.speaker for wanted, quote in pairs),
        dialogue=sum(wanted.dialogue == quote.dialogue for wanted, quote in pairs),
        part=sum(wanted.part == quote.part for wanted, quote in pairs),
        untraceable=sum(not quote.is_traceable for quote in found),
    )


def _is_near(wanted: GoldQuote, quote: FoundQuote) -> bool:
    first, last = wanted.lines
    return wanted.source == quote.source and first - _LINES_APART_MAX <= quote.line <= last + _LINES_APART_MAX
