"""The files that a dossier can become, and what they are called."""

from enum import StrEnum
from pathlib import Path

from assistant.dossier.content import Dossier
from kb.errors import InputError
from kb.text import slug

# Characters of the name of a file, without its ending: longer ones are cut off by some systems.
_NAME_MAX = 80


class Format(StrEnum):
    """The kinds of files; the value is the ending of their names."""

    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "md"

    @property
    def media_type(self) -> str:
        """The type as HTTP tells it, without a character set."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.HTML: "text/html",
    Format.MARKDOWN: "text/markdown",
}


def format_of(path: Path) -> Format:
    """The kind of file that the ending of its name tells.

    Raises:
        InputError: when it tells none of them.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in list(Format):
        endings = ", ".join(f".{form}" for form in Format)
        msg = f"{path}: een dossier kan geen {path.suffix or 'bestand zonder extensie'} worden. Kies uit: {endings}."
        raise InputError(msg)
    return Format(ending)


def written(dossier: Dossier, form: Format, *, site: str = "") -> bytes:
    """The dossier as the bytes of a file; notes lead to the source viewer of the server at `site`, if given."""
    match form:
        case Format.DOCX:
            # python-docx is heavy, and only this needs it.
            from assistant.dossier.docx_file import as_docx

            return as_docx(dossier, site=site)
        case Format.HTML:
            from assistant.dossier.html_file import as_html

            return as_html(dossier, site=site).encode()
        case Format.MARKDOWN:
            from assistant.dossier.markdown_file import as_markdown

            return as_markdown(dossier, site=site).encode()


def file_name(subjects: tuple[str, ...], form: Format) -> str:
    """A name for the file of a dossier on these subjects, which every system can write."""
    words = slug(" ".join(("dossier", *subjects))).encode("ascii", "ignore").decode()
    return f"{words[:_NAME_MAX].rstrip('-')}.{form}"
