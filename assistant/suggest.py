"""Places in the sources that somebody may mean whose text is not in them: a translation, or what was remembered."""

import numpy as np

from assistant.answer import Citation
from assistant.sources import cite
from assistant.verdict import Verdict
from kb.knowledge_base import KnowledgeBase
from kb.vectors import WHOLE

_COUNT = 3


def suggestions(kb: KnowledgeBase, verdict: Verdict) -> list[Citation]:
    """For a text that was looked for and not found: the passages nearest to it in meaning, whatever its language."""
    if verdict.matches or verdict.shortfall:
        return []
    cosines = kb.index.best(WHOLE, kb.query_vector(verdict.text))
    nearest = [kb.passages[row] for row in np.argsort(-cosines, kind="stable")[:_COUNT]]
    return [cite(kb, number, one, kb.quotes_by_passage.get(one.id)) for number, one in enumerate(nearest, start=1)]
