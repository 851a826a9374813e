"""An introduction to a section by a language model, where one is configured: each sentence checked as in an answer."""

from collections.abc import Iterator, Sequence

from assistant import messages
from assistant.dossier.content import Block, Told, Written
from assistant.dossier.notes import Notes
from assistant.generation.language_model import LanguageModel
from assistant.summary import checked_drafts
from kb.errors import ModelError
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage


def introduction(
    kb: KnowledgeBase, model: LanguageModel | None, notes: Notes, title: str, passages: Sequence[Passage]
) -> Iterator[Block]:
    """The sentences that the passages bear out; when the model fails, that it did. Nothing without a model."""
    if model is None or not passages:
        return
    try:
        for checked in checked_drafts(kb, model, title, passages, language="nl", is_broad=False):
            if checked.fault is None:
                yield Written(checked.text, tuple(notes.number(item.passage) for item in checked.items))
    except ModelError as error:
        yield Told(messages.text("ai failed", reason=str(error)))
