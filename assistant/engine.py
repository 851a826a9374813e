"""`ask`: the one entry point for a question, for the command line, the API, the page and the evals alike.

1. understand the question; 2. embed and search, for each group that is compared by itself; 3. refuse, or 4. choose what
to cite; 5. compose. `explain` gives what each stage found.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import cues, messages
from assistant.answer import Answer, AtTheTable, Reason, Statement, StatementKind, Status
from assistant.compose import Candidate, Composition, Fate, Side, choose, compose
from assistant.cues import Group
from assistant.filters import check_filters
from assistant.overview import overview
from assistant.question import Question, QuestionKind, sides, themes_named, understand
from assistant.refusal import Signals, is_silent, refusal, signals
from assistant.sources import at_the_table
from kb.embedders import Vectors
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage
from kb.rerankers import rerank
from kb.search import Filters, Hit, Preference, Query, search
from kb.text import fold

ENGINE = "extractief"
_HITS = 100
# Characters of the sources that an answer cites, for a narrow and for a broad question, and of those it shows first.
_CITED_NARROW, _CITED_BROAD = 3000, 8300
_SHOWN = 1850
# Questions that a refusal proposes.
_SUGGESTIONS = 3
# The chances of being broad at which a question counts as wholly narrow and as wholly broad. The bar is low: a broad
# question that is taken for a narrow one loses most of its answer, the other way round the answer is longer.
_NARROW, _BROAD = 0.1, 0.4


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
class Asked:
    """A question as it is searched: once for each of `groups` that are compared, else once for None.

    `breadth` runs from 0, a question with one answer, to 1, one about a theme.
    """

    question: Question
    kind: QuestionKind
    breadth: float
    preference: Preference
    groups: tuple[Group | None, ...]
    texts: tuple[str, ...]
    vectors: Vectors

    @property
    def is_about_themes(self) -> bool:
        """Whether the reports' own lists may answer it."""
        return self.kind.is_broad and len(self.groups) == 1


@dataclass(frozen=True, eq=False)
class Explanation:
    """An answer with the stages that led to it."""

    asked: Asked
    found: tuple[Found, ...]
    signals: Signals
    is_overview: bool
    answer: Answer


def ask(kb: KnowledgeBase, text: str, *, history: Sequence[str] = (), filters: Filters = Filters()) -> Answer:
    """Answer a question with the words of the sources, or say that they do not answer it.

    Raises:
        InputError: when the question or a filter cannot be used.
    """
    return explain(kb, text, history=history, filters=filters).answer


def explain(kb: KnowledgeBase, text: str, *, history: Sequence[str] = (), filters: Filters = Filters()) -> Explanation:
    """The answer, with what each stage found and why each hit is in it or not.

    Raises:
        InputError: when the question or a filter cannot be used.
    """
    started = time.perf_counter()
    check_filters(kb, filters)
    asked = _read(kb, understand(text, history))
    read = time.perf_counter()
    found = _find(kb, asked, filters)
    searched = time.perf_counter()
    # Groups that are compared are refused together: the first that says something speaks for all.
    loud = next((one for one in found if one.candidates), found[0])
    seen = signals(kb, asked.question, loud.hits, loud.vector)
    reason = refusal(asked.question, seen)
    points = [] if reason or not asked.is_about_themes else overview(kb, asked.question, found[0].vector, filters)
    if reason:
        answer = _refuse(kb, asked.question, reason, loud.hits)
    else:
        shown = [Side(None, of_part, found[0].vector) for of_part in _by_part(points)]
        shown = shown or [Side(one.group, one.cited, one.vector) for one in found]
        answer = _answer(kb, asked, shown, seen.unknown, is_overview=bool(points))
    ended = time.perf_counter()
    times = {"total": ended - started, "read": read - started, "search": searched - read, "compose": ended - searched}
    timed = replace(answer, elapsed_ms={name: round(seconds * 1000, 1) for name, seconds in times.items()})
    return Explanation(asked, found, seen, bool(points), timed)


def _read(kb: KnowledgeBase, question: Question) -> Asked:
    """What the question asks, and with which texts to search."""
    compared = sides(question.groups) if question.kind is QuestionKind.COMPARISON else ()
    groups: tuple[Group | None, ...] = compared or (None,)
    texts = tuple(_asked_of(question, group) for group in groups)
    embeddings = kb.embedder.embed_queries(texts)
    breadth = _breadth(kb, question, embeddings[0])
    kind = question.kind or (QuestionKind.THEME if 2 * breadth >= 1 else QuestionKind.FACT)
    preference = Preference(
        tracks=question.tracks,
        themes=themes_named(question, kb.themes),
        parts=question.parts,
        quotes=kind is QuestionKind.QUOTATION,
        table=kind is QuestionKind.FACT and bool(cues.TABLE.search(question.standalone)),
    )
    return Asked(question, kind, breadth, preference, groups, texts, kb.adapter.of_queries(embeddings))


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


def _asked_of(question: Question, group: Group | None) -> str:
    """What is asked of one of the groups that are compared. A track is searched by itself, so it need not be named."""
    if group is None:
        return question.standalone
    if group.track:
        return question.bare
    return f"{question.bare} {group.en if question.language == 'en' else group.nl}"


