"""An opened knowledge base: catalogue, vectors and embedder of the index in force."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kb import adapter, embedders, expansion, manifest
from kb.adapter import Adapter
from kb.catalogue import Catalogue
from kb.embedders import Embedder, Vectors
from kb.errors import EmbedderError
from kb.home import Home, IndexState
from kb.model import Part, Passage, Quote, Report, Source
from kb.settings import Settings
from kb.source_words import SourceWords
from kb.text import stem, words
from kb.vector_index import VectorIndex
from kb.vectors import VectorStore
from kb.versions import Family, Version, families
from kb.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kb.rerankers import Reranker

_CATALOGUE = "catalogue.sqlite"
_VECTORS = "chroma"
_SMALL = re.compile(r"(?<![\w’'])[a-zà-öø-ÿ][\w’'-]*")
_CAPITAL = re.compile(r"(?<![\w’'])[A-ZÀ-ÖØ-Þ][\w’'-]*")


@dataclass(frozen=True)
class KnowledgeBase:
    """The index in force, opened for questions. The embedder and the vectors are loaded when first used."""

    settings: Settings
    state: IndexState
    catalogue: Catalogue

    @cached_property
    def embedder(self) -> Embedder:
        return embedders.load(self.settings.embedder)

    @cached_property
    def adapter(self) -> Adapter:
        return adapter.load(self.settings.embedder)

    def query_vector(self, text: str) -> Vectors:
        """The vector with which a question or a subject is searched, shape `(dimension,)`."""
        return self.adapter.of_queries(self.embedder.embed_query(text))

    @cached_property
    def reranker(self) -> "Reranker | None":
        from kb.rerankers import CrossEncoderReranker

        return CrossEncoderReranker(self.settings.reranker) if self.settings.reranker else None

    @cached_property
    def vectors(self) -> VectorStore:
        folder = Home(self.settings.home).folder(self.state.generation)
        return open_vectors(self.settings, folder, self.state.generation, make=False)

    @cached_property
    def passages(self) -> list[Passage]:
        """All passages in the order of the sources."""
        return self.catalogue.passages()

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The place of each passage in `passages`, by its id."""
        return {passage.id: row for row, passage in enumerate(self.passages)}

    @cached_property
    def section_of(self) -> npt.NDArray[np.intp]:
        """The number of each passage's section: a chapter of a report, its parts apart."""
        numbers: dict[tuple[str, tuple[str, ...], Part], int] = {}
        places = ((passage.report_id, passage.headings[:1], passage.part) for passage in self.passages)
        return np.array([numbers.setdefault(place, len(numbers)) for place in places], dtype=np.intp)

    @cached_property
    def facets(self) -> dict[str, npt.NDArray[np.str_]]:
        """Track, theme, part and kind of the passages, in their order; an empty text where there is none."""
        names = ("track", "theme", "part", "kind")
        return {name: np.array([str(getattr(one, name) or "") for one in self.passages]) for name in names}

    @cached_property
    def is_boilerplate(self) -> npt.NDArray[np.bool_]:
        """Which passages the reports repeat."""
        return np.array([passage.boilerplate for passage in self.passages], dtype=np.bool_)

    @cached_property
    def tells_the_table(self) -> npt.NDArray[np.bool_]:
        """Whether each passage says who was at the table: it holds a fact about it."""
        starts = {
            (self.reports[fact.report_id].source, fact.spans[0].start) for fact in self.catalogue.facts([*self.reports])
        }
        told = [
            any((passage.source, place) in starts for span in passage.spans for place in range(span.start, span.end))
            for passage in self.passages
        ]
        return np.array(told, dtype=np.bool_)

    @cached_property
    def index(self) -> VectorIndex:
        return VectorIndex(self.vectors.all, self.passages)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.catalogue, self.passages, expansion.assign(expansion.bundled(), self.passages))

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The words that the sources write with a small letter somewhere, folded."""
        return frozenset(word for text in self._all_texts for word in words(" ".join(_SMALL.findall(text))))

    @cached_property
    def common_stems(self) -> frozenset[str]:
        """The stems of `common_words`."""
        return frozenset(map(stem, self.common_words))

    @cached_property
    def proper_names(self) -> frozenset[str]:
        """The words that the sources write with a capital and never with a small letter, folded."""
        capitalised = {word for text in self._all_texts for word in words(" ".join(_CAPITAL.findall(text)))}
        return frozenset(capitalised - self.common_words)

    @cached_property
    def speaker_words(self) -> frozenset[str]:
        """The stem of the first word of every speaker as written: "huisarts", "student"."""
        firsts = (words(quote.speaker)[:1] for quote in self.quotes if quote.speaker)
        return frozenset(stem(word) for first in firsts for word in first)

    @property
    def _all_texts(self) -> list[str]:
        return [self.text(name) for name in self.sources]

    @cached_property
    def is_bundled(self) -> bool:
        """Whether it holds the bundled documents and no others."""
        return {file.source.name for file in manifest.bundled()} == set(self.sources)

    @cached_property
    def reports(self) -> dict[str, Report]:
        return {report.id: report for report in self.catalogue.reports()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {source.name: source for source in self.catalogue.sources()}

    @cached_property
    def quotes(self) -> list[Quote]:
        """All quotations in the order of the sources."""
        return self.catalogue.quotes()

    @cached_property
    def source_words(self) -> SourceWords:
        return SourceWords({name: self.text(name) for name in self.sources}, self.passages, self.quotes)

    @cached_property
    def families(self) -> list[Family]:
        """The quotations of which there are several versions, in the order of the sources."""
        return families(self.quotes, self.reports)

    @cached_property
    def family_of(self) -> dict[str, Family]:
        """The family of each quotation that has other versions, by its id."""
        return {version.quote.id: family for family in self.families for version in family.versions}

    def versions_of(self, quote: Quote) -> tuple[Version, ...]:
        """A quotation as a version of its family, then the others, the original first; empty when it has none."""
        family = self.family_of.get(quote.id)
        return tuple(sorted(family.versions, key=lambda version: version.quote.id != quote.id)) if family else ()

    @cached_property
    def quote_of(self) -> dict[str, Quote]:
        """Each quotation by its id."""
        return {quote.id: quote for quote in self.quotes}

    def quotes_in(self, passage_id: str) -> list[Quote]:
        """The quotations in a passage, in order."""
        return self._quotes_in.get(passage_id, [])

    @cached_property
    def _quotes_in(self) -> dict[str, list[Quote]]:
        found: dict[str, list[Quote]] = {}
        for quote in self.quotes:
            found.setdefault(quote.passage_id, []).append(quote)
        return found

    @cached_property
    def quotes_by_passage(self) -> dict[str, Quote]:
        """The last quotation in each passage that holds any, by the passage's id."""
        return {quote.passage_id: quote for quote in self.quotes}

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {}

    def text(self, source: str) -> str:
        """The text of a source, unchanged."""
        if source not in self._texts:
            self._texts[source] = self.catalogue.text(source)
        return self._texts[source]

    def close(self) -> None:
        """Let go of the files."""
        self.catalogue.close()
        if "vectors" in self.__dict__:
            self.vectors.close()

    @cached_property
    def themes(self) -> list[str]:
        return self.catalogue.themes()


