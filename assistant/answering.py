"""What was found → an answer: its opening, its statements in order, who was at the table, and the text of it all."""

from collections.abc import Sequence
from dataclasses import replace

from assistant import messages
from assistant.answer import Answer, AtTheTable, Reason, Statement, StatementKind, Status
from assistant.asked import Asked
from assistant.compose import Composition, Side, compose
from assistant.question import Question
from assistant.sources import at_the_table
from assistant.summary import Summary
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage
from kb.text import fold

EXTRACTIVE = "extractief"
# Characters that an answer shows first.
_SHOWN = 1850


def refused(kb: KnowledgeBase, question: Question, reason: Reason, nearby: Sequence[str]) -> Answer:
    """Say what was looked for, and which questions near it the documents do answer."""
    words = ", ".join(question.sought) or question.text
    notes = [messages.text(reason, question.language, words=words)]
    if nearby and reason is not Reason.TOO_VAGUE:
        notes.append(messages.text("nearby", question.language, questions=" · ".join(nearby)))
    themes = ", ".join(sorted({report.theme.replace("-", " ") for report in kb.reports.values() if report.theme}))
    notes.append(messages.text("themes", question.language, themes=themes))
    statements = tuple(Statement(note, StatementKind.NOTE) for note in notes)
    return _built(kb, question, Status.NO_ANSWER, reason, Composition(statements, (), len(statements)), ())


def answered(
    kb: KnowledgeBase,
    asked: Asked,
    sides: Sequence[Side],
    unknown: Sequence[str],
    *,
    is_overview: bool,
    summary: Summary | None,
) -> Answer:
    """The answer in the words of the sources; after a summary, where a language model gave one.

    The summary takes the place of what is shown first when it is enough.
    """
    question = asked.question
    given = summary.citations if summary else ()
    made = compose(kb, sides, room=_SHOWN, language=question.language, given=given)
    is_partial = _is_partial(question, unknown)
    key = "unknown" if is_partial else "overview" if is_overview else "found"
    opening = Statement(messages.text(key, question.language, words=", ".join(unknown)), StatementKind.NOTE)
    table = at_the_table(kb, [passage.report_id for side in sides for passage in side.passages])
    notes = _table_notes(table, question.language) if asked.kind.is_broad else []
    first, rest = (opening, *made.statements[: made.shown]), made.statements[made.shown :]
    if summary and summary.is_enough:
        literally = Statement(messages.text("ai literally", question.language), StatementKind.NOTE)
        shown: tuple[Statement, ...] = (*_introduced(summary, question.language), *notes)
        made = replace(made, statements=(*shown, literally, *first[1:], *rest[1:]), shown=len(shown))
    else:
        shown = (*(_introduced(summary, question.language) if summary else ()), *first, *notes)
        made = replace(made, statements=(*shown, *rest), shown=len(shown))
    status = Status.PARTIAL if is_partial else Status.ANSWERED
    engine = summary.model if summary and summary.statements else EXTRACTIVE
    return _built(kb, question, status, None, made, table, engine=engine)


def introduction(summary: Summary, language: str) -> Statement:
    """What stands above the statements of a language model."""
    return Statement(messages.text("ai", language, model=summary.model), StatementKind.NOTE)


def _introduced(summary: Summary, language: str) -> tuple[Statement, ...]:
    opening = (introduction(summary, language),) if summary.statements else ()
    return (*opening, *summary.statements, *summary.notes(language))


def _is_partial(question: Question, unknown: Sequence[str]) -> bool:
    """Whether half of what is asked about, or a name, stands nowhere in the sources."""
    is_half_unknown = question.language == "nl" and bool(unknown) and 2 * len(unknown) >= len(question.subject)
    return is_half_unknown or bool({fold(name) for name in question.names} & {fold(word) for word in unknown})


def by_part(points: Sequence[Passage]) -> list[tuple[Passage, ...]]:
    """The points of each part together, so that each part gets its share of what is shown first."""
    parts = dict.fromkeys((point.report_id, point.part) for point in points)
    return [tuple(point for point in points if (point.report_id, point.part) == part) for part in parts]


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
    *,
    engine: str = EXTRACTIVE,
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
        engine=engine,
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
