"""Answers of the engine over the real documents: whatever is asked, every word is the source's."""

from dataclasses import replace

import pytest

from assistant.answer import Reason, StatementKind, Status
from assistant.engine import ask, explain
from assistant.filters import parse_filters
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Track
from kb.search import Filters
from kb.text import render

QUESTIONS = [
    "Wat zeiden burgers over wonen?",
    "Wat ging er mis in het onderwijs?",
    "Wie zaten aan tafel bij gezondheid?",
    "Wat is een sociaal-cultureel OMT?",
    "What did students say about online lessons?",
    "tiny houses",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_word_shown_stands_in_the_source(kb: KnowledgeBase, question: str) -> None:
    answer = ask(kb, question)
    assert answer.status is Status.ANSWERED
    cited = {citation.number: citation for citation in answer.citations}
    for citation in answer.citations:
        assert render(kb.text(citation.source), citation.spans) == citation.text
    for statement in answer.statements:
        if statement.kind is not StatementKind.NOTE:
            assert all(statement.text in cited[number].text for number in statement.citations)


def test_a_quotation_is_shown_with_its_speaker_and_dialogue(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat zei een huisarts over kunstenaars op straat en op scholen?")
    quotes = [statement for statement in answer.statements if statement.kind is StatementKind.QUOTE]
    assert any("De kunstenaars zouden verbindend kunnen werken" in quote.text for quote in quotes)
    assert "(huisarts, dialoog 3)" in answer.text


def test_an_exact_phrase_finds_its_passage(kb: KnowledgeBase) -> None:
    answer = ask(kb, 'Wie zei "Je moet niet vinken maar vonken"?')
    assert "vinken maar vonken" in answer.citations[0].text or any(
        "vinken maar vonken" in citation.text for citation in answer.citations[:2]
    )


def test_two_versions_of_a_quotation_do_not_both_fill_an_answer(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wie droomt over betaalbare woningen en voldoende ruimte, ook als je thuis moet werken?")
    shown = [c.text for c in answer.citations if "betaalbare woningen en voldoende ruimte, ook als je" in c.text]
    assert len(shown) == 1


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Hoe bak ik een appeltaart?", Reason.OFF_TOPIC),
        ("Wat zeiden deelnemers over kernenergie?", Reason.NOT_IN_SOURCES),
        ("Wat vonden ze ervan?", Reason.TOO_VAGUE),
        ("Hoeveel procent van de burgers was tegen de avondklok?", Reason.NOT_IN_SOURCES),
        ("Hoeveel geld kreeg de horeca terug?", Reason.NOT_IN_SOURCES),
    ],
)
def test_a_refusal_says_why_and_cites_nothing(kb: KnowledgeBase, question: str, reason: Reason) -> None:
    answer = ask(kb, question)
    assert (answer.status, answer.reason, answer.citations) == (Status.NO_ANSWER, reason, ())
    assert all(statement.kind is StatementKind.NOTE for statement in answer.statements)


def test_a_name_that_is_looked_for_in_vain_is_said_once(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat vond burgemeester Halsema van de dialogen?")
    assert answer.text.lower().count("halsema") == 1


@pytest.mark.parametrize(
    "question",
    ["Hoeveel procent van de inwoners van Saba is gevaccineerd?", "Welk opgeheven departement wilde men heroprichten?"],
)
def test_a_figure_that_is_there_and_words_that_are_known_are_not_refused(kb: KnowledgeBase, question: str) -> None:
    assert ask(kb, question).status is not Status.NO_ANSWER


def test_a_question_about_two_groups_gets_answers_of_both(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat vonden burgers en wetenschappers van vaccineren?")
    tracks = [citation.track for citation in answer.citations]
    assert set(tracks) == {Track.BURGERS, Track.WETENSCHAP}
    assert abs(tracks.count(Track.BURGERS) - tracks.count(Track.WETENSCHAP)) <= 2


def test_boilerplate_does_not_crowd_out_answers(kb: KnowledgeBase) -> None:
    repeated = {passage.id for passage in kb.catalogue.passages() if passage.boilerplate}
    assert len(repeated) > 50
    for question in QUESTIONS:
        cited = [citation.passage_id for citation in ask(kb, question).citations]
        assert sum(key in repeated for key in cited) <= 0.25 * len(cited)


def test_a_group_that_says_nothing_is_said_to(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Verschil tussen burgers en wetenschappers over tiny houses?")
    assert "Van wetenschappers vonden we hierover geen uitspraak." in answer.text
    assert {citation.track for citation in answer.citations} == {Track.BURGERS}


def test_a_broad_question_cites_more_than_a_narrow_one(kb: KnowledgeBase) -> None:
    broad, narrow = (
        sum(len(citation.text) for citation in ask(kb, text).citations)
        for text in ("Wat vonden mensen van thuiswerken?", "Hoeveel gesprekken waren er over gezondheid?")
    )
    assert broad > 2 * narrow


@pytest.mark.parametrize("question", [*QUESTIONS, "Wat vonden burgers en wetenschappers van vaccineren?"])
def test_what_is_shown_first_is_short_and_the_same_each_time(kb: KnowledgeBase, question: str) -> None:
    first, second = (replace(ask(kb, question), elapsed_ms={}) for _ in range(2))
    assert first == second
    assert len(first.text) < 3500
    assert all(f"[{citation.number}]" in first.text for citation in first.citations)
    for statement in first.statements[: first.shown]:
        assert statement.text in first.text


def test_explaining_gives_the_answer_and_the_fate_of_each_hit(kb: KnowledgeBase) -> None:
    explained = explain(kb, QUESTIONS[0].replace("wonen", "thuiswerken"))
    (found,) = explained.found
    assert {citation.passage_id for citation in explained.answer.citations} == {item.id for item in found.cited}
    assert len(found.candidates) == 100
    assert explained.signals.margin is not None


def test_filters_are_read_and_checked(kb: KnowledgeBase) -> None:
    assert parse_filters("burgers", "gezondheid", "knel") == Filters("burgers", "gezondheid", "knel")
    with pytest.raises(InputError, match="wonen-en-verkeer"):
        ask(kb, "Wonen?", filters=Filters(theme="ruimtevaart"))


def test_who_was_at_the_table_goes_with_a_theme(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Wat zeiden burgers over wonen?")
    assert any(table.participants == 28 and table.talks == 4 for table in answer.at_the_table)
    assert "geen steekproef" in answer.text
