"""A source as readable text with the words that are cited marked: server-rendered HTML that needs no script."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import messages
from assistant.certificate import Certificate, certify
from assistant.markdown import rendered
from assistant.sources import source_url
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage, PassageKind
from kb.text import Flow, Span, collapse, fold
from ui.markup import diff

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATE = "plain.html.jinja"
GUIDE = Path(__file__).parents[1] / "docs" / "handleiding.md"
# Marks of Markdown and bullets around a line that stands between passages.
_LINE_MARKS = re.compile(r"^[#>*•➜›\s]+|[*\s]+$")
# The number of a heading, and that of an item in a list.
_NUMBER = re.compile(r"^\d+(?:\.\d+)*\.?\s+")
_ITEM = re.compile(r"^\d+[.)]$")
_HEADING_LINES_MAX = 3
_CONTEXT_LEVEL = 3


@dataclass(frozen=True)
class Piece:
    """Words of a block, marked or not."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class Block:
    """A heading (`level` 2 to 6), a passage, or what stands between passages, such as the header of a page.

    `item` is the number of a passage in a list, as the source has it.
    """

    kind: str
    pieces: tuple[Piece, ...]
    level: int = 0
    id: str | None = None
    item: str | None = None
    certificate: Certificate | None = None


@dataclass(frozen=True)
class Chapter:
    """A report in the table of contents."""

    id: str
    title: str


def source_page(kb: KnowledgeBase, source: str, marked: Span | None, language: str = "nl") -> str:
    """The page of a source; the words at `marked` are marked, and what is known of a quotation there stands beside it.

    Raises:
        InputError: when the source has no such positions.
    """
    if marked and marked.end > len(kb.text(source)):
        msg = f"{source} heeft {len(kb.text(source))} tekens; gevraagd is {marked.start} tot {marked.end}."
        raise InputError(msg)
    return _render(
        source=kb.sources[source],
        chapters=[Chapter(one.id, one.title) for one in kb.reports.values() if one.source == source],
        blocks=list(blocks(kb, source, marked)),
        marked=marked,
        language=language,
    )


def sources_page(kb: KnowledgeBase, language: str = "nl") -> str:
    """The list of all sources."""
    return _render(source=None, sources=list(kb.sources.values()), language=language)


def guide_page() -> str:
    """The guide for users, as it stands in the project."""
    # Its pictures lie beside it in the project, and under its address on the server.
    text = GUIDE.read_text(encoding="utf-8").replace("](images/", "](/handleiding/")
    return _render(source=None, guide=rendered(text), language="nl")


def problem_page(message: str, language: str = "nl") -> str:
    """What is wrong with an address."""
    return _render(source=None, problem=message, language=language)


def _render(**values: object) -> str:
    return _template().render(**values)


