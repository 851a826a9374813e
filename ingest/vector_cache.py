"""Vectors by text: those shipped with the bundled corpus, those computed before, and the rest computed now.

A shipped vector is kept in eight bits a number with one scale for the vector: 404 bytes instead of 1,536. The cosine
between a vector and its eight-bit form is above .9999.
"""

import errno
import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.embedders import Embedder, Vectors, file_name
from kb.errors import StateError
from kb.home import unwritable
from kb.manifest import CORPUS

_KEY_BYTES = 16
_LEVELS = 127
_TABLE = """
    CREATE TABLE IF NOT EXISTS vectors (embedder TEXT, key BLOB, vector BLOB, PRIMARY KEY (embedder, key))
"""
# Small enough that an interruption loses little, large enough to keep the processor busy.
_BATCH = 64


@dataclass(frozen=True)
class Progress:
    """How far the embedding is; `seconds_left` is an estimate from the speed so far."""

    done: int
    total: int
    seconds_left: float


def shipped_file(embedder: str) -> Path:
    """Where the vectors of the bundled corpus for this embedder are shipped, if they are."""
    return CORPUS / file_name("vectors", embedder, "npz")


@dataclass(frozen=True, order=True)
class Text:
    """A text to embed, as a document or as a query: models treat the two differently."""

    text: str
    is_query: bool = False

    @property
    def key(self) -> bytes:
        """The key under which its vector is kept."""
        marked = f"query\0{self.text}" if self.is_query else self.text
        return hashlib.sha256(marked.encode()).digest()[:_KEY_BYTES]


def pack(vectors: dict[bytes, Vectors], path: Path) -> None:
    """Write vectors in their compact form, in the order of their keys."""
    keys = sorted(vectors)
    matrix = np.stack([vectors[key] for key in keys])
    scales = np.abs(matrix).max(axis=1, keepdims=True) / _LEVELS
    np.savez_compressed(
        path,
        keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, _KEY_BYTES),
        levels=np.round(matrix / scales).astype(np.int8),
    )


def unpack(path: Path) -> dict[bytes, Vectors]:
    """The vectors in a file that `pack` wrote, of length 1; none when there is no such file."""
    if not path.exists():
        return {}
    with np.load(path) as stored:
        keys: npt.NDArray[np.uint8] = stored["keys"]
        levels = stored["levels"].astype(np.float32)
    levels /= np.linalg.norm(levels, axis=1, keepdims=True)
    return {key.tobytes(): vector for key, vector in zip(keys, levels, strict=True)}


class TextVectors:
    """Vectors of texts for one embedder; what is computed is kept in `store` at once."""

    def __init__(self, embedder: str, load: Callable[[], Embedder], store: Path, *, use_shipped: bool = True) -> None:
        """`load` is called only when something must be computed."""
        self._name = embedder
        self._shipped = unpack(shipped_file(embedder)) if use_shipped else {}
        self._load = load
        self._store = store

    def of(self, texts: Iterable[Text], on_progress: Callable[[Progress], None]) -> dict[Text, Vectors]:
        """A vector for each text."""
        keys = {text: text.key for text in texts}
        found = {text: self._shipped[key] for text, key in keys.items() if key in self._shipped}
        missing = [item for item in keys if item not in found]
        if not missing:
            return found
        try:
            with closing(sqlite3.connect(self._store)) as store:
                store.execute(_TABLE)
                found.update(self._stored(store, {item: keys[item] for item in missing}))
                self._compute(store, [item for item in missing if item not in found], found, on_progress)
        except sqlite3.DatabaseError as error:
            if "full" in str(error):
                raise unwritable(self._store, OSError(errno.ENOSPC, "")) from error
            msg = f"{self._store}: niet te gebruiken ({error}). Verwijder dit bestand of maak ruimte vrij."
            raise StateError(msg) from error
        except OSError as error:
            raise unwritable(self._store, error) from error
        return found

    def _stored(self, store: sqlite3.Connection, keys: dict[Text, bytes]) -> dict[Text, Vectors]:
        rows = store.execute("SELECT key, vector FROM vectors WHERE embedder = ?", (self._name,))
        known = {key: np.frombuffer(vector, dtype=np.float32) for key, vector in rows}
        return {text: known[key] for text, key in keys.items() if key in known}

    def _compute(
        self,
        store: sqlite3.Connection,
        texts: Iterable[Text],
        found: dict[Text, Vectors],
        on_progress: Callable[[Progress], None],
    ) -> None:
        # Texts of like length in a batch waste no work on padding; the longest first make the estimate safe.
        ordered = sorted(texts, key=lambda item: (item.is_query, -len(item.text), item.text))
        if not ordered:
            return
        embedder = self._load()
        total = sum(len(item.text) for item in ordered)
        done = 0
        started = time.monotonic()
        for start in range(0, len(ordered), _BATCH):
            batch = ordered[start : start + _BATCH]
            made = _embedded(embedder, batch)
            rows = [(self._name, item.key, vector.tobytes()) for item, vector in made.items()]
            with store:
                store.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            found.update(made)
            done += sum(len(item.text) for item in batch)
            elapsed = time.monotonic() - started
            on_progress(Progress(start + len(batch), len(ordered), elapsed / done * (total - done)))


def _embedded(embedder: Embedder, batch: Sequence[Text]) -> dict[Text, Vectors]:
    """The vectors of a batch, its documents and its queries each in one go."""
    made: dict[Text, Vectors] = {}
    for embed, items in (
        (embedder.embed_documents, [item for item in batch if not item.is_query]),
        (embedder.embed_queries, [item for item in batch if item.is_query]),
    ):
        if items:
            made.update(zip(items, embed([item.text for item in items]), strict=True))
    return made
