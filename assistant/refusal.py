"""Whether the sources answer a question at all: what was looked for, what was found, and the reason for a refusal.

A question is refused when it is more like questions that are known to have no answer in the sources than like those
that readers wrote for passages, and its words are not in what was found. The weights of what is seen are learned from
questions with and without an answer (evals/refusal_training.py).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant import cues
from assistant.answer import Reason
from assistant.question import Question, subject_words
from kb.embedders import Vectors, file_name
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage
from kb.search import Hit
from kb.text import stem, stems

# The best passages of which the words are compared with the question's, and those in which a figure is looked for.
_READ = 5
_FIGURE_IN = 30
# Of the groups in the tuning questions that do say something, one lies below these.
_SILENT, _SILENT_SHARE = 0.36, 0.7
# How fast a question counts for less the farther it is: with 20, at half the weight for a cosine of .035 less.
_SHARPNESS = 20.0
# A question that asks for a cause takes for granted that the thing is so.
_WHY = re.compile(
    r"^(?:(?:en|and) )?(?:waarom|waardoor|why|how come|hoe verklaar\w*|hoe komt het dat)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Signals:
    """What tells whether a question is answered.

    `answered`: how near the questions are that readers wrote for the hits. `unanswerable`: how near those are that the
    sources do not answer. `coverage`: the share of the question's words, weighted by rarity, in the best passages or in
    the questions written for them. `asks_figure`, `asks_why`: 1 when it asks for a number or date, or for a cause.
    `unknown`: words that stand nowhere in the sources. `has_figure`: whether a figure in the unit that is asked for
    stands in the hits, true when none is. `has_all_words`: whether one of the best passages by itself holds all content
    words. `margin`: the log-odds of an answer above those at which there
    is none; `nearness`: how far `answered` is above that of questions on another subject. Both are None where no
    weights hold: for another embedder, or with documents of the user.
    """

    answered: float
    unanswerable: float
    coverage: float
    asks_figure: float
    asks_why: float
    unknown: tuple[str, ...]
    has_phrase: bool
    has_figure: bool
    has_all_words: bool
    margin: float | None = None
    nearness: float | None = None

    def listed(self) -> list[tuple[str, str]]:
        """The signals with their Dutch names, for explaining."""
        margin = "niet gewogen" if self.margin is None else f"{self.margin:+.2f} (onder 0: geen antwoord)"
        return [
            ("gelijkenis met vragen die de bronnen beantwoorden", f"{self.answered:.2f}"),
            ("gelijkenis met vragen die de bronnen niet beantwoorden", f"{self.unanswerable:.2f}"),
            ("woorden van de vraag in de beste passages", f"{100 * self.coverage:.0f}%"),
            ("onbekende woorden", ", ".join(self.unknown) or "geen"),
            ("oordeel", margin),
        ]


@dataclass(frozen=True)
class Weights:
    """The log-odds that a question is answered: a constant plus each signal times its weight.

    Below `cut` there is no answer; below `off_topic` the signal `answered` tells that the subject is another.
    """

    constant: float
    weights: dict[str, float]
    cut: float
    off_topic: float

    def margin(self, seen: Signals) -> float:
        """How far the log-odds of what is seen are above the cut."""
        weighted = sum(weight * float(getattr(seen, name)) for name, weight in self.weights.items())
        return self.constant + weighted - self.cut


@dataclass(frozen=True, eq=False)
class Unanswerable:
    """Questions that the sources do not answer: their vectors after adaptation, shape `(n, dimension)`, and kinds.

    Where only the figure or the supposed cause is not in the sources (the kinds `figure` and `premise`), the subject
    is: such a question tells nothing about one that does not ask for that.
    """

    vectors: Vectors
    kinds: npt.NDArray[np.str_]

    def density(self, vector: Vectors, *, asks_figure: bool, asks_why: bool) -> float:
        """How near those are that ask for the same."""
        cosines = np.einsum("nd,d->n", self.vectors, vector)
        if not asks_figure:
            cosines[self.kinds == "figure"] = -np.inf
        if not asks_why:
            cosines[self.kinds == "premise"] = -np.inf
        return _density(cosines)


def signals(kb: KnowledgeBase, question: Question, hits: Sequence[Hit], vector: Vectors) -> Signals:
    """What is seen in the hits and around `vector`, that of the question after adaptation."""
    seen = observed(kb, question, hits, vector, known_unanswerable(kb))
    weights = load_weights(kb.settings.embedder)
    # Of a user's own documents nobody knows yet what they do not answer.
    if weights is None or not kb.is_bundled:
        return seen
    return replace(seen, margin=weights.margin(seen), nearness=seen.answered - weights.off_topic)


def observed(
    kb: KnowledgeBase, question: Question, hits: Sequence[Hit], vector: Vectors, unanswerable: Unanswerable
) -> Signals:
    """What is seen, not weighed."""
    asks_figure = question.unit is not None or bool(cues.COUNTING.search(question.text))
    asks_why = bool(_WHY.search(question.text))
    return Signals(
        answered=_density(np.array([hit.question for hit in hits], dtype=np.float32)),
        unanswerable=unanswerable.density(vector, asks_figure=asks_figure, asks_why=asks_why),
        coverage=_coverage(kb, question, [hit.passage for hit in hits[:_READ]]),
        asks_figure=float(asks_figure),
        asks_why=float(asks_why),
        unknown=unknown_words(kb, question),
        has_phrase=any(hit.is_phrase for hit in hits),
        has_figure=question.unit is None or any(_has_figure(hit.passage, question) for hit in hits[:_FIGURE_IN]),
        has_all_words=any(_has_all_words(hit.passage, question) for hit in hits[:_READ]),
    )


def unknown_words(kb: KnowledgeBase, question: Question) -> tuple[str, ...]:
    """The content words and names of which no form stands anywhere in the sources."""
    return tuple(word for word in question.sought if not kb.vocabulary.holding(word))


def refusal(question: Question, seen: Signals) -> Reason | None:
    """Why there is no answer; None when there is one."""
    if not question.subject:
        return Reason.TOO_VAGUE
    if seen.has_phrase:
        return None
    if not seen.has_figure:
        return Reason.NOT_IN_SOURCES
    if seen.margin is None or seen.nearness is None:
        # Without weights only what cannot be in the sources is refused; English words rarely stand in them.
        is_unknown = question.language == "nl" and set(question.subject) <= set(seen.unknown)
        return Reason.NOT_IN_SOURCES if is_unknown else None
    # A passage with all its words answers a question, unless it asks for a figure or a cause that may not be there.
    says_so = seen.has_all_words and not (seen.asks_figure or seen.asks_why)
    if seen.margin >= 0 or says_so:
        return None
    if seen.nearness < 0:
        return Reason.OFF_TOPIC
    return Reason.PREMISE_NOT_SUPPORTED if seen.asks_why else Reason.NOT_IN_SOURCES


def is_silent(question: Question, hits: Sequence[Hit], loudest: float) -> bool:
    """Whether one of the groups that are compared says nothing about the subject, by its hits.

    `loudest` is the best cosine that any of the groups has with a written question: a group is silent that stays far
    below it and holds none of the question's words in its best passages.
    """
    best = max((hit.question for hit in hits), default=0.0)
    held = {part for hit in hits[:_READ] for part in stems(hit.passage.text)}
    is_far = best < _SILENT and best < _SILENT_SHARE * loudest
    return is_far and not any(stem(word) in held for word in subject_words(question.bare))


def shipped_file(kind: str, embedder: str, ending: str) -> Path:
    """Where what belongs to an embedder is shipped, if it is: the `refusal` weights or the `unanswerable` vectors."""
    return Path(__file__).parent / file_name(kind, embedder, ending)


@lru_cache(maxsize=2)
def load_weights(embedder: str) -> Weights | None:
    """The weights learned for an embedder, None when there are none: the cosines of another have another scale."""
    path = shipped_file("refusal", embedder, "json")
    return Weights(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


@lru_cache(maxsize=2)
def known_unanswerable(kb: KnowledgeBase) -> Unanswerable:
    """The questions known to have no answer; none for another embedder."""
    path = shipped_file("unanswerable", kb.settings.embedder, "npz")
    if not path.exists():
        return Unanswerable(
            np.zeros((0, kb.embedder.embed_query("").shape[0]), dtype=np.float32), np.zeros(0, dtype=np.str_)
        )
    with np.load(path) as stored:
        return Unanswerable(kb.adapter.of_queries(stored["vectors"].astype(np.float32)), stored["kinds"])


def _density(cosines: npt.NDArray[np.float32]) -> float:
    """How near and how many vectors are, on the scale of a cosine; 1 when all are the same as the question's."""
    if not len(cosines):
        return 0.0
    return float(1 + np.log(np.exp(_SHARPNESS * (cosines - 1)).mean()) / _SHARPNESS)


def _coverage(kb: KnowledgeBase, question: Question, passages: Sequence[Passage]) -> float:
    """The share of the question's words, weighted by rarity, in the passages or the questions written for them."""
    held = frozenset[str]().union(*map(kb.vocabulary.around, passages))
    rarities = {word: kb.vocabulary.rarity(word) for word in question.subject}
    total = sum(rarities.values())
    return sum(rarity for word, rarity in rarities.items() if stem(word) in held) / total if total else 0.0


def _has_figure(passage: Passage, question: Question) -> bool:
    """Whether a passage holds a figure in the unit that is asked for, and a word of the subject besides the unit."""
    if question.unit is None or not question.unit.search(passage.text):
        return False
    wanted = {stem(word) for word in question.subject if not question.unit.search(word)}
    return bool(wanted & set(stems(passage.text)))


def _has_all_words(passage: Passage, question: Question) -> bool:
    held = set(stems(" ".join((*passage.headings, passage.text))))
    return len(question.subject) > 1 and all(stem(word) in held for word in question.subject)
