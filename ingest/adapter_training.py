"""Learn the adapter of an embedder from the questions that readers wrote.

Each question should be nearer to its own passage than to all others: the cross-entropy of a softmax over the cosines
with all passages (contrastive learning with all negatives), with the adapter held near to leaving vectors as they are.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.adapter import Adapter
from kb.embedders import Vectors

_BREADTH_STEPS, _BREADTH_RATE, _BREADTH_DECAY = 400, 0.05, 5e-4
_SPREAD = 10.0


@dataclass(frozen=True)
class TrainingSettings:
    """How it learns: chosen on the tuning half of the gold questions, which it never sees."""

    epochs: int = 20
    batch: int = 256
    rate: float = 1e-3
    temperature: float = 0.05
    # How much a matrix that differs from the identity costs. With a tenth of it the gold questions gain nothing, and
    # reports that it did not learn from lose up to a fifth of their reciprocal ranks; with this they lose nothing.
    decay: float = 0.01
    seed: int = 0


class _Adam:
    """The optimiser of https://arxiv.org/abs/1412.6980, algorithm 1, with its default constants."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._mean, self._square = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        self._steps = 0

    def step(self, gradient: Vectors, rate: float) -> Vectors:
        self._steps += 1
        self._mean += 0.1 * (gradient - self._mean)
        self._square += 0.001 * (gradient**2 - self._square)
        mean, square = self._mean / (1 - 0.9**self._steps), self._square / (1 - 0.999**self._steps)
        change: Vectors = rate * mean / (np.sqrt(square) + 1e-8)
        return change


def train(
    questions: Vectors,
    passages: Vectors,
    owners: npt.NDArray[np.int64],
    settings: TrainingSettings = TrainingSettings(),
) -> Adapter:
    """The adapter for `questions` (n, d) and `passages` (m, d); `owners` (n,) has the passage of each question."""
    dimension = questions.shape[1]
    identity = np.eye(dimension, dtype=np.float32)
    query, document = identity.copy(), identity.copy()
    of_query, of_document = _Adam(query.shape), _Adam(document.shape)
    random = np.random.default_rng(settings.seed)
    steps = settings.epochs * -(-len(questions) // settings.batch)
    done = 0
    for _ in range(settings.epochs):
        order = random.permutation(len(questions))
        for start in range(0, len(order), settings.batch):
            chosen = order[start : start + settings.batch]
            slopes = _gradients(query, document, questions[chosen], passages, owners[chosen], settings.temperature)
            # The rate falls along a half cosine (https://arxiv.org/abs/1608.03983).
            rate = settings.rate * 0.5 * (1 + np.cos(np.pi * done / steps))
            query -= of_query.step(slopes[0] + 2 * settings.decay * (query - identity), rate)
            document -= of_document.step(slopes[1] + 2 * settings.decay * (document - identity), rate)
            done += 1
    return Adapter(query, document)


def train_breadth(narrow: Vectors, broad: Vectors) -> Vectors:
    """Weights (dimension + 1, the last a constant) of a logistic regression: above 0 for the broad questions' vectors.

    Both classes weigh the same, however many questions they have.
    """
    vectors = np.vstack([narrow, broad])
    mean = vectors.mean(axis=0)
    # The vectors of questions lie close together: spread to about 1.
    inputs = np.hstack([(vectors - mean) * _SPREAD, np.ones((len(vectors), 1))]).astype(np.float32)
    is_broad = np.r_[np.zeros(len(narrow)), np.ones(len(broad))]
    weight = np.where(is_broad, 0.5 / len(broad), 0.5 / len(narrow))
    weights: Vectors = np.zeros(inputs.shape[1], np.float32)
    optimiser = _Adam(weights.shape)
    for _ in range(_BREADTH_STEPS):
        chance = 1 / (1 + np.exp(-(inputs @ weights)))
        slope: Vectors = (inputs.T @ (weight * (chance - is_broad))).astype(np.float32)
        weights = weights - optimiser.step(slope + 2 * _BREADTH_DECAY * weights, _BREADTH_RATE)
    slopes = weights[:-1] * _SPREAD
    return np.append(slopes, weights[-1] - mean @ slopes).astype(np.float32)


def _gradients(
    query: Vectors,
    document: Vectors,
    questions: Vectors,
    passages: Vectors,
    owners: npt.NDArray[np.int64],
    temperature: float,
) -> tuple[Vectors, Vectors]:
    """The slopes of the mean cross-entropy in both matrices."""
    asked, asked_lengths = _unit(questions @ query)
    told, told_lengths = _unit(passages @ document)
    logits = asked @ told.T / temperature
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    shares[np.arange(len(owners)), owners] -= 1
    shares /= temperature * len(owners)
    return (
        questions.T @ _through_length(shares @ told, asked, asked_lengths),
        passages.T @ _through_length(shares.T @ asked, told, told_lengths),
    )


def _unit(vectors: Vectors) -> tuple[Vectors, Vectors]:
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths, lengths


def _through_length(slopes: Vectors, unit: Vectors, lengths: Vectors) -> Vectors:
    """The slopes before the vectors were made of length 1."""
    along = (slopes * unit).sum(axis=1, keepdims=True)
    before: Vectors = (slopes - along * unit) / lengths
    return before
