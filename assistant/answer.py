"""Answers and their parts. An answer that breaks the promise cannot be built: its types raise ValueError."""

from dataclasses import dataclass
from enum import StrEnum

from kb.model import Part, Track
from kb.text import Span
from kb.versions import Version


class Status(StrEnum):
    """Whether there is an answer."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NO_ANSWER = "no_answer"


class Reason(StrEnum):
    """Why there is no answer."""

    NOT_IN_SOURCES = "not_in_sources"
    PREMISE_NOT_SUPPORTED = "premise_not_supported"
    OFF_TOPIC = "off_topic"
    TOO_VAGUE = "too_vague"


class StatementKind(StrEnum):
    """Whose words a statement is made of: the report's, a person's, a model's, or the tool's own."""

    VERBATIM = "verbatim"
    QUOTE = "quote"
    SUMMARY = "summary"
    NOTE = "note"


@dataclass(frozen=True)
class Citation:
    """Where words stand: `text` is what `spans` hold in the file `source`. `number` is its marker in the answer.

    `versions` are those of the first quotation in it that stands elsewhere too, its own version before the others.
    """

    number: int
    passage_id: str
    source: str
    source_title: str
    report: str
    track: Track
    theme: str | None
    part: Part
    speaker: str | None
    dialogue: str | None
    spans: tuple[Span, ...]
    text: str
    url: str
    versions: tuple[Version, ...] = ()

    def __post_init__(self) -> None:
        if not self.spans or not self.text:
            msg = f"a citation without words: {self}"
            raise ValueError(msg)


@dataclass(frozen=True)
class Statement:
    """A sentence or more of an answer; all but notes cite at least one passage."""

    text: str
    kind: StatementKind
    track: Track | None = None
    theme: str | None = None
    part: Part | None = None
    citations: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind is StatementKind.NOTE) == bool(self.citations):
            msg = f"a statement must cite, a note must not: {self}"
            raise ValueError(msg)


@dataclass(frozen=True)
class AtTheTable:
    """Who took part in the dialogues of a cited report, as far as it says."""

    report: str
    track: Track
    talks: int | None
    participants: int | None
    organisations: int | None
    municipalities: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """An answer or a refusal. The statements hold markers only through their citations; `text` has them written out.

    The first `shown` statements make up `text`; those after them are more of what was found.
    """

    question: str
    standalone_question: str
    language: str
    status: Status
    reason: Reason | None
    text: str
    statements: tuple[Statement, ...]
    shown: int
    citations: tuple[Citation, ...]
    at_the_table: tuple[AtTheTable, ...]
    engine: str
    corpus_fingerprint: str
    elapsed_ms: dict[str, float]

    def __post_init__(self) -> None:
        if (self.status is Status.NO_ANSWER) != (self.reason is not None):
            msg = f"a refusal, and nothing else, has a reason: {self.status}, {self.reason}"
            raise ValueError(msg)
        numbers = {citation.number for citation in self.citations}
        cited = {number for statement in self.statements for number in statement.citations}
        if cited != numbers:
            msg = f"citations {sorted(numbers)} do not fit the statements, which cite {sorted(cited)}"
            raise ValueError(msg)
