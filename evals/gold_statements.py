"""The gold statements: sentences as a language model might write them, with whether their passages bear them out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.generation.evidence import Evidence, evidence
from kb import jsonl
from kb.errors import CorpusError
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage

FILE = Path(__file__).parent / "gold" / "statements.jsonl"
HELD_OUT, TUNING = "held out", "tuning"
_HELD_OUT_LOT = 3


@dataclass(frozen=True)
class GoldStatement:
    """A statement, the places of the passages that it cites (source, first position), and whether they bear it out."""

    id: str
    lot: int
    language: str
    text: str
    places: tuple[tuple[str, int], ...]
    is_supported: bool
    kind: str

    @property
    def half(self) -> str:
        """`held out` for the lot that nobody looks at while tuning, else `tuning`."""
        return HELD_OUT if self.lot == _HELD_OUT_LOT else TUNING

    def items(self, kb: KnowledgeBase) -> list[Evidence]:
        """The passages that it cites, numbered as it cites them.

        Raises:
            CorpusError: when there is none at one of its places.
        """
        return evidence(kb, [_passage_at(kb, self.id, *place) for place in self.places])


def read_statements(path: Path = FILE) -> list[GoldStatement]:
    """The statements in a file.

    Raises:
        CorpusError: when a line cannot be used; it is named.
    """
    return jsonl.read(path, _statement, invalid="geen geldige uitspraak")


def _statement(entry: dict[str, Any]) -> GoldStatement:
    return GoldStatement(
        id=entry["id"],
        lot=entry["lot"],
        language=entry["language"],
        text=entry["text"],
        places=tuple((item["source"], item["start"]) for item in entry["evidence"]),
        is_supported=entry["supported"],
        kind=entry["kind"],
    )


def _passage_at(kb: KnowledgeBase, statement: str, source: str, start: int) -> Passage:
    for passage in kb.passages:
        if passage.source == source and any(span.start <= start < span.end for span in passage.spans):
            return passage
    msg = f"{FILE.name}, {statement}: geen passage op teken {start} van {source}."
    raise CorpusError(msg)
