"""Placed blocks → passages and quotations with ids that stay when other documents change."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.outline import Placed
from ingest.quotes import Quotation
from kb.model import Passage, PassageKind, Quote, Report
from kb.sentences import sentence_ranges
from kb.speakers import is_person_name
from kb.text import Flow, Span, slug

# A longer paragraph is cut between sentences: the default embedder reads 512 tokens, some 1,800 characters, and a
# citation should point at less than half a page.
_PASSAGE_MAX = 1000
# A paragraph of fewer words is a remnant of the page ("Meer informatie"), unless it is a signature.
_PARAGRAPH_WORDS_MIN = 3


@dataclass
class Ids:
    """Ids from the source, the text and its how-manieth occurrence: no other document or position plays a part."""

    source: str
    _seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def next(self, prefix: str, text: str) -> str:
        self._seen[prefix, text] += 1
        key = f"{self.source}\0{text}\0{self._seen[prefix, text]}"
        return f"{prefix}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"

    def report(self, title: str) -> str:
        """The id of a report: its source and title, and a number when the title comes back."""
        self._seen["r", title] += 1
        count = self._seen["r", title]
        return f"{self.source}#{slug(title)}" + (f"-{count}" if count > 1 else "")


@dataclass(frozen=True)
class Rows:
    """The passages and quotations of a report."""

    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]


def rows(text: str, report: Report, placed: Sequence[Placed], ids: Ids) -> Rows:
    """The passages and quotations of `placed`; `text` is the source's. A quotation illustrates what stands above it."""
    passages: list[Passage] = []
    quotes: list[Quote] = []
    above: Passage | None = None
    for item in placed:
        if item.kind is not PassageKind.QUOTE and above is not None and above.headings != item.headings:
            above = None
        illustrated = above.id if above is not None and above.headings == item.headings else None
        made = list(_passages(text, report, item, ids, illustrated))
        passages.extend(made)
        quotes.extend(_quotes(text, report, item, made, ids))
        if item.kind is not PassageKind.QUOTE and made:
            above = made[-1]
    return Rows(tuple(passages), tuple(quotes))


def joined_spans(text: str, item: Placed) -> tuple[Span, ...]:
    """The spans of a passage of several blocks; each block but the first takes the white space before it along."""
    spans: list[Span] = []
    for block in item.blocks:
        first, *rest = block.spans
        lead = bool(spans) and text[first.start - 1].isspace()
        spans.extend((Span(first.start - lead, first.end), *rest))
    return tuple(spans)


def _passages(text: str, report: Report, item: Placed, ids: Ids, illustrated: str | None) -> Iterator[Passage]:
    flow = Flow.of(text, joined_spans(text, item))
    is_quote = item.kind is PassageKind.QUOTE
    is_paragraph = item.kind is PassageKind.PARAGRAPH and not is_person_name(flow.text)
    if is_paragraph and len(flow.text.split()) < _PARAGRAPH_WORDS_MIN:
        return
    ranges = [(0, len(flow.text))] if is_quote or item.kind is PassageKind.LIST else _pieces(flow.text)
    for start, end in ranges:
        piece = flow.text[start:end]
        yield Passage(
            id=ids.next("p", piece),
            source=report.source,
            report_id=report.id,
            kind=item.kind,
            track=report.track,
            theme=item.theme,
            part=item.part,
            headings=item.headings,
            text=piece,
            spans=flow.locate(start, end),
            illustrates=illustrated if is_quote else None,
        )


def _pieces(text: str) -> list[tuple[int, int]]:
    """Ranges of whole sentences, at most `_PASSAGE_MAX` characters each where they allow, of like length."""
    if len(text) <= _PASSAGE_MAX:
        return [(0, len(text))]
    count = -(-len(text) // _PASSAGE_MAX)
    pieces: dict[int, tuple[int, int]] = {}
    for start, end in sentence_ranges(text):
        number = min((start + end) // 2 * count // len(text), count - 1)
        pieces[number] = (pieces.get(number, (start, end))[0], end)
    return list(pieces.values())


def _quotes(text: str, report: Report, item: Placed, made: Sequence[Passage], ids: Ids) -> Iterator[Quote]:
    for quotation in item.quotes:
        flow = Flow.of(text, item.blocks[0].spans)
        words = flow.text[quotation.start : quotation.end]
        passage = _holding(made, flow, quotation)
        illustrated = passage.illustrates if quotation.fills_block else passage.id
        yield Quote(
            id=ids.next("q", words),
            source=report.source,
            report_id=report.id,
            text=words,
            speaker=quotation.speaker,
            dialogue=quotation.dialogue,
            track=report.track,
            theme=item.theme,
            part=item.part,
            spans=flow.locate(quotation.start, quotation.end),
            passage_id=passage.id,
            illustrates=illustrated,
        )


def _holding(made: Sequence[Passage], flow: Flow, quotation: Quotation) -> Passage:
    """The passage in which a quotation starts."""
    position = flow.positions[quotation.start]
    return next(
        (passage for passage in made if any(span.start <= position < span.end for span in passage.spans)), made[0]
    )
