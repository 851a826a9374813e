"""What the doctor finds, with a model that answers, one that does not, and none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.doctor import Finding, examine
from kb import settings
from kb.knowledge_base import KnowledgeBase
from tests.assistant.model_server import Behaviour, ModelServer, fails, says

WithModel = Callable[..., KnowledgeBase]


def found(findings: list[Finding], name: str) -> Finding:
    return next(one for one in findings if one.name == name)


def test_without_a_language_model_all_is_well(kb: KnowledgeBase) -> None:
    findings = list(examine(kb.settings))
    assert all(one.is_well for one in findings)
    assert "391 citaten" in found(findings, "index").found
    assert found(findings, "taalmodel").found.startswith("geen")


def test_a_missing_index_is_told_with_what_to_do(tmp_path: Path) -> None:
    index = found(list(examine(settings.load(home=tmp_path))), "index")
    assert not index.is_well
    assert "dialoog ingest" in index.found


@pytest.mark.parametrize(
    ("behaviour", "is_well", "said"),
    [(says("ja"), True, "ja, in"), (fails(401), False, "status 401"), (says(""), False, "leeg")],
    ids=["answers", "refuses", "says nothing"],
)
def test_a_language_model_is_asked_whether_it_answers(
    with_model: WithModel, model_server: ModelServer, behaviour: Behaviour, is_well: bool, said: str
) -> None:
    model_server.behaviour = behaviour
    findings = list(examine(with_model().settings))
    answers = found(findings, "taalmodel antwoordt")
    assert (answers.is_well, said in answers.found) == (is_well, True)
    assert found(findings, "taalmodel draait op").found == "deze computer"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"llm": "onzin"}, "geef aanbieder en model"),
        ({"llm": "onzin:model"}, "onzin"),
        ({"llm": "openai:model", "llm_api_key_file": "/nergens/sleutel"}, "/nergens/sleutel is niet te lezen"),
    ],
    ids=["no model", "an unknown provider", "a key file that is not there"],
)
def test_a_setting_that_cannot_work_is_named(kb: KnowledgeBase, chosen: dict[str, str], said: str) -> None:
    finding = found(list(examine(settings.load(home=kb.settings.home, **chosen))), "taalmodel")
    assert not finding.is_well
    assert said in finding.found


def test_a_server_elsewhere_is_named_because_questions_go_there(kb: KnowledgeBase) -> None:
    away = settings.load(home=kb.settings.home, llm="openai:m", llm_base_url="http://127.0.0.2:9/v1", llm_seconds=1)
    assert "127.0.0.2:9: vragen en passages gaan daarheen" in found(list(examine(away)), "taalmodel draait op").found


def test_the_key_comes_from_a_file(with_model: WithModel, model_server: ModelServer, tmp_path: Path) -> None:
    (tmp_path / "sleutel").write_text("geheim-uit-bestand\n", encoding="utf-8")
    model_server.behaviour = says("ja")
    list(examine(with_model(llm_api_key_file=tmp_path / "sleutel").settings))
    assert model_server.keys == ["Bearer geheim-uit-bestand"]


def test_the_key_of_a_public_service_is_not_sent_to_another_server(
    with_model: WithModel, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "geheim-van-een-ander")
    model_server.behaviour = says("ja")
    list(examine(with_model().settings))
    assert model_server.keys == ["Bearer geen"]
