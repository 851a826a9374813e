"""Questions that readers wrote for passages: a finding aid, never shown as content and never cited.

The bundled ones lie beside the corpus, one JSON object a line with a source, spans and questions. They belong to the
passage that overlaps the spans most, so that a better parser does not orphan them. Broad questions, written for a whole
section, belong to all passages that start in it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb import jsonl
from kb.manifest import CORPUS
from kb.model import Passage
from kb.text import Span

FILE = CORPUS / "questions.jsonl"
SECTIONS_FILE = CORPUS / "section-questions.jsonl"


@dataclass(frozen=True)
class Expansion:
    """Questions that the words at `spans` of a source answer; the `broad` ones they answer among others."""

    source: str
    spans: tuple[Span, ...]
    questions: tuple[str, ...]
    broad: tuple[str, ...] = ()


def bundled(file: Path = FILE) -> list[Expansion]:
    """The questions written for the bundled corpus: for passages, or those of `SECTIONS_FILE`.

    Raises:
        CorpusError: when a line of the file cannot be used.
    """
    return jsonl.read(file, _expansion, invalid="geen geldige uitbreidingsvragen; installeer opnieuw")


def _expansion(entry: dict[str, Any]) -> Expansion:
    spans = tuple(Span(*pair) for pair in entry["spans"])
    return Expansion(entry["source"], spans, tuple(entry["questions"]), tuple(entry.get("broad", ())))


def assign(expansions: Iterable[Expansion], passages: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
    """The questions of each passage, by its id."""
    by_source: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for passage in passages:
        by_source[passage.source].extend((span.start, span.end, passage.id) for span in passage.spans)
    for places in by_source.values():
        places.sort()
    assigned: defaultdict[str, list[str]] = defaultdict(list)
    for expansion in expansions:
        owner = _owner(expansion, by_source[expansion.source])
        if owner is not None:
            assigned[owner].extend((*expansion.questions, *expansion.broad))
    return {key: tuple(questions) for key, questions in assigned.items()}


def _owner(expansion: Expansion, places: Sequence[tuple[int, int, str]]) -> str | None:
    """The passage that holds most of the expansion's characters; None when none holds any."""
    shared: defaultdict[str, int] = defaultdict(int)
    for span in expansion.spans:
        index = max(bisect_right(places, (span.start, span.start, "")) - 1, 0)
        while index < len(places) and places[index][0] < span.end:
            start, end, key = places[index]
            shared[key] += max(0, min(end, span.end) - max(start, span.start))
            index += 1
    best = max(sorted(shared), key=lambda key: shared[key], default=None)
    return best if best is not None and shared[best] else None
