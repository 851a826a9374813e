"""Search in the quotations: exact words first, then meaning; facets with counts, sorting and paging."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Quote, Track
from kb.search import Query, search
from kb.speakers import groups_of
from kb.text import fold, words

# Further down, what is near in meaning is no longer about the subject.
_BY_MEANING = 20


class Sort(StrEnum):
    """The order of quotations; relevance is that of the sources when nothing was looked for."""

    RELEVANCE = "relevantie"
    SOURCE = "bron"
    SPEAKER = "spreker"
    THEME = "thema"
    LENGTH = "lengte"


@dataclass(frozen=True)
class QuoteFilters:
    """What a quotation must be; None is anything.

    `group` is the slug of a group of speakers, `report` a report's id, `dialogue` the name of a dialogue as written
    (the numbers start again in each report) and `speaker` a part of the speaker as written.
    """

    track: Track | None = None
    theme: str | None = None
    part: Part | None = None
    group: str | None = None
    report: str | None = None
    dialogue: str | None = None
    speaker: str | None = None

    def fit(self, quote: Quote) -> bool:
        """Whether a quotation is so."""
        return all(
            wanted is None or fold(wanted) in map(fold, _VALUES[name](quote))
            for name in FACETS
            if (wanted := getattr(self, name)) is not None
        ) and (self.speaker is None or fold(self.speaker) in fold(quote.speaker or ""))


def _none_or(value: str | None) -> list[str]:
    return [] if value is None else [str(value)]


_VALUES: Mapping[str, Callable[[Quote], list[str]]] = {
    "track": lambda quote: [str(quote.track)],
    "theme": lambda quote: _none_or(quote.theme),
    "part": lambda quote: [str(quote.part)],
    "group": lambda quote: [group.slug for group in groups_of(quote)],
    "report": lambda quote: [quote.report_id],
    "dialogue": lambda quote: _none_or(quote.dialogue and quote.dialogue.lower()),
}
FACETS = tuple(_VALUES)


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet, and how many quotations have it of those that fit all other filters."""

    value: str
    count: int


@dataclass(frozen=True)
class QuotePage:
    """The quotations on a page (from 1) of `total`, of which `exact` hold the words one after another."""

    quotes: tuple[Quote, ...]
    total: int
    exact: int
    page: int
    pages: int
    facets: Mapping[str, tuple[FacetValue, ...]]


def find_quotes(
    kb: KnowledgeBase,
    text: str | None = None,
    *,
    filters: QuoteFilters = QuoteFilters(),
    sort: Sort = Sort.RELEVANCE,
    page: int = 1,
    size: int | None = None,
) -> QuotePage:
    """The quotations that fit; with `text` those that hold its words one after another, then the nearest in meaning.

    Without `size` all stand on one page. A page past the last is empty.
    """
    exact, near = _ranked(kb, text)
    found = _fitting(exact, near, filters)
    ordered = sorted(found, key=_ORDERS[sort]) if sort in _ORDERS else found
    if sort is Sort.SOURCE:
        place = {quote.id: number for number, quote in enumerate(kb.quotes)}
        ordered = sorted(found, key=lambda quote: place[quote.id])
    size = size or max(1, len(ordered))
    return QuotePage(
        quotes=tuple(ordered[(page - 1) * size : page * size]),
        total=len(ordered),
        exact=sum(filters.fit(quote) for quote in exact) if text else 0,
        page=page,
        pages=-(-len(ordered) // size),
        facets={name: _facet(name, exact, near, filters) for name in FACETS},
    )


def _ranked(kb: KnowledgeBase, text: str | None) -> tuple[list[Quote], list[Quote]]:
    """All quotations that hold the words, and all others, the nearest in meaning first; without words all hold them."""
    if text is None:
        return kb.quotes, []
    wanted = f" {' '.join(words(text))} "
    exact = [quote for quote in kb.quotes if wanted.strip() and wanted in f" {' '.join(words(quote.text))} "]
    query = Query(kb.query_vector(text), words=words(text))
    hits = search(kb, query, limit=len(kb.passages))
    held = {quote.id for quote in exact}
    return exact, [quote for hit in hits for quote in kb.quotes_in(hit.passage.id) if quote.id not in held]


def _fitting(exact: Sequence[Quote], near: Sequence[Quote], filters: QuoteFilters) -> list[Quote]:
    by_meaning = [quote for quote in near if filters.fit(quote)]
    return [*(quote for quote in exact if filters.fit(quote)), *by_meaning[:_BY_MEANING]]


def _facet(name: str, exact: Sequence[Quote], near: Sequence[Quote], filters: QuoteFilters) -> tuple[FacetValue, ...]:
    """The values of a facet among the quotations that fit all filters but its own, the most frequent first."""
    found = _fitting(exact, near, replace(filters, **{name: None}))
    counts = Counter(value for quote in found for value in _VALUES[name](quote))
    return tuple(
        FacetValue(value, count) for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


_ORDERS: Mapping[Sort, Callable[[Quote], tuple[object, ...]]] = {
    Sort.SPEAKER: lambda quote: (quote.speaker is None, fold(quote.speaker or "")),
    Sort.THEME: lambda quote: (quote.theme is None, quote.theme or ""),
    Sort.LENGTH: lambda quote: (len(quote.text),),
}
