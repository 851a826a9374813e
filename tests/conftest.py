"""The bundled corpus as the program itself reads it, parsed once for all tests."""

from collections.abc import Callable

import pytest

from ingest.parse import ParsedSource, parse
from ingest.readers import read
from kb import manifest
from kb.text import Span


@pytest.fixture(scope="session")
def parsed() -> dict[str, ParsedSource]:
    """Every bundled source by its file name."""
    return {file.source.name: parse(read(file.path), file.source) for file in manifest.bundled()}


@pytest.fixture(scope="session")
def line_of(parsed: dict[str, ParsedSource]) -> Callable[[str, tuple[Span, ...]], int]:
    """The line (from 1) of a source on which spans start."""
    return lambda source, spans: parsed[source].text.count("\n", 0, spans[0].start) + 1
