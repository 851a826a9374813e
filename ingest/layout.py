"""Lines → blocks: headings, bullets, paragraphs and quotation lines, mended over page breaks and stray blank lines.

A page break shows as one leading space on the next line or as three blank lines. Blank lines end nothing by
themselves: they also fall inside sentences and quotations.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ingest.readers import Document, Line
from kb.text import Span, render

OPENING_MARKS = "‘“"
CLOSING_MARKS = "’”"

_BULLET = re.compile(r"[•➜▪◦*]\s*|[-–‑+]\s{2,}|[-–‑+]\s(?=\S)")
_BULLET_ALONE = re.compile(r"^[•➜▪◦*+–‑-]+$")
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})?)\.?\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}\.|\d{1,2}\.\d{1,2})\s+\S")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][’”'\")]*\s*$|[.!?…]\s*[’”'\"]?\s*\([^()]*\)\.?\s*$")
_ENDS_ATTRIBUTION = re.compile(r"\)\s*\.?$|[’”]\s*\.?$")
_ATTRIBUTION_LINE = re.compile(r"^[^.!?:]{0,80}\bdialoog\s+\d+\)?\.?$", re.IGNORECASE)
_NAMED_QUOTATION = re.compile(r"(?P<label>[^‘“:]{2,100}):\s*(?=[‘“])")
_HEADING_MAX = 160
# A line shorter than this was not broken by the page width.
_FULL_LINE = 60
# An unnumbered heading that ends softly is told from the first line of a paragraph by its length: the reports set 80
# to 110 characters on a line, 35 to 70 in boxes.
_SOFT_HEADING_MAX = 80
_SOFT_HEADING_SHARE = 0.85
_SHORT_QUESTION = 40
_LONG_NUMBERED = 90


class BlockKind(Enum):
    """The form of a block; the marker of a bullet or number is not part of its text."""

    HEADING = auto()
    BULLET = auto()
    NUMBERED = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Block:
    """A run of lines that belong together; `spans` leave out its marker and the furniture between its lines.

    `number` is the number of a numbered heading or item ("2.1"), else empty. `gap` is true when a blank line or a
    page break stands before it. `goes_on` is true when the source says so (a `›` at its end).
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...]
    marker: str = ""
    number: str = ""
    gap: bool = True
    goes_on: bool = False

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end


@dataclass(frozen=True)
class _Row:
    """A line of text that is no furniture, with what stands before it."""

    line: Line
    blanks: int
    page_break: bool
    follows_furniture: bool

    @property
    def gap(self) -> bool:
        return self.blanks > 0 or self.page_break or self.follows_furniture


def blocks(document: Document, lines: Sequence[Line], furniture: frozenset[int]) -> list[Block]:
    """The blocks of `lines` in order."""
    rows = _rows(lines, furniture)
    found: list[Block] = []
    index = 0
    while index < len(rows):
        length = _heading_length(document, rows, index) or _is_titled_bullet(rows, index)
        kind = BlockKind.HEADING if length else _kind(rows, index)
        if not length:
            length = _block_length(document, rows, index)
        found.append(_block(document, kind, rows[index : index + length]))
        index += length
    return [block for block in found if block.spans]


def _rows(lines: Iterable[Line], furniture: frozenset[int]) -> list[_Row]:
    rows: list[_Row] = []
    blanks = 0
    follows_furniture = False
    for line in lines:
        if line.number - 1 in furniture:
            follows_furniture = True
        elif line.is_blank or _BULLET_ALONE.match(line.content):
            blanks += 1
        else:
            opens_page = re.match(r" \S", line.text) is not None
            rows.append(_Row(line, blanks, opens_page or blanks > 2, follows_furniture))  # noqa: PLR2004 - page break
            blanks, follows_furniture = 0, False
    return rows


def _block(document: Document, kind: BlockKind, rows: Sequence[_Row]) -> Block:
    first = rows[0].line
    marker = _BULLET.match(first.content) if kind in (BlockKind.BULLET, BlockKind.HEADING) else None
    number = _NUMBER.match(first.content) if kind in (BlockKind.NUMBERED, BlockKind.HEADING) else None
    skipped = len(marker[0]) if marker else number.end() if number and _NUMBERED.match(first.content) else 0
    spans = _spans(document, rows, skipped)
    return Block(
        kind,
        render(document.text, spans),
        spans,
        marker[0].strip() if marker else "",
        number["number"] if number and skipped else "",
        rows[0].gap,
        rows[-1].line.content.endswith("›"),
    )


