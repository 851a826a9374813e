"""Which quotations are versions of one another: the same, shortened or reworded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from rapidfuzz.distance import LCSseq

from kb.model import Relation
from kb.text import words

# Two versions share at least one run of this many words …
_SHINGLE = 3
# … that few other quotations have, …
_SHINGLE_SPREAD = 12
# … and in the same order this share of the words of the shorter one, at least so many.
_SHARED = 0.6
_SHARED_WORDS_MIN = 4


def lineage(quotes: Sequence[tuple[str, str]]) -> dict[str, tuple[Relation, ...]]:
    """For each quotation `(id, text)` that has other versions, these versions, the most similar first.

    The similarity is 2·s / (m + n) for texts of m and n words with s words in common in the same order.
    """
    texts = {quote_id: words(text) for quote_id, text in quotes}
    found: defaultdict[str, list[Relation]] = defaultdict(list)
    for first, second in sorted(_candidates(texts)):
        shared = LCSseq.similarity(texts[first], texts[second])
        shorter = min(len(texts[first]), len(texts[second]))
        if shared < max(_SHARED * shorter, min(_SHARED_WORDS_MIN, shorter)):
            continue
        similarity = round(2 * shared / (len(texts[first]) + len(texts[second])), 4)
        found[first].append(Relation(second, similarity))
        found[second].append(Relation(first, similarity))
    return {key: tuple(sorted(value, key=lambda other: (-other.similarity, other.id))) for key, value in found.items()}


def _candidates(texts: dict[str, list[str]]) -> set[tuple[str, str]]:
    """Pairs that share a rare run of words."""
    holders: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, tokens in texts.items():
        for run in shingles(tokens, _SHINGLE):
            holders[run].add(key)
    return {
        (min(pair), max(pair))
        for keys in holders.values()
        if 1 < len(keys) <= _SHINGLE_SPREAD
        for pair in combinations(keys, 2)
    }


def shingles(tokens: Sequence[str], size: int) -> set[tuple[str, ...]]:
    """The runs of `size` tokens; all tokens as one run when there are fewer."""
    return {tuple(tokens[start : start + size]) for start in range(max(1, len(tokens) - size + 1))}


# A text is boilerplate when this share of its runs of words stands in one text of each of so many other reports: the
# perspectief repeats findings of one report, which are no boilerplate.
_REPEATED = 0.6
_REPEATED_REPORTS_MIN = 2
_REPEATED_SHINGLE = 5
_REPEATED_WORDS_MIN = 15


def boilerplate(passages: Iterable[tuple[str, str, str]]) -> set[str]:
    """The ids of passages `(id, report, text)` that other reports repeat almost word for word."""
    runs = {key: (report, shingles(words(text), _REPEATED_SHINGLE)) for key, report, text in passages}
    holders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, (_, own) in runs.items():
        for run in own:
            holders[run].append(key)
    repeated = set()
    for key, (report, own) in runs.items():
        if len(own) + _REPEATED_SHINGLE <= _REPEATED_WORDS_MIN:
            continue
        shared: defaultdict[str, int] = defaultdict(int)
        for run in own:
            for other in holders[run]:
                if runs[other][0] != report:
                    shared[other] += 1
        reports = {runs[other][0] for other, count in shared.items() if count >= _REPEATED * len(own)}
        if len(reports) >= _REPEATED_REPORTS_MIN:
            repeated.add(key)
    return repeated
