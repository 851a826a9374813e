"""The passages of the reports as documents of LangChain, as the engine finds them for the same question."""

from collections.abc import Sequence
from itertools import zip_longest

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, InstanceOf

from assistant import engine
from assistant.engine import Found
from assistant.sources import cite
from kb.knowledge_base import KnowledgeBase
from kb.search import Filters, Hit


class DialogueRetriever(BaseRetriever):
    """Finds at most `k` passages, best first; of groups that a question compares the best of each in turn.

    `page_content` is a passage as it stands in its source at the `spans` of the metadata. A question that the engine
    would refuse has passages too, the nearest: ask the engine where that matters.

    Raises:
        InputError: when the question or a filter cannot be used.
    """

    kb: InstanceOf[KnowledgeBase] = Field(repr=False)
    k: int = Field(10, ge=1)
    filters: InstanceOf[Filters] = Filters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002 - the signature is LangChain's
        found = engine.explain(self.kb, query, filters=self.filters, with_model=False).found
        return [_document(self.kb, hit) for hit in _best_first(found)[: self.k]]


def _best_first(found: Sequence[Found]) -> list[Hit]:
    """The hits of all groups in turn, each passage once."""
    best: dict[str, Hit] = {}
    for turn in zip_longest(*(one.hits for one in found)):
        for hit in filter(None, turn):
            best.setdefault(hit.passage.id, hit)
    return list(best.values())


def _document(kb: KnowledgeBase, hit: Hit) -> Document:
    passage = hit.passage
    citation = cite(kb, 1, passage, kb.quotes_by_passage.get(passage.id))
    return Document(
        id=passage.id,
        page_content=citation.text,
        metadata={
            "passage_id": citation.passage_id,
            "source": citation.source,
            "source_title": citation.source_title,
            "report": citation.report,
            "track": str(citation.track),
            "theme": citation.theme,
            "part": str(citation.part),
            "speaker": citation.speaker,
            "spans": [[span.start, span.end] for span in citation.spans],
            "url": citation.url,
            "score": hit.score,
        },
    )
