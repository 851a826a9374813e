"""`ask`: the one entry point for a question, for the command line, the API, the page and the evals alike.

1. understand the question; 2. embed and search, for each group that is compared by itself; 3. refuse, or 4. choose what
to cite; 5. where a language model is configured, let it summarise that, and check each of its sentences; 6. compose.
`stream` gives what is ready when it is ready, `explain` what each stage found.
"""

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant import messages
from assistant.answer import Answer, Statement
from assistant.answering import answered, by_part, introduction, refused
from assistant.asked import Asked, read
from assistant.compose import Candidate, Fate, Side, choose
from assistant.cues import Group
from assistant.filters import check_filters
from assistant.generation.language_model import configured
from assistant.overview import overview
from assistant.question import Question
from assistant.refusal import Signals, is_silent, refusal, signals
from assistant.summary import Summary, summarise
from kb.embedders import Vectors
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage
from kb.rerankers import rerank
from kb.search import Filters, Hit, Query, search

_HITS = 100
# Characters of the sources that an answer cites, for a narrow and for a broad question.
_CITED_NARROW, _CITED_BROAD = 3000, 8300
# Questions that a refusal proposes.
_SUGGESTIONS = 3


@dataclass(frozen=True, eq=False)
class Found:
    """What search found for a question, or for one group that it compares."""

    group: Group | None
    text: str
    vector: Vectors
    candidates: tuple[Candidate, ...]

    @property
    def hits(self) -> list[Hit]:
        """The hits, best first."""
        return [candidate.hit for candidate in self.candidates]

    @property
    def cited(self) -> tuple[Passage, ...]:
        """The passages that the answer cites, best first."""
        return tuple(candidate.hit.passage for candidate in self.candidates if candidate.fate is Fate.CITED)


@dataclass(frozen=True, eq=False)
class Explanation:
    """An answer with the stages that led to it; `summary` is what a language model wrote, if one did."""

    asked: Asked
    found: tuple[Found, ...]
    signals: Signals
    is_overview: bool
    summary: Summary | None
    answer: Answer


# What `stream` gives: the question first, the explanation last.
Stage = Question | Statement | Explanation


def ask(
    kb: KnowledgeBase,
    text: str,
    *,
    history: Sequence[str] = (),
    filters: Filters = Filters(),
    with_model: bool = True,
) -> Answer:
    """Answer a question with the words of the sources, or say that they do not answer it.

    A language model that is configured summarises them first, unless `with_model` is false.

    Raises:
        InputError: when the question or a filter cannot be used.
        SettingsError: when the language model cannot be used as configured.
    """
    return explain(kb, text, history=history, filters=filters, with_model=with_model).answer


def explain(
    kb: KnowledgeBase,
    text: str,
    *,
    history: Sequence[str] = (),
    filters: Filters = Filters(),
    with_model: bool = True,
) -> Explanation:
    """The answer, with what each stage found and why each hit is in it or not.

    Raises:
        InputError: when the question or a filter cannot be used.
        SettingsError: when the language model cannot be used as configured.
    """
    *_, last = stream(kb, text, history=history, filters=filters, with_model=with_model)
    assert isinstance(last, Explanation)  # noqa: S101 - it always comes last
    return last


def stream(
    kb: KnowledgeBase,
    text: str,
    *,
    history: Sequence[str] = (),
    filters: Filters = Filters(),
    with_model: bool = True,
) -> Generator[Stage]:
    """The question as understood, each statement of the answer as soon as it is final, and the explanation.

    Raises:
        InputError: before anything else, when the question or a filter cannot be used.
        SettingsError: when the language model cannot be used as configured.
    """
    started = time.perf_counter()
    check_filters(kb, filters)
    model = configured(kb.settings) if with_model else None
    asked = read(kb, text, history, model)
    yield asked.question
    was_read = time.perf_counter()
    found = _find(kb, asked, filters)
    searched = time.perf_counter()
    # Groups that are compared are refused together: the first that says something speaks for all.
    loud = next((one for one in found if one.candidates), found[0])
    seen = signals(kb, asked.question, loud.hits, loud.vector)
    reason = refusal(asked.question, seen)
    points = [] if reason or not asked.is_about_themes else overview(kb, asked.question, found[0].vector, filters)
    summary, given = None, 0
    if reason:
        answer = refused(kb, asked.question, reason, _nearby(kb, loud.hits))
    else:
        sides = [Side(None, of_part, found[0].vector) for of_part in by_part(points)]
        sides = sides or [Side(one.group, one.cited, one.vector) for one in found]
        if model:
            for summary in summarise(kb, model, asked, _in_turn(sides)):
                for statement in _new(summary, given, asked.question.language):
                    given += 1
                    yield statement
        answer = answered(kb, asked, sides, seen.unknown, is_overview=bool(points), summary=summary)
    yield from answer.statements[given:]
    ended = time.perf_counter()
    times = {
        "total": ended - started,
        "read": was_read - started,
        "search": searched - was_read,
        "compose": ended - searched,
    }
    timed = replace(answer, elapsed_ms={name: round(seconds * 1000, 1) for name, seconds in times.items()})
    yield Explanation(asked, found, seen, bool(points), summary, timed)


def _new(summary: Summary, given: int, language: str) -> Sequence[Statement]:
    """The statements of a summary that were not given yet; the first of them is introduced."""
    if not summary.statements:
        return ()
    return (introduction(summary, language), *summary.statements)[given:]


def _in_turn(sides: Sequence[Side]) -> list[Passage]:
    """The passages of all sides, the best of each first, so that none is left out where there is room for some."""
    turns = zip_longest(*(side.passages for side in sides))
    return [passage for turn in turns for passage in turn if passage]


def _find(kb: KnowledgeBase, asked: Asked, filters: Filters) -> tuple[Found, ...]:
    """What search finds for each of the groups that are compared, or at once."""
    question = asked.question
    length = round(_CITED_NARROW + asked.breadth * (_CITED_BROAD - _CITED_NARROW)) // len(asked.texts)
    found = []
    for group, text, vector in zip(asked.groups, asked.texts, asked.vectors, strict=True):
        query = Query(vector, question.subject, question.phrases, asked.breadth, asked.preference)
        of_group = replace(filters, track=group.track) if group and group.track and not filters.track else filters
        hits = search(kb, query, filters=of_group, limit=_HITS)
        if kb.reranker:
            hits = rerank(kb.reranker, text, hits)
        found.append(Found(group, text, vector, tuple(choose(kb, hits, length))))
    if len(found) == 1:
        return tuple(found)
    loudest = max((hit.question for one in found for hit in one.hits), default=0.0)
    return tuple(replace(one, candidates=()) if is_silent(question, one.hits, loudest) else one for one in found)


def _nearby(kb: KnowledgeBase, hits: Sequence[Hit]) -> list[str]:
    """Questions that do have an answer: about what the best hits' themes say in their part of the report."""
    places = dict.fromkeys((hit.passage.theme, hit.passage.part) for hit in hits if hit.passage.theme)
    return [
        messages.suggestion(theme, part) for theme, part in places if theme in kb.themes and part in messages.SUGGESTED
    ][:_SUGGESTIONS]
