"""The text of a Word document: a table of contents, then sections with citations, tables and fields to fill in."""

from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.shared import Pt, Twips
from docx.table import _Row
from docx.text.paragraph import Paragraph

from assistant.dossier.columns import room
from assistant.dossier.content import Cell, Dossier, Field, Heading, Quoted, Said, Section, Table, Told, Written
from assistant.dossier.docx_elements import (
    Element,
    element,
    field_around,
    link_to,
    run,
    styled_paragraph,
    styled_run,
    writable,
)
from assistant.dossier.labels import LABELS

# The deepest headings that the table of contents shows.
_CONTENTS_DEPTH = 2


def write(document: Document, dossier: Dossier, *, width: int) -> None:
    """Write all of the dossier but its endnotes at the end of a document that has the styles for it.

    `width` is that of the text on the page, in twentieths of a point. The endnotes have the numbers of the notes.
    """
    writer = _Writer(document, width)
    writer.paragraph("Title", dossier.title)
    if dossier.subtitle:
        writer.paragraph("Subtitle", dossier.subtitle)
    if dossier.sections:
        writer.contents(list(_outline(dossier)))
    for section in dossier.sections:
        writer.section(section)
    if dossier.notes:
        writer.heading(LABELS["notes"], 1)


def _outline(dossier: Dossier) -> Iterator[tuple[str, int]]:
    """All headings with their level from 1, in the order in which they are written."""
    for section in dossier.sections:
        yield section.title, 1
        yield from ((block.text, 1 + block.level) for block in section.blocks if isinstance(block, Heading))
    if dossier.notes:
        yield LABELS["notes"], 1


class _Writer:
    """Writes the parts of a dossier at the end of a document."""

    def __init__(self, document: Document, width: int) -> None:
        self._document = document
        self._width = width
        self._cited: set[int] = set()
        self._headings = 0
        self._bookmarks = 0
        self._follows_table = False

    def paragraph(self, style: str | None, text: str = "", notes: Sequence[int] = ()) -> Paragraph:
        """A paragraph with the numbers of its notes after it."""
        made = self._document.add_paragraph(writable(text), style)
        if self._follows_table and style in (None, "List Bullet"):
            made.paragraph_format.space_before = Pt(10)
        self._follows_table = False
        self._cite(made, notes)
        return made

    def heading(self, text: str, level: int) -> None:
        """A heading that the table of contents can lead to."""
        made = self.paragraph(f"Heading {level}")
        self._headings += 1
        self._mark(made, _heading_mark(self._headings), [run(text)])

    def contents(self, outline: Sequence[tuple[str, int]]) -> None:
        """The table of contents: a field that Word can update, with the headings already in it.

        Page numbers come with the first update: only a word processor knows them.
        """
        shown = [(number, *entry) for number, entry in enumerate(outline, start=1) if entry[1] <= _CONTENTS_DEPTH]
        lines = [styled_paragraph(f"TOC{level}", link_to(_heading_mark(number), text)) for number, text, level in shown]
        begin, end = field_around(f' TOC \\o "1-{_CONTENTS_DEPTH}" \\h \\z ')
        # The first child of a paragraph is its style.
        lines[0][1:1] = begin
        lines[-1].extend(end)
        gallery = element("w:docPartGallery", {"w:val": "Table of Contents"})
        about = element("w:sdtPr", {}, element("w:docPartObj", {}, gallery, element("w:docPartUnique")))
        content = element("w:sdtContent", {}, styled_paragraph("TOCHeading", run(LABELS["contents"])), *lines)
        self._document.element.body.insert_element_before(element("w:sdt", {}, about, content), "w:sectPr")

    def section(self, section: Section) -> None:
        """The title of a section and all that is in it."""
        self.heading(section.title, 1)
        for block in section.blocks:
            match block:
                case Heading(text, level):
                    self.heading(text, 1 + level)
                case Said(text, note):
                    self.paragraph("List Bullet", text, [note])
                case Told(text):
                    self.paragraph(None, text)
                case Written(text, notes):
                    self.paragraph("Bloklabel", LABELS["summary"])
                    self.paragraph("Samenvatting", text, notes)
                case Quoted():
                    self._quotation(block)
                case Table():
                    self._table(block)
                case Field(prompt):
                    self._labelled("Invulopdracht", "field", prompt)
                    self.paragraph("Invulveld")

    def _quotation(self, quoted: Quoted) -> None:
        self.paragraph("Bloklabel", LABELS["quotation"])
        self.paragraph("Quote", quoted.text, [quoted.note])
        for line in filter(None, (quoted.by and f"— {quoted.by}", quoted.remark)):
            self.paragraph("Citaatbron", line)
        if quoted.why:
            self._labelled("Citaatbron", "why", quoted.why)

    def _labelled(self, style: str, label: str, text: str) -> None:
        made = self.paragraph(style)
        made.add_run(LABELS[label], "Strong")
        made.add_run(f" {writable(text)}")

    def _table(self, table: Table) -> None:
        # Word makes one table of two that nothing stands between.
        if table.caption or self._follows_table:
            self.paragraph("Caption", table.caption)
        made = self._document.add_table(0, len(table.header), "Dossiertabel")
        made.autofit = False
        widths = _widths(table, self._width)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Twips(width)
        self._row(made.add_row(), [Cell(text) for text in table.header], widths, is_header=True)
        for row in table.rows:
            self._row(made.add_row(), row, widths)
        if table.caption:
            made._tbl.tblPr.append(element("w:tblCaption", {"w:val": writable(table.caption)}))
        self._follows_table = True

    def _row(self, row: _Row, cells: Sequence[Cell], widths: Sequence[int], *, is_header: bool = False) -> None:
        """A row that stays on one page; that of the headers comes back on each."""
        about = row._tr.get_or_add_trPr()
        about.append(element("w:cantSplit"))
        if is_header:
            about.append(element("w:tblHeader"))
        for number, (made, cell, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
            made.width = Twips(width)
            (text,) = made.paragraphs
            text.style = "Tabelkop" if is_header or number == 0 else "Tabeltekst"
            text.add_run(writable(cell.text))
            self._cite(text, [] if cell.note is None else [cell.note])

    def _cite(self, paragraph: Paragraph, notes: Sequence[int]) -> None:
        """The numbers of the notes: an endnote where it is cited first, and a reference to its number after that."""
        for place_in_row, number in enumerate(notes):
            if place_in_row:
                paragraph._p.append(run(", ", "EndnoteReference"))
            if number in self._cited:
                begin, end = field_around(f" NOTEREF {_note_mark(number)} \\f \\h ")
                paragraph._p.extend([*begin, run(str(number), "EndnoteReference"), *end])
            else:
                self._cited.add(number)
                note = element("w:endnoteReference", {"w:id": str(number)})
                self._mark(paragraph, _note_mark(number), [styled_run("EndnoteReference", note)])

    def _mark(self, paragraph: Paragraph, name: str, runs: Sequence[Element]) -> None:
        """Runs at the end of a paragraph within a bookmark."""
        self._bookmarks += 1
        number = str(self._bookmarks)
        start = element("w:bookmarkStart", {"w:id": number, "w:name": name})
        paragraph._p.extend([start, *runs, element("w:bookmarkEnd", {"w:id": number})])


def _widths(table: Table, width: int) -> list[int]:
    """The widths of the columns, the whole page together."""
    wanted = room(table)
    return [width * one // sum(wanted) for one in wanted]


def _heading_mark(number: int) -> str:
    return f"_Toc{number:06}"


def _note_mark(number: int) -> str:
    return f"_RefNoot{number}"
