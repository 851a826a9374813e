"""Rows of the corpus by line number, and small documents that are not of the corpus."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import pytest

from ingest.parse import ParsedSource, parse
from ingest.readers import split_lines
from kb.model import Fact, Passage, Quote, Section, Source, Track

VERSLAGEN = "verslagen-dialogen-met-de-samenleving.txt"
PERSPECTIEF = "perspectief-voor-en-door-de-samenleving.md"
TAFELS = "vng-dialoogtafels.txt"
UITKOMSTEN = "vng-uitkomsten-dialoog.txt"

Row = TypeVar("Row", Passage, Quote, Section, Fact)


@dataclass(frozen=True)
class Numbered:
    """A parsed source whose rows are found by the lines (from 1) on which they start and end."""

    parsed: ParsedSource

    @cached_property
    def starts(self) -> list[int]:
        """The position at which each line starts."""
        return [0, *(match.end() for match in re.finditer("\n", self.parsed.text))]

    def line(self, position: int) -> int:
        return bisect_right(self.starts, position)

    def first_line(self, row: Row) -> int:
        return self.line(row.spans[0].start)

    def last_line(self, row: Row) -> int:
        return self.line(row.spans[-1].end - 1)

    def words(self, line: int) -> list[int]:
        """The positions on a line that hold no white space."""
        end = self.starts[line] if line < len(self.starts) else len(self.parsed.text)
        return [place for place in range(self.starts[line - 1], end) if not self.parsed.text[place].isspace()]

    def quote(self, line: int) -> Quote:
        """The only quotation that starts on a line."""
        (found,) = [quote for quote in self.parsed.quotes if self.first_line(quote) == line]
        return found

    def quotes(self, first: int, last: int) -> list[Quote]:
        """The quotations that stand wholly or partly on these lines."""
        return self._on(self.parsed.quotes, first, last)

    def passage(self, line: int) -> Passage:
        """The only passage that starts on a line."""
        (found,) = [passage for passage in self.parsed.passages if self.first_line(passage) == line]
        return found

    def passages(self, first: int, last: int) -> list[Passage]:
        """The passages that stand wholly or partly on these lines."""
        return self._on(self.parsed.passages, first, last)

    def facts(self, first: int, last: int) -> list[Fact]:
        return self._on(self.parsed.facts, first, last)

    def _on(self, rows: tuple[Row, ...], first: int, last: int) -> list[Row]:
        return [row for row in rows if self.first_line(row) <= last and self.last_line(row) >= first]


@pytest.fixture(scope="session")
def verslagen(parsed: dict[str, ParsedSource]) -> Numbered:
    return Numbered(parsed[VERSLAGEN])


@pytest.fixture(scope="session")
def perspectief(parsed: dict[str, ParsedSource]) -> Numbered:
    return Numbered(parsed[PERSPECTIEF])


@pytest.fixture(scope="session")
def tafels(parsed: dict[str, ParsedSource]) -> Numbered:
    return Numbered(parsed[TAFELS])


@pytest.fixture(scope="session")
def uitkomsten(parsed: dict[str, ParsedSource]) -> Numbered:
    return Numbered(parsed[UITKOMSTEN])


@pytest.fixture(scope="session")
def parse_text() -> Callable[..., ParsedSource]:
    """Parse a small document: `parse_text(text)` as plain text, `parse_text(text, "x.md")` as Markdown."""

    def parse_it(text: str, name: str = "klein.txt") -> ParsedSource:
        source = Source(name, "Klein verslag", None, None, Track.OVERHEID, None, "0" * 64)
        return parse(split_lines(name, text), source)

    return parse_it
