"""A text that somebody wants to quote, as it is compared with the sources."""

import itertools
from dataclasses import dataclass
from functools import cached_property

from kb.phrase_index import PhraseIndex
from kb.wording import BRACKETED_CUT, BROKEN, CUT, Word, words_of


@dataclass(frozen=True)
class GivenText:
    """Its words, and before which of them (by number, from 0) it marks that words were left out.

    Three dots are such a mark or mere punctuation; `claimed_cuts` are those in brackets, which are nothing else.
    """

    text: str
    words: tuple[Word, ...]
    cuts: frozenset[int]
    claimed_cuts: frozenset[int]

    @cached_property
    def keys(self) -> list[str]:
        """The words as they are compared."""
        return [word.key for word in self.words]

    @cached_property
    def pieces(self) -> list[list[str]]:
        """The words between the marks."""
        bounds = [0, *sorted(self.cuts - {0, len(self.words)}), len(self.words)]
        return [self.keys[start:end] for start, end in itertools.pairwise(bounds)]


def read_given(text: str, phrases: PhraseIndex) -> GivenText:
    """The words of a text; halves of a word that a line break split are joined when the sources have the whole."""
    words: list[Word] = []
    for word in words_of(text):
        previous = words[-1] if words else None
        if previous and BROKEN.fullmatch(text, previous.end, word.start):
            whole = previous.key + word.key
            if whole in phrases and not phrases.holds_pair(previous.key, word.key):
                words[-1] = Word(whole, previous.start, word.end)
                continue
        words.append(word)
    cuts, claimed = (
        frozenset(sum(word.end <= match.start() for word in words) for match in mark.finditer(text))
        for mark in (CUT, BRACKETED_CUT)
    )
    return GivenText(text, tuple(words), cuts, claimed)
