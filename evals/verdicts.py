"""The evaluation of verdicts: texts that somebody wants to quote against the gold file."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import quantiles
from typing import Any

from assistant.answer import Citation
from assistant.suggest import suggestions
from assistant.verdict import Match, Verdict, VerdictKind
from assistant.verify import verify
from kb import jsonl
from kb.knowledge_base import KnowledgeBase
from kb.lines import line_at

GOLD = Path(__file__).parent / "gold" / "verdicts.jsonl"
# The share of right verdicts that is required; and none of these may be called verbatim.
REQUIRED = 0.97
NEVER_VERBATIM = (VerdictKind.ALTERED, VerdictKind.NOT_FOUND)
TRANSLATED = "translated"


@dataclass(frozen=True)
class GoldClaim:
    """A text to check; its true words start on `line` of `source` (both None when it has no source)."""

    id: str
    kind: str
    text: str
    speaker: str | None
    verdict: VerdictKind
    speaker_matches: bool | None
    source: str | None
    line: int | None
    note: str


@dataclass(frozen=True)
class Checked:
    """A claim with the verdict on it; `is_meant` tells whether the first suggestion is what was translated."""

    claim: GoldClaim
    verdict: Verdict
    is_placed: bool | None
    is_meant: bool | None
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether verdict and speaker are those of the gold file."""
        claim = self.claim
        return (self.verdict.kind, self.verdict.speaker_matches) == (claim.verdict, claim.speaker_matches)


@dataclass(frozen=True)
class VerdictReport:
    """All claims with their verdicts."""

    checked: Sequence[Checked]

    @cached_property
    def confusion(self) -> Counter[tuple[VerdictKind, VerdictKind]]:
        """How often each verdict (second) was given where the first is right."""
        return Counter((one.claim.verdict, one.verdict.kind) for one in self.checked)

    @property
    def right(self) -> float:
        """The share of claims with the right verdict, whatever is said of the speaker."""
        return sum(self.confusion[kind, kind] for kind in VerdictKind) / len(self.checked)

    @property
    def false_verbatim(self) -> int:
        """How many altered or invented texts are called verbatim."""
        return sum(self.confusion[kind, VerdictKind.VERBATIM] for kind in NEVER_VERBATIM)

    @property
    def failures(self) -> list[str]:
        """The measures that fall short, in words."""
        short = [f"verdicts: {self.right:.3f} right < {REQUIRED}"] if self.right < REQUIRED else []
        return [*short, *([f"called verbatim: {self.false_verbatim} > 0"] if self.false_verbatim else [])]

    def as_json(self) -> dict[str, Any]:
        """All measures, and each claim that was judged otherwise."""
        return {
            "verdicts": {
                "claims": len(self.checked),
                "confusion": {f"{gold} → {found}": count for (gold, found), count in sorted(self.confusion.items())},
                **self._shares(),
                "wrong": [one.claim.id for one in self.checked if not one.is_right],
            }
        }

    def as_text(self) -> str:
        """Tables in Markdown: the confusion matrix, and the share that is right by kind of claim."""
        lines = [f"| verdict in the gold file | {' | '.join(VerdictKind)} |", "|---|" + "--:|" * len(VerdictKind)]
        rows = {gold: [str(self.confusion[gold, found]) for found in VerdictKind] for gold in VerdictKind}
        lines += [f"| {gold} | {' | '.join(cells)} |" for gold, cells in rows.items()]
        lines += ["", "| kind of text | n | verdict and speaker right |", "|---|--:|--:|"]
        for kind in dict.fromkeys(one.claim.kind for one in self.checked):
            own = [one.is_right for one in self.checked if one.claim.kind == kind]
            lines.append(f"| {kind} | {len(own)} | {sum(own)} |")
        shares = self._shares()
        names = {"ms_p50": "ms, median", "ms_p95": "ms, 95th percentile"}
        lines += ["", *(f"- {names.get(name, name)}: {_shown(value)}" for name, value in shares.items())]
        return "\n".join(lines)

    def _shares(self) -> dict[str, float | None]:
        times = quantiles([one.seconds for one in self.checked], n=20)
        return {
            "right": self.right,
            "speaker_right": _share(
                [one.verdict.speaker_matches == one.claim.speaker_matches for one in self.checked if one.claim.speaker]
            ),
            "place_right": _share([one.is_placed for one in self.checked if one.is_placed is not None]),
            "translation_suggested_first": _share([one.is_meant for one in self.checked if one.is_meant is not None]),
            "called_verbatim_and_is_not": float(self.false_verbatim),
            "ms_p50": 1000 * times[9],
            "ms_p95": 1000 * times[-1],
        }


def run(kb: KnowledgeBase, file: Path = GOLD) -> VerdictReport:
    """Check the claims of the gold file.

    Raises:
        CorpusError: when the gold file cannot be read.
    """
    claims = read_claims(file)
    # The index of words is made, and the segmenter of sentences loaded, by the first claim.
    verify(kb, claims[0].text)
    return VerdictReport([_check(kb, claim) for claim in claims])


def read_claims(file: Path) -> list[GoldClaim]:
    """The claims in a file.

    Raises:
        CorpusError: when a line cannot be used; it is named.
    """
    return jsonl.read(file, _claim, invalid="geen geldig oordeel")


def _claim(entry: dict[str, Any]) -> GoldClaim:
    return GoldClaim(**{**entry, "verdict": VerdictKind(entry["verdict"])})


def _check(kb: KnowledgeBase, claim: GoldClaim) -> Checked:
    started = time.perf_counter()
    verdict = verify(kb, claim.text, claim.speaker)
    seconds = time.perf_counter() - started
    meant = suggestions(kb, verdict)[:1] if claim.kind == TRANSLATED else []
    is_meant = _holds(kb, claim, meant) if meant else None
    return Checked(claim, verdict, _is_placed(kb, claim, verdict), is_meant, seconds)


def _is_placed(kb: KnowledgeBase, claim: GoldClaim, verdict: Verdict) -> bool | None:
    """Whether one of the places found holds the line of the gold file; None when either names no place."""
    if claim.line is None or claim.verdict is VerdictKind.NOT_FOUND or not verdict.matches:
        return None
    return _holds(kb, claim, verdict.matches)


def _holds(kb: KnowledgeBase, claim: GoldClaim, places: Sequence[Match | Citation]) -> bool:
    """Whether one of the places holds the line of the gold file."""
    spans = ((kb.text(place.source), span) for place in places if place.source == claim.source for span in place.spans)
    return any(line_at(text, span.start) <= (claim.line or 0) <= line_at(text, span.end - 1) for text, span in spans)


def _share(values: Sequence[bool | None]) -> float | None:
    return sum(map(bool, values)) / len(values) if values else None


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}" if value <= 1 else f"{value:.1f}"
