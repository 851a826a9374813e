"""Markdown → blocks, as `ingest.layout` makes them of plain text.

The Markdown at hand is converted from PDF: heading levels are random, some headings are bold text, posters with
headings of their own stand between paragraphs and cut sentences. Markup stays out of the spans.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.layout import Block, BlockKind
from ingest.readers import Document, Line
from kb.text import Span, collapse, render

_HEADING = re.compile(r"#{1,6}\s+")
_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,})$")
_QUOTE_BAR = re.compile(r">\s?")
_ITEM = re.compile(r"(?:[-*+]\s+(?:[a-z]\.\s+)?|(?P<number>\d{1,2}|[a-z])\.\s+)(?=\S)")
_NUMBERED_HEADING = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=\S)")
_BOLD_LINE = re.compile(r"^\*\*[^*]+\*\*$")
_CONTENTS_ENTRY = re.compile(r"\t\d{1,3}$")
_MARKUP = re.compile(r"(?<!\s)\*{1,3}|\*{1,3}(?!\s)|</?[a-z]{1,6}>|!?\[(?=[^\]]*\]\()|(?<=\S)\]\([^)]*\)|__")
_WEB_ADDRESS = re.compile(r"\b(?:www\.)?([a-z0-9-]+\.(?:nl|eu|com|org))\b")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][”’\"')*]*$")
_SHORT = 32
_TITLE_MAX = 200
# A cut sentence goes on after at most this many blocks of a poster or a quotation.
_CUT_REACH = 14


@dataclass(frozen=True)
class _Paragraph:
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.content for line in self.lines)


def blocks(document: Document) -> list[Block]:
    """The blocks of a Markdown document in order, cut sentences mended, page furniture left out."""
    paragraphs = list(_paragraphs(document))
    furniture = _furniture(document, paragraphs)
    kept = [paragraph for paragraph in paragraphs if paragraph.text not in furniture]
    found = [_block(document, paragraph) for paragraph in kept]
    found = [block for block in found if block.spans]
    first_title = next((index for index, block in enumerate(found) if block.marker.startswith("#")), None)
    if first_title is not None:
        cover = [block for block in found[:first_title] if _ENDS_SENTENCE.search(block.text)]
        found = _bold_titles(document, [*cover, *found[first_title:]])
    return _mend(document, found)


def _paragraphs(document: Document) -> Iterator[_Paragraph]:
    """Runs of lines without a blank line; a heading or a list item starts one of its own."""
    run: list[Line] = []
    for line in document.lines:
        starts = _HEADING.match(line.content) or _ITEM.match(line.content)
        follows_heading = bool(run) and _HEADING.match(run[0].content) is not None
        if run and (line.is_blank or starts or follows_heading):
            yield _Paragraph(tuple(run))
            run = []
        if not line.is_blank:
            run.append(line)
    if run:
        yield _Paragraph(tuple(run))


def _furniture(document: Document, paragraphs: Sequence[_Paragraph]) -> set[str]:
    """Short lines that return, entries of the table of contents, rules, and an address set as a logo."""
    addresses = {match.replace(".", "") for match in _WEB_ADDRESS.findall(document.text)}
    counts = Counter(_plain(paragraph.text) for paragraph in paragraphs)
    texts = set()
    for paragraph in paragraphs:
        plain = _plain(paragraph.text)
        returns = counts[plain] > 1 and len(plain) <= _SHORT and not _ENDS_SENTENCE.search(plain)
        is_logo = plain.replace(" ", "").replace(".", "") in addresses
        is_contents = any(_CONTENTS_ENTRY.search(line.text.rstrip()) for line in paragraph.lines)
        if returns or is_logo or is_contents or _RULE.match(paragraph.text):
            texts.add(paragraph.text)
    return texts


def _plain(text: str) -> str:
    return collapse(_MARKUP.sub("", text))


def _block(document: Document, paragraph: _Paragraph) -> Block:
    content = paragraph.lines[0].content
    heading = _HEADING.match(content)
    item = None if heading else _ITEM.match(content)
    marker = heading or item or _QUOTE_BAR.match(content)
    skipped = marker.end() if marker else 0
    number = _NUMBERED_HEADING.match(re.sub(r"[*]", "", content[skipped:])) if heading else None
    if number:
        skipped += content[skipped:].index(number["number"]) + len(number[0])
    start = paragraph.lines[0].content_start + skipped
    spans = _without_markup(document.text, start, paragraph.lines[-1].content_end)
    kind = BlockKind.TEXT
    if heading:
        kind = BlockKind.HEADING
    elif item:
        kind = BlockKind.NUMBERED if item["number"] else BlockKind.BULLET
    return Block(
        kind,
        render(document.text, spans),
        spans,
        marker[0].strip() if marker else "",
        number["number"] if number else "",
    )


def _without_markup(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The spans of `[start, end)` outside emphasis, tags and link targets."""
    spans: list[Span] = []
    position = start
    for match in _MARKUP.finditer(text, start, end):
        if position < match.start():
            spans.append(Span(position, match.start()))
        position = match.end()
    if position < end:
        spans.append(Span(position, end))
    return tuple(span for span in spans if text[span.start : span.end].strip() or len(spans) > 1)


