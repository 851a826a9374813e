"""A corpus file → reports, sections, passages, quotations and facts: the calls of this package in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest import layout, markdown, table_facts
from ingest.outline import Placed, outline, titled_runs
from ingest.passages import Ids, joined_spans, rows
from ingest.readers import Document
from ingest.reports import ReportRange, find_reports
from kb.model import Fact, Part, Passage, PassageKind, Quote, Report, Section, Source
from kb.text import Flow, Span, slug


@dataclass(frozen=True)
class ParsedSource:
    """All that ingestion understands of one source, in the order of the source."""

    source: Source
    text: str
    reports: tuple[Report, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]
    facts: tuple[Fact, ...]


def parse(document: Document, source: Source) -> ParsedSource:
    """Everything in `document`, which is the file of `source`."""
    ids = Ids(source.name)
    parts = [_parse_report(document, *found, ids) for found in _reports(document, source, ids)]
    return ParsedSource(
        source,
        document.text,
        tuple(part[0] for part in parts),
        tuple(section for part in parts for section in part[1]),
        tuple(passage for part in parts for passage in part[2]),
        tuple(quote for part in parts for quote in part[3]),
        tuple(fact for part in parts for fact in part[4]),
    )


def _reports(document: Document, source: Source, ids: Ids) -> list[tuple[Report, list[layout.Block], bool]]:
    """Each report with its blocks, and whether it comes out of a bundle; a file that is no bundle is one report."""
    bundle = find_reports(document)
    if bundle.reports and not document.is_markdown:
        return [
            (
                _report(document, source, found, bundle.furniture, ids),
                layout.blocks(document, lines, bundle.furniture),
                True,
            )
            for found in bundle.reports
            if (lines := document.lines[found.first : found.last])
        ]
    found = ReportRange(source.title, source.track, None, 0, len(document.lines))
    blocks = (
        markdown.blocks(document) if document.is_markdown else layout.blocks(document, document.lines, bundle.furniture)
    )
    return [(_report(document, source, found, frozenset(), ids), blocks, False)]


def _report(document: Document, source: Source, found: ReportRange, furniture: frozenset[int], ids: Ids) -> Report:
    lines = [line for line in document.lines[found.first : found.last] if not line.is_blank]
    last = next((line for line in reversed(lines) if line.number - 1 not in furniture), lines[-1])
    span = Span(lines[0].content_start, max(last.content_end, lines[0].content_end))
    theme = slug(found.theme) if found.theme else None
    return Report(ids.report(found.title), source.name, found.title, found.track, theme, span)


def _parse_report(
    document: Document, report: Report, blocks: Sequence[layout.Block], is_bundled: bool, ids: Ids
) -> tuple[Report, list[Section], tuple[Passage, ...], tuple[Quote, ...], list[Fact]]:
    placed = outline(blocks, track=report.track, theme=report.theme, is_bundled=is_bundled)
    made = rows(document.text, report, placed, ids)
    return (
        report,
        _sections(document, report, placed, ids),
        made.passages,
        made.quotes,
        _facts(document, report, placed),
    )


def _sections(document: Document, report: Report, placed: Sequence[Placed], ids: Ids) -> list[Section]:
    found = []
    for headings, part, items in titled_runs(placed):
        spans = tuple(span for item in items for span in joined_spans(document.text, item))
        found.append(
            Section(ids.next("s", "/".join((report.title, *headings, part))), report.id, headings, part, spans)
        )
    return found


def _facts(document: Document, report: Report, placed: Sequence[Placed]) -> list[Fact]:
    found: list[Fact] = []
    for item in placed:
        flow = Flow.of(document.text, joined_spans(document.text, item))
        found.extend(table_facts.names(report.id, flow))
        if item.part is Part.KADER:
            found.extend(table_facts.counts(report.id, flow))
        if item.kind is PassageKind.LIST:
            items = (Flow.of(document.text, block.spans) for block in item.blocks[1:])
            found.extend(table_facts.people(report.id, item.blocks[0].text, items))
    return found
