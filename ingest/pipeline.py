"""Fill the knowledge base: the steps of an ingest in order.

1. hold the lock; 2. see which reports are wanted, and which of them changed; 3. parse these; 4. embed their passages;
5. write rows and vectors into a new index that starts as a copy of the old; 6. put it in force.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest.library import Library
from ingest.parse import ParsedSource, parse
from ingest.readers import read
from ingest.vector_cache import Progress, Text, TextVectors
from kb import embedders, manifest
from kb.adapter import Adapter
from kb.adapter import load as load_adapter
from kb.catalogue import Catalogue
from kb.embedders import Vectors
from kb.embedding_texts import prefixed, sentence_texts, whole_vector
from kb.errors import StateError
from kb.expansion import SECTIONS_FILE, Expansion, assign
from kb.expansion import bundled as bundled_questions
from kb.home import FORMAT, Home, IndexState
from kb.knowledge_base import open_catalogue, open_vectors
from kb.lineage import boilerplate, lineage
from kb.manifest import CorpusFile
from kb.model import Source
from kb.settings import Settings
from kb.vectors import QUESTIONS, SECTIONS, SENTENCES, WHOLE, Entry, passage_metadata

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Questions:
    """The questions that readers wrote: for passages, by the passage's id, and for sections."""

    of_passages: Mapping[str, Sequence[str]]
    of_sections: Sequence[Expansion]


@dataclass(frozen=True)
class IngestResult:
    """What an ingest did. `changed` and `removed` are names of sources; nothing was written when both are empty."""

    state: IndexState
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    reports: int
    passages: int
    quotes: int


def ingest(settings: Settings, paths: Sequence[Path] = (), on_progress: OnProgress = lambda _: None) -> IngestResult:
    """Add or refresh reports, without `paths` the bundled ones; what the index already had stays.

    Raises:
        CorpusError: when a file cannot be used.
        StateError: when the state folder cannot be written, or another ingest is at work.
        EmbedderError: when the embedding model is missing.

    """
    home = Home(settings.home)
    with home.locked():
        home.clear_unfinished()
        files = _wanted(home, paths)
        current = _current(home, settings)
        known = _known(home, settings, current)
        changed = [file for file in files if known.get(file.source.name) != file.source]
        removed = tuple(sorted(set(known) - {file.source.name for file in files}))
        if current is None or changed or removed:
            state = _state(settings, [file.source for file in files])
            # A server cannot copy its collections: there the index is made from all reports.
            base, to_parse = (None, files) if settings.chroma_url else (current, changed)
            parsed = [parse(read(file.path), file.source) for file in to_parse]
            entries = _embedded(home, settings, parsed, on_progress)
            outdated = [*removed, *(source.source.name for source in parsed)]
            with home.replacing(state, base.generation if base else None) as folder:
                _write(settings, state, folder, outdated, parsed, entries)
            if settings.chroma_url:
                _tidy_server(settings, home, state)
        return _result(settings, home.state(), tuple(file.source.name for file in changed), removed)


def _wanted(home: Home, paths: Sequence[Path]) -> list[CorpusFile]:
    """The files that the index shall hold; the library is recorded once all of them are known to be readable."""
    library = Library.of(home)
    if paths:
        added = [file for path in paths for file in manifest.described(path)]
        for file in added:
            read(file.path)
        library = library.with_own(home, added)
    else:
        library = library.with_bundled()
    files = library.files(home)
    library.save(home)
    return files


def _current(home: Home, settings: Settings) -> IndexState | None:
    """The index in force, when it can be built upon: of this version and with this embedder."""
    try:
        state = home.state()
    except StateError:
        return None
    is_here = home.folder(state.generation).exists()
    return state if is_here and state.embedder == settings.embedder else None


def _known(home: Home, settings: Settings, current: IndexState | None) -> dict[str, Source]:
    if current is None:
        return {}
    folder = home.folder(current.generation)
    with closing(open_catalogue(settings, folder, current.generation, read_only=True)) as catalogue:
        return {source.name: source for source in catalogue.sources()}


def _state(settings: Settings, sources: Sequence[Source]) -> IndexState:
    """The index that these sources give; nothing else decides its name."""
    listed = sorted(repr(source) for source in sources)
    fingerprint = hashlib.sha256("\n".join(listed).encode()).hexdigest()[:16]
    generation = hashlib.sha256(f"{FORMAT} {settings.embedder} {fingerprint}".encode()).hexdigest()[:16]
    return IndexState(FORMAT, generation, settings.embedder, fingerprint)


def _embedded(home: Home, settings: Settings, parsed: Sequence[ParsedSource], on_progress: OnProgress) -> list[Entry]:
    """The vectors of all passages of these sources."""
    questions = written_questions(parsed)
    texts = TextVectors(settings.embedder, lambda: embedders.load(settings.embedder), home.vectors)
    vectors = texts.of(embedded_texts(parsed, questions), on_progress)
    adapter = load_adapter(settings.embedder)
    return [entry for source in parsed for entry in entries(source, questions, vectors, adapter)]


