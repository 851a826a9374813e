"""Where a Dutch sentence ends."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.sentences import sentence_ranges, sentences

_WORDS = (
    "Wij wonen in de straat o.a. dr. De Vries z’n 1,5 meter 9.30 www.vng.nl bijv. A. … ... ‘ ’ “ ” . ! ? ?! : ( ) – -"
)
_PIECES = st.sampled_from([*_WORDS.split(), " ", "  ", "\n", "\t", "\u00a0"])


@pytest.mark.parametrize(
    "abbreviation",
    ["o.a.", "d.w.z.", "m.n.", "i.p.v.", "d.m.v.", "bijv.", "m.b.t.", "t.a.v."],
)
def test_an_abbreviation_does_not_end_a_sentence(abbreviation):
    text = f"Mensen willen ruimte, {abbreviation} Groen in de wijk. Dat is alles."
    assert sentences(text) == [f"Mensen willen ruimte, {abbreviation} Groen in de wijk.", "Dat is alles."]


@pytest.mark.parametrize("title", ["dr.", "drs.", "prof.", "ir.", "mr.", "Prof. dr. ir.", "mevr.", "dhr."])
def test_a_title_before_a_name_does_not_end_a_sentence(title):
    text = f"Daarna sprak {title} De Vries over zorg. Zij was kort."
    assert sentences(text) == [f"Daarna sprak {title} De Vries over zorg.", "Zij was kort."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wij wonen hier. Wij blijven.", ["Wij wonen hier.", "Wij blijven."], id="full stop"),
        pytest.param("Mag het? Ja! Goed.", ["Mag het?", "Ja!", "Goed."], id="question and exclamation"),
        pytest.param("K.H. Ollongren tekent. Klaar.", ["K.H. Ollongren tekent.", "Klaar."], id="initials"),
        pytest.param("Op 1.5 meter om 9.30 uur. Ja.", ["Op 1.5 meter om 9.30 uur.", "Ja."], id="numbers"),
        pytest.param("Kijk op www.vng.nl voor meer. Ja.", ["Kijk op www.vng.nl voor meer.", "Ja."], id="address"),
        pytest.param(
            "Ik weet het niet… misschien wel. Ja.", ["Ik weet het niet… misschien wel.", "Ja."], id="ellipsis"
        ),
        pytest.param("Dat is mooi... Daarna niets.", ["Dat is mooi...", "Daarna niets."], id="dots before a capital"),
        pytest.param(
            "Het zijn er 28 (zie blz. 3). Meer niet.", ["Het zijn er 28 (zie blz. 3).", "Meer niet."], id="page"
        ),
        pytest.param("‘Het is mooi.’ Dat zei zij.", ["‘Het is mooi.’", "Dat zei zij."], id="closing mark"),
        pytest.param(
            "‘Mag het? Ja.’ zei hij. Daarna niets.", ["‘Mag het? Ja.’ zei hij.", "Daarna niets."], id="said by"
        ),
        pytest.param(
            "Hij riep: ‘Kom! Nu!’ en ging. Stil.", ["Hij riep: ‘Kom! Nu!’ en ging.", "Stil."], id="inside marks"
        ),
        pytest.param("Ga je ook?! ja hoor.", ["Ga je ook?! ja hoor."], id="small letter after a mark"),
        pytest.param("", [], id="empty"),
        pytest.param(" \n ", [], id="only white space"),
    ],
)
def test_a_text_falls_apart_into_its_sentences(text, expected):
    assert sentences(text) == expected


@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_the_ranges_are_ordered_and_hold_every_character_but_space(text):
    ranges = sentence_ranges(text)
    assert all(start < end for start, end in ranges)
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))
    held = {place for start, end in ranges for place in range(start, end)}
    assert [char for place, char in enumerate(text) if place not in held and not char.isspace()] == []


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_sentence_starts_or_ends_in_white_space(text):
    assert all(sentence == sentence.strip() for sentence in sentences(text))
