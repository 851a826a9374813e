"""All words of the sources in one row, each with its place, its passage and its quotation.

A passage that page furniture interrupts stands in the row twice: once among all words of its source, and once by itself
without the furniture, so that its words are found as a reader reads them.
"""

import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kb.likeness import Weights
from kb.model import Passage, Quote
from kb.phrase_index import GAP, PhraseIndex
from kb.text import Flow, fold, stem
from kb.wording import words_of

_NONE = -1
_Numbers = npt.NDArray[np.int64]


class SourceWords:
    """The row of words; its places are those of `phrases`."""

    def __init__(self, texts: Mapping[str, str], passages: Sequence[Passage], quotes: Sequence[Quote]) -> None:
        self.passages = passages
        self.quotes = quotes
        self._sources = list(texts)
        words: list[str] = []
        sources, starts, ends = array("q"), array("q"), array("q")
        for number, (name, text) in enumerate(texts.items()):
            interrupted = [one for one in passages if one.source == name and len(one.spans) > 1]
            for key, start, end in _row(text, interrupted):
                words.append(sys.intern(key))
                sources.append(number)
                starts.append(start)
                ends.append(end)
        self._source, self._start, self._end = (np.array(values, dtype=np.int64) for values in (sources, starts, ends))
        self._passage = self._owned_by(passages)
        self._quote = self._owned_by(quotes)
        self._words = words

    @cached_property
    def phrases(self) -> PhraseIndex:
        """The words in the row; their groups are the numbers of passages."""
        return PhraseIndex(self._words, self._passage)

    def source(self, place: int) -> str:
        """The name of the source in which the word at a place stands."""
        return self._sources[int(self._source[place])]

    def start(self, place: int) -> int:
        """The position in its source of the word at a place."""
        return int(self._start[place])

    def end(self, place: int) -> int:
        """The position in its source after the word at a place."""
        return int(self._end[place])

    def passage(self, first: int, last: int) -> Passage | None:
        """The passage that holds both words and so all between them."""
        return self.passages[number] if (number := _shared(self._passage, first, last)) is not None else None

    def quote(self, first: int, last: int) -> Quote | None:
        """The quotation that holds both words and so all between them."""
        return self.quotes[number] if (number := _shared(self._quote, first, last)) is not None else None

    def quotes_between(self, first: int, last: int) -> list[Quote]:
        """The quotations that hold any of the words from `first` to `last`."""
        numbers = dict.fromkeys(self._quote[first : last + 1].tolist())
        return [self.quotes[number] for number in numbers if number != _NONE]

    def places(self, holder: Passage | Quote) -> range:
        """Where the words of a holder stand one after another, without what interrupts them."""
        return self._runs_of_quotes[holder.id] if isinstance(holder, Quote) else self._runs_of_passages[holder.id]

    def keys(self, places: range) -> list[str]:
        """The words at these places, as they are compared."""
        return self._words[places.start : places.stop]

    def stems(self, places: range) -> npt.NDArray[np.int64]:
        """The numbers of the stems of the words at these places."""
        return self._stem_of_place[places.start : places.stop]

    def stem(self, key: str) -> int | None:
        """The number of the stem of a word; None when no form of it is in the row."""
        return self._stem_numbers.get(stem(fold(key)))

    @cached_property
    def stem_weights(self) -> Weights:
        """The inverse document frequency of each stem, by its number: the log of all passages to those that hold it."""
        inside = self._passage != _NONE
        pairs = np.unique(np.stack([self._passage[inside], self._stem_of_place[inside]]), axis=1)
        holding = np.bincount(pairs[1], minlength=len(self._stem_numbers))
        weights: Weights = np.log((len(self.passages) + 1) / (holding + 1))
        return weights

    @cached_property
    def _stem_numbers(self) -> dict[str, int]:
        return {one: number for number, one in enumerate(dict.fromkeys(stem(fold(key)) for key in self._words))}

    @cached_property
    def _stem_of_place(self) -> npt.NDArray[np.int64]:
        numbers = {key: self._stem_numbers[stem(fold(key))] for key in dict.fromkeys(self._words)}
        return np.fromiter((numbers[key] for key in self._words), np.int64, len(self._words))

    @cached_property
    def _runs_of_passages(self) -> dict[str, range]:
        return _runs(self._passage, self.passages)

    @cached_property
    def _runs_of_quotes(self) -> dict[str, range]:
        return _runs(self._quote, self.quotes)

    def _owned_by(self, items: Sequence[Passage | Quote]) -> _Numbers:
        """For each word the number of the item in whose spans it stands."""
        owners = np.full(len(self._start), _NONE, dtype=np.int64)
        numbers = {name: number for number, name in enumerate(self._sources)}
        # Sorted by source and position; a passage that stands in the row twice has its words side by side.
        order = np.lexsort((self._start, self._source))
        sources, starts = self._source[order], self._start[order]
        bounds = np.searchsorted(sources, np.arange(len(self._sources) + 1))
        for number, item in enumerate(items):
            low, high = bounds[numbers[item.source]], bounds[numbers[item.source] + 1]
            own = starts[low:high]
            for span in item.spans:
                first, last = np.searchsorted(own, (span.start, span.end))
                owners[order[low + first : low + last]] = number
        return owners


def _row(text: str, interrupted: Sequence[Passage]) -> Iterator[tuple[str, int, int]]:
    """The words of a source with their positions, then those of each interrupted passage, with gaps between."""
    for word in words_of(text):
        yield word.key, word.start, word.end
    yield GAP, len(text), len(text)
    for passage in interrupted:
        flow = Flow.of(text, passage.spans)
        for word in words_of(flow.text):
            yield word.key, flow.positions[word.start], flow.positions[word.end - 1] + 1
        yield GAP, len(text), len(text)


def _runs(owners: _Numbers, items: Sequence[Passage | Quote]) -> dict[str, range]:
    """The last unbroken run of the places of each item: an interrupted one stands whole at its second place."""
    order = np.argsort(owners, kind="stable")
    bounds = np.searchsorted(owners[order], np.arange(len(items) + 1))
    runs = {}
    for number, item in enumerate(items):
        own = order[bounds[number] : bounds[number + 1]]
        breaks = np.flatnonzero(np.diff(own) > 1)
        first = int(breaks[-1]) + 1 if len(breaks) else 0
        runs[item.id] = range(int(own[first]), int(own[-1]) + 1) if len(own) else range(0)
    return runs


def _shared(owners: _Numbers, first: int, last: int) -> int | None:
    number = int(owners[first])
    return number if number == int(owners[last]) != _NONE else None
