"""The vector store: Chroma, embedded or on a server. The only module that imports it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from kb.embedders import Vectors
from kb.errors import StateError
from kb.model import Passage

# Each passage has a vector for its whole text, one for each of its sentences, and one for each question that a reader
# wrote for it; sections have one for each question written for them. Each kind has a collection.
WHOLE, SENTENCES, QUESTIONS, SECTIONS = "passages", "sentences", "questions", "sections"
KINDS = (WHOLE, SENTENCES, QUESTIONS, SECTIONS)
_BATCH = 2000
_ON_SERVER = "dialoog-"
# Exact enough for the first hundred of some thousands of vectors; measured against a full scan in the tests.
_INDEX = {"hnsw": {"space": "cosine", "ef_search": 300, "ef_construction": 200, "max_neighbors": 32}}
# Of questions there are five times as many, and the program reads all of them: a light index halves an ingest.
_LIGHT_INDEX = {"hnsw": {"space": "cosine", "ef_search": 300, "ef_construction": 60, "max_neighbors": 12}}


@dataclass(frozen=True)
class Entry:
    """A vector to store, the `number`th of its kind for a passage or section; `metadata` can be filtered by."""

    kind: str
    key: str
    number: int
    vector: Vectors
    metadata: Mapping[str, str]


@dataclass(frozen=True)
class Stored:
    """All vectors of a kind: row `n` of `matrix` (n, dimension) is the `numbers[n]`th of `keys[n]`.

    `metadata` is that of sections; of passages, whose rows the catalogue has, it is left out.
    """

    keys: tuple[str, ...]
    numbers: tuple[int, ...]
    matrix: Vectors
    metadata: tuple[Mapping[str, str], ...]


class VectorStore:
    """The vectors of one index."""

    def __init__(self, client: Any, prefix: str, *, make: bool) -> None:  # noqa: ANN401 - Chroma's types are not public
        self._client = client
        self._prefix = prefix
        with _translated():
            self._collections = {kind: self._collection(kind, make=make) for kind in KINDS}

    def _collection(self, kind: str, *, make: bool) -> Any:  # noqa: ANN401 - Chroma's types are not public
        name = self._prefix + kind
        if make:
            index = _INDEX if kind in (WHOLE, SENTENCES) else _LIGHT_INDEX
            return self._client.get_or_create_collection(name, embedding_function=None, configuration=index)
        return self._client.get_collection(name, embedding_function=None)

    @classmethod
    def in_folder(cls, folder: Path, *, make: bool) -> "VectorStore":
        """Vectors in a folder of this machine; they must be there unless they are to be made."""
        import chromadb

        with _translated():
            return cls(chromadb.PersistentClient(str(folder), settings=_settings()), "", make=make)

    @classmethod
    def on_server(cls, url: str, generation: str, *, make: bool) -> "VectorStore":
        """Vectors on a Chroma server; each index has collections of its own there."""
        import chromadb

        address = urlsplit(url)
        if address.scheme not in ("http", "https") or not address.hostname:
            msg = f"DIALOOG_CHROMA_URL={url!r} is geen adres; verwacht bijvoorbeeld http://127.0.0.1:8000."
            raise StateError(msg)
        with _translated():
            client = chromadb.HttpClient(
                host=address.hostname,
                port=address.port or (443 if address.scheme == "https" else 8000),
                ssl=address.scheme == "https",
                settings=_settings(),
            )
            return cls(client, f"{_ON_SERVER}{generation}-", make=make)

    def remove_other_indexes(self) -> None:
        """Remove what earlier indexes left on a server; nothing else there is touched."""
        with _translated():
            for collection in self._client.list_collections():
                if collection.name.startswith(_ON_SERVER) and not collection.name.startswith(self._prefix):
                    self._client.delete_collection(collection.name)

    def close(self) -> None:
        """Let go of the files, so that the folder can be moved or removed."""
        self._client.close()

    def add(self, entries: Sequence[Entry]) -> None:
        """Store vectors; an entry that is there already is replaced."""
        for kind, collection in self._collections.items():
            chosen = [entry for entry in entries if entry.kind == kind]
            for start in range(0, len(chosen), _BATCH):
                batch = chosen[start : start + _BATCH]
                with _translated():
                    collection.upsert(
                        ids=[f"{entry.key}/{entry.number}" for entry in batch],
                        embeddings=np.stack([entry.vector for entry in batch]),
                        metadatas=[dict(entry.metadata) for entry in batch],
                    )

    def remove_source(self, name: str) -> None:
        """Remove the vectors of a source."""
        with _translated():
            for collection in self._collections.values():
                collection.delete(where={"source": name})

    def count(self) -> int:
        """How many vectors there are."""
        with _translated():
            return sum(collection.count() for collection in self._collections.values())

    def nearest(self, kind: str, vector: Vectors, limit: int, where: dict[str, str] | None = None) -> dict[str, float]:
        """The passages nearest to `vector`, with the cosine of their best vector of this kind (1 is the same)."""
        filters = [{key: value} for key, value in (where or {}).items()]
        with _translated():
            collection = self._collections[kind]
            found = collection.query(
                query_embeddings=[vector],
                n_results=limit,
                where={"$and": filters} if len(filters) > 1 else (filters[0] if filters else None),
                include=["distances"],
            )
        scores: dict[str, float] = {}
        for key, distance in zip(found["ids"][0], found["distances"][0], strict=True):
            passage_id = key.rpartition("/")[0]
            scores[passage_id] = max(scores.get(passage_id, -1.0), 1.0 - float(distance))
        return scores

    def all(self, kind: str) -> Stored:
        """Every vector of a kind, in the order of their keys and numbers."""
        with _translated():
            wanted = ["embeddings", "metadatas"] if kind == SECTIONS else ["embeddings"]
            found = self._collections[kind].get(include=wanted)
        ids = [(key, int(number)) for key, _, number in (stored.rpartition("/") for stored in found["ids"])]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        return Stored(
            keys=tuple(ids[row][0] for row in order),
            numbers=tuple(ids[row][1] for row in order),
            matrix=np.asarray(found["embeddings"], dtype=np.float32)[order] if order else np.zeros((0, 0), np.float32),
            metadata=tuple(found["metadatas"][row] for row in order) if kind == SECTIONS else (),
        )


def passage_metadata(passage: Passage) -> dict[str, str]:
    """What the vectors of a passage can be filtered by."""
    return {
        "passage_id": passage.id,
        "source": passage.source,
        "track": passage.track,
        "theme": passage.theme or "",
        "part": passage.part,
    }


def _settings() -> Any:  # noqa: ANN401 - Chroma's settings type is not public
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


@contextmanager
def _translated() -> Iterator[None]:
    """Chroma raises errors of many kinds, of its own and of the libraries below it."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, RuntimeError, ValueError, OSError) as error:
        if "full" in str(error) or "space" in str(error).lower():
            msg = (
                "De schijf is vol: de vectoren kunnen niet worden geschreven. Maak ruimte vrij en probeer het opnieuw."
            )
        else:
            msg = f"De vectoropslag (Chroma) is niet te gebruiken: {error}"
        raise StateError(msg) from error
