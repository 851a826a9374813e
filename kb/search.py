"""Search: the passages that answer a question, best first, with the evidence for their place.

The score of a passage is a weighted mean of two cosines, its whole vector's and its best sentence's, plus small
amounts for words in common and for words that stand in it one after another. The score of its section's best passages
is added, because the right section matters most.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.embedders import Vectors
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, Track
from kb.vectors import QUESTIONS, SENTENCES, WHOLE

# A passage has several vectors of a kind: as many times more are asked for.
_POOLS = {WHOLE: 1, SENTENCES: 2, QUESTIONS: 3}


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

    def share(self, passage: Passage) -> int:
        """In how many respects the passage is preferred."""
        in_theme = passage.theme in self.themes
        return (passage.track in self.tracks) + in_theme + (passage.part in self.parts)


@dataclass(frozen=True)
class SearchSettings:
    """Weights of the parts of a score.

    Of a passage's own vectors the weights .7 and .3 were measured best on 193 questions (.50 of key points @10); mixed
    .6 to .4 with the best of its written questions, .64 became .78 on three reports.
    """

    whole: float = 0.7
    sentence: float = 0.3
    question: float = 0.4
    # What the best passages of its section score, added to a passage: on 59 questions of all kinds the share of key
    # points in 8,000 characters rose from .40 to .45, for broad questions from .25 to .33.
    section: float = 1.0
    section_best: int = 3
    # The cosines of the first ten passages differ by some .03; BM25 at equal weight made results worse.
    lexical: float = 0.015
    phrase: float = 0.1
    preference: float = 0.015
    boilerplate: float = -0.03
    pool: int = 100


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
    question: str,
    *,
    vector: Vectors | None = None,
    phrases: Sequence[str] = (),
    filters: Filters = Filters(),
    preference: Preference = Preference(),
    limit: int = 10,
    settings: SearchSettings = SearchSettings(),
) -> list[Hit]:
    """The best passages for `question`; those that hold one of `phrases` word for word come first.

    `vector` is the question's, when the caller has it already.
    """
    if vector is None:
        vector = kb.embedder.embed_query(question)
    where = filters.where()
    near = {kind: kb.vectors.nearest(kind, vector, settings.pool * wider, where) for kind, wider in _POOLS.items()}
    lexical = dict(kb.catalogue.full_text(question, settings.pool))
    exact = {key for phrase in phrases for key in kb.catalogue.phrase(phrase, settings.pool)}
    keys = {key for scores in near.values() for key in scores} | set(lexical) | exact
    found = [passage for passage in kb.catalogue.passages([*keys]) if _fits(passage, filters)]
    for kind, scores in near.items():
        missing = [passage.id for passage in found if passage.id not in scores]
        scores.update(kb.vectors.scores(kind, vector, missing))
    best = max(lexical.values(), default=1.0)
    hits = []
    for passage in found:
        whole, sentence = near[WHOLE][passage.id], near[SENTENCES][passage.id]
        own = settings.whole * whole + settings.sentence * sentence
        # A passage for which nobody wrote questions is judged by its own words alone.
        asked = near[QUESTIONS].get(passage.id, own)
        share = lexical.get(passage.id, 0.0) / best
        score = (1 - settings.question) * own + settings.question * asked + settings.lexical * share
        score += settings.phrase * (passage.id in exact) + settings.boilerplate * passage.boilerplate
        score += settings.preference * preference.share(passage)
        hits.append(Hit(passage, score, whole, sentence, asked, share, passage.id in exact))
    raised = _with_sections(hits, settings)
    return sorted(raised, key=lambda hit: (-hit.score, hit.passage.id))[:limit]


def _with_sections(hits: Sequence[Hit], settings: SearchSettings) -> list[Hit]:
    """The hits with the mean score of the best of their section added: the right section holds the answer."""
    scores: defaultdict[tuple[object, ...], list[float]] = defaultdict(list)
    for hit in hits:
        scores[_section(hit.passage)].append(hit.score)
    means = {}
    for section, values in scores.items():
        best = sorted(values, reverse=True)[: settings.section_best]
        means[section] = sum(best) / len(best)
    return [replace(hit, score=hit.score + settings.section * means[_section(hit.passage)]) for hit in hits]


def _section(passage: Passage) -> tuple[object, ...]:
    """A report's chapter, its parts apart."""
    return passage.report_id, passage.headings[:1], passage.part


def _fits(passage: Passage, filters: Filters) -> bool:
    return all(str(getattr(passage, name) or "") == value for name, value in filters.where().items())
