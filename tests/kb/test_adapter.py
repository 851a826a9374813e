"""The adapter that is shipped keeps vectors vectors, and without one nothing changes."""

import numpy as np

from kb import adapter
from kb.adapter import Adapter
from kb.embedders import BUNDLED
from kb.knowledge_base import KnowledgeBase


def test_adapted_vectors_have_length_one(kb: KnowledgeBase) -> None:
    vectors = kb.embedder.embed_queries(["Wat zeiden burgers over wonen?", "tiny houses"])
    for adapted in (kb.adapter.of_queries(vectors), kb.adapter.of_documents(vectors)):
        assert adapted.shape == vectors.shape
        assert np.allclose(np.linalg.norm(adapted, axis=1), 1, atol=1e-5)


def test_an_embedder_without_an_adapter_stays_as_it_is() -> None:
    none = adapter.load("sentence-transformers:any/model")
    vector = np.array([0.6, 0.8], np.float32)
    assert none.query is None
    assert np.array_equal(none.of_queries(vector), vector)
    assert np.array_equal(none.of_documents(vector), vector)
    assert none.chance_broad(vector) is None
    assert adapter.shipped_file(BUNDLED).exists()


def test_broad_questions_are_told_from_narrow_ones(kb: KnowledgeBase) -> None:
    def chance(question: str) -> float:
        return kb.adapter.chance_broad(kb.embedder.embed_query(question)) or 0.0

    narrow = ("Welke kleur had de bank die een wethouder voor zijn huis zette?", "Wie kocht een megafoon?")
    broad = ("Wat vonden inwoners van de zorg in hun buurt?", "Hoe dachten burgers over wonen en bouwen?")
    assert max(map(chance, narrow)) < 0.3
    assert min(map(chance, broad)) > 0.8


def test_a_breadth_is_a_logistic_function_of_the_vector() -> None:
    learned = Adapter(breadth=np.array([2.0, 0.0, -1.0], np.float32))
    assert learned.chance_broad(np.array([0.5, 9.0], np.float32)) == 0.5
