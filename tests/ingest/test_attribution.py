"""Who said it, and where, as written."""

import pytest

from ingest import attribution


@pytest.mark.parametrize(
    ("text", "speaker", "dialogue"),
    [
        pytest.param("‘Zo is het.’ (student, dialoog 3)", "student", "dialoog 3", id="role and dialogue"),
        pytest.param("‘Zo is het.’ (student, dialoog 3).", "student", "dialoog 3", id="full stop after the bracket"),
        pytest.param("‘Zo is het’. (student, dialoog 3)", "student", "dialoog 3", id="full stop before the bracket"),
        pytest.param("‘Zo is het.’(student,  dialoog 3)", "student", "dialoog 3", id="no space"),
        pytest.param("‘Zo is het.’ (student, Dialoog 3)", "student", "Dialoog 3", id="capital"),
        pytest.param("‘Zo is het.’ (student dialoog 3)", "student", "dialoog 3", id="no comma"),
        pytest.param("“Zo is het.” (manager, dialoog 12)", "manager", "dialoog 12", id="double marks"),
        pytest.param(
            "‘Zo is het.’ (gepensioneerd, oud-docent VO, schrijver en theatermaker, dialoog 4)",
            "gepensioneerd, oud-docent VO, schrijver en theatermaker",
            "dialoog 4",
            id="commas in the role",
        ),
        pytest.param("‘Zo is het.’ (dialoog 6)", None, "dialoog 6", id="only a dialogue"),
        pytest.param("‘Zo is het.’ (wethouder)", "wethouder", None, id="only a role"),
        pytest.param("‘Zo is het.’ (groepsgesprek, dialoog 6)", "groepsgesprek", "dialoog 6", id="a group"),
        pytest.param("“Zo is het.” (Regina Bouius-Riemersma)", "Regina Bouius-Riemersma", None, id="a name"),
        pytest.param(
            "‘Zo is het.’ (horecaondernemer, dialoog 5", "horecaondernemer", "dialoog 5", id="bracket not closed"
        ),
        pytest.param("‘Zo is het.’ coach, dialoog 2)", "coach", "dialoog 2", id="bracket not opened"),
        pytest.param("‘Zo is het.’ personal trainer, dialoog 4", "personal trainer", "dialoog 4", id="no brackets"),
        pytest.param("‘Zo is het.’ dialoog 5", None, "dialoog 5", id="a dialogue without brackets"),
        pytest.param(
            "‘Zo is het. Innovatiemanager hoger onderwijs, dialoog 2)",
            "Innovatiemanager hoger onderwijs",
            "dialoog 2",
            id="neither closing mark nor opening bracket",
        ),
        pytest.param(
            "“Zo is het.” - Wethouder, themadialoog samen leven", "Wethouder", "themadialoog samen leven", id="dash"
        ),
        pytest.param(
            "“Zo is het.” – Zzp'er, themadialoog wonen & verkeer",
            "Zzp'er",
            "themadialoog wonen & verkeer",
            id="longer dash",
        ),
        pytest.param(
            '"Zo is het." - Huisvrouw, verkenningsdialoog', "Huisvrouw", "verkenningsdialoog", id="straight marks"
        ),
        pytest.param(
            "“Zo is het.” - Meerdere deelnemers themadialoog samen leven",
            "Meerdere deelnemers",
            "themadialoog samen leven",
            id="dash without comma",
        ),
    ],
)
def test_the_attribution_that_closes_a_quotation_is_read(text, speaker, dialogue):
    found = attribution.at_end(text, may_be_bare=False)
    assert (found.speaker, found.dialogue) == (speaker, dialogue)
    assert text[: found.start].rstrip('’”"').endswith("Zo is het") or text[: found.start].endswith("Zo is het.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("‘Zo is het.’", id="none"),
        pytest.param("Zij willen meer groen (en minder steen)", id="brackets that belong to the words"),
        pytest.param("Zij spraken in de derde dialoog.", id="a dialogue in a sentence"),
        pytest.param("De wens is groot - zo zeggen zij", id="a dash in a sentence"),
    ],
)
def test_what_is_no_attribution_is_left(text):
    assert attribution.at_end(text, may_be_bare=False) is None


def test_a_bracket_without_a_closing_mark_counts_when_the_mark_is_known_to_be_missing():
    text = "‘Dat zijn: aandacht en luisteren. (Burgemeester). "
    assert attribution.at_end(text.strip(), may_be_bare=False) is None
    assert attribution.at_end(text.strip(), may_be_bare=True).speaker == "Burgemeester"


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        pytest.param(
            "Zo vatte een van de burgemeesters die als host optrad het samen toen hij zei:",
            "een van de burgemeesters die als host optrad",
            id="one of the hosts",
        ),
        pytest.param(
            "Een ambtenaar uit een grote stad wil een plek om te herdenken.",
            "Een ambtenaar uit een grote stad",
            id="an official",
        ),
        pytest.param("Het uitgangspunt is wat deelnemers formuleerden als:", "deelnemers", id="the participants"),
        pytest.param("De groep zei veel.", None, id="nobody"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_speaker_may_stand_in_the_sentence_before(before, speaker):
    assert attribution.from_introduction(before) == speaker


@pytest.mark.parametrize(
    ("after", "speaker"),
    [
        pytest.param(
            ". Met die uitspraak van een deelnemer uit de tafel opende de werkplaats.",
            "een deelnemer uit de tafel",
            id="an utterance that opened",
        ),
        pytest.param(", aldus de wethouder van Emmen. Daarna", "de wethouder van Emmen", id="aldus"),
        pytest.param(" zei een student, en hij ging.", "een student", id="zei"),
        pytest.param(". En zo verder.", None, id="nobody"),
    ],
)
def test_the_speaker_may_stand_in_the_words_after(after, speaker):
    assert attribution.from_sequel(after) == speaker
