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
        lines.extend(f"  [{citation.number}] {_place(citation)}" for citation in citations if citation.report == title)
    return "\n".join(lines)


def _place(citation: Citation) -> str:
    positions = ", ".join(f"{span.start}–{span.end}" for span in citation.spans)
    return f"tekens {positions}"


def quotes_text(quotes: Iterable[Quote], reports: dict[str, Report], language: str = "nl") -> str:
    """Quotations below one another, each with its speaker, report and positions."""
    blocks = []
    for quote in quotes:
        by = ", ".join(filter(None, (quote.speaker, quote.dialogue))) or "zonder naam"
        report = reports[quote.report_id]
        place = f"{report.title} · {messages.part_label(quote.part, language)}"
        positions = ", ".join(f"{span.start}–{span.end}" for span in quote.spans)
        blocks.append(f"‘{quote.text}’\n  {by}\n  {place}\n  {quote.source}, tekens {positions} · {quote.id}")
    return "\n\n".join(blocks)