def _breadth(kb: KnowledgeBase, question: Question, embedding: Vectors) -> float:
    """From 0, for a question with one answer, to 1, for one about a theme; by its words, else by its vector."""
    if question.kind is not None:
        return float(question.kind.is_broad)
    chance = kb.adapter.chance_broad(embedding)
    if chance is None:
        return float(not cues.NARROW.search(question.text))
    return min(max((chance - _NARROW) / (_BROAD - _NARROW), 0.0), 1.0)


def _by_part(points: Sequence[Passage]) -> list[tuple[Passage, ...]]:
    """The points of each part together, so that each part gets its share of what is shown first."""
    parts = dict.fromkeys((point.report_id, point.part) for point in points)
    return [tuple(point for point in points if (point.report_id, point.part) == part) for part in parts]


def _refuse(kb: KnowledgeBase, question: Question, reason: Reason, hits: Sequence[Hit]) -> Answer:
    """Say what was looked for, and what the documents do hold nearby."""
    words = ", ".join(question.sought) or question.text
    notes = [messages.text(reason, question.language, words=words)]
    near = _nearby(kb, hits)
    if near and reason is not Reason.TOO_VAGUE:
        notes.append(messages.text("nearby", question.language, questions=" · ".join(near)))
    themes = ", ".join(sorted({report.theme.replace("-", " ") for report in kb.reports.values() if report.theme}))
    notes.append(messages.text("themes", question.language, themes=themes))
    statements = tuple(Statement(note, StatementKind.NOTE) for note in notes)
    return _built(kb, question, Status.NO_ANSWER, reason, Composition(statements, (), len(statements)), ())


def _nearby(kb: KnowledgeBase, hits: Sequence[Hit]) -> list[str]:
    """Questions that do have an answer: about what the best hits' themes say in their part of the report."""
    places = dict.fromkeys((hit.passage.theme, hit.passage.part) for hit in hits if hit.passage.theme)
    return [
        messages.suggestion(theme, part) for theme, part in places if theme in kb.themes and part in messages.SUGGESTED
    ][:_SUGGESTIONS]


def _answer(
    kb: KnowledgeBase,
    asked: Asked,
    shown: Sequence[Side],
    unknown: Sequence[str],
    *,
    is_overview: bool,
) -> Answer:
    question = asked.question
    made = compose(kb, shown, room=_SHOWN, language=question.language)
    is_half_unknown = question.language == "nl" and bool(unknown) and 2 * len(unknown) >= len(question.subject)
    is_partial = is_half_unknown or bool({fold(name) for name in question.names} & {fold(word) for word in unknown})
    key = "unknown" if is_partial else "overview" if is_overview else "found"
    opening = Statement(messages.text(key, question.language, words=", ".join(unknown)), StatementKind.NOTE)
    table = at_the_table(kb, [passage.report_id for side in shown for passage in side.passages])
    notes = _table_notes(table, question.language) if asked.kind.is_broad else []
    statements = (opening, *made.statements[: made.shown], *notes, *made.statements[made.shown :])
    status = Status.PARTIAL if is_partial else Status.ANSWERED
    made = replace(made, statements=statements, shown=1 + made.shown + len(notes))
    return _built(kb, question, status, None, made, table)


def _table_notes(table: Sequence[AtTheTable], language: str) -> list[Statement]:
    """Who took part in the dialogues that the answer stands on, and that they are no sample."""
    if not table:
        return []
    listed = "; ".join(_counts(item, language) for item in table)
    return [Statement(messages.text("table", language, reports=listed), StatementKind.NOTE)]


def _counts(item: AtTheTable, language: str) -> str:
    counts = {"talks": item.talks, "participants": item.participants, "organisations": item.organisations}
    listed = ", ".join(messages.text(key, language, number=number) for key, number in counts.items() if number)
    return f"{item.report} ({listed})"


def _built(
    kb: KnowledgeBase,
    question: Question,
    status: Status,
    reason: Reason | None,
    made: Composition,
    table: tuple[AtTheTable, ...],
) -> Answer:
    return Answer(
        question=question.text,
        standalone_question=question.standalone,
        language=question.language,
        status=status,
        reason=reason,
        text=_text(made),
        statements=made.statements,
        shown=made.shown,
        citations=made.citations,
        at_the_table=table,
        engine=ENGINE,
        corpus_fingerprint=kb.state.fingerprint,
        elapsed_ms={},
    )


def _text(made: Composition) -> str:
    """The statements shown first, below one another, quotations between marks with their speaker and their markers.

    Of the others it has the markers alone.
    """
    by_number = {citation.number: citation for citation in made.citations}
    lines = []
    for statement in made.statements[: made.shown]:
        markers = "".join(f" [{number}]" for number in statement.citations)
        if statement.kind is StatementKind.QUOTE:
            citation = by_number[statement.citations[0]]
            by = messages.byline(citation)
            lines.append(f"- ‘{statement.text}’{f' ({by})' if by else ''}{markers}")
        elif statement.kind is StatementKind.NOTE:
            lines.append(f"\n{statement.text}")
        else:
            lines.append(f"- {statement.text}{markers}")
    others = "".join(f" [{number}]" for item in made.statements[made.shown :] for number in item.citations)
    if others:
        lines.append(f"\n{made.statements[made.shown].text}{others}")
    return "\n".join(lines).strip()
