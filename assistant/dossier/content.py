"""A dossier as it is, whatever file it becomes: sections of cited lines, quotations, tables and fields to fill in.

Every line of a source cites a note; only what the tool or the municipality says has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kb.text import Span


class Chapter(StrEnum):
    """The parts of a herstelplan, in their order."""

    ANALYSE = "analyse"
    AMBITIE = "ambitie"
    MAATREGELEN = "maatregelen"
    PARTNERS = "partners"
    MONITORING = "monitoring"


@dataclass(frozen=True)
class Note:
    """Where cited words stand. `number` is its place in the dossier, from 1; `url` leads to the source viewer.

    `text` is what `spans` hold in the file `source`, all of the passage; `reference` is written out for print.
    """

    number: int
    passage_id: str
    source: str
    report: str
    spans: tuple[Span, ...]
    text: str
    reference: str
    url: str


@dataclass(frozen=True)
class Said:
    """Words of a report, word for word, with their note."""

    text: str
    note: int


@dataclass(frozen=True)
class Quoted:
    """What a person said, word for word: by whom, and why it was chosen. `remark` tells of other versions of it."""

    quote_id: str
    text: str
    by: str
    note: int
    why: str
    remark: str = ""


@dataclass(frozen=True)
class Told:
    """What the tool says in its own words: an explanation or a label."""

    text: str


@dataclass(frozen=True)
class Written:
    """What a language model wrote, checked as in an answer, with the notes that bear it out."""

    text: str
    notes: tuple[int, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside a section; `level` 1 or 2 below that of the section."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Cell:
    """A cell of a table, with its note if it is of a source."""

    text: str
    note: int | None = None


@dataclass(frozen=True)
class Table:
    """A table with a header row; the first cell of each row is the header of that row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Field:
    """An empty place for the municipality's own text, with what belongs there."""

    prompt: str


Block = Said | Quoted | Told | Written | Heading | Table | Field


@dataclass(frozen=True)
class Section:
    """A titled part of a dossier; `chapter` is the part of a herstelplan that it is for, None for what surrounds it."""

    slug: str
    title: str
    chapter: Chapter | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Dossier:
    """A whole dossier. Its notes are numbered in the order in which they are first cited.

    Raises:
        ValueError: when a block cites a note that is not there, or a note is cited by nothing.
    """

    title: str
    subtitle: str
    language: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    fingerprint: str

    def __post_init__(self) -> None:
        numbers = list(dict.fromkeys(cited(self.sections)))
        if numbers != [note.number for note in self.notes] or numbers != list(range(1, len(numbers) + 1)):
            msg = f"notes {[note.number for note in self.notes]} do not fit what is cited: {numbers}"
            raise ValueError(msg)

    @property
    def quotations(self) -> list[Quoted]:
        """The quotations in order."""
        return [block for section in self.sections for block in section.blocks if isinstance(block, Quoted)]


def cited(sections: tuple[Section, ...]) -> Iterator[int]:
    """The numbers of the notes in the order in which they are cited."""
    for section in sections:
        for block in section.blocks:
            match block:
                case Said() | Quoted():
                    yield block.note
                case Written():
                    yield from block.notes
                case Table():
                    yield from (cell.note for row in block.rows for cell in row if cell.note is not None)
                case _:
                    pass
