"""A question → what is searched for: how it is understood, by rules or with a language model, and its vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant import cues
from assistant.cues import Group
from assistant.generation.language_model import LanguageModel
from assistant.generation.rewrite import Rewritten, rewrite
from assistant.question import Question, QuestionKind, sides, themes_named, understand
from kb.embedders import Vectors
from kb.errors import ModelError
from kb.knowledge_base import KnowledgeBase
from kb.search import Preference

# The chances of being broad at which a question counts as wholly narrow and as wholly broad. The bar is low: a broad
# question that is taken for a narrow one loses most of its answer, the other way round the answer is longer.
_NARROW, _BROAD = 0.1, 0.4
# Of the time that a language model has for an answer it may spend so much on understanding the question.
_REWRITE_SHARE = 0.3


@dataclass(frozen=True, eq=False)
class Asked:
    """A question as it is searched: once for each of `groups` that are compared, else once for None.

    `breadth` runs from 0, a question with one answer, to 1, one about a theme. `synonyms` are what a language model
    added to the search; `model_error` tells that it could not.
    """

    question: Question
    kind: QuestionKind
    breadth: float
    preference: Preference
    groups: tuple[Group | None, ...]
    texts: tuple[str, ...]
    vectors: Vectors
    synonyms: tuple[str, ...] = ()
    model_error: str | None = None

    @property
    def is_about_themes(self) -> bool:
        """Whether the reports' own lists may answer it."""
        return self.kind.is_broad and len(self.groups) == 1


def read(kb: KnowledgeBase, text: str, history: Sequence[str], model: LanguageModel | None) -> Asked:
    """What a question asks, and with which texts and vectors to search.

    Raises:
        InputError: when there is no question, or it is too long.
    """
    question = understand(text, history)
    rewritten, error = _rewritten(kb, question, history, model)
    if rewritten.standalone:
        question = understand(text, history, standalone=rewritten.standalone)
    compared = sides(question.groups) if question.kind is QuestionKind.COMPARISON else ()
    groups: tuple[Group | None, ...] = compared or (None,)
    texts = tuple(_asked_of(question, group) for group in groups)
    embeddings = kb.embedder.embed_queries(texts)
    breadth = _breadth(kb, question, embeddings[0])
    kind = question.kind or (QuestionKind.THEME if 2 * breadth >= 1 else QuestionKind.FACT)
    preference = Preference(
        tracks=question.tracks,
        themes=themes_named(question, kb.themes),
        parts=question.parts,
        quotes=kind is QuestionKind.QUOTATION,
        table=kind is QuestionKind.FACT and bool(cues.TABLE.search(question.standalone)),
    )
    vectors = kb.adapter.of_queries(embeddings)
    if rewritten.synonyms:
        vectors = _with_synonyms(kb, vectors, texts, rewritten.synonyms)
    return Asked(question, kind, breadth, preference, groups, texts, vectors, rewritten.synonyms, error)


def _rewritten(
    kb: KnowledgeBase, question: Question, history: Sequence[str], model: LanguageModel | None
) -> tuple[Rewritten, str | None]:
    """The question as a language model rewrites it, where that is wanted, and why it did not."""
    if model is None or not kb.settings.llm_rewrite or not question.subject:
        return Rewritten(None, ()), None
    try:
        seconds = _REWRITE_SHARE * kb.settings.llm_seconds
        rewritten = rewrite(model, question.text, history, seconds=seconds)
    except ModelError as error:
        return Rewritten(None, ()), str(error)
    return (rewritten if history else Rewritten(None, rewritten.synonyms)), None


def _with_synonyms(kb: KnowledgeBase, vectors: Vectors, texts: Sequence[str], synonyms: Sequence[str]) -> Vectors:
    """The mean of the vectors of each text by itself and with the synonyms behind it, of length 1."""
    longer = [f"{text} ({', '.join(synonyms)})" for text in texts]
    mean: Vectors = vectors + kb.adapter.of_queries(kb.embedder.embed_queries(longer))
    normal: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return normal


def _asked_of(question: Question, group: Group | None) -> str:
    """What is asked of one of the groups that are compared. A track is searched by itself, so it need not be named."""
    if group is None:
        return question.standalone
    if group.track:
        return question.bare
    return f"{question.bare} {group.en if question.language == 'en' else group.nl}"


def _breadth(kb: KnowledgeBase, question: Question, embedding: Vectors) -> float:
    """From 0, for a question with one answer, to 1, for one about a theme; by its words, else by its vector."""
    if question.kind is not None:
        return float(question.kind.is_broad)
    chance = kb.adapter.chance_broad(embedding)
    if chance is None:
        return float(not cues.NARROW.search(question.text))
    return min(max((chance - _NARROW) / (_BROAD - _NARROW), 0.0), 1.0)