def _bold_titles(document: Document, found: Sequence[Block]) -> list[Block]:
    """Blocks that are bold from end to end made headings, when text follows that they can stand above."""
    titled = []
    for block, after in zip(found, [*found[1:], None], strict=True):
        start = document.text.rfind("\n", 0, block.start) + 1
        line = document.text[start : block.end + 2].strip()
        stands_above = after is not None and after.kind is BlockKind.TEXT and block.end < after.start
        is_title = block.kind is BlockKind.TEXT and _BOLD_LINE.match(line) and len(line) <= _TITLE_MAX
        titled.append(replace(block, kind=BlockKind.HEADING, marker="**") if is_title and stands_above else block)
    return titled


def _mend(document: Document, found: Sequence[Block]) -> list[Block]:
    """Sentences that a page break, a poster or a quotation cuts, joined again at the place where they start."""
    mended = list(found)
    index = 0
    while index < len(mended):
        block = mended[index]
        if block.kind is not BlockKind.HEADING and not _ENDS_SENTENCE.search(block.text):
            follower = _continuation(mended, index)
            if follower is not None:
                mended[index] = _joined(document, block, mended.pop(follower))
                continue
        index += 1
    return mended


def _continuation(found: Sequence[Block], index: int) -> int | None:
    """The block that goes on with the sentence that the block at `index` leaves open: it starts with a small letter.

    Only quotations and posters may stand between the two.
    """
    block = found[index]
    if len(block.text) <= _SHORT or _is_quotation(block):
        return None
    in_poster = False
    for follower in range(index + 1, min(index + 1 + _CUT_REACH, len(found))):
        candidate = found[follower]
        if candidate.kind is BlockKind.TEXT and candidate.text.lstrip("(")[0].islower():
            return follower
        in_poster = in_poster or is_poster_title(candidate)
        if not in_poster and not _is_quotation(candidate):
            return None
    return None


def is_poster_title(block: Block) -> bool:
    """Whether a heading can be a poster's: of the second level without the number that chapters have."""
    return block.kind is BlockKind.HEADING and block.marker == "##" and not block.number


def _is_quotation(block: Block) -> bool:
    return block.kind is BlockKind.TEXT and block.text[0] in '“"‘'


def _joined(document: Document, first: Block, second: Block) -> Block:
    """One block of two; the white space after the first stays in its span, so that the words stay apart."""
    last = first.spans[-1]
    tail = last.end + 1 if document.text[last.end : last.end + 1].isspace() else last.end
    gap = Span(last.start, tail)
    between = document.text[first.end : second.start]
    spans = (*first.spans[:-1], gap, *second.spans)
    if not between.strip():
        spans = (*first.spans[:-1], Span(last.start, second.spans[0].end), *second.spans[1:])
    return replace(first, spans=spans, text=render(document.text, spans))