@lru_cache(maxsize=1)
def _template() -> "Template":
    """The template of these pages, compiled once."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)
    environment.globals.update(
        byline=messages.byline,
        diff=diff,
        diff_label=messages.version_label,
        lines=messages.lines,
        place=messages.place,
        source_url=source_url,
        text=messages.text,
    )
    return environment.get_template(_TEMPLATE)


def blocks(kb: KnowledgeBase, source: str, marked: Span | None) -> Iterator[Block]:
    """The blocks of a source in order. Where a passage has the marked positions, what interrupts it is not marked."""
    text = kb.text(source)
    passages = [passage for passage in kb.passages if passage.source == source]
    passages.sort(key=lambda passage: passage.spans[0].start)
    reports = [report for report in kb.reports.values() if report.source == source]
    spans = _marked_spans(passages, marked) if marked else ()
    of_lines = () if any(_overlaps(passage.spans, spans) for passage in passages) else spans
    last = 0
    for passage in passages:
        start = passage.spans[0].start
        gap = Span(last, start) if last < start else None
        opened = [report for report in reports if last <= report.span.start <= start]
        yield from (_heading(report.title, 2, report.id) for report in opened)
        reports = [report for report in reports if report not in opened]
        if gap:
            yield from _between(text, gap, passage.headings, of_lines)
        yield replace(_passage_block(kb, passage, spans), item=_item(text, gap) if gap else None)
        # What interrupts a passage is shown after it, but for other passages, which have their own turn.
        for one, other in pairwise(passage.spans):
            inner = Span(one.end, other.start) if one.end < other.start else None
            if inner and not any(_overlaps(held.spans, (inner,)) for held in passages):
                yield from _between(text, inner, (), of_lines)
        last = max(last, passage.spans[-1].end)
    if last < len(text):
        yield from _between(text, Span(last, len(text)), (), of_lines)


def _marked_spans(passages: Sequence[Passage], marked: Span) -> tuple[Span, ...]:
    """The spans of the passage that begins and ends there, or all that lies between."""
    outer = ((passage, passage.spans[0].start, passage.spans[-1].end) for passage in passages)
    whole = (passage.spans for passage, start, end in outer if (start, end) == (marked.start, marked.end))
    return next(whole, (marked,))


def _heading(title: str, level: int, place: str | None = None) -> Block:
    return Block("heading", (Piece(title, is_marked=False),), level, place)


def _between(text: str, gap: Span, headings: Sequence[str], marked: Sequence[Span]) -> Iterator[Block]:
    """The lines between two passages: headings of the second, and what belongs to the page."""
    lines = [(line, place) for line, place in _lines(text, gap) if not _ITEM.match(line)]
    wanted = {_unnumbered(heading): level for level, heading in enumerate(headings, start=_CONTEXT_LEVEL)}
    number = 0
    while number < len(lines):
        for count in range(min(_HEADING_LINES_MAX, len(lines) - number), 0, -1):
            title = " ".join(line for line, _ in lines[number : number + count])
            if _unnumbered(title) in wanted:
                yield _heading(title, min(6, wanted[_unnumbered(title)]))
                number += count
                break
        else:
            line, place = lines[number]
            yield Block("between", (Piece(line, _overlaps((place,), marked)),))
            number += 1


def _lines(text: str, gap: Span) -> Iterator[tuple[str, Span]]:
    start = gap.start
    for line in text[gap.start : gap.end].splitlines(keepends=True):
        shown = _plain(line)
        if any(char.isalnum() for char in shown):
            yield shown, Span(start, start + len(line))
        start += len(line)


def _item(text: str, gap: Span) -> str | None:
    """The number of an item in a list that stands right before a passage."""
    lines = [line for line, _ in _lines(text, gap)]
    return lines[-1] if lines and _ITEM.match(lines[-1]) else None


def _unnumbered(title: str) -> str:
    return fold(_NUMBER.sub("", _plain(title)))


def _plain(line: str) -> str:
    return collapse(_LINE_MARKS.sub("", line))


def _overlaps(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in some for other in others)


def _passage_block(kb: KnowledgeBase, passage: Passage, marked: Sequence[Span]) -> Block:
    kind = {PassageKind.QUOTE: "quote", PassageKind.BULLET: "bullet", PassageKind.BOX: "box"}.get(passage.kind, "text")
    if not _overlaps(passage.spans, marked):
        return Block(kind, (Piece(passage.text, is_marked=False),), id=passage.id)
    flow = Flow.of(kb.text(passage.source), passage.spans)
    said = next((quote for quote in kb.quotes_in(passage.id) if _overlaps(quote.spans, marked)), None)
    return Block(kind, tuple(_pieces(flow, marked)), id=passage.id, certificate=certify(kb, said.id) if said else None)


def _pieces(flow: Flow, marked: Sequence[Span]) -> Iterator[Piece]:
    """The words of a passage, those at the marked positions apart."""
    flags = [any(span.start <= position < span.end for span in marked) for position in flow.positions]
    start = 0
    for place in range(1, len(flags) + 1):
        if place == len(flags) or flags[place] != flags[start]:
            yield Piece(flow.text[start:place], flags[start])
            start = place


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of the pages."""
    return (Path(__file__).parent / "plain.css").read_text(encoding="utf-8")
