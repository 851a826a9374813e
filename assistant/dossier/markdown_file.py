"""A dossier as Markdown that pandoc reads: footnotes, pipe tables and a block of metadata."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from assistant.dossier.columns import room
from assistant.dossier.content import (
    Block,
    Cell,
    Dossier,
    Field,
    Heading,
    Note,
    Quoted,
    Said,
    Section,
    Table,
    Told,
    Written,
)
from assistant.dossier.labels import LABELS, link, place
from assistant.markdown import escaped
from kb.text import collapse

# What pandoc takes for mathematics, superscripts, citations, typographic quotation marks and attributes.
_MARKS = re.compile(r"""([$^@'"{}!])""")
# Dashes and dots that pandoc would join.
_JOINED = re.compile(r"-(?=-)|\.(?=\.\.)")
# What makes a list, a definition or a heading of a line that begins with it: "-", ":", "1.", "(a)", "iv)".
_AT_START = re.compile(r"^(?=[-:=%])|^\(?(?:\d+|[ivxlcdm]+|\w)(?=[.)](?:\s|$))", re.IGNORECASE)


def as_markdown(dossier: Dossier, *, site: str = "") -> str:
    """The dossier as the text of a Markdown file for `pandoc -f markdown`, to be written as UTF-8.

    A note is a footnote where it is cited first; pandoc would repeat it, so further on there is a link to its number.
    Each note leads to the source viewer of the server at `site`; without it, notes have no links.
    """
    cited: set[int] = set()
    parts = [_metadata(dossier)]
    for section in dossier.sections:
        parts += _section(section, cited)
    parts += [_definition(note, link(note, site)) for note in dossier.notes]
    return "\n\n".join(parts) + "\n"


def _metadata(dossier: Dossier) -> str:
    """The block of metadata; pandoc reads titles as Markdown."""
    values = {
        "title": _plain(dossier.title),
        "subtitle": _plain(dossier.subtitle),
        "lang": dossier.language,
        "identifier": dossier.fingerprint,
    }
    # A text in JSON is a text in YAML.
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(["---", *lines, "---"])


def _section(section: Section, cited: set[int]) -> Iterator[str]:
    yield f"# {_plain(section.title)}"
    for kind, blocks in groupby(section.blocks, type):
        written = ["\n\n".join(_block(block, cited)) for block in blocks]
        # The items of a list follow each other without an empty line.
        yield ("\n" if kind is Said else "\n\n").join(written)


def _block(block: Block, cited: set[int]) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (1 + level)} {_plain(text)}"
        case Said(text, note):
            yield f"- {_plain(text)}{_marks([note], cited)}"
        case Told(text):
            yield _plain(text)
        case Written(text, notes):
            yield f"*{LABELS['summary']}*"
            yield f"{_plain(text)}{_marks(notes, cited)}"
        case Quoted():
            yield _quotation(block, cited)
        case Table():
            yield _table(block, cited)
        case Field(prompt):
            yield f"**{LABELS['field']}** {_plain(prompt)}"
            yield r"\[…\]"


def _quotation(quoted: Quoted, cited: set[int]) -> str:
    said = f"{_plain(quoted.text)}{_marks([quoted.note], cited)}"
    by = f"— {_plain(quoted.by)}" if quoted.by else ""
    why = f"*{LABELS['why']}* {_plain(quoted.why)}" if quoted.why else ""
    lines = [f"*{LABELS['quotation']}*", said, by, _plain(quoted.remark), why]
    return "\n>\n".join(f"> {line}" for line in lines if line)


def _table(table: Table, cited: set[int]) -> str:
    """A pipe table with its caption; where lines are long, pandoc divides the page by the numbers of dashes."""
    lines = [
        _row([_plain(text) for text in table.header]),
        _row(["-" * one for one in room(table)]),
        *(_row(_cells(row, cited)) for row in table.rows),
    ]
    return "\n".join(lines) + (f"\n\n: {_plain(table.caption)}" if table.caption else "")


def _cells(row: Sequence[Cell], cited: set[int]) -> Iterator[str]:
    """The cells of a row, of which the first is its header."""
    for number, cell in enumerate(row):
        text = _plain(cell.text)
        notes = [] if cell.note is None else [cell.note]
        yield (f"**{text}**" if number == 0 and text else text) + _marks(notes, cited)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _marks(notes: Sequence[int], cited: set[int]) -> str:
    """The footnotes of a line, after which come links to those that were cited before."""
    new = [note for note in notes if note not in cited]
    again = [f"[{LABELS['note']} {note}](#fn{note})" for note in notes if note in cited]
    cited.update(new)
    return "^,^".join(f"[^{note}]" for note in new) + (f" ({', '.join(again)})" if again else "")


def _definition(note: Note, address: str) -> str:
    where = _plain(place(note))
    return f"[^{note.number}]: {_plain(note.reference)} {f'[{where}](<{address}>)' if address else where}"


def _plain(text: str) -> str:
    """`text` on one line, as Markdown of pandoc that shows just these characters."""
    marked = _JOINED.sub(r"\\\g<0>", _MARKS.sub(r"\\\1", escaped(collapse(text))))
    return _AT_START.sub(r"\g<0>\\", marked)
