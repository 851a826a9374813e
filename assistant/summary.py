"""The part of an answer that a language model writes: each sentence is checked before anybody sees it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant import messages
from assistant.answer import Citation, Statement, StatementKind
from assistant.asked import Asked
from assistant.checks.statement import Checked, check
from assistant.compose import cited
from assistant.generation.evidence import evidence
from assistant.generation.language_model import LanguageModel
from assistant.generation.write import write
from kb.errors import ModelError
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage
from kb.wording import words_of

# A model that goes on after so many sentences is no longer answering.
_DRAFTS_MAX = 20


@dataclass(frozen=True)
class Summary:
    """What a language model wrote so far: every draft as checked, the statements that are kept and their citations.

    `error` tells why it stopped early.
    """

    model: str
    drafts: tuple[Checked, ...] = ()
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    error: str | None = None

    @property
    def dropped(self) -> int:
        """How many drafts are not shown."""
        return sum(draft.fault is not None for draft in self.drafts)

    @property
    def is_enough(self) -> bool:
        """Whether it can stand for an answer: it came to an end, and most of it is borne out."""
        kept = len(self.drafts) - self.dropped
        return self.error is None and kept > 0 and kept >= self.dropped

    def notes(self, language: str) -> list[Statement]:
        """What is to be said of it: how much was dropped, and why the sources follow by themselves."""
        keys = []
        if self.dropped:
            keys.append(messages.text("ai dropped", language, dropped=self.dropped, drafts=len(self.drafts)))
        if self.error:
            keys.append(messages.text("ai failed", language, reason=self.error))
        elif not self.drafts:
            keys.append(messages.text("ai nothing", language))
        elif not self.is_enough:
            keys.append(messages.text("ai little", language))
        return [Statement(text, StatementKind.NOTE) for text in keys]


def summarise(kb: KnowledgeBase, model: LanguageModel, asked: Asked, passages: Sequence[Passage]) -> Iterator[Summary]:
    """The summary as it grows with each draft that was checked; the last one is final."""
    question = asked.question
    summary = Summary(model.name)
    drafts = checked_drafts(
        kb, model, question.standalone, passages, language=question.language, is_broad=asked.kind.is_broad
    )
    try:
        for draft in drafts:
            summary = _with(kb, summary, draft)
            yield summary
    except ModelError as error:
        summary = replace(summary, error=str(error))
    yield summary


def checked_drafts(
    kb: KnowledgeBase,
    model: LanguageModel,
    question: str,
    passages: Sequence[Passage],
    *,
    language: str,
    is_broad: bool,
) -> Iterator[Checked]:
    """What a language model writes from these passages, each sentence once and checked, be it borne out or not.

    Raises:
        ModelError: when the model or its server fails or the time is up; what came before that holds.
    """
    items = evidence(kb, passages, kb.settings.llm_context)
    drafts = write(model, kb.settings, question, items, language=language, is_broad=is_broad)
    said: set[tuple[str, ...]] = set()
    for draft in islice(drafts, _DRAFTS_MAX):
        words = tuple(word.key for word in words_of(draft.text))
        if words not in said:
            said.add(words)
            yield check(kb, draft, items, language)


def _with(kb: KnowledgeBase, summary: Summary, checked: Checked) -> Summary:
    """The summary with a draft, and with its statement when it is borne out."""
    summary = replace(summary, drafts=(*summary.drafts, checked))
    if checked.fault is not None:
        return summary
    citations = [*summary.citations]
    numbers = tuple(cited(kb, item.passage, citations).number for item in checked.items)
    first = checked.items[0].passage
    statement = Statement(checked.text, _kind(checked), first.track, first.theme, first.part, numbers)
    return replace(summary, statements=(*summary.statements, statement), citations=tuple(citations))


def _kind(checked: Checked) -> StatementKind:
    """Whose words they are: a draft of nothing but words of the source is no summary."""
    if not checked.is_verbatim:
        return StatementKind.SUMMARY
    is_quote = any(checked.text in quote.text for quote in checked.items[0].quotes)
    return StatementKind.QUOTE if is_quote else StatementKind.VERBATIM
