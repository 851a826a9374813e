"""The certificate of a quotation: what it is, where it stands, and how to refer to it."""

import re
from dataclasses import dataclass
from typing import Any

from assistant import messages
from assistant.sources import check_traceable, source_url
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.lines import line_at
from kb.model import Quote, Report, Source
from kb.versions import Version

_KIND_OF_REPORT = re.compile(r"^(?:Rapportage|Verslag|Samenvatting)\s+(\w+):?")


@dataclass(frozen=True)
class Certificate:
    """A quotation with its proof. Its id depends on its source's name and words alone: no other document changes it.

    `lines` are the first and last line (from 1) of each span, `versions` those of the same quotation, itself first.
    """

    quote: Quote
    report: Report
    source: Source
    lines: tuple[tuple[int, int], ...]
    versions: tuple[Version, ...]
    reference: str
    url: str


def certify(kb: KnowledgeBase, quote_id: str) -> Certificate:
    """The certificate of a quotation, whose words are checked against the source.

    Raises:
        InputError: when there is no such quotation.
        UntraceableError: when the source holds other words at its positions.
    """
    found = kb.quote_of.get(quote_id)
    if found is None:
        msg = f"Er is geen citaat {quote_id!r}. Zoek het op met `dialoog quotes`; de laatste regel noemt het nummer."
        raise InputError(msg)
    check_traceable(kb, found)
    text = kb.text(found.source)
    return Certificate(
        quote=found,
        report=kb.reports[found.report_id],
        source=kb.sources[found.source],
        lines=tuple((line_at(text, span.start), line_at(text, span.end - 1)) for span in found.spans),
        versions=kb.versions_of(found),
        reference=reference(kb, found),
        url=source_url(found.source, found.spans),
    )


def reference(kb: KnowledgeBase, quote: Quote) -> str:
    """The quotation with who said it and where, to paste: ‘…’ (student, dialoog 3, themadialogen …; in: …, 2021)."""
    report = kb.reports[quote.report_id]
    return _reference(quote.text, [quote.speaker, quote.dialogue], report.title, report, kb.sources[quote.source])


def report_reference(kb: KnowledgeBase, text: str, title: str, source: str) -> str:
    """Words of the report with this title, and where they stand, to paste."""
    report = next((one for one in kb.reports.values() if one.title == title), None)
    return _reference(text, [], title, report, kb.sources[source])


def _reference(text: str, said: list[str | None], title: str, report: Report | None, source: Source) -> str:
    name = report_name(report) if report else title
    told = ", ".join(filter(None, [*said, None if title == source.title else name]))
    return f"‘{text}’ ({told}{'; ' if told else ''}in: {source.title}, {year(source) or messages.text('undated')})"


def report_name(report: Report) -> str:
    """The title of a report in a sentence: "Rapportage themadialogen: gezondheid" is "themadialogen gezondheid"."""
    return _KIND_OF_REPORT.sub(r"\1", report.title)


def year(source: Source) -> str | None:
    """The year of a source, when it has a date."""
    return source.date[:4] if source.date else None


def csl(certificate: Certificate) -> dict[str, Any]:
    """The place as an item of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""
    source, report = certificate.source, certificate.report
    is_part = report.title != source.title
    item = {
        "id": certificate.quote.id,
        "type": "chapter" if is_part else "report",
        "title": report.title,
        "container-title": source.title if is_part else None,
        "publisher": source.publisher,
        "number": source.reference,
        "issued": {"date-parts": [[int(number) for number in source.date.split("-")]]} if source.date else None,
        "language": "nl-NL",
        "note": _note(certificate),
    }
    return {name: value for name, value in item.items() if value is not None}


def bibtex(certificate: Certificate) -> str:
    """The place as an entry of BibTeX."""
    from pybtex.database import BibliographyData, Entry

    source, report = certificate.source, certificate.report
    is_part = report.title != source.title
    fields = {
        "title": report.title,
        "booktitle": source.title if is_part else None,
        "publisher": source.publisher,
        "number": source.reference,
        "year": year(source),
        "language": "dutch",
        "note": _note(certificate),
    }
    entry = Entry("incollection" if is_part else "misc", {name: value for name, value in fields.items() if value})
    made: str = BibliographyData({certificate.quote.id: entry}).to_string("bibtex")
    return made


def _note(certificate: Certificate) -> str:
    quote = certificate.quote
    by = messages.byline(quote)
    return f"‘{quote.text}’{f' ({by})' if by else ''}; {quote.source}, {messages.place(quote)}"
