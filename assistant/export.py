"""A selection of quotations as a file: CSV that opens in a Dutch Excel, JSON Lines, Markdown."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from assistant import messages
from assistant.as_json import quote_json
from assistant.certificate import Certificate
from assistant.markdown import escaped
from kb.errors import InputError

# Excel takes a cell that begins so for a formula; an apostrophe before it makes it text, and says so in the cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """The kinds of files."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    MARKDOWN = "md"


def parse_format(name: str | None) -> Format | None:
    """The kind of file that a user named.

    Raises:
        InputError: when there is no such kind.
    """
    if name and name not in list(Format):
        msg = f"Onbekend soort bestand {name!r}. Kies uit: {', '.join(Format)}."
        raise InputError(msg)
    return Format(name) if name else None


_COLUMNS: Mapping[str, Callable[[Certificate], str | None]] = {
    "id": lambda one: one.quote.id,
    "citaat": lambda one: one.quote.text,
    "spreker": lambda one: one.quote.speaker,
    "dialoog": lambda one: one.quote.dialogue,
    "spoor": lambda one: one.quote.track,
    "thema": lambda one: one.quote.theme,
    "onderdeel": lambda one: one.quote.part,
    "verslag": lambda one: one.report.title,
    "bron": lambda one: one.source.title,
    "bestand": lambda one: one.source.name,
    "regels": lambda one: "; ".join(f"{first}-{last}" for first, last in one.lines),
    "tekens": lambda one: "; ".join(f"{span.start}-{span.end}" for span in one.quote.spans),
    "sha256 van het bestand": lambda one: one.source.sha256,
    "versie": lambda one: one.versions[0].label if one.versions else None,
    "andere versies": lambda one: "; ".join(f"{other.quote.id} ({other.label})" for other in one.versions[1:]),
    "verwijzing": lambda one: one.reference,
    "link": lambda one: one.url,
}


def export(certificates: Iterable[Certificate], form: Format) -> str:
    """The quotations as the text of a file, to be written as UTF-8."""
    return {Format.CSV: _csv, Format.JSON_LINES: _json_lines, Format.MARKDOWN: _markdown}[form](certificates)


def _csv(certificates: Iterable[Certificate]) -> str:
    """With semicolons and a byte order mark, as Excel expects where a comma marks decimals."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for certificate in certificates:
        writer.writerow(_cell(value(certificate)) for value in _COLUMNS.values())
    return "\ufeff" + written.getvalue()


def _cell(value: str | None) -> str:
    text = value or ""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json_lines(certificates: Iterable[Certificate]) -> str:
    lines = (json.dumps(quote_json(one.quote, one.report), ensure_ascii=False) for one in certificates)
    return "".join(f"{line}\n" for line in lines)


def _markdown(certificates: Iterable[Certificate]) -> str:
    return "\n".join(f"> {escaped(one.reference)}\n>\n> `{one.quote.id}` · {_place(one)}\n" for one in certificates)


def _place(certificate: Certificate) -> str:
    return f"{certificate.source.name}, {messages.lines(certificate.lines)}"
