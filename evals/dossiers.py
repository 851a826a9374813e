"""The evaluation of dossiers: whether they hold the report's own main points and keep what they promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from assistant.dossier.build import build
from assistant.dossier.content import Dossier, Heading
from evals.answer_metrics import holds
from kb import jsonl
from kb.knowledge_base import KnowledgeBase
from kb.text import fold, render

GOLD = Path(__file__).parent / "gold" / "dossiers.jsonl"
RECALL_REQUIRED, SPEAKERS_REQUIRED = 0.9, 8


@dataclass(frozen=True)
class GoldSubject:
    """A subject with words of the source (anchors) that carry its report's main points."""

    subject: str
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """A dossier against its gold points: which it holds, and what is wrong with what it cites."""

    subject: str
    held: tuple[bool, ...]
    untraceable: int
    repeated: int
    speakers: int
    notes: int

    @property
    def recall(self) -> float:
        return fmean(self.held)


@dataclass(frozen=True)
class DossierReport:
    """The dossiers of all subjects in the gold file."""

    judged: Sequence[Judged]

    @property
    def failures(self) -> list[str]:
        """The subjects that fall short, in words."""
        return [
            f"dossier {one.subject}: recall {one.recall:.2f}, {one.untraceable} untraceable, {one.repeated} repeated, "
            f"{one.speakers} speakers"
            for one in self.judged
            if one.recall < RECALL_REQUIRED or one.untraceable or one.repeated or one.speakers < SPEAKERS_REQUIRED
        ]

    def as_json(self) -> dict[str, Any]:
        """All measures."""
        return {"dossiers": {one.subject: {"recall": one.recall, "speakers": one.speakers} for one in self.judged}}

    def as_text(self) -> str:
        """A table in Markdown."""
        lines = [
            "| dossier | recall | of | untraceable | repeated | speakers | notes |",
            "|---|--:|--:|--:|--:|--:|--:|",
        ]
        lines += [
            f"| {one.subject} | {one.recall:.2f} | {len(one.held)} | {one.untraceable} | {one.repeated} "
            f"| {one.speakers} | {one.notes} |"
            for one in self.judged
        ]
        return "\n".join(lines)


def run(kb: KnowledgeBase, file: Path = GOLD) -> DossierReport:
    """Make every dossier of the gold file, without a language model.

    Raises:
        CorpusError: when the gold file cannot be read.
    """
    gold = jsonl.read(file, _subject, invalid="geen geldig onderwerp met punten")
    return DossierReport([judge(kb, one, build(kb, [one.subject], with_model=False)) for one in gold])


def judge(kb: KnowledgeBase, gold: GoldSubject, dossier: Dossier) -> Judged:
    """What of the gold points a dossier holds in what it cites and in its headings, and what it does wrong."""
    headings = [block.text for part in dossier.sections for block in part.blocks if isinstance(block, Heading)]
    texts = [*(note.text for note in dossier.notes), *headings]
    shown = [block.quote_id for block in dossier.quotations]
    families = [id(kb.family_of[key]) if key in kb.family_of else key for key in shown]
    return Judged(
        subject=gold.subject,
        held=tuple(any(holds(text, anchor) for text in texts if len(anchor) <= len(text)) for anchor in gold.anchors),
        untraceable=sum(render(kb.text(note.source), note.spans) != note.text for note in dossier.notes),
        repeated=len(families) - len(set(families)),
        speakers=len({fold(kb.quote_of[key].speaker or key) for key in shown}),
        notes=len(dossier.notes),
    )


def _subject(entry: dict[str, Any]) -> GoldSubject:
    return GoldSubject(entry["subject"], tuple(point["anchor"] for point in entry["points"]))
