"""A linear adapter after an embedding model: it turns questions and passages of public dialogues towards each other.

It is learned from the questions that readers wrote for passages. Users ask in other words than reports are written in;
a small general model knows too little of that.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.embedders import Vectors
from kb.manifest import CORPUS

# The chance from which a question is taken for a broad one.
_BROAD = 0.3


@dataclass(frozen=True, eq=False)
class Adapter:
    """Two matrices of shape `(dimension, dimension)`: vectors of questions and of passages are multiplied by theirs.

    `breadth` (dimension + 1 numbers, the last a constant) tells broad questions from narrow ones. What is None leaves
    vectors as they are.
    """

    query: Vectors | None = None
    document: Vectors | None = None
    breadth: Vectors | None = None

    def of_queries(self, vectors: Vectors) -> Vectors:
        """The vectors of questions after adaptation, of length 1; shape as given."""
        return vectors if self.query is None else normalised(vectors @ self.query)

    def of_documents(self, vectors: Vectors) -> Vectors:
        """The vectors of passages after adaptation, of length 1; shape as given."""
        return vectors if self.document is None else normalised(vectors @ self.document)

    def is_broad(self, vector: Vectors) -> bool | None:
        """Whether a question asks for more than one passage tells, by its vector before adaptation; None when unknown.

        A broad question that is taken for a narrow one loses most of its answer, so the bar is low.
        """
        if self.breadth is None:
            return None
        return bool(vector @ self.breadth[:-1] + self.breadth[-1] > np.log(_BROAD / (1 - _BROAD)))


def normalised(vectors: Vectors) -> Vectors:
    """The vectors made of length 1."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / lengths).astype(np.float32)
    return scaled


def shipped_file(embedder: str) -> Path:
    """Where the adapter of this embedder is shipped, if it is."""
    return CORPUS / f"adapter-{embedder.replace(':', '-').replace('/', '-')}.npz"


def load(embedder: str) -> Adapter:
    """The adapter that is shipped for this embedder, else one that changes nothing."""
    path = shipped_file(embedder)
    if not path.exists():
        return Adapter()
    with np.load(path) as stored:
        return Adapter(**{name: stored[name].astype(np.float32) for name in stored.files})
