"""Search: the passages that answer a question, best first, with the evidence for their place.

The score of a passage is a weighted mean of cosines (of its whole vector, of its best sentence and of the best question
that a reader wrote for it), in standard deviations over all passages, plus amounts for words in common, for words that
stand in it one after another and for what the question seems to ask for. The score of its section's best passages is
added, because the right section matters most.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.embedders import Vectors
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, PassageKind, Track
from kb.vector_index import Scores
from kb.vectors import QUESTIONS, SECTIONS, SENTENCES, WHOLE


@dataclass(frozen=True)
class Filters:
    """What a passage must be; None is anything."""

    track: Track | None = None
    theme: str | None = None
    part: Part | None = None

    def where(self) -> dict[str, str]:
        """The filters in force by name."""
        wanted = {"track": self.track, "theme": self.theme, "part": self.part}
        return {name: str(value) for name, value in wanted.items() if value is not None}


@dataclass(frozen=True)
class Preference:
    """What a question seems to ask for: such passages go before others, which are not left out."""

    tracks: frozenset[Track] = frozenset()
    themes: frozenset[str] = frozenset()
    parts: frozenset[Part] = frozenset()
    quotes: bool = False
    table: bool = False


@dataclass(frozen=True, eq=False)
class Query:
    """What to search: the vector of a question, its content words, and phrases that must come first.

    `breadth` runs from 0, a question that a single passage answers, to 1, one for many passages of a section.
    """

    vector: Vectors
    words: Sequence[str] = ()
    phrases: Sequence[str] = ()
    breadth: float = 0.0
    preference: Preference = Preference()


@dataclass(frozen=True)
class SearchSettings:
    """Weights of the parts of a score, chosen on the tuning half of the gold questions.

    Of a passage's own vectors the weights .7 and .3 were measured best on 193 questions. All amounts below `question`
    are in standard deviations of that mean over all passages.
    """

    whole: float = 0.7
    sentence: float = 0.3
    question: float = 0.6
    lexical: float = 0.8
    phrase: float = 5.0
    track: float = 1.2
    part: float = 0.3
    theme: float = 0.6
    quote: float = 0.4
    table: float = 1.2
    boilerplate: float = -0.4
    # What the best passages of its section score, and the questions written for its section, added to a passage.
    section_narrow: float = 0.5
    section_broad: float = 1.0
    section_question_broad: float = 0.7
    section_best: int = 3
    full_text_limit: int = 200


@dataclass(frozen=True)
class Hit:
    """A passage with its score and what it is made of; the cosines run to 1, `lexical` from 0 to 1."""

    passage: Passage
    score: float
    whole: float
    sentence: float
    question: float
    lexical: float
    is_phrase: bool


def search(
    kb: KnowledgeBase,
    query: Query,
    *,
    filters: Filters = Filters(),
    limit: int = 10,
    settings: SearchSettings = SearchSettings(),
) -> list[Hit]:
    """The best passages for a query; those that hold one of its phrases word for word come first."""
    rows = _rows(kb, filters)
    if not len(rows):
        return []
    whole, sentence, asked = (kb.index.best(kind, query.vector) for kind in (WHOLE, SENTENCES, QUESTIONS))
    own = settings.whole * whole + settings.sentence * sentence
    # A passage for which nobody wrote questions is judged by its own words alone.
    asked = np.where(np.isnan(asked), own, asked)
    unit = float(own.std() + asked.std()) / 2 or 1.0
    near = ((1 - settings.question) * own + settings.question * asked) / unit
    lexical, is_phrase = _lexical(kb, query, settings), _phrases(kb, query)
    scores = near + settings.lexical * lexical + settings.phrase * is_phrase + _preferred(kb, query, settings)
    total = _with_sections(kb, query, scores, unit, rows, settings)
    # Equal scores, and those that differ by less than arithmetic is exact, go by the order of the sources.
    order = rows[np.lexsort((rows, -np.round(total[rows], 4)))][:limit]
    return [
        Hit(
            passage=kb.passages[row],
            score=round(float(total[row]), 4),
            whole=float(whole[row]),
            sentence=float(sentence[row]),
            question=float(asked[row]),
            lexical=float(lexical[row]),
            is_phrase=bool(is_phrase[row]),
        )
        for row in order
    ]


def _rows(kb: KnowledgeBase, filters: Filters) -> npt.NDArray[np.intp]:
    """The rows of the passages that fit."""
    fits = np.ones(len(kb.passages), dtype=np.bool_)
    for name, value in filters.where().items():
        fits &= kb.facets[name] == value
    return np.flatnonzero(fits)


def _lexical(kb: KnowledgeBase, query: Query, settings: SearchSettings) -> Scores:
    """BM25 as a share of the best passage's."""
    found = kb.catalogue.full_text(" ".join(query.words), settings.full_text_limit)
    shares = np.zeros(len(kb.passages), dtype=np.float32)
    for key, score in found:
        shares[kb.row_of[key]] = score / found[0][1]
    return shares


def _phrases(kb: KnowledgeBase, query: Query) -> npt.NDArray[np.bool_]:
    held = np.zeros(len(kb.passages), dtype=np.bool_)
    for phrase in query.phrases:
        held[[kb.row_of[key] for key in kb.catalogue.phrase(phrase, len(kb.passages))]] = True
    return held


def _preferred(kb: KnowledgeBase, query: Query, settings: SearchSettings) -> Scores:
    """What the question seems to ask for, and what the reports repeat."""
    wanted = query.preference
    amounts = settings.boilerplate * kb.is_boilerplate.astype(np.float32)
    for name, values, amount in (
        ("track", wanted.tracks, settings.track),
        ("part", wanted.parts, settings.part),
        ("theme", wanted.themes, settings.theme),
        ("kind", {PassageKind.QUOTE} if wanted.quotes else (), settings.quote),
    ):
        if values:
            amounts += amount * np.isin(kb.facets[name], sorted(map(str, values)))
    return amounts + settings.table * kb.tells_the_table if wanted.table else amounts


def _with_sections(
    kb: KnowledgeBase,
    query: Query,
    scores: Scores,
    unit: float,
    rows: npt.NDArray[np.intp],
    settings: SearchSettings,
) -> Scores:
    """The scores with the mean of the best of their section added: the right section holds the answer."""
    sections = kb.section_of[rows]
    order = np.lexsort((-scores[rows], sections))
    first = np.searchsorted(sections[order], sections[order])
    best = order[np.arange(len(order)) - first < settings.section_best]
    sums, counts = (
        np.bincount(sections[best], values, int(sections.max()) + 1) for values in (scores[rows][best], None)
    )
    weight = settings.section_narrow + query.breadth * (settings.section_broad - settings.section_narrow)
    total = scores.copy()
    total[rows] += weight * (sums[sections] / counts[sections]).astype(np.float32)
    if query.breadth:
        asked = kb.index.best(SECTIONS, query.vector)
        known = asked[~np.isnan(asked)]
        if len(known):
            total += (
                query.breadth
                * settings.section_question_broad
                / unit
                * np.where(np.isnan(asked), np.median(known), asked)
            )
    return total
