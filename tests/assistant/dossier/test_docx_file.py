"""The Word file: read again by python-docx, as XML, and opened by LibreOffice."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pytest

from assistant.dossier.content import Dossier, Heading, Section, Table, Told
from assistant.dossier.docx_file import as_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SITE = "https://dialoog.example"


@pytest.fixture(scope="module")
def content(dossier: Dossier) -> bytes:
    return as_docx(dossier, site=SITE)


@pytest.fixture(scope="module")
def part(content: bytes) -> Callable[[str], ElementTree.Element]:
    held = zipfile.ZipFile(io.BytesIO(content))
    return lambda name: ElementTree.fromstring(held.read(name))


def values(element: ElementTree.Element, tag: str, attribute: str = "val") -> list[str | None]:
    return [one.get(W + attribute) for one in element.iter(W + tag)]


def shown(element: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in element.iter(W + "t"))


def styled(content: bytes, style: str) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(content)).paragraphs if one.style.name == style]


def test_every_block_has_a_style_of_its_own(content: bytes, dossier: Dossier) -> None:
    assert styled(content, "Title") == [dossier.title]
    assert styled(content, "Subtitle") == [dossier.subtitle]
    assert styled(content, "Heading 1") == [*(section.title for section in dossier.sections), "Noten"]
    assert styled(content, "Heading 2") == ["Wat er in de knel kwam & <waarom>"]
    assert styled(content, "Heading 3") == ["Dieper: *zorg* _en_ [welzijn] #1"]
    assert styled(content, "Quote") == [quoted.text for quoted in dossier.quotations]
    assert len(styled(content, "List Bullet")) == 9
    assert styled(content, "Caption") == ["Eerste stappen | die *deelnemers* noemen & <waar>"]
    assert styled(content, "Bloklabel").count("citaat (letterlijk)") == len(dossier.quotations)
    assert styled(content, "Bloklabel").count("samenvatting (AI)") == 1


def test_styles_that_are_used_are_there(part: Callable) -> None:
    known = set(values(part("word/styles.xml"), "style", "styleId"))
    for name in ("document", "endnotes", "header1", "footer1"):
        root = part(f"word/{name}.xml")
        assert {*values(root, "pStyle"), *values(root, "rStyle"), *values(root, "tblStyle")} <= known


def test_a_field_is_marked_and_empty(content: bytes) -> None:
    paragraphs = docx.Document(io.BytesIO(content)).paragraphs
    prompts = [number for number, one in enumerate(paragraphs) if one.style.name == "Invulopdracht"]
    assert len(prompts) == 4
    for number in prompts:
        assert paragraphs[number].text.startswith("Hier schrijft de gemeente: ")
        assert (paragraphs[number + 1].style.name, paragraphs[number + 1].text) == ("Invulveld", "")


def test_the_language_is_dutch_everywhere(content: bytes, part: Callable, dossier: Dossier) -> None:
    defaults = part("word/styles.xml").find(f"{W}docDefaults")
    assert defaults is not None
    assert values(defaults, "lang") == ["nl-NL"]
    assert values(part("word/settings.xml"), "themeFontLang") == ["nl-NL"]
    about = docx.Document(io.BytesIO(content)).core_properties
    assert (about.language, about.title, about.identifier) == ("nl-NL", dossier.title, dossier.fingerprint)


def test_each_note_is_an_endnote_that_is_made_once_and_referred_to_after_that(part: Callable, dossier: Dossier) -> None:
    document, endnotes = part("word/document.xml"), part("word/endnotes.xml")
    numbers = [str(note.number) for note in dossier.notes]
    assert values(document, "endnoteReference", "id") == numbers
    assert values(endnotes, "endnote", "id") == ["-1", "0", *numbers]
    assert values(endnotes, "endnote", "type")[:3] == ["separator", "continuationSeparator", None]
    for note, element in zip(dossier.notes, list(endnotes)[2:], strict=True):
        assert note.reference in shown(element)
    codes = [one.text or "" for one in document.iter(f"{W}instrText")]
    again = [code.split()[1] for code in codes if "NOTEREF" in code]
    assert again == ["_RefNoot3", "_RefNoot5", "_RefNoot1"]
    assert set(again) < set(values(document, "bookmarkStart", "name"))


def test_the_parts_of_the_endnotes_are_known_to_the_package(content: bytes, part: Callable, dossier: Dossier) -> None:
    types = part("[Content_Types].xml")
    assert any(one.get("PartName") == "/word/endnotes.xml" for one in types)
    links = {one.get("Id"): one.get("Target") for one in part("word/_rels/endnotes.xml.rels")}
    used = [one.get(f"{R}id") for one in part("word/endnotes.xml").iter(f"{W}hyperlink")]
    assert [links[one] for one in used] == [SITE + note.url for note in dossier.notes]
    assert values(part("word/settings.xml"), "endnote", "id") == ["-1", "0"]


def test_without_a_site_notes_have_no_links(dossier: Dossier) -> None:
    held = zipfile.ZipFile(io.BytesIO(as_docx(dossier)))
    assert "word/_rels/endnotes.xml.rels" not in held.namelist()
    assert "verslagen-dialogen.txt, tekens 1000–1040, 1060–1100" in held.read("word/endnotes.xml").decode()


def test_bookmarks_have_ids_and_names_of_their_own(part: Callable) -> None:
    document = part("word/document.xml")
    for attribute in ("id", "name"):
        held = values(document, "bookmarkStart", attribute)
        assert len(held) == len(set(held))
    assert values(document, "bookmarkStart", "id") == values(document, "bookmarkEnd", "id")
    assert all(re.fullmatch(r"\w{1,40}", name or "") for name in values(document, "bookmarkStart", "name"))


def test_the_table_of_contents_is_a_field_with_the_headings_in_it(part: Callable, dossier: Dossier) -> None:
    document = part("word/document.xml")
    block = next(document.iter(f"{W}sdtContent"))
    entries = [(one.get(f"{W}anchor"), shown(one)) for one in block.iter(f"{W}hyperlink")]
    titles = [section.title for section in dossier.sections]
    assert [text for _, text in entries] == [*titles[:2], "Wat er in de knel kwam & <waarom>", titles[2], "Noten"]
    assert {anchor for anchor, _ in entries} < set(values(document, "bookmarkStart", "name"))
    assert values(block, "fldChar", "fldCharType") == ["begin", "separate", "end"]
    assert 'TOC \\o "1-2"' in "".join(block.itertext())


def test_a_table_has_header_rows_and_row_headers(content: bytes, part: Callable) -> None:
    (table,) = docx.Document(io.BytesIO(content)).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Maatregel", "Wat zij zeiden", "Stand"]
    rows = list(part("word/document.xml").iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + 16 * [False]
    assert all(row.cells[0].paragraphs[0].style.name == "Tabelkop" for row in table.rows)
    assert all(row.cells[1].paragraphs[0].style.name == "Tabeltekst" for row in table.rows[1:])
    assert values(part("word/document.xml"), "tblCaption") == ["Eerste stappen | die *deelnemers* noemen & <waar>"]


def test_pages_are_a4_with_a_title_and_numbers(content: bytes, dossier: Dossier) -> None:
    (section,) = docx.Document(io.BytesIO(content)).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == dossier.title
    for footer in (section.footer, section.first_page_footer):
        assert "Bladzijde 1 van 1" in footer.paragraphs[0].text
        assert "PAGE" in footer.paragraphs[0]._p.xml
        assert "NUMPAGES" in footer.paragraphs[0]._p.xml


def test_the_same_dossier_gives_the_same_bytes(dossier: Dossier, content: bytes) -> None:
    assert as_docx(dossier, site=SITE) == content
    assert {one.date_time[0] for one in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {1980}


def test_what_xml_cannot_hold_is_left_out_and_a_long_title_fits_the_properties() -> None:
    title = "Lange titel " * 40
    blocks = (Told("bel\x07 en \x00nul\ufffe"), Heading("kop\x0b"))
    made = as_docx(Dossier(title, "", "nl", (Section("a", "A\x1f", None, blocks),), (), "0"))
    assert styled(made, "Normal") == ["bel en nul"]
    assert styled(made, "Heading 2") == ["kop"]
    assert styled(made, "Title") == [title]


def test_a_dossier_without_notes_has_no_part_for_them(empty: Dossier) -> None:
    assert "word/endnotes.xml" not in zipfile.ZipFile(io.BytesIO(as_docx(empty))).namelist()
    assert "Noten" not in styled(as_docx(empty), "Heading 1")
    assert as_docx(replace(empty, sections=()))


def test_tables_that_follow_each_other_stay_apart(empty: Dossier) -> None:
    table = Table("", ("a", "b"), ())
    made = as_docx(replace(empty, sections=(Section("a", "A", None, (table, table)),)))
    body = docx.Document(io.BytesIO(made)).element.body
    assert [one.tag.removeprefix(W) for one in body][-4:-1] == ["tbl", "p", "tbl"]


def test_libreoffice_prints_every_heading_note_and_quotation(
    content: bytes, texts: list[str], printed: Callable[[str, bytes], str]
) -> None:
    page = printed("dossier.docx", content)
    # The number of a note stands above the line, wherever in the text that is.
    assert [text for text in texts if text not in page] == []
    assert page.count("verslagendialogen.txt,tekens") == 30
    assert "rust.3,11,5,12" in page
