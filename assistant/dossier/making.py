"""A dossier in the making, as its sections share it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.dossier.notes import Notes
from assistant.dossier.subjects import Subject
from assistant.generation.language_model import LanguageModel
from kb.embedders import Vectors
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, Report
from kb.search import Filters, Hit, Query, search

_HITS = 400


@dataclass
class Making:
    """A dossier in the making: what it is about, and what it cites so far."""

    kb: KnowledgeBase
    subjects: list[Subject]
    focus: str | None
    vector: Vectors
    words: tuple[str, ...]
    model: LanguageModel | None
    notes: Notes
    used: set[str] = field(default_factory=set)
    _ranks: dict[Part, dict[str, int]] = field(default_factory=dict)

    @property
    def reports(self) -> list[Report]:
        """The reports on the subjects, each once."""
        return list({report.id: report for one in self.subjects for report in one.reports(self.kb)}.values())

    def hits(self, filters: Filters, limit: int = _HITS) -> list[Hit]:
        """The passages most like the subject; what the reports repeat is left out."""
        found = search(self.kb, Query(self.vector, self.words, breadth=1.0), filters=filters, limit=limit)
        return [hit for hit in found if not hit.passage.boilerplate]

    def most_alike(self, passages: Sequence[Passage], part: Part, count: int) -> list[Passage]:
        """Those of the passages of a part that are most like the subject, in the order given."""
        if part not in self._ranks:
            hits = self.hits(Filters(part=part), len(self.kb.passages))
            self._ranks[part] = {hit.passage.id: place for place, hit in enumerate(hits)}
        ranks = self._ranks[part]
        best = {one.id for one in sorted(passages, key=lambda one: ranks.get(one.id, len(ranks)))[:count]}
        return [one for one in passages if one.id in best]
