"""The notes of a dossier, numbered in the order in which they are first cited, each checked against its source."""

from assistant import certificate, messages
from assistant.dossier.content import Note, Quoted, Said
from assistant.sources import check_traceable, source_url
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage, Quote


class Notes:
    """Gives each passage its number; the passages cited so far are `listed` in that order."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._numbers: dict[str, int] = {}
        self.listed: list[Note] = []

    def number(self, passage: Passage) -> int:
        """The number of a passage.

        Raises:
            UntraceableError: when its source holds other words at its positions.
        """
        if passage.id not in self._numbers:
            check_traceable(self._kb, passage)
            self._numbers[passage.id] = len(self.listed) + 1
            self.listed.append(self._note(passage))
        return self._numbers[passage.id]

    def said(self, passage: Passage) -> Said:
        """All the words of a passage."""
        return Said(passage.text, self.number(passage))

    def quoted(self, quote: Quote, why: str) -> Quoted:
        """A quotation with its speaker and what is to be said of its other versions.

        Raises:
            UntraceableError: when its source holds other words at its positions.
        """
        check_traceable(self._kb, quote)
        passage = self._kb.passages[self._kb.row_of[quote.passage_id]]
        by = messages.byline(quote) or messages.text("no name")
        versions = self._kb.versions_of(quote)
        remark = " ".join(filter(None, (messages.also_in(versions), *map(messages.difference, versions))))
        return Quoted(quote.id, quote.text, by, self.number(passage), why, remark)

    def cites(self, passage: Passage) -> bool:
        """Whether a passage has a number already."""
        return passage.id in self._numbers

    def _note(self, passage: Passage) -> Note:
        report, source = self._kb.reports[passage.report_id], self._kb.sources[passage.source]
        name = "" if report.title == source.title else f"{certificate.report_name(report)}, in: "
        dated = certificate.year(source) or messages.text("undated")
        reference = f"{name}{source.title} ({', '.join(filter(None, (source.publisher, dated)))})"
        return Note(
            number=self._numbers[passage.id],
            passage_id=passage.id,
            source=passage.source,
            report=report.title,
            spans=passage.spans,
            text=passage.text,
            reference=reference[:1].upper() + reference[1:],
            url=source_url(passage.source, passage.spans),
        )