def _write(
    settings: Settings,
    state: IndexState,
    folder: Path,
    outdated: Sequence[str],
    parsed: Sequence[ParsedSource],
    entries: Sequence[Entry],
) -> None:
    """Write the sources `parsed` into the index in `folder`, in place of the outdated ones."""
    with (
        closing(open_catalogue(settings, folder, state.generation, read_only=False)) as catalogue,
        closing(open_vectors(settings, folder, state.generation, make=True)) as store,
    ):
        _write_rows(catalogue, outdated, parsed)
        for name in outdated:
            store.remove_source(name)
        store.add(entries)


def _tidy_server(settings: Settings, home: Home, state: IndexState) -> None:
    with closing(open_vectors(settings, home.folder(state.generation), state.generation, make=False)) as store:
        store.remove_other_indexes()


def _write_rows(catalogue: Catalogue, outdated: Sequence[str], parsed: Sequence[ParsedSource]) -> None:
    with catalogue.writing() as connection:
        for name in outdated:
            catalogue.remove_source(connection, name)
        for source in parsed:
            catalogue.add_source(
                connection,
                source.source,
                source.text,
                reports=source.reports,
                sections=source.sections,
                passages=source.passages,
                quotes=source.quotes,
                facts=source.facts,
            )
    quotes = [(quote.id, quote.text) for quote in catalogue.quotes()]
    passages = [(passage.id, passage.report_id, passage.text) for passage in catalogue.passages()]
    with catalogue.writing() as connection:
        catalogue.set_lineage(connection, lineage(quotes))
        catalogue.set_boilerplate(connection, boilerplate(passages))


def embedded_texts(parsed: Sequence[ParsedSource], questions: Questions) -> Iterator[Text]:
    """Every text of these sources that is embedded, their passages' questions included."""
    for source in parsed:
        titles = {report.id: report.title for report in source.reports}
        for passage in source.passages:
            yield Text(passage.text)
            yield Text(prefixed(passage, titles[passage.report_id]))
            yield from map(Text, sentence_texts(passage))
            yield from (Text(question, is_query=True) for question in questions.of_passages.get(passage.id, ()))
    for section in questions.of_sections:
        yield from (Text(question, is_query=True) for question in section.questions)


def written_questions(parsed: Sequence[ParsedSource]) -> Questions:
    """The questions that readers wrote for these sources."""
    names = {source.source.name for source in parsed}
    return Questions(
        of_passages=assign(bundled_questions(), [passage for source in parsed for passage in source.passages]),
        of_sections=[section for section in bundled_questions(SECTIONS_FILE) if section.source in names],
    )


def entries(
    source: ParsedSource, questions: Questions, vectors: dict[Text, Vectors], adapter: Adapter
) -> Iterator[Entry]:
    """The vectors of a source, its passages' and its questions', adapted."""
    titles = {report.id: report.title for report in source.reports}
    for passage in source.passages:
        metadata = passage_metadata(passage)
        with_prefix = vectors[Text(prefixed(passage, titles[passage.report_id]))]
        whole = whole_vector(vectors[Text(passage.text)], with_prefix)
        yield Entry(WHOLE, passage.id, 0, adapter.of_documents(whole), metadata)
        for number, sentence in enumerate(sentence_texts(passage)):
            yield Entry(SENTENCES, passage.id, number, adapter.of_documents(vectors[Text(sentence)]), metadata)
        for number, question in enumerate(questions.of_passages.get(passage.id, ())):
            vector = vectors[Text(question, is_query=True)]
            yield Entry(QUESTIONS, passage.id, number, adapter.of_queries(vector), metadata)
    for section in questions.of_sections:
        if section.source == source.source.name:
            yield from _section_entries(section, vectors, adapter)


def _section_entries(section: Expansion, vectors: dict[Text, Vectors], adapter: Adapter) -> Iterator[Entry]:
    spans = json.dumps([[span.start, span.end] for span in section.spans])
    metadata = {"source": section.source, "spans": spans}
    for number, question in enumerate(section.questions):
        vector = adapter.of_queries(vectors[Text(question, is_query=True)])
        yield Entry(SECTIONS, f"{section.source}#{spans}", number, vector, metadata)


def _result(settings: Settings, state: IndexState, changed: tuple[str, ...], removed: tuple[str, ...]) -> IngestResult:
    folder = Home(settings.home).folder(state.generation)
    with closing(open_catalogue(settings, folder, state.generation, read_only=True)) as catalogue:
        counts = catalogue.counts()
    return IngestResult(state, changed, removed, counts["reports"], counts["passages"], counts["quotes"])
