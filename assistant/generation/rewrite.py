"""A question with those before it → the question by itself and other words for it, as a language model understands it.

Used for search alone. On the gold questions, rewritten by hand in place of a model, this finds more (evals/REPORT.md).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from assistant.generation.language_model import LanguageModel
from assistant.generation.prompts import prompt
from assistant.question import QUESTION_MAX, subject_words
from kb.text import collapse, stem

SCHEMA: Mapping[str, Any] = {
    "title": "zoekvraag",
    "description": "De vraag op zichzelf, en andere woorden ervoor.",
    "type": "object",
    "properties": {
        "standalone": {"type": "string"},
        "synonyms": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["standalone", "synonyms"],
    "additionalProperties": False,
}
# A question by itself takes its words from the conversation; it is shown, so a model may add only a few of its own.
_OWN_WORDS_MAX = 2
_SYNONYMS_MAX, _SYNONYM_CHARACTERS_MAX = 8, 60


@dataclass(frozen=True)
class Rewritten:
    """A question by itself; None where the model gave none that keeps to the conversation. `synonyms` may be empty."""

    standalone: str | None
    synonyms: tuple[str, ...]


def rewrite(model: LanguageModel, question: str, history: Sequence[str], *, seconds: float) -> Rewritten:
    """How a model understands a question.

    Raises:
        ModelError: when the model or its server fails or takes longer than `seconds`.
    """
    earlier = "\n".join(f"<eerder>{escape(turn, quote=False)}</eerder>" for turn in history)
    asked = f"{earlier}\n<vraag>{escape(question, quote=False)}</vraag>"
    messages = [("system", prompt("rewrite")), ("user", asked)]
    written = "".join(model.pieces(messages, seconds=seconds, schema=SCHEMA))
    return _read(_object(written), question, history)


def _object(written: str) -> Any:  # noqa: ANN401 - whatever a model sent
    """The first object of JSON in a text; None when there is none."""
    try:
        return json.JSONDecoder().raw_decode(written, written.index("{"))[0]
    except ValueError:
        return None


def _read(value: Any, question: str, history: Sequence[str]) -> Rewritten:  # noqa: ANN401 - whatever a model sent
    if not isinstance(value, dict):
        return Rewritten(None, ())
    standalone, synonyms = value.get("standalone"), value.get("synonyms")
    listed = synonyms if isinstance(synonyms, list) else []
    words = [collapse(word) for word in listed if isinstance(word, str) and word.strip()]
    kept = tuple(word for word in words if len(word) <= _SYNONYM_CHARACTERS_MAX)[:_SYNONYMS_MAX]
    by_itself = collapse(standalone) if isinstance(standalone, str) else ""
    return Rewritten(by_itself if _keeps_to(by_itself, [question, *history]) else None, kept)


def _keeps_to(standalone: str, said: Sequence[str]) -> bool:
    """Whether a question has hardly any content word that the conversation has not."""
    known = {stem(word) for turn in said for word in subject_words(turn)}
    own = [word for word in subject_words(standalone) if stem(word) not in known]
    return bool(standalone) and len(standalone) <= QUESTION_MAX and len(own) <= _OWN_WORDS_MAX
