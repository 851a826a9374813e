"""A question and its evidence → drafts, as a language model writes them."""

import time
from collections.abc import Generator, Iterator, Sequence
from html import escape

from assistant.generation.drafts import SCHEMA, Draft, from_json, from_lines
from assistant.generation.evidence import Evidence, as_data
from assistant.generation.language_model import LanguageModel, Message
from assistant.generation.prompts import prompt
from kb.errors import ModelError
from kb.settings import Settings

# With these a server says that it cannot give structured output, or not in this form.
_REFUSES_FORM = frozenset({400, 404, 415, 422, 500, 501})
_LANGUAGES = {"nl": "Nederlands", "en": "Engels"}
# Sentences asked for: a question with one answer needs fewer than one about a theme.
_SENTENCES_NARROW, _SENTENCES_BROAD = 4, 10


def write(
    model: LanguageModel, settings: Settings, question: str, items: Sequence[Evidence], *, language: str, is_broad: bool
) -> Iterator[Draft]:
    """The drafts of an answer, each as soon as it is whole: as structured output, or as lines from a model that cannot.

    Raises:
        ModelError: when the model or its server fails or the time is up; the drafts before that are whole.
    """
    deadline = time.monotonic() + settings.llm_seconds
    sentences = _SENTENCES_BROAD if is_broad else _SENTENCES_NARROW
    rules = prompt("rules").format(sentences=sentences, language=_LANGUAGES[language])
    asked = f"<vraag>{escape(question, quote=False)}</vraag>\n{as_data(items)}"
    if settings.llm_form == "json" or (settings.llm_form == "auto" and not model.writes_lines_only):
        understood = yield from _structured(model, _messages(rules, "json", asked), deadline)
        if understood or settings.llm_form == "json":
            return
        model.writes_lines_only = True
    pieces = model.pieces(_messages(rules, "text", asked), seconds=deadline - time.monotonic())
    yield from from_lines(pieces)


def _structured(model: LanguageModel, messages: Sequence[Message], deadline: float) -> Generator[Draft, None, bool]:
    """The drafts of structured output; returns whether the model gave any, be it an empty list."""
    pieces = model.pieces(messages, seconds=deadline - time.monotonic(), schema=SCHEMA)
    given = False
    try:
        drafts = from_json(pieces)
        while True:
            draft = next(drafts)
            given = True
            yield draft
    except StopIteration as ended:
        return bool(ended.value)
    except ModelError as error:
        if given or error.status not in _REFUSES_FORM:
            raise
        return False


def _messages(rules: str, form: str, asked: str) -> list[Message]:
    return [("system", f"{rules}\n{prompt(form)}"), ("user", asked)]
