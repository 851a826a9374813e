"""What is refused, why, and what is offered instead."""

import re
from dataclasses import replace

import pytest

from assistant.answer import Reason, Status
from assistant.engine import ask, explain
from assistant.question import understand
from assistant.refusal import Signals, refusal
from kb.knowledge_base import KnowledgeBase

QUESTION = understand("Wat vonden mensen van zwembaden?")
SEEN = Signals(
    answered=0.4,
    unanswerable=0.4,
    coverage=0.5,
    asks_figure=0.0,
    asks_why=0.0,
    unknown=(),
    has_phrase=False,
    has_figure=True,
    has_all_words=False,
    margin=-1.0,
    nearness=1.0,
)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, Reason.NOT_IN_SOURCES),
        ({"nearness": -1.0}, Reason.OFF_TOPIC),
        ({"asks_why": 1.0}, Reason.PREMISE_NOT_SUPPORTED),
        ({"margin": 0.1}, None),
        ({"has_phrase": True}, None),
        ({"has_all_words": True}, None),
        ({"has_all_words": True, "asks_figure": 1.0}, Reason.NOT_IN_SOURCES),
        ({"has_figure": False, "margin": 5.0}, Reason.NOT_IN_SOURCES),
        ({"margin": None, "nearness": None}, None),
        ({"margin": None, "nearness": None, "unknown": QUESTION.subject}, Reason.NOT_IN_SOURCES),
    ],
)
def test_the_reason_follows_from_what_is_seen(changed: dict, reason: Reason | None) -> None:
    assert refusal(QUESTION, replace(SEEN, **changed)) is reason


def test_a_question_without_a_subject_is_too_vague() -> None:
    assert refusal(understand("Wat vonden ze ervan?"), SEEN) is Reason.TOO_VAGUE


def test_a_refusal_offers_questions_that_are_answered(kb: KnowledgeBase) -> None:
    text = ask(kb, "Wat zeiden deelnemers over kernenergie?").text
    offered = re.findall(r"(?:Wat|Welke) [^?·]*\?", text)
    assert 1 <= len(offered) <= 3
    for question in offered:
        assert ask(kb, question).status is Status.ANSWERED


def test_a_name_that_is_nowhere_is_said_to_be(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat vond burgemeester Halsema van de gesprekken over wonen?")
    assert "halsema" in answer.text.lower()
    assert answer.status is not Status.ANSWERED


def test_what_is_seen_is_explained_with_names(kb: KnowledgeBase) -> None:
    listed = dict(explain(kb, "Wat vonden mensen van thuiswerken?").signals.listed())
    assert "onder 0: geen antwoord" in listed["oordeel"]
    assert listed["onbekende woorden"] == "geen"
