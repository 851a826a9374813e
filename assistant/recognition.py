"""Where a text comes from that is not in the sources as it stands: its words were changed, or pieces put together."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assistant.given_text import GivenText
from assistant.stretch import Stretch
from assistant.verdict import Match
from kb.alignment import align
from kb.knowledge_base import KnowledgeBase
from kb.likeness import most_alike
from kb.model import Passage, PassageKind, Quote

# A place is no version of a text when it shares less with it. In words: the share of the text's words that stand there
# in order, the rare ones weighing most, times the similarity. In stems, whatever the order: their likeness. On the gold
# files invented texts reach .15 and .38, altered ones that keep neither order nor forms start at .41 in stems …
_SAME_WORDS_MIN, _ALIKE_MIN = 0.33, 0.4
# … but for a place that has one run of so many words and so much of the weight, or one that is no coincidence.
_RUN_WORDS_MIN, _RUN_WEIGHT_MIN = 6, 0.25
_LONG_RUN_WORDS_MIN = 12
_LIKELY = 12
# Of several places that a text may be glued from, each must add so many words.
_ADDED_WORDS_MIN = 4
# A passage with a quotation is held against the quotation alone, unless the whole passage fits this much better.
_AROUND_QUOTE = 0.9


@dataclass(frozen=True)
class _Sought:
    """A text whose origin is sought, with what its words and their stems weigh in these sources."""

    kb: KnowledgeBase
    given: GivenText

    @cached_property
    def weights(self) -> list[float]:
        return [self.kb.source_words.phrases.rarity(key) for key in self.given.keys]

    @cached_property
    def stems(self) -> list[int | None]:
        return [self.kb.source_words.stem(key) for key in self.given.keys]

    @cached_property
    def known_stems(self) -> npt.NDArray[np.int64]:
        return np.array([stem for stem in dict.fromkeys(self.stems) if stem is not None], dtype=np.int64)

    @cached_property
    def stem_weight(self) -> float:
        """Of all its stems together; one that the sources do not have weighs as much as their rarest."""
        weights = self.kb.source_words.stem_weights
        unknown = {key for key, stem in zip(self.given.keys, self.stems, strict=True) if stem is None}
        return float(weights[self.known_stems].sum() + weights.max() * len(unknown))


@dataclass(frozen=True)
class _Version:
    """A place that the words may come from, and the numbers of the given words that stand there."""

    stretch: Stretch
    covered: frozenset[int]
    similarity: float
    score: float


def recognised(kb: KnowledgeBase, given: GivenText) -> tuple[Match, ...]:
    """The places that a text seems to come from, the likeliest first; empty when it resembles none."""
    matches: list[Match] = []
    covered: frozenset[int] = frozenset()
    for version in _versions(_Sought(kb, given)):
        if len(version.covered - covered) >= _ADDED_WORDS_MIN or not matches:
            covered |= version.covered
            match = version.stretch.sentences.matched(_part(given, version))
            matches.append(replace(match, similarity=round(version.similarity, 4)))
    return (*matches, *_moved(kb, given, covered)) if matches else ()


def _moved(kb: KnowledgeBase, given: GivenText, covered: frozenset[int]) -> Iterator[Match]:
    """The places of long runs of words that the versions found leave out, as when pieces stand in another order."""
    runs = itertools.groupby(range(len(given.words)), key=covered.__contains__)
    for run in (list(numbers) for is_covered, numbers in runs if not is_covered):
        places = kb.source_words.phrases.find([given.keys[number] for number in run])
        if len(run) >= _RUN_WORDS_MIN and places:
            part = given.text[given.words[run[0]].start : given.words[run[-1]].end]
            yield Stretch(kb, places[-1], places[-1] + len(run) - 1).sentences.matched(part)


def _versions(sought: _Sought) -> list[_Version]:
    """The places with most of the words in order; only where there are none, those that say much the same."""
    kb = sought.kb
    passages = [kb.passages[number] for number in kb.source_words.phrases.likely(sought.given.keys, _LIKELY)]
    for compare in (_in_words, _in_stems):
        versions = [version for passage in passages if (version := _best(sought, passage, compare))]
        if versions:
            return sorted(versions, key=lambda version: (-version.score, version.stretch.is_variant))
    return []


def _best(
    sought: _Sought, passage: Passage, compare: Callable[[_Sought, Quote | Passage], _Version | None]
) -> _Version | None:
    """The quotation in a passage that a text may come from, or else the passage, if it holds more than quotations."""
    holders: list[Quote | Passage] = [*sought.kb.quotes_in(passage.id)]
    if passage.kind is not PassageKind.QUOTE:
        holders.append(passage)
    found = [version for holder in holders if (version := compare(sought, holder))]
    best = max((version.score for version in found), default=0.0)
    return next((version for version in found if version.score >= _AROUND_QUOTE * best), None)


def _in_words(sought: _Sought, holder: Quote | Passage) -> _Version | None:
    """The stretch of a holder that has most of the words of a text in the same order, or a long run of them."""
    words = sought.kb.source_words
    places = words.places(holder)
    alignment = align(words.keys(places), sought.given.keys)
    if alignment is None:
        return None
    total = sum(sought.weights)
    blocks = [(block.size, sum(sought.weights[block.given : block.given_end])) for block in alignment.blocks]
    score = sum(weight for _, weight in blocks) / total * alignment.similarity
    kept = any(
        size >= _LONG_RUN_WORDS_MIN or (size >= _RUN_WORDS_MIN and weight >= _RUN_WEIGHT_MIN * total)
        for size, weight in blocks
    )
    if score < _SAME_WORDS_MIN and not kept:
        return None
    covered = frozenset(number for block in alignment.blocks for number in range(block.given, block.given_end))
    stretch = Stretch(sought.kb, places[alignment.start], places[alignment.end - 1])
    return _Version(stretch, covered, alignment.similarity, score)


def _in_stems(sought: _Sought, holder: Quote | Passage) -> _Version | None:
    """The stretch of a holder that says much the same as a text, in other forms and another order of the words."""
    words = sought.kb.source_words
    places = words.places(holder)
    there = words.stems(places)
    count = len(sought.given.keys)
    window = most_alike(there, words.stem_weights[there], sought.known_stems, count, sought.stem_weight)
    if window.likeness < _ALIKE_MIN:
        return None
    inside = set(there[window.start : window.end].tolist())
    covered = frozenset(number for number, stem in enumerate(sought.stems) if stem in inside)
    stretch = Stretch(sought.kb, places[window.start], places[window.end - 1])
    return _Version(stretch, covered, window.likeness, window.likeness)


def _part(given: GivenText, version: _Version) -> str:
    """All of the text when most of it comes from one place, else the part that does."""
    if 2 * len(version.covered) >= len(given.words):
        return given.text
    return given.text[given.words[min(version.covered)].start : given.words[max(version.covered)].end]
