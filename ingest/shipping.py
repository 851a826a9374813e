"""The vectors of the bundled corpus that are shipped, so that a first ingest need not compute them."""

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ingest.parse import parse
from ingest.pipeline import embedded_texts, written_questions
from ingest.readers import read
from ingest.vector_cache import Progress, Text, TextVectors, pack, shipped_file, unpack
from kb import embedders, manifest

_SAMPLE = 24
# Eight bits a number leave a cosine of .9999; another machine's arithmetic may cost as much again.
_SAME = 0.999


def bundled_texts() -> list[Text]:
    """Every text of the bundled corpus that is embedded, each once."""
    parsed = [parse(read(file.path), file.source) for file in manifest.bundled()]
    return list(dict.fromkeys(embedded_texts(parsed, written_questions(parsed))))


def ship(embedder: str, store: Path, on_progress: Callable[[Progress], None]) -> tuple[Path, int]:
    """Write the vectors of the bundled corpus; the file and how many it holds. `store` keeps what was computed."""
    texts = bundled_texts()
    made = TextVectors(embedder, lambda: embedders.load(embedder), store, use_shipped=False).of(texts, on_progress)
    path = shipped_file(embedder)
    pack({item.key: made[item] for item in texts}, path)
    return path, len(texts)


def check(embedder: str, sample: int = _SAMPLE) -> list[str]:
    """What is wrong with the shipped vectors: texts without one, vectors of no text, or ones that differ."""
    shipped = unpack(shipped_file(embedder))
    texts = {item.key: item for item in bundled_texts()}
    problems = [f"no vector for: {item.text[:60]}" for key, item in texts.items() if key not in shipped]
    problems += [f"a vector of no text: {key.hex()}" for key in shipped if key not in texts]
    chosen = random.Random(0).sample(sorted(set(texts) & set(shipped)), min(sample, len(shipped)))  # noqa: S311
    model = embedders.load(embedder)
    for key in chosen:
        item = texts[key]
        computed = model.embed_query(item.text) if item.is_query else model.embed_documents([item.text])[0]
        cosine = float(np.dot(computed, shipped[key]))
        if cosine < _SAME:
            problems.append(f"cosine {cosine:.4f} for: {item.text[:60]}")
    return problems
