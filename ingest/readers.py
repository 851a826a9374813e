"""File → lines with their positions. Nothing is changed: a position is one in the file as decoded from UTF-8."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.errors import CorpusError

# Below this share of lines that end in a space, the space says nothing about where a paragraph ends.
_SOFT_WRAP_SHARE = 0.5


@dataclass(frozen=True)
class Line:
    """One line; `start` and `end` are positions in the source, line break left out; `number` counts from 1."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def content(self) -> str:
        return self.text.strip()

    @cached_property
    def content_start(self) -> int:
        return self.start + len(self.text) - len(self.text.lstrip())

    @property
    def content_end(self) -> int:
        return self.content_start + len(self.content)

    @property
    def is_blank(self) -> bool:
        return not self.content

    @property
    def ends_softly(self) -> bool:
        """Whether the line was broken by the page width (a space or hyphen is left at its end)."""
        return self.text.endswith((" ", "-", "‑", "/"))


@dataclass(frozen=True)
class Document:
    """A source's text with its lines."""

    name: str
    text: str
    lines: tuple[Line, ...]

    @property
    def is_markdown(self) -> bool:
        return self.name.endswith(".md")

    @cached_property
    def is_soft_wrapped(self) -> bool:
        """Whether lines inside a paragraph end in a space, as in text taken from a PDF."""
        filled = [line for line in self.lines if not line.is_blank]
        return sum(line.text.endswith(" ") for line in filled) > _SOFT_WRAP_SHARE * len(filled)


def split_lines(name: str, text: str) -> Document:
    """`text` as a document of lines. Only a line feed ends a line, so positions hold for any other character."""
    lines = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        lines.append(Line(number, start, line))
        start += len(line) + 1
    return Document(name, text, tuple(lines))


def read(path: Path) -> Document:
    """The document in `path`.

    Raises:
        CorpusError: when the file is missing, empty or not UTF-8.

    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        msg = f"{path}: het bestand is niet te lezen ({error.strerror}). Kies een ander bestand."
        raise CorpusError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{path}: geen geldige UTF-8 vanaf byte {error.start}; sla het bestand op als UTF-8."
        raise CorpusError(msg) from error
    if not text.strip():
        msg = f"{path}: het bestand is leeg. Kies een bestand met tekst."
        raise CorpusError(msg)
    return split_lines(path.name, text)
