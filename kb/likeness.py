"""How much of what two texts say is the same, whatever the order and form of the words."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Weights = npt.NDArray[np.float64]
# A text that was reworded may be this much longer or shorter than what it was made of.
_LONGER = 1.3


@dataclass(frozen=True, slots=True)
class Window:
    """The words `start` to `end` (from 0, end exclusive) of a text, and their likeness to a given text, 0 to 1."""

    start: int
    end: int
    likeness: float


def most_alike(
    stems: npt.NDArray[np.int64], weights: Weights, given: npt.NDArray[np.int64], given_count: int, given_weight: float
) -> Window:
    """The window of a text, at most a little longer than the given text, that is most like it.

    The text is a row of stems, at least one, each with its weight; `given` are the stems of the given text that are
    known, of `given_count` words that weigh `given_weight` together. The likeness is the Dice coefficient of the two
    sets of stems, weighted; a stem that comes back within a window's length counts at its first place only.
    """
    size = min(len(stems), round(_LONGER * given_count) + 1)
    is_shared = np.isin(stems, given)
    once = weights * ~_repeated(stems, size)
    shared, total = (np.concatenate([[0.0], np.cumsum(values)]) for values in (once * is_shared, once))
    ends = np.arange(size, len(stems) + 1)
    likeness = 2 * (shared[ends] - shared[ends - size]) / (given_weight + total[ends] - total[ends - size])
    best = int(np.argmax(likeness))
    inside = np.flatnonzero(is_shared[best : best + size])
    start, end = (best + int(inside[0]), best + int(inside[-1]) + 1) if len(inside) else (best, best + size)
    return Window(start, end, float(likeness[best]))


def _repeated(stems: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.bool_]:
    """Which stems stand among the `size` words before them too: in a set they count once."""
    last: dict[int, int] = {}
    repeated = np.zeros(len(stems), dtype=np.bool_)
    for number, stem in enumerate(stems.tolist()):
        repeated[number] = number - last.get(stem, -size) < size
        last[stem] = number
    return repeated
