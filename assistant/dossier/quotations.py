"""Which quotations a dossier shows: by likeness to its subject, spread over speakers, dialogues and parts.

The same index gives the same choice, and each quotation says why it was chosen.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import messages
from kb.embedders import Vectors
from kb.knowledge_base import KnowledgeBase
from kb.model import Quote
from kb.text import fold
from kb.vectors import WHOLE

CHOSEN = 10
# Characters: shorter ones say little, longer ones do not fit a plan.
_LENGTH_MIN, _LENGTH_MAX = 60, 450
# What one more quotation from the same dialogue, part or report costs, in places of the ranking by likeness.
_SAME_DIALOGUE, _SAME_PART, _SAME_REPORT = 4, 3, 2


@dataclass(frozen=True)
class Choice:
    """A chosen quotation, and why."""

    quote: Quote
    why: str


def choose(
    kb: KnowledgeBase, candidates: Sequence[Quote], vector: Vectors, *, used: set[str], count: int = CHOSEN
) -> list[Choice]:
    """Up to `count` quotations of different speakers; their ids and those of all versions of them are added to `used`.

    Only quotations of which the speaker is known, and not those in `used`.
    """
    cosines = kb.index.best(WHOLE, vector)
    named = [one for one in candidates if one.speaker and _LENGTH_MIN <= len(one.text) <= _LENGTH_MAX]
    ranked = sorted(named, key=lambda one: (-round(float(cosines[kb.row_of[one.passage_id]]), 4), one.id))
    place = {one.id: number for number, one in enumerate(ranked, start=1)}
    chosen: list[Choice] = []
    speakers: set[str] = set()
    counts: Counter[tuple[str, str]] = Counter()
    while len(chosen) < count:
        left = [one for one in ranked if one.id not in used and fold(one.speaker or "") not in speakers]
        if not left:
            break
        best = min(left, key=lambda one: (place[one.id] + _cost(one, counts), place[one.id]))
        chosen.append(Choice(best, _why(best, place[best.id], len(ranked), counts)))
        speakers.add(fold(best.speaker or ""))
        use(kb, best, used)
        counts.update(_features(best))
    return chosen


def use(kb: KnowledgeBase, quote: Quote, used: set[str]) -> None:
    """Mark a quotation and its versions as shown."""
    family = kb.family_of.get(quote.id)
    used.update(version.quote.id for version in family.versions) if family else used.add(quote.id)


def _features(quote: Quote) -> list[tuple[str, str]]:
    """What makes two quotations much of the same: the dialogue (its number within a report), the part, the report."""
    dialogue = f"{quote.report_id} {quote.dialogue}" if quote.dialogue else f"{quote.report_id} {quote.id}"
    return [("dialogue", dialogue), ("part", f"{quote.report_id} {quote.part}"), ("report", quote.report_id)]


def _cost(quote: Quote, counts: Counter[tuple[str, str]]) -> int:
    costs = {"dialogue": _SAME_DIALOGUE, "part": _SAME_PART, "report": _SAME_REPORT}
    return sum(costs[feature[0]] * counts[feature] for feature in _features(quote))


def _why(quote: Quote, place: int, among: int, counts: Counter[tuple[str, str]]) -> str:
    dialogue, part, _ = _features(quote)
    said = [messages.text("why near", place=place, among=among), messages.text("why speaker")]
    if quote.dialogue and not counts[dialogue]:
        said.append(messages.text("why dialogue", dialogue=quote.dialogue))
    if not counts[part]:
        said.append(messages.text("why part", part=messages.part_label(quote.part)))
    return "; ".join(said) + "."
