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
from assistant.overview import overview
from assistant.question import Question, QuestionKind, sides, themes_named, understand
from assistant.refusal import Signals, refusal, signals
from assistant.sources import at_the_table
from kb.embedders import Vectors
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, Track
from kb.search import Filters, Hit, Preference, Query, search

ENGINE = "extractief"
_HITS = 100
# Characters of the sources that an answer cites, for a narrow and for a broad question, and of those it shows first.
_CITED_NARROW, _CITED_BROAD = 3000, 8300
_SHOWN = 2000
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
class Explanation:
    """An answer with the stages that led to it."""

    question: Question
    kind: QuestionKind
    breadth: float
    preference: Preference
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
    question = understand(text, history)
    check_filters(kb, filters)
    compared = sides(question.groups) if question.kind is QuestionKind.COMPARISON else ()
    texts = [_asked_of(question, group) for group in compared] or [question.standalone]
    embeddings = kb.embedder.embed_queries(texts)
    vectors = kb.adapter.of_queries(embeddings)
    breadth = _breadth(kb, question, embeddings[0])
    kind = question.kind or (QuestionKind.THEME if 2 * breadth >= 1 else QuestionKind.FACT)
    embedded = time.perf_counter()
    preference = Preference(
        tracks=question.tracks,
        themes=themes_named(question, kb.themes),
        parts=question.parts,
        quotes=kind is QuestionKind.QUOTATION,
        table=kind is QuestionKind.FACT and bool(cues.TABLE.search(question.standalone)),
    )
    length = round(_CITED_NARROW + breadth * (_CITED_BROAD - _CITED_NARROW)) // len(texts)
    found = []
    for group, asked, vector in zip(compared or (None,), texts, vectors, strict=True):
        query = Query(vector, question.subject, question.phrases, breadth, preference)
        of_group = replace(filters, track=group.track) if group and group.track and not filters.track else filters
        hits = search(kb, query, filters=of_group, limit=_HITS)
        found.append(Found(group, asked, vector, tuple(choose(kb, hits, length))))
    searched = time.perf_counter()
    seen = signals(kb, question, found[0].hits, vectors[0])
    reason = refusal(question, seen)
    points: list[Passage] = []
    if reason:
        answer = _refuse(kb, question, reason)
    else:
        points = overview(kb, question, vectors[0], filters) if kind.is_broad and not compared else []
        shown = [Side(None, tuple(points), vectors[0])] if points else [Side(f.group, f.cited, f.vector) for f in found]
        answer = _answer(kb, question, kind, shown, seen.unknown, is_overview=bool(points))
    ended = time.perf_counter()
    times = {
        "total": ended - started,
        "understand": embedded - started,
        "search": searched - embedded,
        "compose": ended - searched,
    }
    timed = replace(answer, elapsed_ms={name: round(seconds * 1000, 1) for name, seconds in times.items()})
    return Explanation(question, kind, breadth, preference, tuple(found), seen, bool(points), timed)


def parse_filters(track: str | None = None, theme: str | None = None, part: str | None = None) -> Filters:
    """Filters from what a user typed.

    Raises:
        InputError: when the track or part does not exist.
    """
    try:
        chosen_track = Track(track) if track else None
    except ValueError as error:
        msg = f"Onbekend spoor {track!r}. Kies uit: {', '.join(Track)}."
        raise InputError(msg) from error
    try:
        chosen_part = Part(part) if part else None
    except ValueError as error:
        msg = f"Onbekend onderdeel {part!r}. Kies uit: {', '.join(Part)}."
        raise InputError(msg) from error
    return Filters(chosen_track, theme or None, chosen_part)


def check_filters(kb: KnowledgeBase, filters: Filters) -> None:
    """Check that the theme is one that the index has.

    Raises:
        InputError: when it is not.
    """
    if filters.theme is not None and filters.theme not in kb.themes:
        msg = f"Onbekend thema {filters.theme!r}. Kies uit: {', '.join(kb.themes)}."
        raise InputError(msg)


def _asked_of(question: Question, group: Group) -> str:
    """What is asked of one of the groups that are compared. A track is searched by itself, so it need not be named."""
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


def _refuse(kb: KnowledgeBase, question: Question, reason: Reason) -> Answer:
    words = ", ".join(question.sought) or question.text
    themes = ", ".join(sorted({report.theme.replace("-", " ") for report in kb.reports.values() if report.theme}))
    notes = (
        messages.text(reason, question.language, words=words),
        messages.text("themes", question.language, themes=themes),
    )
    statements = tuple(Statement(note, StatementKind.NOTE) for note in notes)
    return _built(kb, question, Status.NO_ANSWER, reason, Composition(statements, (), len(statements)), ())


def _answer(
    kb: KnowledgeBase,
    question: Question,
    kind: QuestionKind,
    shown: Sequence[Side],
    unknown: Sequence[str],
    *,
    is_overview: bool,
) -> Answer:
    made = compose(kb, shown, room=_SHOWN, language=question.language)
    is_half_unknown = question.language == "nl" and bool(unknown) and 2 * len(unknown) >= len(question.subject)
    is_partial = is_half_unknown or any(name in unknown for name in question.sought[len(question.subject) :])
    key = "unknown" if is_partial else "overview" if is_overview else "found"
    opening = Statement(messages.text(key, question.language, words=", ".join(unknown)), StatementKind.NOTE)
    table = at_the_table(kb, [passage.report_id for side in shown for passage in side.passages])
    notes = _table_notes(table, question.language) if kind.is_broad else []
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
    """The statements shown first, below one another, quotations between marks with their speaker and their markers."""
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
    return "\n".join(lines).strip()
