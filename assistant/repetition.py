"""Whether a text says what was said before: summary boxes repeat sentences of a report, the perspectief paragraphs."""

from functools import lru_cache

from kb.lineage import shingles
from kb.text import words

# Words one after another that count as said again, and the share of them from which a text repeats what was said.
_RUN = 4
_REPEATED = 0.7

Runs = frozenset[tuple[str, ...]]


@lru_cache(maxsize=10_000)
def runs(text: str) -> Runs:
    """The runs of words of a text; none for one of fewer words."""
    return frozenset(shingles(words(text), _RUN))


def repeats(own: Runs, said: set[tuple[str, ...]]) -> bool:
    """Whether most of a text's runs are among those that were said."""
    return len(own & said) >= _REPEATED * len(own)
