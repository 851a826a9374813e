"""The evaluation of lineage: pairs of quotations that are versions of one another, against the gold file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb import jsonl
from kb.knowledge_base import KnowledgeBase
from kb.lines import line_at
from kb.model import Quote
from kb.versions import Label

GOLD = Path(__file__).parent / "gold" / "lineage.jsonl"
REQUIRED = 0.95
# A quotation by its source and first line.
Place = tuple[str, int]


@dataclass(frozen=True)
class GoldPair:
    """Two versions of a quotation; `label` is what was done to the less full one.

    `fuller` is None when neither is, `same_speaker` when one of them names nobody.
    """

    places: frozenset[Place]
    label: Label
    same_speaker: bool | None
    fuller: Place | None


@dataclass(frozen=True)
class FoundPair:
    """A variant and the original of its family; or two variants, of which nothing more is said."""

    places: frozenset[Place]
    label: Label | None = None
    same_speaker: bool | None = None
    original: Place | None = None


@dataclass(frozen=True)
class LineageReport:
    """The gold pairs and those that were found."""

    gold: Sequence[GoldPair]
    found: Sequence[FoundPair]

    @property
    def shares(self) -> dict[str, float]:
        """Recall and precision of the pairs; of those that hold an original, whether what is said of them is right."""
        by_places = {pair.places: pair for pair in self.found}
        both = [(pair, by_places[pair.places]) for pair in self.gold if pair.places in by_places]
        told = [(wanted, found) for wanted, found in both if found.label]
        return {
            "recall": _share([pair.places in by_places for pair in self.gold]),
            "precision": _share([found.places in {pair.places for pair in self.gold} for found in self.found]),
            "label": _share([wanted.label is found.label for wanted, found in told]),
            "speaker": _share([wanted.same_speaker == found.same_speaker for wanted, found in told]),
            "original": _share([wanted.fuller == found.original for wanted, found in told if wanted.fuller]),
        }

    @property
    def failures(self) -> list[str]:
        """The measures that fall short, in words."""
        return [f"lineage, {name}: {share:.3f} < {REQUIRED}" for name, share in self.shares.items() if share < REQUIRED]

    def as_json(self) -> dict[str, Any]:
        """All measures."""
        return {"lineage": {"gold": len(self.gold), "found": len(self.found), **self.shares}}

    def as_text(self) -> str:
        """A table in Markdown."""
        names = " | ".join(self.shares)
        cells = " | ".join(f"{share:.3f}" for share in self.shares.values())
        head = f"| pairs in the gold file | found | {names} |\n|{'--:|' * (2 + len(self.shares))}"
        return f"{head}\n| {len(self.gold)} | {len(self.found)} | {cells} |"


def run(kb: KnowledgeBase, file: Path = GOLD) -> LineageReport:
    """Compare the families of the index with the gold file.

    Raises:
        CorpusError: when the gold file cannot be read.
    """
    return LineageReport(read_pairs(file), found_pairs(kb))


def read_pairs(file: Path) -> list[GoldPair]:
    """The pairs in a file.

    Raises:
        CorpusError: when a line cannot be used; it is named.
    """
    return jsonl.read(file, _pair, invalid="geen geldig paar")


def _pair(entry: dict[str, Any]) -> GoldPair:
    places = {name: (entry[name]["source"], entry[name]["line"]) for name in ("first", "second")}
    return GoldPair(
        places=frozenset(places.values()),
        label=Label(entry["label"]),
        same_speaker=entry["same_speaker"],
        fuller=places.get(entry["fuller"]),
    )


def found_pairs(kb: KnowledgeBase) -> list[FoundPair]:
    """Each variant with its original, and each pair of variants that are linked."""
    pairs = []
    for family in kb.families:
        original = _place(kb, family.original)
        for number, version in enumerate(family.variants):
            place, other = _place(kb, version.quote), version.has_other_speaker
            same = None if other is None else not other
            pairs.append(FoundPair(frozenset({original, place}), version.label, same, original))
            pairs += [FoundPair(frozenset({place, _place(kb, one.quote)})) for one in family.variants[:number]]
    return pairs


def _place(kb: KnowledgeBase, quote: Quote) -> Place:
    return quote.source, line_at(kb.text(quote.source), quote.spans[0].start)


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 1.0
