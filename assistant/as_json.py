"""Answers and quotations as the JSON of the contract: enums as words, spans as pairs."""

import dataclasses
from typing import Any

from assistant.answer import Answer
from assistant.sources import source_url
from kb.knowledge_base import KnowledgeBase
from kb.model import Quote
from kb.text import Span


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer as the contract's `Answer`; what it shows first is known by the markers in its `text`."""
    made: dict[str, Any] = _plain(answer)
    del made["shown"]
    return made


def quote_json(kb: KnowledgeBase, quote: Quote) -> dict[str, Any]:
    """A quotation as the contract's `Quote`."""
    return {
        "id": quote.id,
        "text": quote.text,
        "speaker": quote.speaker,
        "dialogue": quote.dialogue,
        "source": quote.source,
        "report": kb.reports[quote.report_id].title,
        "track": str(quote.track),
        "theme": quote.theme,
        "part": str(quote.part),
        "spans": _plain(quote.spans),
        "lineage": [{"id": other.id, "similarity": other.similarity} for other in quote.lineage],
        "url": source_url(quote.source, quote.spans),
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of an answer
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value
