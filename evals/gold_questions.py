"""The gold questions: what is asked, where the answer stands, and its key points."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb import jsonl

FILE = Path(__file__).parent / "gold" / "questions.jsonl"
HELD_OUT, TUNING = "held out", "tuning"


@dataclass(frozen=True)
class Nugget:
    """A key point, as in the evaluations of TREC: `anchor` are words of the source that carry it."""

    point: str
    anchor: str
    is_vital: bool


@dataclass(frozen=True)
class GoldQuestion:
    """A question with its evidence (source, first and last line) and key points; neither when unanswerable."""

    id: str
    type: str
    language: str
    style: str
    question: str
    history: tuple[str, ...]
    answerable: bool
    reason: str | None
    evidence: tuple[tuple[str, int, int], ...]
    nuggets: tuple[Nugget, ...]

    @property
    def half(self) -> str:
        """`held out` for the half that nobody looks at while tuning, else `tuning`."""
        return HELD_OUT if hashlib.sha256(self.id.encode()).digest()[-1] % 2 else TUNING


def read_questions(path: Path = FILE) -> list[GoldQuestion]:
    """The questions in a file.

    Raises:
        CorpusError: when a line cannot be used; it is named.
    """
    return jsonl.read(path, _question, invalid="geen geldige vraag")


def _question(entry: dict[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=entry["id"],
        type=entry["type"],
        language=entry["language"],
        style=entry["style"],
        question=entry["question"],
        history=tuple(entry["history"]),
        answerable=entry["answerable"],
        reason=entry["reason"],
        evidence=tuple((item["source"], *item["lines"]) for item in entry["evidence"]),
        nuggets=tuple(
            Nugget(item["point"], item["anchor"], item["importance"] == "vital") for item in entry["nuggets"]
        ),
    )
