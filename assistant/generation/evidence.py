"""Passages as evidence for a language model: numbered by us, within a budget, marked off as data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from assistant import messages
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage, Quote


@dataclass(frozen=True)
class Evidence:
    """A passage that a language model may cite by `number`, with the quotations in it and the title of its report."""

    number: int
    passage: Passage
    quotes: tuple[Quote, ...]
    report: str

    @property
    def context(self) -> str:
        """All that may be said on the strength of it: its words, its headings, its report, who spoke and where."""
        spoken = (word for quote in self.quotes for word in (quote.speaker, quote.dialogue) if word)
        return " ".join((self.passage.text, *self.passage.headings, self.report, *dict.fromkeys(spoken)))


def evidence(kb: KnowledgeBase, passages: Iterable[Passage], characters: int | None = None) -> list[Evidence]:
    """The passages, best first, as far as they fit in so many characters; the first always does."""
    chosen: list[Evidence] = []
    used = 0
    for passage in dict.fromkeys(passages):
        used += len(passage.text)
        if chosen and characters is not None and used > characters:
            break
        quotes, report = tuple(kb.quotes_in(passage.id)), kb.reports[passage.report_id].title
        chosen.append(Evidence(len(chosen) + 1, passage, quotes, report))
    return chosen


def as_data(items: Sequence[Evidence]) -> str:
    """The evidence as a language model reads it; no text in it can close its element."""
    return "\n".join(_element(item) for item in items)


def _element(item: Evidence) -> str:
    passage = item.passage
    speakers = ", ".join(dict.fromkeys(quote.speaker for quote in item.quotes if quote.speaker))
    by = f' spreker="{escape(speakers)}"' if speakers else ""
    return (
        f'<bewijs nummer="{item.number}" wie="{messages.track_label(passage.track)}" verslag="{escape(item.report)}" '
        f'onderdeel="{messages.part_label(passage.part)}"{by}>{escape(passage.text, quote=False)}</bewijs>'
    )
