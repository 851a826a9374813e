"""The sentences of a passage that a statement rests on: those that say most of the same."""

from assistant.question import subject_words
from kb.embedders import Vectors
from kb.embedding_texts import sentence_texts
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage
from kb.sentences import sentences
from kb.text import stem, stems

# Of sentences that say about as much of the same all are grounds: in shares of words, and in cosines.
_WORDS_NEAR, _COSINE_NEAR = 0.6, 0.03
_GROUNDS_MAX = 2


def grounds(kb: KnowledgeBase, text: str, vector: Vectors, passage: Passage, language: str) -> list[str]:
    """The best sentences for a statement, one or two: by the words of a Dutch one, by the vector of an English one."""
    if language == "nl":
        pieces = sentences(passage.text.strip("‘’“”\"' ")) or [passage.text]
        own = {stem(word) for word in subject_words(text)}
        scores = [sum(kb.vocabulary.rarity(word) for word in own & set(stems(piece))) for piece in pieces]
        near = _WORDS_NEAR * max(scores)
    else:
        pieces = sentence_texts(passage)
        scores = kb.index.sentences(passage, vector).tolist()
        near = max(scores) - _COSINE_NEAR
    ranked = sorted(zip(scores, pieces, strict=True), key=lambda pair: -pair[0])
    return [piece for score, piece in ranked[:_GROUNDS_MAX] if score >= near]
