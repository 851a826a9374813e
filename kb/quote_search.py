"""Search in the quotations: exact words first, then meaning."""

from kb.knowledge_base import KnowledgeBase
from kb.model import Quote
from kb.search import Filters, Query, search
from kb.text import fold, words

_BY_MEANING = 20


def find_quotes(
    kb: KnowledgeBase, text: str | None = None, *, filters: Filters = Filters(), speaker: str | None = None
) -> list[Quote]:
    """The quotations that fit; with `text` those that hold its words one after another, then the nearest in meaning.

    Without `text` they stand in the order of the sources. `speaker` is a part of the speaker as written.
    """
    quotes = [quote for quote in kb.catalogue.quotes(**filters.where()) if _speaks(quote, speaker)]
    if text is None:
        return quotes
    wanted = " ".join(words(text))
    exact = [quote for quote in quotes if wanted and f" {wanted} " in f" {' '.join(words(quote.text))} "]
    by_passage: dict[str, list[Quote]] = {}
    for quote in quotes:
        by_passage.setdefault(quote.passage_id, []).append(quote)
    query = Query(kb.adapter.of_queries(kb.embedder.embed_query(text)), words=words(text))
    hits = search(kb, query, filters=filters, limit=10 * _BY_MEANING)
    near = [quote for hit in hits for quote in by_passage.get(hit.passage.id, ())][:_BY_MEANING]
    return list(dict.fromkeys([*exact, *near]))


def _speaks(quote: Quote, speaker: str | None) -> bool:
    return speaker is None or fold(speaker) in fold(quote.speaker or "")
