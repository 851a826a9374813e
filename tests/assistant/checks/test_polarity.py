"""A statement does not turn round what its passage says."""

import pytest

from assistant.checks.polarity import turns_round


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Ouderen willen verhuizen.", "Ouderen willen niet verhuizen."),
        ("Ouderen willen niet verhuizen.", "Ouderen willen graag verhuizen."),
        ("Er zijn meer files.", "Er zijn minder files."),
        ("De eenzaamheid is afgenomen.", "De eenzaamheid is toegenomen."),
        ("Kies voor spoor in plaats van asfalt.", "Kies voor asfalt in plaats van spoor."),
        (
            "Doordat er minder thuiswerk is, zijn er minder files.",
            "Doordat er meer thuiswerk is, zijn er minder files.",
        ),
        ("Mensen willen de rust loslaten.", "Mensen willen de rust vasthouden."),
    ],
)
def test_what_turns_a_sentence_round_is_found(statement: str, sentence: str) -> None:
    assert turns_round(statement, [sentence])


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("Ouderen willen niet verhuizen.", "Veel ouderen willen helemaal niet verhuizen."),
        ("Ouderen blijven liever wonen waar zij wonen.", "Veel ouderen willen niet verhuizen."),
        ("Er zijn minder files.", "Doordat er meer thuiswerk is, zijn er minder files."),
        ("De eenzaamheid groeide.", "De eenzaamheid is toegenomen."),
        ("Kies voor spoor in plaats van asfalt.", "Wij kiezen liever spoor in plaats van asfalt."),
        ("Niet alleen ouderen zijn eenzaam.", "Ook jongeren zijn eenzaam, naast ouderen."),
        ("Er ontbreekt een werkplek.", "Er is thuis geen werkplek."),
        ("People lack a place to work.", "Er is thuis geen werkplek."),
    ],
)
def test_what_says_the_same_in_other_words_is_no_reversal(statement: str, sentence: str) -> None:
    assert not turns_round(statement, [sentence])
