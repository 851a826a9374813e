"""Answers and quotations as text for a terminal: pure functions."""

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from assistant import messages
from assistant.answer import Answer, Citation
from assistant.certificate import Certificate
from assistant.checks.statement import Fault
from assistant.compose import Fate
from assistant.dossier.build import SECTIONS
from assistant.dossier.subjects import subjects
from assistant.engine import Explanation, Found
from assistant.verdict import Match, Verdict
from assistant.verify import CHARACTERS_MIN, WORDS_MIN
from kb.knowledge_base import KnowledgeBase
from kb.model import Quote
from kb.quote_search import QuotePage
from kb.text import words
from kb.versions import Family, Label
from kb.word_diff import Change

_EXPLAINED = 15
_FACET_VALUES = 12
_OTHER_SPEAKER = "andere spreker"
# Of a stretch that two versions share, so many words at either end are shown.
_KEPT_WORDS = 3


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
        for citation in citations:
            if citation.report == title:
                also = messages.also_in(citation.versions, language)
                lines.append(f"  [{citation.number}] {messages.place(citation, language)}{f'. {also}' if also else ''}")
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
    lines += _written(explanation)
    times = ", ".join(f"{name} {value} ms" for name, value in explanation.answer.elapsed_ms.items())
    return "\n".join([*lines, f"Tijd: {times}"])


def _written(explanation: Explanation) -> list[str]:
    """What a language model wrote and why each sentence is shown or not."""
    asked, summary = explanation.asked, explanation.summary
    lines = [f"   taalmodel zocht ook naar: {', '.join(asked.synonyms)}"] if asked.synonyms else []
    if asked.model_error:
        lines.append(f"   vraag niet door het taalmodel gelezen: {asked.model_error}")
    if summary is None:
        return lines
    lines.append(f"5. Taalmodel {summary.model}: {summary.error or 'klaar'}")
    lines += [f"   {_FAULTS[draft.fault]:15} {draft.text}" for draft in summary.drafts]
    return lines


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


_FAULTS = {
    None: "getoond",
    Fault.FORM: "geen zin",
    Fault.NO_EVIDENCE: "zonder bewijs",
    Fault.QUOTATION: "fout citaat",
    Fault.FIGURE: "getal",
    Fault.NAME: "naam",
    Fault.SPEAKER: "andere spreker",
    Fault.POLARITY: "omgekeerd",
    Fault.SUPPORT: "staat er niet",
}


def quotes_text(quotes: Iterable[Quote], kb: KnowledgeBase, language: str = "nl") -> str:
    """Quotations below one another, each with its speaker, report, positions and other versions."""
    return "\n\n".join(_quote(quote, kb, language) for quote in quotes)


def _quote(quote: Quote, kb: KnowledgeBase, language: str) -> str:
    lines = [
        f"‘{quote.text}’",
        f"  {messages.byline(quote) or messages.text('no name', language)}",
        f"  {kb.reports[quote.report_id].title} · {messages.part_label(quote.part, language)}",
        f"  {quote.source}, {messages.place(quote, language)} · {quote.id}",
        messages.also_in(kb.versions_of(quote), language),
    ]
    return "\n  ".join(filter(None, ["\n".join(lines[:4]), lines[4]]))


def facets_text(page: QuotePage, kb: KnowledgeBase) -> str:
    """How many quotations there are by facet."""
    return "\n".join(
        f"{messages.facet_label(name)}: "
        + ", ".join(f"{_facet_value(name, one.value, kb)} ({one.count})" for one in page.facets[name][:_FACET_VALUES])
        for name in page.facets
    )


def _facet_value(name: str, value: str, kb: KnowledgeBase) -> str:
    return kb.reports[value].title if name == "report" else value


def verdict_text(kb: KnowledgeBase, verdict: Verdict, meant: Sequence[Citation] = (), language: str = "nl") -> str:
    """A verdict in words: what is true of the text, where it stands, and how it differs from there."""
    if verdict.shortfall:
        return messages.text(verdict.shortfall, language, words=WORDS_MIN, characters=CHARACTERS_MIN)
    blocks = ["\n".join([messages.text(verdict.kind, language), *messages.remarks(verdict, language)])]
    blocks += [_place_found(kb, match, language) for match in verdict.matches]
    if meant:
        blocks.append(messages.text("meant", language))
        blocks += [_meant(citation, language) for citation in meant]
    return "\n\n".join(blocks)


