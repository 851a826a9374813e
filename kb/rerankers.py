"""An optional second look at the best hits: a cross-encoder that reads question and passage together.

It is slower than vectors and knows more; which one is good at Dutch is for the user to choose.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from kb.errors import EmbedderError
from kb.search import Hit

# Hits that are read; each costs a pass through the model.
_READ = 30


class Reranker(Protocol):
    """Judges how well texts answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score a text, higher is better; on any scale."""


class CrossEncoderReranker:
    """Any CrossEncoder of sentence-transformers, by the name of a hub or the path of a folder."""

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            msg = (
                f"DIALOOG_RERANKER={model!r} heeft een extra nodig: installeer met "
                "`pip install 'dialoogwijzer[sentence-transformers]'`."
            )
            raise EmbedderError(msg) from error
        try:
            self._model = CrossEncoder(model, num_labels=1)
        except (OSError, ValueError) as error:
            msg = f"DIALOOG_RERANKER={model!r} is niet te laden: geen map met een model, en niet op te halen ({error})."
            raise EmbedderError(msg) from error

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        judged = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return [float(score) for score in judged]


def rerank(reranker: Reranker, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with the best of them in the order of both judges, whose scores weigh the same; the rest after them."""
    best, rest = hits[:_READ], hits[_READ:]
    if not best:
        return []
    judged = _standard(reranker.scores(question, [hit.passage.text for hit in best]))
    found = _standard([hit.score for hit in best])
    scores = [round(float(a + b), 4) for a, b in zip(judged, found, strict=True)]
    order = sorted(range(len(best)), key=lambda place: (-scores[place], place))
    return [*(replace(best[place], score=scores[place]) for place in order), *rest]


def _standard(values: Sequence[float]) -> Sequence[float]:
    """The values less their mean, in standard deviations."""
    numbers = np.asarray(values, dtype=np.float64)
    standard: list[float] = ((numbers - numbers.mean()) / (numbers.std() or 1.0)).tolist()
    return standard
