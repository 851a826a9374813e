"""Which texts of a passage are embedded, and how their vectors make those of the passage."""

import numpy as np

from kb.embedders import Vectors
from kb.model import Passage
from kb.sentences import sentences

# Shorter pieces ("En nog.") say too little by themselves.
_SENTENCE_MIN = 25


def prefixed(passage: Passage, report: str) -> str:
    """A passage with its report and titles before it: half of what finds it when its own words say little."""
    return ". ".join((report, *passage.headings, passage.text))


def sentence_texts(passage: Passage) -> list[str]:
    """The sentences of a passage that have a vector of their own; the whole passage when it has none."""
    return [sentence for sentence in sentences(passage.text) if len(sentence) >= _SENTENCE_MIN] or [passage.text]


def whole_vector(plain: Vectors, with_prefix: Vectors) -> Vectors:
    """The mean of the passage's vector and its vector with the titles before it, of length 1."""
    mean: Vectors = (plain + with_prefix).astype(np.float32)
    return mean / np.linalg.norm(mean)
