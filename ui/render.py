"""Answers and quotations as text for a terminal: pure functions."""

from collections.abc import Iterable, Sequence

from assistant import messages
from assistant.answer import Answer, Citation
from kb.model import Quote, Report


def answer_text(answer: Answer) -> str:
    """An answer with its sources listed by report."""
    parts = []
    if answer.standalone_question != answer.question:
        parts.append(f"→ {answer.standalone_question}")
    parts.append(answer.text)
    if answer.citations:
        parts.append(f"{messages.text('sources', answer.language)}\n{_sources(answer.citations)}")
    return "\n\n".join(parts)


def _sources(citations: Sequence[Citation]) -> str:
    lines = []
    for report in dict.fromkeys((citation.report, citation.source) for citation in citations):
        title, source = report
        lines.append(f"{title} — {source}")
        lines.extend(
            f"  [{citation.number}] {messages.place(citation)}" for citation in citations if citation.report == title
        )
    return "\n".join(lines)


def quotes_text(quotes: Iterable[Quote], reports: dict[str, Report], language: str = "nl") -> str:
    """Quotations below one another, each with its speaker, report and positions."""
    blocks = []
    for quote in quotes:
        by = messages.byline(quote) or "zonder naam"
        report = reports[quote.report_id]
        place = f"{report.title} · {messages.part_label(quote.part, language)}"
        blocks.append(f"‘{quote.text}’\n  {by}\n  {place}\n  {quote.source}, {messages.place(quote)} · {quote.id}")
    return "\n\n".join(blocks)