def _meant(citation: Citation, language: str) -> str:
    lines = [citation.text, f"  {citation.report}", f"  {citation.source}, {messages.place(citation, language)}"]
    return "\n".join(lines)


def _place_found(kb: KnowledgeBase, match: Match, language: str) -> str:
    speaker = messages.byline(match) or messages.text("no name" if match.quote else "report itself", language)
    lines = [f"‘{match.text}’", f"  {speaker}", f"  {match.report}"]
    number = match.quote.id if match.quote else ""
    lines.append(f"  {' · '.join(filter(None, (f'{match.source}, {messages.place(match, language)}', number)))}")
    if any(change.op != "equal" for change in match.diff):
        lines += [f"  {messages.text('difference', language)}", f"  {diff_text(match.diff)}"]
    if match.quote and (also := messages.also_in(kb.versions_of(match.quote), language)):
        lines.append(f"  {also}")
    return "\n".join(lines)


def diff_text(changes: Sequence[Change]) -> str:
    """A difference in one line: [-left out-] and {+added+}, with a few words of what stayed the same."""
    return " ".join(_CHANGES[change.op].format(_shortened(change)) for change in changes)


_CHANGES = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}


def _shortened(change: Change) -> str:
    said = change.words.split()
    if change.op != "equal" or len(said) <= 2 * _KEPT_WORDS + 1:
        return change.words
    return f"{' '.join(said[:_KEPT_WORDS])} … {' '.join(said[-_KEPT_WORDS:])}"


def lineage_table(families: Sequence[Family]) -> Table:
    """All families of versions as a table."""
    table = Table(show_lines=True, expand=True)
    columns = {"Nr": None, "Versie": None, "Spreker": 4, "Waar": 5, "Citaat, of wat eraan is veranderd": 14}
    for title, ratio in columns.items():
        table.add_column(title, ratio=ratio, no_wrap=ratio is None, overflow="fold")
    for number, family in enumerate(families, start=1):
        for version in family.versions:
            quote = version.quote
            label = "\n".join([version.label, *([_OTHER_SPEAKER] if version.has_other_speaker else [])])
            said = quote.text if version.label is Label.ORIGINAL else diff_text(version.diff)
            where = f"{version.report}\n{quote.id}"
            table.add_row(str(number), label, Text(messages.byline(quote)), Text(where), Text(said))
    return table


def certificate_text(certificate: Certificate, language: str = "nl") -> str:
    """A certificate in lines."""
    quote, source = certificate.quote, certificate.source
    place = f"{source.name}, {messages.lines(certificate.lines, language)}, {messages.place(quote, language)}"
    rows = {
        "Citaat": f"‘{quote.text}’",
        "Nummer": quote.id,
        "Spreker": quote.speaker or messages.text("no name", language),
        "Dialoog": quote.dialogue or "–",
        "Verslag": certificate.report.title,
        "Onderdeel": messages.part_label(quote.part, language),
        "Bron": ", ".join(filter(None, (source.title, source.publisher, source.date))),
        "Plaats": place,
        "sha256": source.sha256,
        "Link": certificate.url,
        "Versies": messages.also_in(certificate.versions, language) or "geen andere",
        "Verwijzing": certificate.reference,
    }
    return "\n".join(f"{name + ':':12}{value}" for name, value in rows.items())


def dossier_choices_text(kb: KnowledgeBase) -> str:
    """What a dossier can be about, and the sections that it can have; each line begins with what to type."""
    known = subjects(kb)
    listed = {
        "Herstelopgaven": {one.slug: one.title for one in known if one.is_herstelopgave},
        "Thema’s": {one.slug: f"{one.title} ({', '.join(one.tracks)})" for one in known if not one.is_herstelopgave},
        "Delen (--section)": {slug: title.format(focus="…") for slug, title in SECTIONS.items()},
    }
    return "\n\n".join(
        "\n".join([head, *(f"  {key}: {one}" for key, one in of.items())]) for head, of in listed.items()
    )
