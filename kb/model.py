"""What the knowledge base holds: sources, reports, sections, passages, quotations and who was at the table.

Every row that repeats words of a source carries the spans where they stand; `render(source, spans)` gives its text.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kb.text import Span


class Track(StrEnum):
    """Who speaks."""

    BURGERS = "burgers"
    MIDDENVELD = "middenveld"
    WETENSCHAP = "wetenschap"
    OVERHEID = "overheid"


class Part(StrEnum):
    """What a part of a report is about.

    knel: what came under pressure. kiem: what good began. droom: the future that people wish for. stap: first steps
    and ideas. proces: how the dialogues went. kader: introduction, method, context. slot: conclusion and closing
    round.
    """

    KNEL = "knel"
    KIEM = "kiem"
    DROOM = "droom"
    STAP = "stap"
    PROCES = "proces"
    KADER = "kader"
    SLOT = "slot"
    OVERIG = "overig"


class PassageKind(StrEnum):
    """The form in which a passage stands in its report."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    BOX = "box"
    QUOTE = "quote"
    LIST = "list"


class FactKind(StrEnum):
    """What a fact about the table says."""

    TALKS = "talks"
    PARTICIPANTS = "participants"
    ORGANISATIONS = "organisations"
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    PERSON = "person"
    CHAIR = "chair"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus file; `name` is its file name and its key everywhere. `sha256` is of its bytes."""

    name: str
    title: str
    publisher: str | None
    date: str | None
    track: Track
    reference: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report in a source, with its place `span`."""

    id: str
    source: str
    title: str
    track: Track
    theme: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A titled stretch of a report; `path` holds the titles above it and its own."""

    id: str
    report_id: str
    path: tuple[str, ...]
    part: Part
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A small unit: a bullet with its explanation, a paragraph, a text box, a quotation with its attribution.

    `headings` are the titles above it, outermost first. `illustrates` is the passage that a quotation stands under.
    `boilerplate` marks text that the reports repeat almost word for word.
    """

    id: str
    source: str
    report_id: str
    kind: PassageKind
    track: Track
    theme: str | None
    part: Part
    headings: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]
    illustrates: str | None = None
    boilerplate: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """Another version of a quotation; `similarity` runs from 0 to 1 (the same words)."""

    id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person said, word for word, without the marks around it.

    `speaker` and `dialogue` are the attribution as written. `passage_id` is the passage in which it stands,
    `illustrates` the one that it belongs to.
    """

    id: str
    source: str
    report_id: str
    text: str
    speaker: str | None
    dialogue: str | None
    track: Track
    theme: str | None
    part: Part
    spans: tuple[Span, ...]
    passage_id: str
    illustrates: str | None
    lineage: tuple[Relation, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about who was at the table: a count (`number`), or a name (`text`), with its place."""

    report_id: str
    kind: FactKind
    text: str
    number: int | None
    spans: tuple[Span, ...]
