"""Measures of one answer: pure functions of texts. A measure that does not apply is None, not 0."""

from collections.abc import Sequence
from statistics import fmean

from rapidfuzz import fuzz

from evals.gold_questions import Nugget

# Of 100: a footnote mark or a word at a page break may stand between the words.
_SAME = 90.0


def key_points(nuggets: Sequence[Nugget], texts: Sequence[str]) -> tuple[bool, ...]:
    """Which key points stand in one of the texts: their words nearly as they are, here or elsewhere in the sources."""
    return tuple(
        any(len(nugget.anchor) <= len(text) and holds(text, nugget.anchor) for text in texts) for nugget in nuggets
    )


def holds(text: str, anchor: str) -> bool:
    """Whether `text` has these words, but for small marks between them; `text` should be no longer than a passage.

    The alignment with a long text is a heuristic that misses some.
    """
    return anchor in text or fuzz.partial_ratio(anchor, text, score_cutoff=_SAME) > 0


def share(flags: Sequence[bool]) -> float | None:
    """The share that is true."""
    return fmean(flags) if flags else None


def refusal_scores(refused: Sequence[bool], unanswerable: Sequence[bool]) -> tuple[float | None, float | None]:
    """Precision and recall of refusals: of those refused how many rightly, of those to refuse how many were."""
    rightly = sum(a and b for a, b in zip(refused, unanswerable, strict=True))
    return (
        rightly / sum(refused) if any(refused) else None,
        rightly / sum(unanswerable) if any(unanswerable) else None,
    )