def open_knowledge_base(settings: Settings) -> KnowledgeBase:
    """The index in force.

    Raises:
        NoIndexError: when nothing was ingested yet.
        StateError: when the index is another version's, or damaged.
        EmbedderError: when the index was made with another embedder than the one configured.

    """
    home = Home(settings.home)
    state = home.state()
    if state.embedder != settings.embedder:
        msg = (
            f"De index is gemaakt met het taalmodel {state.embedder!r}, maar ingesteld is {settings.embedder!r}. Zet "
            f"DIALOOG_EMBEDDER={state.embedder} of maak de index opnieuw met `dialoog ingest`."
        )
        raise EmbedderError(msg)
    catalogue = open_catalogue(settings, home.folder(state.generation), state.generation, read_only=True)
    return KnowledgeBase(settings, state, catalogue)


def open_catalogue(settings: Settings, folder: Path, generation: str, *, read_only: bool) -> Catalogue:  # noqa: ARG001
    """The catalogue of an index."""
    return Catalogue.in_file(folder / _CATALOGUE, read_only=read_only)


def open_vectors(settings: Settings, folder: Path, generation: str, *, make: bool) -> VectorStore:
    """The vectors of an index: in its folder, or on the server that is configured."""
    if settings.chroma_url:
        return VectorStore.on_server(settings.chroma_url, generation, make=make)
    return VectorStore.in_folder(folder / _VECTORS, make=make)
