"""A linear adapter after an embedding model: it turns questions and passages of public dialogues towards each other.

It is learned from the questions that readers wrote for passages. Users ask in other words than reports are written in;
a small general model knows too little of that.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.embedders import Vectors, file_name
from kb.manifest import CORPUS


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
        return vectors if self.query is None else _turned(vectors, self.query)

    def of_documents(self, vectors: Vectors) -> Vectors:
        """The vectors of passages after adaptation, of length 1; shape as given."""
        return vectors if self.document is None else _turned(vectors, self.document)

    def chance_broad(self, vector: Vectors) -> float | None:
        """The chance that a question asks for more than one passage tells, by its vector before adaptation.

        None when nothing was learned.
        """
        if self.breadth is None:
            return None
        return float(1 / (1 + np.exp(-(vector @ self.breadth[:-1] + self.breadth[-1]))))


def _turned(vectors: Vectors, matrix: Vectors) -> Vectors:
    """The vectors times a matrix, made of length 1; not by BLAS, for the reason that `kb.vector_index` has."""
    turned: Vectors = np.einsum("...d,de->...e", vectors, matrix)
    lengths = np.linalg.norm(turned, axis=-1, keepdims=True)
    scaled: Vectors = (turned / lengths).astype(np.float32)
    return scaled


def shipped_file(embedder: str) -> Path:
    """Where the adapter of this embedder is shipped, if it is."""
    return CORPUS / file_name("adapter", embedder, "npz")


def load(embedder: str) -> Adapter:
    """The adapter that is shipped for this embedder, else one that changes nothing."""
    path = shipped_file(embedder)
    if not path.exists():
        return Adapter()
    with np.load(path) as stored:
        return Adapter(**{name: stored[name].astype(np.float32) for name in stored.files})
