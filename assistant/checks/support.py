"""How well a passage bears out a statement: a score of what both say, learned from statements judged by hand.

It tells a statement about something else, or with knowledge from outside, from one of the passage. It does not tell a
figure, a name or a "not" from another: that is what the other checks are for.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from assistant.generation.evidence import Evidence
from assistant.question import subject_words
from kb.embedders import Vectors, file_name
from kb.knowledge_base import KnowledgeBase
from kb.text import stem, stems
from kb.vectors import SENTENCES, WHOLE

# Words that share so many first letters of their stems are taken for forms or compounds of one.
_FORM = 5
# Without weights for an embedder only the words tell: so much of a statement's words must stand in the passage.
_COVERED_MIN = 0.7


@dataclass(frozen=True)
class Likeness:
    """What is seen of a statement beside a passage.

    `sentence`: the cosine with its best sentence. `gap_sentence`, `gap_whole`: how much nearer the statement is to the
    sentence, and to the passage, that is nearest of all in the sources; 0 when that is the cited one. `cover`: the
    share of the statement's words, weighted by rarity, that the passage has in some form. `novel`: the rarity of the
    rarest word that it has not. `is_foreign`: 1 for a statement in another language than the passage's, of which words
    tell nothing.
    """

    sentence: float
    gap_sentence: float
    gap_whole: float
    cover: float
    novel: float
    is_foreign: float


@dataclass(frozen=True)
class Weights:
    """The log-odds that a passage bears a statement out: a constant plus each likeness by its weight, less the bar."""

    constant: float
    weights: dict[str, float]
    bar: float

    def score(self, seen: Likeness) -> float:
        """Above 0 when the statement is borne out."""
        weighted = sum(weight * float(getattr(seen, name)) for name, weight in self.weights.items())
        return self.constant + weighted - self.bar


def support(kb: KnowledgeBase, text: str, language: str, vector: Vectors, item: Evidence) -> float:
    """How far above the bar a passage bears out a statement; below 0 it does not. `vector` is the statement's."""
    seen = likeness(kb, text, language, vector, item)
    weights = load_weights(kb.settings.embedder)
    return weights.score(seen) if weights else seen.cover - _COVERED_MIN


def likeness(kb: KnowledgeBase, text: str, language: str, vector: Vectors, item: Evidence) -> Likeness:
    """What is seen, not weighed."""
    row = kb.row_of[item.passage.id]
    whole, sentence = (kb.index.best(kind, vector) for kind in (WHOLE, SENTENCES))
    rarities = {word: kb.vocabulary.rarity(word) for word in subject_words(text)}
    held = set(covered(text, item))
    total = sum(rarities.values())
    return Likeness(
        sentence=float(sentence[row]),
        gap_sentence=float(np.nanmax(sentence) - sentence[row]),
        gap_whole=float(np.nanmax(whole) - whole[row]),
        cover=sum(rarities[word] for word in held) / total if total else 0.0,
        novel=max((rarity for word, rarity in rarities.items() if word not in held), default=0.0),
        is_foreign=float(language != "nl"),
    )


def covered(text: str, item: Evidence) -> list[str]:
    """The content words of a statement that stand in some form in a passage or its context."""
    there = set(stems(item.context))
    beginnings = {word[:_FORM] for word in there if len(word) >= _FORM}
    return [
        word
        for word in subject_words(text)
        if stem(word) in there or (len(stem(word)) >= _FORM and stem(word)[:_FORM] in beginnings)
    ]


@lru_cache(maxsize=2)
def load_weights(embedder: str) -> Weights | None:
    """The weights learned for an embedder; None when there are none."""
    path = weights_file(embedder)
    return Weights(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def weights_file(embedder: str) -> Path:
    """Where the weights for an embedder are shipped, if they are."""
    return Path(__file__).parent / file_name("support", embedder, "json")
