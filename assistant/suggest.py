"""Quotations that somebody may mean whose text is not in the sources: a translation, or a memory of what was said."""

import numpy as np

from assistant.verdict import Verdict
from kb.knowledge_base import KnowledgeBase
from kb.model import Quote
from kb.vectors import WHOLE

_COUNT = 3


def suggestions(kb: KnowledgeBase, verdict: Verdict) -> list[Quote]:
    """For a text that was looked for and not found: the quotations nearest to it in meaning, whatever its language."""
    if verdict.matches or verdict.shortfall:
        return []
    cosines = kb.index.best(WHOLE, kb.adapter.of_queries(kb.embedder.embed_query(verdict.text)))
    order = np.argsort(-cosines, kind="stable")
    return [quote for row in order for quote in kb.quotes_in(kb.passages[row].id)][:_COUNT]
