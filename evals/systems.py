"""What answers the gold questions: the engine, and baselines with which every figure gets its ratio.

A baseline gives passages or chunks; what it finds is what it cites and shows.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Answer, StatementKind, Status
from assistant.engine import explain
from evals.gold_questions import GoldQuestion
from ingest.vector_cache import Text, TextVectors
from kb.home import Home
from kb.knowledge_base import KnowledgeBase
from kb.lines import line_at
from kb.text import Span, render, stems

# The passages of the first page of results.
_TOP = 10


@dataclass(frozen=True)
class Lines:
    """A stretch of a source, first and last line."""

    source: str
    first: int
    last: int


@dataclass(frozen=True)
class Outcome:
    """What a system made of a question.

    `ranked` are the ids of the passages that it found, best first, None when it does not find passages. `supported` has
    for each statement whether its words stand in what it cites; `untraceable` counts citations whose words do not stand
    in their source. Times are in milliseconds.
    """

    text: str
    is_refused: bool
    cited: tuple[str, ...]
    places: tuple[Lines, ...]
    ranked: tuple[str, ...] | None
    supported: tuple[bool, ...]
    untraceable: int
    uncited: int
    milliseconds: float
    answer: Answer | None = None


System = Callable[[GoldQuestion], Outcome]


def engine(kb: KnowledgeBase) -> System:
    """The product itself."""

    def ask(question: GoldQuestion) -> Outcome:
        started = time.perf_counter()
        explained = explain(kb, question.question, history=question.history, with_model=False)
        elapsed = time.perf_counter() - started
        answer = explained.answer
        texts = {citation.number: citation.text for citation in answer.citations}
        said = [statement for statement in answer.statements if statement.kind is not StatementKind.NOTE]
        return Outcome(
            text=answer.text,
            is_refused=answer.status is Status.NO_ANSWER,
            cited=tuple(citation.text for citation in answer.citations),
            places=tuple(lines_of(kb, citation.source, citation.spans) for citation in answer.citations),
            ranked=tuple(dict.fromkeys(hit.passage.id for found in explained.found for hit in found.hits)),
            supported=tuple(any(item.text in texts[number] for number in item.citations) for item in said),
            untraceable=sum(render(kb.text(item.source), item.spans) != item.text for item in answer.citations),
            uncited=sum(not statement.citations for statement in said),
            milliseconds=1000 * elapsed,
            answer=answer,
        )

    return ask


def without_written_questions(kb: KnowledgeBase) -> System:
    """The engine without the questions that readers wrote, and without the adapter that is learned from them."""
    from evals.bare_index import bare

    return engine(bare(kb))


def bm25(kb: KnowledgeBase) -> System:
    """BM25 over the same passages with Dutch stems (bm25s, its default variant)."""
    import bm25s

    passages = [passage for passage in kb.passages if stems(passage.text)]
    index = bm25s.BM25()
    index.index([stems(passage.text) for passage in passages], show_progress=False)

    def find(question: GoldQuestion) -> Outcome:
        started = time.perf_counter()
        asked = stems(" ".join((*question.history, question.question)))
        found, _ = index.retrieve([asked], k=_TOP, show_progress=False)
        chosen = [passages[int(row)] for row in found[0]]
        elapsed = time.perf_counter() - started
        places = [lines_of(kb, passage.source, passage.spans) for passage in chosen]
        return _retrieved([p.text for p in chosen], places, [p.id for p in chosen], elapsed)

    return find


def tutorial(kb: KnowledgeBase) -> System:
    """The usual set-up of tutorials: a recursive splitter with chunks of 1000 and 200 overlap, the nearest four."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    chunks = [
        (name, document.metadata["start_index"], document.page_content)
        for name in kb.sources
        for document in splitter.create_documents([kb.text(name)])
    ]
    store = TextVectors(kb.settings.embedder, lambda: kb.embedder, Home(kb.settings.home).vectors)
    vectors = store.of([Text(text) for _, _, text in chunks], lambda _: None)
    matrix = np.stack([vectors[Text(text)] for _, _, text in chunks])

    def find(question: GoldQuestion) -> Outcome:
        started = time.perf_counter()
        vector = kb.embedder.embed_query(" ".join((*question.history, question.question)))
        chosen = [chunks[row] for row in np.argsort(-(matrix @ vector))[:4]]
        elapsed = time.perf_counter() - started
        places = [lines_of(kb, name, (Span(start, start + len(text)),)) for name, start, text in chosen]
        return _retrieved([" ".join(text.split()) for _, _, text in chosen], places, None, elapsed)

    return find


BASELINES: Mapping[str, Callable[[KnowledgeBase], System]] = {
    "without written questions": without_written_questions,
    "BM25, top 10 passages": bm25,
    "tutorial (1000/200, dense, top 4)": tutorial,
}


def _retrieved(texts: Sequence[str], places: Sequence[Lines], ranked: Sequence[str] | None, seconds: float) -> Outcome:
    return Outcome(
        text="\n".join(texts),
        is_refused=False,
        cited=tuple(texts),
        places=tuple(places),
        ranked=None if ranked is None else tuple(ranked),
        supported=(),
        untraceable=0,
        uncited=0,
        milliseconds=1000 * seconds,
    )


def lines_of(kb: KnowledgeBase, source: str, spans: Sequence[Span]) -> Lines:
    """The lines on which spans of a source stand."""
    text = kb.text(source)
    return Lines(source, line_at(text, spans[0].start), line_at(text, spans[-1].end - 1))
