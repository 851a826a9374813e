"""Fill the knowledge base: the steps of an ingest in order.

1. hold the lock; 2. see which reports are wanted, and which of them changed; 3. parse these; 4. embed their passages;
5. write rows and vectors into a new index that starts as a copy of the old; 6. put it in force.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest.library import Library
from ingest.parse import ParsedSource, parse
from ingest.readers import read
from ingest.vector_cache import Progress, Text, TextVectors
from kb import embedders, manifest
from kb.catalogue import Catalogue
from kb.embedders import Vectors
from kb.embedding_texts import prefixed, sentence_texts, whole_vector
from kb.errors import StateError
from kb.expansion import assign
from kb.expansion import bundled as bundled_questions
from kb.home import FORMAT, Home, IndexState
from kb.knowledge_base import open_catalogue, open_vectors
from kb.lineage import boilerplate, lineage
from kb.manifest import CorpusFile
from kb.model import Source
from kb.settings import Settings
from kb.vectors import QUESTIONS, SENTENCES, WHOLE, Entry

OnProgress = Callable[[Progress], None]
# The questions written for passages, by the passage's id.
Questions = Mapping[str, Sequence[str]]


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
    return [entry for source in parsed for entry in _entries(source, questions, vectors)]


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
            yield from (Text(question, is_query=True) for question in questions.get(passage.id, ()))


def written_questions(parsed: Sequence[ParsedSource]) -> Questions:
    """The questions that readers wrote for the passages of these sources."""
    return assign(bundled_questions(), [passage for source in parsed for passage in source.passages])


def _entries(source: ParsedSource, questions: Questions, vectors: dict[Text, Vectors]) -> Iterator[Entry]:
    titles = {report.id: report.title for report in source.reports}
    for passage in source.passages:
        with_prefix = vectors[Text(prefixed(passage, titles[passage.report_id]))]
        yield Entry(passage, WHOLE, 0, whole_vector(vectors[Text(passage.text)], with_prefix))
        for number, sentence in enumerate(sentence_texts(passage)):
            yield Entry(passage, SENTENCES, number, vectors[Text(sentence)])
        for number, question in enumerate(questions.get(passage.id, ())):
            yield Entry(passage, QUESTIONS, number, vectors[Text(question, is_query=True)])


def _result(settings: Settings, state: IndexState, changed: tuple[str, ...], removed: tuple[str, ...]) -> IngestResult:
    folder = Home(settings.home).folder(state.generation)
    with closing(open_catalogue(settings, folder, state.generation, read_only=True)) as catalogue:
        counts = catalogue.counts()
    return IngestResult(state, changed, removed, counts["reports"], counts["passages"], counts["quotes"])
