"""Whether the sources answer a question at all: what was looked for, what was found, and the reason for a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Reason
from assistant.question import Question
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage
from kb.search import Hit
from kb.text import fold, stem, stems


@dataclass(frozen=True)
class Signals:
    """What tells whether a question is answered: the best cosine, words unknown to the sources, figures asked for."""

    best: float
    unknown: tuple[str, ...]
    has_phrase: bool
    has_figure: bool


def signals(kb: KnowledgeBase, question: Question, hits: Sequence[Hit]) -> Signals:
    """What is seen in the hits."""
    return Signals(
        best=max((hit.question for hit in hits), default=0.0),
        unknown=unknown_words(kb, question),
        has_phrase=any(hit.is_phrase for hit in hits),
        has_figure=question.unit is None or any(_has_figure(hit.passage, question) for hit in hits[:30]),
    )


def unknown_words(kb: KnowledgeBase, question: Question) -> tuple[str, ...]:
    """The content words and names of which no form stands anywhere in the sources."""
    return tuple(word for word in question.sought if not kb.catalogue.full_text(word, 1))


def refusal(question: Question, seen: Signals) -> Reason | None:
    """Why there is no answer; None when there is one."""
    if not question.subject:
        return Reason.TOO_VAGUE
    if seen.has_phrase:
        return None
    is_dutch = question.language == "nl"
    if seen.best < 0.35 and (not is_dutch or 2 * len(seen.unknown) >= len(question.subject)):
        return Reason.OFF_TOPIC
    all_unknown = is_dutch and set(question.subject) <= set(seen.unknown)
    unknown_name = any(fold(name) in map(fold, seen.unknown) for name in question.names)
    return Reason.NOT_IN_SOURCES if all_unknown or unknown_name or not seen.has_figure else None


def _has_figure(passage: Passage, question: Question) -> bool:
    """Whether a passage holds a figure in the unit that is asked for, and a word of the subject."""
    holds_unit = question.unit is not None and question.unit.search(passage.text)
    return bool(holds_unit) and bool({stem(word) for word in question.subject} & set(stems(passage.text)))
