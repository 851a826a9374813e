"""Answers and quotations as text for a terminal: pure functions."""

from collections.abc import Iterable, Sequence

from assistant import messages
from assistant.answer import Answer, Citation
from assistant.compose import Fate
from assistant.engine import Explanation, Found
from kb.model import Quote, Report
from kb.text import words

_EXPLAINED = 15


def answer_text(answer: Answer) -> str:
    """An answer with its sources listed by report; of what is not in its text only where it stands."""
    parts = []
    if answer.standalone_question != answer.question:
        parts.append(f"{messages.text('understood', answer.language)} {answer.standalone_question}")
    parts.append(answer.text)
    if answer.citations:
        parts.append(f"{messages.text('sources', answer.language)}\n{_sources(answer.citations, answer.language)}")
    return "\n\n".join(parts)


def _sources(citations: Sequence[Citation], language: str) -> str:
    lines = []
    for report in dict.fromkeys((citation.report, citation.source) for citation in citations):
        title, source = report
        lines.append(f"{title} — {source}")
        lines.extend(
            f"  [{citation.number}] {messages.place(citation, language)}"
            for citation in citations
            if citation.report == title
        )
    return "\n".join(lines)


def explanation_text(explanation: Explanation, sought: str | None = None) -> str:
    """The stages of an answer with what each found; with `sought` also where passages with these words were lost."""
    asked, seen = explanation.asked, explanation.signals
    question, preference = asked.question, asked.preference
    prefers = [*preference.tracks, *preference.themes, *preference.parts, *(["citaten"] if preference.quotes else [])]
    groups = ", ".join(group.nl for group in question.groups) or "iedereen"
    lines = [
        "1. Vraag",
        f"   begrepen als: {question.standalone}",
        f"   taal {question.language} · soort {asked.kind} · breedte {asked.breadth:.2f}",
        f"   gaat over: {groups} · voorkeur voor: {', '.join(prefers) or 'niets'}",
        f"   onderwerp: {', '.join(question.subject) or 'geen'} · exact: {', '.join(question.phrases) or 'niets'}",
        "2. Zoeken (score: geheel, zin, geschreven vraag, woorden)",
    ]
    for found in explanation.found:
        lines += _found(found, sought)
    lines += [
        "3. Antwoord of weigering",
        *(f"   {name}: {value}" for name, value in seen.listed()),
        f"   besluit: {explanation.answer.reason or explanation.answer.status}",
    ]
    if explanation.is_overview:
        lines.append("4. Overzicht: de eigen lijsten van de verslagen over dit thema, in plaats van de zoekresultaten")
    times = ", ".join(f"{name} {value} ms" for name, value in explanation.answer.elapsed_ms.items())
    return "\n".join([*lines, f"Tijd: {times}"])


def _found(found: Found, sought: str | None) -> list[str]:
    """The first candidates and, of those further down, the ones that hold the sought words."""
    lines = [f"   gezocht: {found.text}{f' (van {found.group.nl})' if found.group else ''}"]
    is_lost = sought is not None
    wanted = f" {' '.join(words(sought or ''))} "
    for place, candidate in enumerate(found.candidates, start=1):
        hit = candidate.hit
        has_sought = sought is not None and wanted in f" {' '.join(words(hit.passage.text))} "
        is_lost = is_lost and not has_sought
        if place <= _EXPLAINED or has_sought:
            parts = f"{hit.whole:.2f} {hit.sentence:.2f} {hit.question:.2f} {hit.lexical:.2f}"
            mark = "→" if has_sought else " "
            text = f"{hit.passage.text[:70]}{'…' if len(hit.passage.text) > 70 else ''}"  # noqa: PLR2004 - a line
            lines.append(f" {mark} {place:3} {hit.score:6.2f} ({parts}) {_FATES[candidate.fate]:13} {text}")
    if is_lost:
        lines.append(f" → ‘{sought}’ staat in geen van de eerste {len(found.candidates)}: daar ging het verloren.")
    return lines


_FATES = {
    Fate.CITED: "geciteerd",
    Fate.REPEATS: "herhaling",
    Fate.SAYS_LITTLE: "zegt te weinig",
    Fate.NO_ROOM: "geen plaats",
}


def quotes_text(quotes: Iterable[Quote], reports: dict[str, Report], language: str = "nl") -> str:
    """Quotations below one another, each with its speaker, report and positions."""
    blocks = []
    for quote in quotes:
        by = messages.byline(quote) or "zonder naam"
        report = reports[quote.report_id]
        place = f"{report.title} · {messages.part_label(quote.part, language)}"
        blocks.append(f"‘{quote.text}’\n  {by}\n  {place}\n  {quote.source}, {messages.place(quote)} · {quote.id}")
    return "\n\n".join(blocks)
