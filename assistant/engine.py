"""`ask`: the one entry point for a question, for the command line, the API, the page and the evals alike."""

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant import messages
from assistant.answer import Answer, AtTheTable, Reason, Statement, StatementKind, Status
from assistant.compose import Composition, best_passages, compose
from assistant.overview import overview
from assistant.question import Question, themes_named, understand
from assistant.sources import at_the_table
from kb.embedders import Vectors
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, Track
from kb.search import Filters, Hit, Preference, search
from kb.text import fold, stem, stems

ENGINE = "extractief"
_HITS = 30
# Below this cosine nothing about the subject was found in trials with questions from other fields. Questions in English
# have lower ones with Dutch text.
_COSINE_MIN = {"nl": 0.833, "en": 0.79}
# Characters shown of a passage, and of one point among the many of an overview; the citation holds all of it.
_STATEMENT_MAX = 420
_POINT_MAX = 300


def ask(kb: KnowledgeBase, text: str, *, history: Sequence[str] = (), filters: Filters = Filters()) -> Answer:
    """Answer a question with the words of the sources, or say that they do not answer it.

    Raises:
        InputError: when the question or a filter cannot be used.
    """
    started = time.perf_counter()
    question = understand(text, history)
    check_filters(kb, filters)
    preference = Preference(question.tracks, themes_named(question, kb.themes), question.parts)
    vector = kb.embedder.embed_query(question.standalone)
    hits = _search(kb, question, vector, filters, preference)
    found = time.perf_counter()
    unknown = _unknown(kb, question)
    reason = _refusal(question, hits, unknown)
    if reason:
        answer = _refuse(kb, question, reason)
    else:
        best = best_passages(kb, hits)
        answer = _answer(kb, question, overview(kb, question, vector, filters, best), best, unknown)
    ended = time.perf_counter()
    times = {"total": ended - started, "search": found - started, "compose": ended - found}
    return replace(answer, elapsed_ms={name: round(seconds * 1000, 1) for name, seconds in times.items()})


def _search(
    kb: KnowledgeBase, question: Question, vector: Vectors, filters: Filters, preference: Preference
) -> list[Hit]:
    """The best hits; a question about several groups gets those of each in turn, so that none crowds out another."""
    groups: Sequence[Track | None] = [filters.track]
    if filters.track is None and len(question.tracks) > 1:
        groups = sorted(question.tracks)
    found = [
        search(
            kb,
            question.standalone,
            vector=vector,
            phrases=question.phrases,
            filters=replace(filters, track=track),
            preference=preference,
            limit=_HITS,
        )
        for track in groups
    ]
    return [hit for turn in zip_longest(*found) for hit in turn if hit is not None]


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


def _unknown(kb: KnowledgeBase, question: Question) -> tuple[str, ...]:
    """The content words and names of which no form stands anywhere in the sources."""
    return tuple(word for word in question.sought if not kb.catalogue.full_text(word, 1))


def _is_half_unknown(question: Question, unknown: Sequence[str]) -> bool:
    """Whether half of the content words are unknown; those of another language are so by nature."""
    return question.language == "nl" and 2 * len(unknown) >= len(question.subject)


def _refusal(question: Question, hits: Sequence[Hit], unknown: Sequence[str]) -> Reason | None:
    if not question.subject:
        return Reason.TOO_VAGUE
    if not hits:
        return Reason.NOT_IN_SOURCES
    if any(hit.is_phrase for hit in hits):
        return None
    is_dutch = question.language == "nl"
    is_unlikely = max(hit.whole for hit in hits) < _COSINE_MIN[question.language]
    if is_unlikely and (_is_half_unknown(question, unknown) or not is_dutch):
        return Reason.OFF_TOPIC
    all_unknown = is_dutch and set(question.subject) <= set(unknown)
    unknown_name = any(fold(name) in map(fold, unknown) for name in question.names)
    no_figure = question.unit is not None and not any(_has_figure(hit.passage, question) for hit in hits)
    return Reason.NOT_IN_SOURCES if all_unknown or unknown_name or no_figure else None


def _has_figure(passage: Passage, question: Question) -> bool:
    """Whether a passage holds a figure in the unit that is asked for, and a word of the subject."""
    holds_unit = question.unit is not None and question.unit.search(passage.text)
    return bool(holds_unit) and bool({stem(word) for word in question.subject} & set(stems(passage.text)))


def _refuse(kb: KnowledgeBase, question: Question, reason: Reason) -> Answer:
    words = ", ".join(question.sought) or question.text
    themes = ", ".join(sorted({report.theme.replace("-", " ") for report in kb.reports.values() if report.theme}))
    notes = (
        messages.text(reason, question.language, words=words),
        messages.text("themes", question.language, themes=themes),
    )
    statements = tuple(Statement(note, StatementKind.NOTE) for note in notes)
    return _built(kb, question, Status.NO_ANSWER, reason, Composition(statements, ()), ())


def _answer(
    kb: KnowledgeBase, question: Question, points: Sequence[Passage], best: Sequence[Passage], unknown: Sequence[str]
) -> Answer:
    passages = points or best
    subject, length = ((), _POINT_MAX) if points else (question.subject, _STATEMENT_MAX)
    made = compose(kb, passages, subject=subject, length=length, language=question.language)
    is_partial = _is_half_unknown(question, unknown)
    key = "unknown" if is_partial else "overview" if points else "found"
    opening = Statement(messages.text(key, question.language, words=", ".join(unknown)), StatementKind.NOTE)
    table = at_the_table(kb, [passage.report_id for passage in passages])
    statements = (opening, *made.statements, *_table_notes(table, question.language))
    status = Status.PARTIAL if is_partial else Status.ANSWERED
    return _built(kb, question, status, None, replace(made, statements=statements), table)


def _table_notes(table: Sequence[AtTheTable], language: str) -> list[Statement]:
    notes = [_table_note(item, language) for item in table]
    return [*notes, Statement(messages.text("sample", language), StatementKind.NOTE)] if notes else []


def _table_note(item: AtTheTable, language: str) -> Statement:
    counts = {"talks": item.talks, "participants": item.participants, "organisations": item.organisations}
    listed = ", ".join(messages.text(key, language, number=number) for key, number in counts.items() if number)
    note = messages.text("table", language, report=item.report, counts=listed)
    return Statement(note, StatementKind.NOTE, item.track)


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
        citations=made.citations,
        at_the_table=table,
        engine=ENGINE,
        corpus_fingerprint=kb.state.fingerprint,
        elapsed_ms={},
    )


def _text(made: Composition) -> str:
    """The statements below one another, quotations between marks with their speaker, with their markers."""
    by_number = {citation.number: citation for citation in made.citations}
    lines = []
    for statement in made.statements:
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
