"""The elements of a Word document, as its format has them: runs, paragraphs, links and fields."""

import re
from collections.abc import Mapping

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def field_around(instruction: str) -> tuple[list[Element], list[Element]]:
    """The runs before and after the shown result of a field."""
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = instruction
    begin, separate, end = (
        element("w:r", {}, element("w:fldChar", {"w:fldCharType": kind})) for kind in ("begin", "separate", "end")
    )
    return [begin, element("w:r", {}, code), separate], [end]


def link_to(bookmark: str, text: str) -> Element:
    """A link to a bookmark in the document."""
    return element("w:hyperlink", {"w:anchor": bookmark, "w:history": "1"}, run(text))


def styled_paragraph(style: str, *runs: Element) -> Element:
    """A paragraph; a style goes by its id, such as "EndnoteText"."""
    return element("w:p", {}, element("w:pPr", {}, element("w:pStyle", {"w:val": style})), *runs)


def run(text: str, style: str = "") -> Element:
    """Text in a style for characters, if it has one."""
    shown = element("w:t", {"xml:space": "preserve"})
    shown.text = writable(text)
    return styled_run(style, shown)


def styled_run(style: str, content: Element) -> Element:
    """A run of something other than text."""
    about = [element("w:rPr", {}, element("w:rStyle", {"w:val": style}))] if style else []
    return element("w:r", {}, *about, content)


def element(name: str, attributes: Mapping[str, str] | None = None, *children: Element) -> Element:
    """An element of the format; names have their usual prefixes, as in "w:p"."""
    made: Element = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    made.extend(children)
    return made


def writable(text: str) -> str:
    """`text` without what XML cannot hold."""
    return _UNWRITABLE.sub("", text)
