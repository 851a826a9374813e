"""Answers and quotations as the JSON of the contract: enums as words, spans as pairs."""

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer, Citation, Statement
from assistant.certificate import Certificate
from assistant.question import Question
from assistant.sources import source_url
from assistant.verdict import Match, Verdict
from kb.model import Quote, Report
from kb.text import Span
from kb.versions import Family, Version
from kb.word_diff import Change

# Characters that some programs take for the end of a line.
_LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\u0085\u2028\u2029"}


def text(value: Any) -> str:  # noqa: ANN401 - anything that JSON can hold
    """`value` as JSON on one line."""
    return json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS)


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer as the contract's `Answer`; what it shows first is known by the markers in its `text`."""
    made: dict[str, Any] = _plain(dataclasses.replace(answer, citations=(), statements=()))
    del made["shown"]
    return {
        **made,
        "statements": _plain(answer.statements),
        "citations": [citation_json(citation) for citation in answer.citations],
    }


def question_json(question: Question) -> dict[str, Any]:
    """A question as understood: what of the contract's `Answer` is known before there is one."""
    return {
        "question": question.text,
        "standalone_question": question.standalone,
        "language": question.language,
    }


def statement_json(statement: Statement) -> dict[str, Any]:
    """A statement of an answer."""
    made: dict[str, Any] = _plain(statement)
    return made


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation as the contract's `Citation`."""
    made: dict[str, Any] = _plain(dataclasses.replace(citation, versions=()))
    del made["versions"]
    return made


def quote_json(quote: Quote, report: Report) -> dict[str, Any]:
    """A quotation as the contract's `Quote`."""
    return {
        "id": quote.id,
        "text": quote.text,
        "speaker": quote.speaker,
        "dialogue": quote.dialogue,
        "source": quote.source,
        "report": report.title,
        "track": str(quote.track),
        "theme": quote.theme,
        "part": str(quote.part),
        "spans": _plain(quote.spans),
        "lineage": [{"id": other.id, "similarity": other.similarity} for other in quote.lineage],
        "url": source_url(quote.source, quote.spans),
    }


def verdict_json(verdict: Verdict, suggestions: Sequence[Citation] = ()) -> dict[str, Any]:
    """A verdict as the contract's `Verdict`; `reason` tells why a text cannot be checked.

    `suggestions` are the places that may be meant when nothing was found.
    """
    return {
        "text": verdict.text,
        "verdict": str(verdict.kind),
        "speaker_matches": verdict.speaker_matches,
        "matches": [_match(match) for match in verdict.matches],
        "reason": _plain(verdict.shortfall),
        "suggestions": [citation_json(citation) for citation in suggestions],
    }


def _match(match: Match) -> dict[str, Any]:
    passage_id = match.passage.id if match.passage else None
    return {
        **({"quote_id": match.quote.id} if match.quote else {"passage_id": passage_id}),
        "source": match.source,
        "report": match.report,
        "speaker": match.speaker,
        "dialogue": match.dialogue,
        "spans": _plain(match.spans),
        "text": match.text,
        "similarity": match.similarity,
        "diff": _diff(match.diff),
        "url": match.url,
    }


def certificate_json(certificate: Certificate) -> dict[str, Any]:
    """A certificate: the contract's `Quote` with what proves it."""
    source = certificate.source
    return {
        **quote_json(certificate.quote, certificate.report),
        "source_title": source.title,
        "publisher": source.publisher,
        "published": source.date,
        "sha256": source.sha256,
        "lines": _plain(certificate.lines),
        "reference": certificate.reference,
        "version": str(certificate.versions[0].label) if certificate.versions else None,
        "versions": [_version(version) for version in certificate.versions[1:]],
    }


def family_json(family: Family) -> dict[str, Any]:
    """A family of versions."""
    return {"original": family.original.id, "versions": [_version(version) for version in family.versions]}


def _version(version: Version) -> dict[str, Any]:
    quote = version.quote
    return {
        "id": quote.id,
        "label": str(version.label),
        "other_speaker": version.has_other_speaker,
        "source": quote.source,
        "report": version.report,
        "speaker": quote.speaker,
        "dialogue": quote.dialogue,
        "text": quote.text,
        "diff": _diff(version.diff),
    }


def _diff(changes: Sequence[Change]) -> list[list[str]]:
    return [[change.op, change.words] for change in changes]


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of an answer
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value