def _spans(document: Document, rows: Sequence[_Row], skipped: int) -> tuple[Span, ...]:
    """One span for each run of lines without furniture between them; white space at a cut stays inside the span."""
    spans: list[Span] = []
    for position, row in enumerate(rows):
        start = row.line.content_start + (skipped if position == 0 else 0)
        end = row.line.content_start + len(row.line.content.rstrip("›").rstrip())
        if spans and not document.text[spans[-1].end : start].strip():
            spans[-1] = Span(spans[-1].start, end)
        elif start < end:
            if spans:
                spans[-1] = Span(spans[-1].start, spans[-1].end + 1)
            spans.append(Span(start, end))
    return tuple(spans)


def _kind(rows: Sequence[_Row], index: int) -> BlockKind:
    content = rows[index].line.content
    if _BULLET.match(content):
        return BlockKind.BULLET
    return BlockKind.NUMBERED if _NUMBERED.match(content) else BlockKind.TEXT


def _heading_length(document: Document, rows: Sequence[_Row], index: int) -> int:
    """How many lines from `index` on are a heading; 0 when none is.

    A heading does not end like a sentence, and what follows starts anew. When it is not numbered it is short, or
    the page did not break its last line.
    """
    first = rows[index].line.content
    is_numbered = _NUMBERED.match(first) is not None
    if _BULLET.match(first) or not (first[0].isupper() or is_numbered or first[0] in OPENING_MARKS):
        return 0
    if is_numbered and not rows[index].gap and index and _NUMBERED.match(rows[index - 1].line.content):
        return 0
    text = ""
    for length in (1, 2, 3):
        if index + length > len(rows):
            return 0
        row = rows[index + length - 1]
        if length > 1 and (row.blanks or _is_marked(row.line.content) or text[-1] in ":;"):
            return 0
        text = f"{text} {row.line.content}".strip()
        if len(text) > _HEADING_MAX or _ATTRIBUTION_LINE.match(text):
            return 0
        after = rows[index + length] if index + length < len(rows) else None
        if after and _closes_heading(document, text, row, after, is_numbered=is_numbered, lines=length):
            return length
    return 0


def _is_titled_bullet(rows: Sequence[_Row], index: int) -> bool:
    """Whether a bullet opens with a title on a line of its own, with its text on the lines below."""
    content = rows[index].line.content
    if not _BULLET.match(content) or index + 1 == len(rows) or content[-1] in ".,;:…’”)?!":
        return False
    after = rows[index + 1]
    is_short = len(content) <= _FULL_LINE and len(content) < _SOFT_HEADING_SHARE * len(after.line.content)
    return is_short and not after.gap and after.line.content[0].isupper()


def _closes_heading(document: Document, text: str, row: _Row, after: _Row, *, is_numbered: bool, lines: int) -> bool:
    follows = after.line.content
    if text[-1] in ".,;:…" or text.count("‘") > text.count("’"):
        return False
    if not (_starts_sentence(follows) or _is_marked(follows)):
        return False
    if _ENDS_ATTRIBUTION.search(text) and text[0] in OPENING_MARKS and text[-1] != "’":
        return False
    if lines > 1 and (text[-1] == ")" or (is_numbered and len(text) > _LONG_NUMBERED)):
        return False
    if is_numbered and _NUMBERED.match(follows) and after.blanks == 0:
        return False
    if not document.is_soft_wrapped or not row.line.ends_softly:
        is_sentence = text[-1] in "?!" and len(text) > _SHORT_QUESTION
        return document.is_soft_wrapped or (not is_sentence and (after.gap or len(text) <= _SOFT_HEADING_MAX))
    if is_numbered:
        return after.gap or len(text) <= _SOFT_HEADING_MAX
    if lines > 1 or len(text) > _SOFT_HEADING_MAX:
        return False
    is_shorter = len(text) < _SOFT_HEADING_SHARE * len(follows)
    if not after.gap and text[-1] in "?!" and len(text) > _SHORT_QUESTION:
        return is_shorter and not re.search(r"[.?!]\s", text)
    return after.gap or len(text) <= _FULL_LINE or is_shorter


def _starts_sentence(content: str) -> bool:
    """Whether the first letter, after any quotation mark or bracket, is a capital."""
    first = content.lstrip("‘“'\"([")[:1]
    return first.isupper() or first.isdigit()


