"""The index as it would be without the questions that readers wrote and without what is learned from them."""

from collections import defaultdict
from dataclasses import replace

import numpy as np

from ingest.parse import parse
from ingest.pipeline import Questions, embedded_texts, entries
from ingest.readers import read
from ingest.vector_cache import TextVectors
from kb import manifest
from kb.adapter import Adapter
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.vector_index import VectorIndex
from kb.vectors import Entry, Stored


def bare(kb: KnowledgeBase) -> KnowledgeBase:
    """The same rows with plain vectors, in memory; the bundled corpus only."""
    none = Questions({}, ())
    parsed = [parse(read(file.path), file.source) for file in manifest.bundled()]
    store = TextVectors(kb.settings.embedder, lambda: kb.embedder, Home(kb.settings.home).vectors)
    vectors = store.of(embedded_texts(parsed, none), lambda _: None)
    of_kind: defaultdict[str, list[Entry]] = defaultdict(list)
    for source in parsed:
        for entry in entries(source, none, vectors, Adapter()):
            of_kind[entry.kind].append(entry)
    made = replace(kb)
    made.__dict__.update(
        embedder=kb.embedder,
        adapter=Adapter(),
        index=VectorIndex(lambda kind: _stored(of_kind[kind]), made.passages),
    )
    return made


def _stored(made: list[Entry]) -> Stored:
    return Stored(
        keys=tuple(entry.key for entry in made),
        numbers=tuple(entry.number for entry in made),
        matrix=np.array([entry.vector for entry in made], dtype=np.float32),
        metadata=tuple(entry.metadata for entry in made),
    )
