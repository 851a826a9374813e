"""Logistic regression with a ridge, by Newton's method, for the few weights that the product ships."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_STEPS = 30


def fit(seen: Floats, is_true: Flags, shares: Floats, *, ridge: float) -> Floats:
    """The weights of the columns of `seen`, shape `(examples, features)`, as they are, and a constant as the last.

    `shares` say how much each example counts; the ridge holds for features in standard deviations.
    """
    middle, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    scaled = np.c_[(seen - middle) / spread, np.ones(len(seen))]
    penalty = ridge * np.diag([1.0] * seen.shape[1] + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (shares * (chance - is_true)) + penalty @ weights
        curve = (scaled * (shares * chance * (1 - chance))[:, None]).T @ scaled + penalty
        weights -= np.linalg.solve(curve, slope)
    raw = weights[:-1] / spread
    fitted: Floats = np.r_[raw, weights[-1] - raw @ middle]
    return fitted


def logit(seen: Floats, weights: Floats) -> Floats:
    """The log-odds of each row."""
    found: Floats = seen @ weights[:-1] + weights[-1]
    return found


def auc(scores: Floats, is_true: Flags) -> float:
    """The chance that one that is true scores higher than one that is not; ties count half."""
    higher = scores[is_true][:, None] - scores[~is_true][None, :]
    return float((higher > 0).mean() + (higher == 0).mean() / 2)
