"""The vectors of an index in memory: exact cosines with all of them.

A section's score needs those of all its passages, which a search for the nearest few does not give. 40,000 vectors take
60 MB and 4 ms.
"""

import json
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from kb.embedders import Vectors
from kb.model import Passage
from kb.vectors import SECTIONS, SENTENCES, Stored

Scores = npt.NDArray[np.float32]


class _Owned:
    """Vectors in the order of the passages that own them."""

    def __init__(self, stored: Stored, owners: Sequence[int], rows: Sequence[int]) -> None:
        numbers = [stored.numbers[row] for row in rows]
        order = np.lexsort((numbers, owners))
        self._rows = np.asarray(rows, dtype=np.intp)[order]
        self._matrix = stored.matrix
        sorted_owners = np.asarray(owners, dtype=np.intp)[order]
        self._owners, self._starts = np.unique(sorted_owners, return_index=True)

    def best(self, vector: Vectors, count: int) -> Scores:
        """The best cosine of each of `count` owners; not a number for those without a vector."""
        scores = np.full(count, np.nan, dtype=np.float32)
        if len(self._rows):
            scores[self._owners] = np.maximum.reduceat(_cosines(self._matrix, vector)[self._rows], self._starts)
        return scores

    def of(self, owner: int, vector: Vectors) -> Scores:
        """The cosines of one owner's vectors, in the order of their numbers."""
        place = int(np.searchsorted(self._owners, owner))
        end = self._starts[place + 1] if place + 1 < len(self._starts) else len(self._rows)
        return _cosines(self._matrix[self._rows[self._starts[place] : end]], vector)


def _cosines(matrix: Vectors, vector: Vectors) -> Scores:
    """Their products; not by BLAS, whose threads go on spinning for a while and slow the embedder down by a third."""
    cosines: Scores = np.einsum("nd,d->n", matrix, vector)
    return cosines


class VectorIndex:
    """Cosines of a question's vector with those of `passages`; results are in their order."""

    def __init__(self, stored: Callable[[str], Stored], passages: Sequence[Passage]) -> None:
        """`stored` reads the vectors of a kind, which happens when they are first used."""
        self._stored = stored
        self._passages = passages
        self._row_of = {passage.id: row for row, passage in enumerate(passages)}
        self._kinds: dict[str, _Owned] = {}

    def _owned(self, kind: str) -> _Owned:
        if kind not in self._kinds:
            stored = self._stored(kind)
            rows = range(len(stored.keys))
            self._kinds[kind] = (
                _of_sections(stored, self._passages)
                if kind == SECTIONS
                else _Owned(stored, [self._row_of[key] for key in stored.keys], rows)
            )
        return self._kinds[kind]

    def best(self, kind: str, vector: Vectors) -> Scores:
        """The best cosine of each passage's vectors of a kind, shape `(passages,)`; not a number where it has none.

        Of the kind SECTIONS: the best of the questions written for a section in which the passage stands.
        """
        return self._owned(kind).best(vector, len(self._passages))

    def sentences(self, passage: Passage, vector: Vectors) -> Scores:
        """The cosine of each sentence of a passage that has a vector of its own."""
        return self._owned(SENTENCES).of(self._row_of[passage.id], vector)


def _of_sections(stored: Stored, passages: Sequence[Passage]) -> _Owned:
    """The questions of a section belong to each passage that starts in it."""
    starts = [(passage.source, passage.spans[0].start) for passage in passages]
    members: dict[str, list[int]] = {}
    owners, rows = [], []
    for row, (key, metadata) in enumerate(zip(stored.keys, stored.metadata, strict=True)):
        if key not in members:
            spans = json.loads(metadata["spans"])
            members[key] = [
                passage
                for passage, (source, start) in enumerate(starts)
                if source == metadata["source"] and any(low <= start < high for low, high in spans)
            ]
        owners += members[key]
        rows += [row] * len(members[key])
    return _Owned(stored, owners, rows)
