"""Which reports a bundle holds, and which of its lines are page furniture (running heads, page numbers).

A dialogue report announces itself by a fixed title ("Verslag middenvelddialogen over ‘…’"). The same title, whole
or cut off, comes back as a running head; then it is furniture.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers import Document, Line
from kb.model import Track

_QUOTED = re.compile(r"^[‘'“](?P<theme>[^‘“]+?)\s*[’'‘”]\s*(?P<volume>\([IVX]+\))?\s*(?P<page>\d{1,3})?$")
_PAGE_NUMBER = re.compile(r"^\d{1,2}(-\d{1,2})?$")
# An address by itself, or the note that gives one: "A https://…", "1  Bron: https://…".
_BARE_ADDRESS = re.compile(r"^(?:(?:[A-Z]|\d{1,2})\s+)?(?:Bron:\s+)?https?://\S+$")
_DIVIDER = re.compile(r"^(?:(?:burger|middenveld|wetenschaps)dialogen|inhoudsopgave)$", re.IGNORECASE)
_SUMMARY_BOX = re.compile(r"^(?:een|twee|drie|vier|vijf|zes|zeven|acht) ideeën$", re.IGNORECASE)
# The theme of a citizens' report whose summary box has no title stands in one of these lines of its body.
_BODY_THEME = re.compile(
    r"^(?:Themadialogen over (?P<intro>.+?): inleiding|Waarom (?P<why>.+?) als thema\?|Thema:?\s+(?P<box>.+?))$"
)
_THREAD_TITLE = re.compile(r"^(?P<title>(?:Dialogen met|Rode draden van) .+?)(?:\s+(?P<page>\d{1,3}))?$")
_MARKS = "‘’'“”\" "


@dataclass(frozen=True)
class Genre:
    """A kind of dialogue report: the words that open its title, how to write the title, and who speaks in it."""

    opening: str
    title: str
    track: Track


GENRES = (
    Genre("Rapportage themadialogen", "Rapportage themadialogen: {theme}", Track.BURGERS),
    Genre("Verslag middenvelddialogen over", "Verslag middenvelddialogen over ‘{theme}’", Track.MIDDENVELD),
    Genre("Samenvatting wetenschapsdialoog", "Samenvatting wetenschapsdialoog ‘{theme}’", Track.WETENSCHAP),
)
CITIZENS = GENRES[0]


@dataclass(frozen=True)
class ReportRange:
    """A report in a document: its lines `[first, last)` by index, page furniture left in."""

    title: str
    track: Track
    theme: str | None
    first: int
    last: int


@dataclass(frozen=True)
class Bundle:
    """The reports of a document and the indices of the lines that belong to no text."""

    reports: tuple[ReportRange, ...]
    furniture: frozenset[int]


@dataclass(frozen=True)
class _Title:
    first: int
    length: int
    title: str
    track: Track
    theme: str | None
    key: tuple[str, str]


def find_reports(document: Document) -> Bundle:
    """The reports of a bundle in order; no reports when the document is not a bundle of dialogue reports."""
    furniture = {line.number - 1 for line in document.lines if _is_furniture(document, line)}
    starts: list[_Title] = []
    for title in _titles(document):
        lines = range(title.first, title.first + title.length)
        is_truncated = title.theme is None and title.track is not Track.OVERHEID
        if starts and (is_truncated or _repeats(starts[-1], title)):
            furniture.update(lines)
        elif not is_truncated:
            starts.append(title)
            furniture.update(lines)
    ends = [*(title.first for title in starts), len(document.lines)][1:]
    reports = tuple(
        ReportRange(title.title, title.track, title.theme, title.first, end)
        for title, end in zip(starts, ends, strict=bool(starts))
    )
    return Bundle(reports, frozenset(furniture))


def _repeats(report: _Title, title: _Title) -> bool:
    """Whether `title` is a running head of `report`: the same theme, volume number or not."""
    return title.key[0] == report.key[0] and title.key[1] in ("", report.key[1])


def _is_furniture(document: Document, line: Line) -> bool:
    if _BARE_ADDRESS.match(line.content) or line.content in ("➜", "›"):
        return True
    opens_page = _is_blank(document, line.number - 2) or line.text.startswith(" ")
    if _PAGE_NUMBER.match(line.content):
        return opens_page
    is_last = _is_blank(document, line.number)
    return bool(_DIVIDER.match(line.content)) and opens_page and is_last


def _is_blank(document: Document, index: int) -> bool:
    return not 0 <= index < len(document.lines) or document.lines[index].is_blank


def _titles(document: Document) -> Iterator[_Title]:
    """Every line that opens a report title, with the lines that the title takes."""
    previous: _Title | None = None
    for index, line in enumerate(document.lines):
        title = _thread_title(document, index) or _genre_title(document, index)
        if title is None and _SUMMARY_BOX.match(line.content):
            title = _untitled_box(document, index, previous)
        if title is not None:
            previous = title
            yield title


def _thread_title(document: Document, index: int) -> _Title | None:
    """A report of common threads ("Dialogen met de samenleving: rode draden"), set apart or at the top of a page."""
    line = document.lines[index]
    match = _THREAD_TITLE.match(line.content)
    if match is None or "rode draden" not in line.content.casefold():
        return None
    stands_apart = _is_blank(document, index - 1) or line.text.startswith(" ")
    if not stands_apart and not _ends_page(document, index):
        return None
    title = match["title"]
    track = Track.BURGERS if "burger" in title else Track.OVERHEID
    return _Title(index, 1, title, track, None if track is Track.OVERHEID else "rode draden", (title.casefold(), ""))


def _ends_page(document: Document, index: int) -> bool:
    """Whether a page break follows: three blank lines, or a line that starts with a single space."""
    following = document.lines[index + 1 : index + 4]
    return all(line.is_blank for line in following) or following[0].text.startswith(" ")


def _genre_title(document: Document, index: int) -> _Title | None:
    content = document.lines[index].content
    genre = next((genre for genre in GENRES if content.startswith(genre.opening)), None)
    if genre is None:
        return None
    rest = content.removeprefix(genre.opening).strip()
    length = 1
    if not rest and index + 1 < len(document.lines):
        rest, length = document.lines[index + 1].content, 2
    match = _QUOTED.match(rest)
    if genre is CITIZENS:
        theme, volume = rest.strip(_MARKS).lower() or None, ""
    elif match:
        theme, volume = match["theme"].strip(_MARKS), match["volume"] or ""
    else:
        return _Title(index, 1, genre.title, genre.track, None, ("", ""))
    return _named(genre, index, length, theme or "", volume)


def _named(genre: Genre, index: int, length: int, theme: str, volume: str) -> _Title:
    title = " ".join(filter(None, (genre.title.format(theme=theme), volume)))
    return _Title(index, length, title, genre.track, theme, (genre.opening + theme.casefold(), volume))


def _untitled_box(document: Document, index: int, previous: _Title | None) -> _Title | None:
    """A summary box that opens a citizens' report without its title; None when the title has just been given."""
    if previous is not None and previous.first + previous.length >= index - 2 and CITIZENS.opening in previous.key[0]:
        return None
    theme = _theme_ahead(document, index)
    return None if theme is None else _named(CITIZENS, index, 0, theme, "")


def _theme_ahead(document: Document, index: int) -> str | None:
    for line in document.lines[index + 1 :]:
        if line.content.startswith(CITIZENS.opening) or _SUMMARY_BOX.match(line.content):
            return None
        match = _BODY_THEME.match(line.content)
        if match:
            return " ".join(next(filter(None, match.groups())).strip(_MARKS).replace("&", "en").split()).lower()
    return None
