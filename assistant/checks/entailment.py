"""An optional second judge: a cross-encoder that says whether a passage entails a statement (DIALOOG_NLI)."""

from functools import lru_cache

from kb.errors import EmbedderError

# The probability from which a statement counts as entailed.
ENTAILED_MIN = 0.5
_LABEL = "entailment"


class Entailment:
    """Any CrossEncoder of sentence-transformers that was trained on natural language inference."""

    def __init__(self, model: str) -> None:
        """Raises: EmbedderError, when the package or the model is missing, or the model judges something else."""
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            msg = (
                f"DIALOOG_NLI={model!r} heeft een extra nodig: installeer met "
                "`pip install 'dialoogwijzer[sentence-transformers]'`."
            )
            raise EmbedderError(msg) from error
        try:
            self._model = CrossEncoder(model)
        except (OSError, ValueError) as error:
            msg = f"DIALOOG_NLI={model!r} is niet te laden: geen map met een model, en niet op te halen ({error})."
            raise EmbedderError(msg) from error
        labels = {str(name).lower(): int(place) for name, place in self._model.config.label2id.items()}
        if _LABEL not in labels:
            msg = f"DIALOOG_NLI={model!r} is geen NLI-model: het kent {sorted(labels)}, niet {_LABEL!r}."
            raise EmbedderError(msg)
        self._place = labels[_LABEL]

    def probability(self, premise: str, statement: str) -> float:
        """How probable it is that the premise entails the statement, 0 to 1."""
        scores = self._model.predict([(premise, statement)], apply_softmax=True, show_progress_bar=False)
        return float(scores[0][self._place])


@lru_cache(maxsize=1)
def load(model: str) -> Entailment:
    """The judge of that name or path, loaded once."""
    return Entailment(model)
