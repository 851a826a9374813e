"""What is shipped with the bundled corpus: its vectors, so that a first ingest computes none, and the adapter."""

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.adapter_training import train, train_breadth
from ingest.parse import ParsedSource, parse
from ingest.pipeline import embedded_texts, written_questions
from ingest.readers import read
from ingest.vector_cache import Progress, Text, TextVectors, pack, shipped_file, unpack
from kb import adapter, embedders, expansion, manifest
from kb.embedders import Vectors
from kb.embedding_texts import prefixed, whole_vector
from kb.model import Passage

_SAMPLE = 24
# Eight bits a number leave a cosine of .9999; another machine's arithmetic may cost as much again.
_SAME = 0.999


def _parsed() -> list[ParsedSource]:
    return [parse(read(file.path), file.source) for file in manifest.bundled()]


def bundled_texts() -> list[Text]:
    """Every text of the bundled corpus that is embedded, each once."""
    parsed = _parsed()
    return list(dict.fromkeys(embedded_texts(parsed, written_questions(parsed))))


def ship(embedder: str, store: Path, on_progress: Callable[[Progress], None]) -> tuple[Path, int]:
    """Write the vectors of the bundled corpus; the file and how many it holds. `store` keeps what was computed."""
    texts = bundled_texts()
    made = TextVectors(embedder, lambda: embedders.load(embedder), store, use_shipped=False).of(texts, on_progress)
    path = shipped_file(embedder)
    pack({item.key: made[item] for item in texts}, path)
    return path, len(texts)


def adapt(embedder: str, store: Path, on_progress: Callable[[Progress], None]) -> Path:
    """Learn the adapter from the questions written for the bundled corpus, and write it; the file."""
    parsed = _parsed()
    passages = [passage for source in parsed for passage in source.passages]
    vectors = TextVectors(embedder, lambda: embedders.load(embedder), store).of(bundled_texts(), on_progress)
    titles = {report.id: report.title for source in parsed for report in source.reports}
    wholes = np.stack(
        [
            whole_vector(vectors[Text(passage.text)], vectors[Text(prefixed(passage, titles[passage.report_id]))])
            for passage in passages
        ]
    )
    written = expansion.assign(expansion.bundled(), passages)
    pairs = [(question, row) for row, passage in enumerate(passages) for question in written.get(passage.id, ())]
    asked = np.stack([vectors[Text(question, is_query=True)] for question, _ in pairs])
    learned = train(asked, wholes, np.array([row for _, row in pairs]))
    path = adapter.shipped_file(embedder)
    narrow, broad = (
        np.stack([vectors[Text(question, is_query=True)] for question in questions]) for questions in _by_breadth()
    )
    np.savez_compressed(
        path, query=_half(learned.query), document=_half(learned.document), breadth=train_breadth(narrow, broad)
    )
    return path


def unasked() -> list[Passage]:
    """The passages of the bundled corpus for which nobody wrote questions."""
    passages = [passage for source in _parsed() for passage in source.passages]
    written = expansion.assign(expansion.bundled(), passages)
    return [passage for passage in passages if passage.id not in written]


def _by_breadth() -> tuple[list[str], list[str]]:
    """The narrow and the broad ones of the questions that readers wrote, as far as they are told apart."""
    of_passages, of_sections = expansion.bundled(), expansion.bundled(expansion.SECTIONS_FILE)
    narrow = [question for entry in of_passages if entry.broad for question in entry.questions]
    broad = [question for entry in of_passages for question in entry.broad]
    return narrow, broad + [question for entry in of_sections for question in entry.questions]


def _half(matrix: Vectors | None) -> npt.NDArray[np.float16]:
    return np.asarray(matrix, dtype=np.float16)


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
