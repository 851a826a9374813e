"""Which words the sources hold, how many passages hold them, and the words around a passage."""

import math
from collections.abc import Mapping, Sequence

from kb.catalogue import Catalogue
from kb.model import Passage
from kb.text import stem, words


class Vocabulary:
    """The words of an index; what was looked up is kept."""

    def __init__(self, catalogue: Catalogue, passages: Sequence[Passage], written: Mapping[str, Sequence[str]]) -> None:
        """`written` has the questions that readers wrote for passages, by the passage's id."""
        self._catalogue = catalogue
        self._count = len(passages)
        self._written = written
        self._holding: dict[str, int] = {}
        self._around: dict[str, frozenset[str]] = {}

    def holding(self, word: str) -> int:
        """How many passages hold a form of a word."""
        if word not in self._holding:
            self._holding[word] = len(self._catalogue.full_text(word, self._count))
        return self._holding[word]

    def rarity(self, word: str) -> float:
        """The inverse document frequency of a word: 0 for one that stands everywhere."""
        return math.log((self._count + 1) / (1 + self.holding(word)))

    def around(self, passage: Passage) -> frozenset[str]:
        """The stems of a passage, of its headings and of the questions that readers wrote for it."""
        if passage.id not in self._around:
            text = " ".join((*passage.headings, passage.text, *self._written.get(passage.id, ())))
            self._around[passage.id] = frozenset(map(stem, set(words(text))))
        return self._around[passage.id]
