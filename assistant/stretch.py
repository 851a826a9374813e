"""A stretch of a source: a run of its words, the quotation and passage in which they stand, and its sentences."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant.sources import source_url
from assistant.verdict import Match
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage, PassageKind, Quote
from kb.sentences import sentence_ranges
from kb.text import Flow, Span, clip, render
from kb.versions import Label
from kb.word_diff import differences
from kb.wording import words_of

# Marks begin and end what may be quoted, besides sentences; in a list the lines do.
_MARK = re.compile(r"[‘’“”\"•➜›]")
_LIST_MARK = re.compile(rf"{_MARK.pattern}|\n")


@dataclass(frozen=True)
class Stretch:
    """The words at the places `first` to `last` of the row of all words."""

    kb: KnowledgeBase
    first: int
    last: int

    @cached_property
    def source(self) -> str:
        return self.kb.source_words.source(self.first)

    @cached_property
    def start(self) -> int:
        """The position of its first character in the source."""
        return self.kb.source_words.start(self.first)

    @cached_property
    def end(self) -> int:
        """The position after its last character in the source."""
        return self.kb.source_words.end(self.last)

    @cached_property
    def quote(self) -> Quote | None:
        """The quotation that it is of: one that holds all of it, or that makes up its passage with an attribution."""
        whole = self.kb.source_words.quote(self.first, self.last)
        if whole is None and self.passage and self.passage.kind is PassageKind.QUOTE:
            inside = self.kb.source_words.quotes_between(self.first, self.last)
            return inside[0] if len(inside) == 1 else None
        return whole

    @cached_property
    def passage(self) -> Passage | None:
        return self.kb.source_words.passage(self.first, self.last)

    @cached_property
    def holder(self) -> Quote | Passage | None:
        """The quotation, or else the passage, that holds all of it."""
        return self.kb.source_words.quote(self.first, self.last) or self.passage

    @cached_property
    def is_variant(self) -> bool:
        """Whether it is of a quotation of which the sources have a fuller version."""
        versions = self.kb.versions_of(self.quote) if self.quote else ()
        return bool(versions) and versions[0].label is not Label.ORIGINAL

    @property
    def spans(self) -> tuple[Span, ...]:
        return clip(self.holder.spans, self.start, self.end) if self.holder else (Span(self.start, self.end),)

    @cached_property
    def text(self) -> str:
        return render(self.kb.text(self.source), self.spans)

    @cached_property
    def report(self) -> str:
        """The title of its report."""
        if self.holder:
            return self.kb.reports[self.holder.report_id].title
        reports = (report for report in self.kb.reports.values() if report.source == self.source)
        inside = (report.title for report in reports if report.span.start <= self.start < report.span.end)
        return next(inside, self.kb.sources[self.source].title)

    @cached_property
    def is_whole(self) -> bool:
        """Whether it begins where a sentence does and ends where one does."""
        if self.holder:
            return (self.sentences.start, self.sentences.end) == (self.start, self.end)
        head, tail = Stretch(self.kb, self.first, self.first), Stretch(self.kb, self.last, self.last)
        return head.sentences.start == self.start and tail.sentences.end == self.end

    @cached_property
    def sentences(self) -> "Stretch":
        """From the start of its first sentence to the end of its last; itself when no passage holds it."""
        if self.holder is None:
            return self
        words = self.kb.source_words
        places = words.places(self.holder)
        first, last = (self._place_in(places, position) for position in (self.start, words.start(self.last)))
        starts = self._sentence_starts(places, self.holder)
        while first not in starts:
            first -= 1
        while last + 1 not in starts:
            last += 1
        return Stretch(self.kb, first, last)

    def matched(self, given: str) -> Match:
        """It as a match of the given words, with what was done to make these of it."""
        changes = differences(self.text, given)
        equal, lost, new = (
            sum(len(words_of(change.words)) for change in changes if change.op == op)
            for op in ("equal", "delete", "insert")
        )
        return Match(
            source=self.source,
            report=self.report,
            quote=self.quote,
            passage=self.passage,
            spans=self.spans,
            text=self.text,
            similarity=round(2 * equal / (2 * equal + lost + new), 4),
            diff=changes,
            url=source_url(self.source, self.spans),
        )

    def _place_in(self, places: range, position: int) -> int:
        """The place of the word at a position, among those of its holder."""
        starts = [self.kb.source_words.start(place) for place in places]
        return places.start + int(np.searchsorted(starts, position))

    def _sentence_starts(self, places: range, holder: Quote | Passage) -> set[int]:
        """The places of the holder's words that begin a sentence or follow a mark, and the one after the last."""
        words, source = self.kb.source_words, self.kb.text(self.source)
        flow = Flow.of(source, holder.spans)
        begins = [flow.positions[start] for start, _ in sentence_ranges(flow.text)]
        is_list = self.passage is not None and self.passage.kind is PassageKind.LIST
        mark = _LIST_MARK if is_list else _MARK
        starts = {places.start, places.stop}
        for place in places[1:]:
            gap = words.end(place - 1), words.start(place)
            if any(gap[0] <= begin <= gap[1] for begin in begins) or mark.search(source, *gap):
                starts.add(place)
        return starts
