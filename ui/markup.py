"""Answers as Markdown for the page: pure functions; what comes from a source or a user is escaped."""

import html

from assistant import messages
from assistant.answer import Answer, Citation, Statement, StatementKind
from assistant.markdown import escaped


def answer_markdown(answer: Answer) -> str:
    """An answer; what else was found and the sources fold out below it."""
    by_number = {citation.number: citation for citation in answer.citations}
    lines = []
    if answer.standalone_question != answer.question:
        lines.append(f"*{messages.text('understood', answer.language)} {escaped(answer.standalone_question)}*")
    lines += [_statement(statement, by_number) for statement in answer.statements[: answer.shown]]
    more = answer.statements[answer.shown :]
    if more:
        lines.append(f"<details><summary>{html.escape(more[0].text)}</summary>")
        lines += [_statement(statement, by_number) for statement in more[1:]]
        lines.append("</details>")
    if answer.citations:
        lines.append(f"#### {messages.text('sources', answer.language)}")
        sources = (f"\\[{citation.number}\\] {_source(citation, answer.language)}" for citation in answer.citations)
        lines.append("  \n".join(sources))
    return "\n\n".join(lines)


def _statement(statement: Statement, by_number: dict[int, Citation]) -> str:
    markers = "".join(f" \\[{number}\\]" for number in statement.citations)
    if statement.kind is StatementKind.NOTE:
        return f"### {escaped(statement.text)}" if statement.part else f"*{escaped(statement.text)}*"
    if statement.kind is StatementKind.QUOTE:
        citation = by_number[statement.citations[0]]
        by = messages.byline(citation)
        return f"> ‘{escaped(statement.text)}’{escaped(f' ({by})') if by else ''}{markers}"
    return f"{escaped(statement.text)}{markers}"


def _source(citation: Citation, language: str) -> str:
    place = f"{escaped(citation.report)} — {escaped(citation.source)}, {messages.place(citation, language)}"
    also = messages.also_in(citation.versions, language)
    return f"{place}. {escaped(also)}" if also else place
