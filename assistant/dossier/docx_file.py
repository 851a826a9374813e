"""A dossier as a Word document: real styles, a table of contents, endnotes, tables with headers and fields to fill in.

python-docx knows no notes and no fields, so their parts and elements are written here as the format has them.
"""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentFile
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips

from assistant.dossier.content import Dossier, Note
from assistant.dossier.docx_body import write
from assistant.dossier.docx_elements import Element, element, field_around, run, styled_paragraph, styled_run, writable
from assistant.dossier.labels import LABELS, link, place

_STYLES = Path(__file__).parent / "docx_styles.xml"
_BULLETS = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>
<w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>"""
_SEPARATORS = f"""<w:endnotes {nsdecls("w", "r")}>
<w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote>
<w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote>
</w:endnotes>"""
# What stands after endnotePr in the settings that python-docx starts from, and in those of a section.
_AFTER_NOTES = ("w:compat", "w:rsids")
_AFTER_NOTES_OF_SECTION = ("w:type", "w:pgSz")
# A4 with margins of 2.3 cm, in twentieths of a point.
_PAGE = (11906, 16838)
_MARGIN = 1304
_PROPERTY_MAX = 255
# The oldest time that a zip file can hold: the same dossier gives the same bytes at any time.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def as_docx(dossier: Dossier, *, site: str = "") -> bytes:
    """The dossier as the bytes of a .docx file; the same dossier gives the same bytes.

    Each note leads to the source viewer of the server at `site`, such as "https://dialoog.example"; without it, notes
    have no links. Characters that XML cannot hold are left out.
    """
    document = Document()
    _style(document)
    _set_language(document, dossier)
    _describe(document, dossier)
    _lay_out(document, dossier)
    _add_endnotes(document, dossier.notes, site)
    write(document, dossier, width=_PAGE[0] - 2 * _MARGIN)
    return _without_time(document)


def _style(document: DocumentFile) -> None:
    """Take the styles and the bullets of the dossier in place of those that python-docx starts from."""
    for held, given in (
        (document.styles.element, _STYLES.read_bytes()),
        (document.part.numbering_part.element, _BULLETS),
    ):
        held[:] = [child for child in parse_xml(given) if isinstance(child.tag, str)]
    # These tell of the file that python-docx starts from: who made it, with what, how it looks.
    leftover = ("/stylesWithEffects", "/thumbnail", "/extended-properties", "/customXml")
    for holder in (document.part, document.part.package):
        for name in [name for name, one in holder.rels.items() if one.reltype.endswith(leftover)]:
            del holder.rels[name]


def _set_language(document: DocumentFile, dossier: Dossier) -> None:
    """Say in which language the text is, what marks decimals in it, and that endnotes have plain numbers."""
    settings = document.settings.element
    language = _language(dossier)
    for name, attribute, value in (
        ("w:zoom", "w:percent", "100"),
        ("w:themeFontLang", "w:val", language),
        ("w:themeFontLang", "w:eastAsia", language),
        ("w:decimalSymbol", "w:val", ","),
        ("w:listSeparator", "w:val", ";"),
        # The version of Word from which a document is not in compatibility mode.
        ("w:compat/w:compatSetting", "w:val", "15"),
    ):
        settings.xpath(name)[0].set(qn(attribute), value)
    # No one has checked the spelling yet.
    for found in settings.xpath("w:proofState"):
        settings.remove(found)
    for found in document.styles.element.xpath("w:docDefaults//w:lang"):
        found.set(qn("w:val"), language)


def _describe(document: DocumentFile, dossier: Dossier) -> None:
    """The properties of the file. It has no dates, because a dossier has none."""
    about = document.core_properties
    about.title = writable(dossier.title)[:_PROPERTY_MAX]
    about.subject = writable(dossier.subtitle)[:_PROPERTY_MAX]
    about.author = about.last_modified_by = "Dialoogwijzer"
    about.language = _language(dossier)
    about.identifier = dossier.fingerprint[:_PROPERTY_MAX]
    about.comments = about.keywords = ""
    part = document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    if isinstance(part, XmlPart):
        for date in part.element.xpath("dcterms:created | dcterms:modified"):
            part.element.remove(date)


def _lay_out(document: DocumentFile, dossier: Dossier) -> None:
    """The size of the page, the title above every page but the first, and the number below each."""
    (section,) = document.sections
    section.page_width, section.page_height = (Twips(size) for size in _PAGE)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(_MARGIN)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].add_run(writable(dossier.title))
    # A first page without a header of its own has an empty one.
    section.first_page_header.is_linked_to_previous = False
    for footer in (section.footer, section.first_page_footer):
        numbered = footer.paragraphs[0]
        numbered.style = "Footer"
        for label, field in (("page", " PAGE "), ("of pages", " NUMPAGES ")):
            begin, end = field_around(field)
            space = " " if label == "of pages" else ""
            numbered._p.extend([run(f"{space}{LABELS[label]} "), *begin, run("1"), *end])


def _add_endnotes(document: DocumentFile, notes: Sequence[Note], site: str) -> None:
    """The part with the endnotes, and what the settings say of them."""
    if not notes:
        return
    part = XmlPart(
        PackURI("/word/endnotes.xml"), CONTENT_TYPE.WML_ENDNOTES, parse_xml(_SEPARATORS), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    for note in notes:
        part.element.append(_endnote(part, note, link(note, site)))
    numbers = ("w:numFmt", {"w:val": "decimal"})
    separators = [element("w:endnote", {"w:id": number}) for number in ("-1", "0")]
    of_settings = element("w:endnotePr", {}, element(*numbers), *separators)
    document.settings.element.insert_element_before(of_settings, *_AFTER_NOTES)
    of_section = element("w:endnotePr", {}, element(*numbers))
    document.element.body.sectPr.insert_element_before(of_section, *_AFTER_NOTES_OF_SECTION)


def _endnote(part: XmlPart, note: Note, address: str) -> Element:
    """A note: its number, the reference, and where the words stand, with a link if there is an address."""
    stands = run(place(note), "Hyperlink" if address else "")
    if address:
        target = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        stands = element("w:hyperlink", {"r:id": target, "w:history": "1"}, stands)
    number = styled_run("EndnoteReference", element("w:endnoteRef"))
    words = styled_paragraph(
        "EndnoteText", number, element("w:r", {}, element("w:tab")), run(f"{note.reference} "), stands
    )
    return element("w:endnote", {"w:id": str(note.number)}, words)


def _language(dossier: Dossier) -> str:
    """The language as Word knows it, with a country."""
    return "nl-NL" if dossier.language == "nl" else dossier.language


def _without_time(document: DocumentFile) -> bytes:
    """The file, with no time of making in it."""
    saved, made = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _NO_TIME)
            new.writestr(info, old.read(part), zipfile.ZIP_DEFLATED)
    return made.getvalue()
