"""A question is read: language, subject, what it refers back to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import QUESTION_MAX, QuestionKind, sides, themes_named, understand
from kb.errors import InputError
from kb.model import Part, Track


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wat zeiden burgers over wonen?", "nl"),
        ("eenzaamheid ouderen", "nl"),
        ("What did citizens say about housing?", "en"),
        ("Which ideas were there for young people?", "en"),
    ],
)
def test_the_language_is_told_by_its_function_words(text: str, language: str) -> None:
    assert understand(text).language == language


def test_the_subject_leaves_out_the_words_with_which_people_ask() -> None:
    assert understand("Wat zeiden burgers over groen in de wijk?").subject == ("groen", "wijk")


def test_who_and_what_part_is_meant_is_recognised() -> None:
    question = understand("Wat willen wetenschappers na de crisis?")
    assert (question.tracks, question.parts) == ({Track.WETENSCHAP}, {Part.DROOM})
    assert themes_named(understand("Wat ging er mis met werk?"), ["onderwijs-en-werk", "gezondheid"]) == {
        "onderwijs-en-werk"
    }


def test_a_question_that_refers_back_gets_the_one_before_it() -> None:
    assert understand("En bij ouderen?", ["Wat zei men over eenzaamheid?"]).standalone == (
        "Wat zei men over eenzaamheid? En bij ouderen?"
    )


def test_a_question_that_stands_by_itself_stays_as_it_is() -> None:
    text = "Welke gemeenten deden mee aan de gesprekken over gezondheid?"
    assert understand(text, ["Wat zei men over eenzaamheid?"]).standalone == text


@pytest.mark.parametrize("text", ["", " ", "\n\t", "x" * (QUESTION_MAX + 1)], ids=["empty", "space", "lines", "long"])
def test_what_is_no_question_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        understand(text)


@given(st.text(min_size=1, max_size=300).filter(str.strip), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_can_be_read(text: str, history: list[str]) -> None:
    question = understand(text, history)
    assert question.standalone.endswith(question.text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Geef een citaat van een huisarts", QuestionKind.QUOTATION),
        ("Wie zei dat vogels vrij zijn?", QuestionKind.QUOTATION),
        ("Wat zei een huisarts over kunst?", QuestionKind.QUOTATION),
        ("Give me a quote about the bus", QuestionKind.QUOTATION),
        ("Hoeveel mensen deden mee?", QuestionKind.FACT),
        ("hoveel gesprekken waren er", QuestionKind.FACT),
        ("How many organisations took part?", QuestionKind.FACT),
        ("Wat vonden burgers en wetenschappers van vaccineren?", QuestionKind.COMPARISON),
        ("thuiswerken jong oud", QuestionKind.COMPARISON),
        ("Noem alle ideeën over sport", QuestionKind.LIST),
        ("Wat vonden burgers van sport?", None),
    ],
)
def test_the_kind_of_question_is_told_by_its_words(text: str, kind: QuestionKind | None) -> None:
    assert understand(text).kind is kind


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Wat vonden inwoners en hoogleraren van sport?", ["citizens", "scientists"]),
        ("Dachten brancheclubs anders dan bewoners?", ["civil society", "citizens"]),
        ("Wat moet er volgens academici tussen inwoners en Den Haag gebeuren?", ["scientists"]),
        ("Wat staat er in het kabinetsstuk?", ["government"]),
        ("Wat vonden mensen van sport?", []),
    ],
)
def test_who_is_asked_about_is_recognised(text: str, groups: list[str]) -> None:
    assert [group.en for group in understand(text).groups] == groups


def test_whom_the_last_turn_asks_about_replaces_those_before() -> None:
    question = understand("En bij ouderen?", ["Waren studenten eenzaam?"])
    assert [group.en for group in question.groups] == ["older people"]
    assert sides(question.groups) == ()


def test_a_fragment_gets_the_question_before_it() -> None:
    assert understand("rol overheid?", ["Hoe dachten bedrijven over data?"]).standalone == (
        "Hoe dachten bedrijven over data? rol overheid?"
    )


def test_the_bare_question_names_neither_groups_nor_asking() -> None:
    assert understand("Wat vonden burgers en wetenschappers van vaccineren?").bare == "vaccineren"