def _is_marked(content: str) -> bool:
    return bool(_BULLET.match(content) or _NUMBERED.match(content))


def _block_length(document: Document, rows: Sequence[_Row], index: int) -> int:
    length = 1
    while index + length < len(rows) and _continues(document, rows, index, index + length):
        length += 1
    return length


def _continues(document: Document, rows: Sequence[_Row], first: int, index: int) -> bool:
    """Whether the line at `index` goes on with the block that starts at `first`."""
    before, row = rows[index - 1].line, rows[index]
    content = row.line.content
    ended = _ENDS_SENTENCE.search(before.content) is not None
    starts_small = not _starts_sentence(content) and not _is_marked(content)
    is_open = _is_open_quotation(rows[first:index])
    is_broken_off = before.ends_softly and before.content[-1] not in ".!?:;…’”)" and len(before.content) >= _FULL_LINE
    if _starts_item(rows, first, index, ended=ended):
        return False
    if _opening_mark(rows[first].line.content) and _ATTRIBUTION_LINE.match(content):
        return True
    if _opening_mark(content) and not starts_small and _may_start_quotation(row, before, is_open=is_open):
        return is_broken_off
    if is_open or (document.is_soft_wrapped and is_broken_off):
        return True
    is_hard = document.is_soft_wrapped and not before.ends_softly
    is_first_of_bullet = index == first + 1 and _BULLET.match(before.content) and not row.page_break
    if is_first_of_bullet and document.is_soft_wrapped and not is_hard and _is_full(before, row.line):
        return True
    if content.startswith("..") and ended:
        return False
    if (row.gap or is_hard) and _heading_length(document, rows, index):
        return False
    if not row.gap:
        return not (is_hard and ended and content[0].isupper())
    return starts_small and (
        before.content[-1] not in ".!?:;" or (before.content[-1] == ":" and len(before.content) >= _FULL_LINE)
    )


def _is_full(before: Line, line: Line) -> bool:
    """Whether the first word of `line` had no place any more on the line before it."""
    width = max(len(before.content), len(line.content))
    return len(before.content) >= _FULL_LINE and len(before.content) + 1 + len(line.content.split()[0]) > width


def _may_start_quotation(row: _Row, before: Line, *, is_open: bool) -> bool:
    """Whether a line that opens with a quotation mark starts a block of its own after the line `before`."""
    return row.gap or (not is_open and re.search(r"[.!?…)’”]\s*$", before.content) is not None)


def _is_open_quotation(rows: Sequence[_Row]) -> bool:
    """Whether the rows start with a quotation that is neither closed nor attributed at their end."""
    if _ENDS_ATTRIBUTION.search(rows[-1].line.content):
        return False
    text = " ".join(row.line.content for row in rows)
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    named = _NAMED_QUOTATION.match(text, start) if bullet else None
    opening = text[named.end() if named else start]
    return opening in OPENING_MARKS and closing_position(text[start:], opening) is None


def closing_position(text: str, opening: str) -> int | None:
    """Where the first quotation in `text` that starts with `opening` is closed; None when it is not.

    Quotations nest. `’` inside a word (z’n) or before one (’s avonds) is an apostrophe.
    """
    closing = CLOSING_MARKS[OPENING_MARKS.index(opening)]
    depth = 0
    for position, char in enumerate(text):
        before, after = text[position - 1 : position], text[position + 1 : position + 2]
        if char == opening:
            depth += 1
        elif char == closing and depth and before.strip() and not after.isalnum():
            depth -= 1
            if depth == 0:
                return position
    return None


def _starts_item(rows: Sequence[_Row], first: int, index: int, *, ended: bool) -> bool:
    """Whether a marker at the start of the line is one: a dash or number may also be part of a running sentence."""
    content = rows[index].line.content
    if content[0] in "•➜▪◦":
        return True
    bullet = _BULLET.match(content)
    if bullet:
        follows_same = rows[first].line.content[0] == content[0]
        return rows[index].gap or ended or follows_same or len(bullet[0]) > 2  # noqa: PLR2004 - marker and two spaces
    if _NUMBERED.match(content):
        return rows[index].gap or ended
    return False


def _opening_mark(content: str) -> str | None:
    """The opening quotation mark with which a line starts, after its bullet if it has one."""
    bullet = _BULLET.match(content)
    start = content[bullet.end() :] if bullet else content
    return start[0] if start[:1] and start[0] in OPENING_MARKS else None
