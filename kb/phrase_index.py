"""Where runs of words stand in a long row of words: every word and every pair of neighbours with its places, sorted.

For 90,000 words it takes 5 MB and a tenth of a second to make; for 5 million, 250 MB and some seconds.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
# Stands between texts in the row: no run of words goes past it.
GAP = ""
_GAP = 0
# The places of the rarest words and pairs that a search for likely groups reads at the most: those that stand
# everywhere hardly tell groups apart, and reading their places would take most of the time.
_PLACES_MAX = 10_000
# The numbers of two words make one number of 64 bits.
_BITS = 32


class PhraseIndex:
    """A row of words; each belongs to a group (a passage), or to none: a negative number."""

    def __init__(self, words: Sequence[str], groups: Ids) -> None:
        self._numbers: dict[str, int] = {GAP: _GAP}
        self._words = np.fromiter(
            (self._numbers.setdefault(word, len(self._numbers)) for word in words), np.int64, len(words)
        )
        self._groups = groups
        self._group_count = int(groups.max(initial=0)) + 1
        self._singles = _Places(self._words)
        self._pairs = _Places(_paired(self._words))

    def __contains__(self, word: str) -> bool:
        return word in self._numbers

    def holds_pair(self, first: str, second: str) -> bool:
        """Whether these words stand one after the other somewhere."""
        numbers = self._numbered((first, second))
        return bool(numbers.all() and self._pairs.count(int(_paired(numbers)[0])))

    def find(self, words: Sequence[str]) -> list[int]:
        """The places in the row where `words`, at least one, stand one after another, in order."""
        numbers = self._numbered(words)
        if not numbers.all():
            return []
        index, keys = (self._pairs, _paired(numbers)) if len(words) > 1 else (self._singles, numbers)
        rarest = int(np.argmin([index.count(int(key)) for key in keys]))
        starts = np.sort(index.of(int(keys[rarest]))) - rarest
        starts = starts[(starts >= 0) & (starts + len(words) <= len(self._words))]
        for offset, number in enumerate(numbers):
            starts = starts[self._words[starts + offset] == number]
        found: list[int] = starts.tolist()
        return found

    def likely(self, words: Sequence[str], limit: int) -> list[int]:
        """The groups that share most with `words`: by single words and by pairs, of which the rare count most."""
        numbers = self._numbered(words)
        known = (numbers[:-1] > 0) & (numbers[1:] > 0)
        shared = [(self._singles, key) for key in dict.fromkeys(numbers[numbers > 0].tolist())]
        shared += [(self._pairs, key) for key in dict.fromkeys(_paired(numbers)[known].tolist())]
        places = sorted((places for index, key in shared if len(places := index.of(key))), key=len)
        scores: dict[int, float] = {}
        read = 0
        for some in places:
            read += len(some)
            if read > _PLACES_MAX:
                break
            groups = np.unique(self._groups[some])
            weight = float(np.log(1 + self._group_count / len(groups)))
            for group in groups[groups >= 0].tolist():
                scores[group] = scores.get(group, 0.0) + weight
        return sorted(scores, key=lambda group: (-scores[group], group))[:limit]

    def rarity(self, word: str) -> float:
        """The logarithm of all words to the places of this one; an unknown word counts as one with a single place."""
        number = self._numbers.get(word, _GAP)
        return float(np.log(len(self._words) / (self._singles.count(number) if number else 1)))

    def _numbered(self, words: Sequence[str]) -> Ids:
        return np.array([self._numbers.get(word, _GAP) for word in words], dtype=np.int64)


def _paired(numbers: Ids) -> Ids:
    """Each number with the next as one."""
    pairs: Ids = numbers[:-1] << _BITS | numbers[1:]
    return pairs


class _Places:
    """The places of each key, in order."""

    def __init__(self, keys: Ids) -> None:
        self._places: Ids = np.argsort(keys, kind="stable").astype(np.int64)
        self._keys, firsts = np.unique(keys[self._places], return_index=True)
        self._bounds = np.append(firsts, len(keys))

    def count(self, key: int) -> int:
        return len(self.of(key))

    def of(self, key: int) -> Ids:
        row = int(np.searchsorted(self._keys, key))
        if row == len(self._keys) or self._keys[row] != key:
            return self._places[:0]
        return self._places[self._bounds[row] : self._bounds[row + 1]]
