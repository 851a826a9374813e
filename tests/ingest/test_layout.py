"""Lines to blocks, on small texts set as the PDF sets them: a line that goes on ends in a space."""

import pytest

from ingest.layout import Block, BlockKind, blocks, closing_position
from ingest.readers import split_lines
from kb.text import render

LONG = "De deelnemers aan dit gesprek vertelden elkaar uitvoerig hoe zij de afgelopen maanden "
MORE = "hadden beleefd en welke lessen zij daaruit voor de komende jaren graag willen trekken. "
PARAGRAPH = (LONG + MORE).strip()
SPOKEN = "‘Sociale verbinding is superbelangrijk, maar na zo’n tijd moeten mensen daar weer in komen. "


def _blocks(*lines, furniture=frozenset()) -> list[Block]:
    document = split_lines("klein.txt", "\n".join(lines))
    found = blocks(document, document.lines, furniture)
    assert all(render(document.text, block.spans) == block.text for block in found)
    return found


def _texts(*lines, furniture=frozenset()):
    return [(block.kind.name, block.text) for block in _blocks(*lines, furniture=furniture)]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param([], id="nothing"),
        pytest.param([""], id="a blank line"),
        pytest.param(["", ""], id="two blank lines"),
        pytest.param(["", "", ""], id="a page break of blank lines"),
    ],
)
def test_a_sentence_goes_on_over(between):
    assert _texts(LONG, *between, MORE) == [("TEXT", PARAGRAPH)]


def test_a_sentence_goes_on_over_a_page_break_that_is_a_leading_space():
    assert _texts(LONG, " " + MORE) == [("TEXT", PARAGRAPH)]


def test_a_sentence_goes_on_over_page_furniture_that_no_span_holds():
    (block,) = _blocks(LONG, "", "6-7", "Rapportage themadialogen", "", MORE, furniture=frozenset({2, 3}))
    assert block.text == PARAGRAPH
    assert len(block.spans) == 2


def test_a_word_that_the_line_breaks_after_its_hyphen_is_joined():
    assert _texts(
        "Er is veel meer aandacht nodig voor een goede balans tussen werk-", "en privéleven voor allen. "
    ) == [("TEXT", "Er is veel meer aandacht nodig voor een goede balans tussen werk-en privéleven voor allen.")]


def test_paragraphs_are_kept_apart_by_a_blank_line():
    assert _texts(LONG, MORE, "", LONG, MORE) == [("TEXT", PARAGRAPH), ("TEXT", PARAGRAPH)]


def test_a_block_tells_whether_a_gap_stands_before_it():
    assert [block.gap for block in _blocks(LONG, MORE, "• Een. ", "", "• Twee. ", " • Drie. ")] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("marker", ["•", "-", "- ", "–", "+", "‑", "➜", "▪", "*"])
def test_each_bullet_is_a_block_without_its_marker(marker):
    found = _blocks(LONG, MORE, f"{marker} Meer aandacht voor elkaar. ", f"{marker} Minder regels. ")
    assert [(block.kind, block.marker, block.text) for block in found[1:]] == [
        (BlockKind.BULLET, marker.strip(), "Meer aandacht voor elkaar."),
        (BlockKind.BULLET, marker.strip(), "Minder regels."),
    ]


def test_numbered_items_follow_one_another():
    found = _blocks(LONG, MORE, "", "1. Meer aandacht voor elkaar. ", "2. Minder regels. ")
    assert [(block.kind, block.number, block.text) for block in found[1:]] == [
        (BlockKind.NUMBERED, "1", "Meer aandacht voor elkaar."),
        (BlockKind.NUMBERED, "2", "Minder regels."),
    ]


FULL_LINE = "Digitalisering van het werk, het onderwijs en het winkelen heeft een enorme vlucht "


def test_a_bullet_goes_on_after_a_blank_line_below_its_first_line():
    assert _texts("• " + FULL_LINE, "", "genomen en is niet meer weg te denken. ", "• Rust. ") == [
        ("BULLET", FULL_LINE + "genomen en is niet meer weg te denken."),
        ("BULLET", "Rust."),
    ]


def test_a_bullet_goes_on_with_a_capital_below_its_first_line_when_that_is_full():
    assert _texts("• " + FULL_LINE, "", "Nederlandse bedrijven en scholen in. ", "", LONG, MORE) == [
        ("BULLET", FULL_LINE + "Nederlandse bedrijven en scholen in."),
        ("TEXT", PARAGRAPH),
    ]


def test_a_dash_inside_a_sentence_is_no_bullet():
    before = "De deelnemers vertelden elkaar hoe zij de afgelopen lange maanden "
    after = "- zo zeiden zij het zelf - hadden beleefd in hun eigen huis en straat. "
    assert _texts(before, after) == [("TEXT", (before + after).strip())]


def test_a_box_that_goes_on_is_told_and_its_sign_is_no_text():
    first, second = _blocks(
        "• Een eerste punt dat in het kader doorloopt op de bladzijde hierna ›", "", "• Een tweede. "
    )
    assert (first.text, first.goes_on) == ("Een eerste punt dat in het kader doorloopt op de bladzijde hierna", True)
    assert not second.goes_on


@pytest.mark.parametrize(
    ("title", "number", "text"),
    [
        pytest.param(["Een deelhuis"], "", "Een deelhuis", id="a title without any mark"),
        pytest.param(["Een deelhuis "], "", "Een deelhuis", id="with a space at its end"),
        pytest.param(["2. Dromen en wensen voor de toekomst"], "2", "Dromen en wensen voor de toekomst", id="numbered"),
        pytest.param(["2.1 Werk maken van toegang"], "2.1", "Werk maken van toegang", id="numbered twice"),
        pytest.param(["Wie zaten aan tafel? "], "", "Wie zaten aan tafel?", id="a question"),
        pytest.param(
            ["4.  Verder met brede economische en", " maatschappelijke welvaart"],
            "4",
            "Verder met brede economische en maatschappelijke welvaart",
            id="wrapped over a page break",
        ),
        pytest.param(
            ["2. Wat is ontkiemd en verdient het om", "  groter gemaakt te worden?"],
            "2",
            "Wat is ontkiemd en verdient het om groter gemaakt te worden?",
            id="wrapped with two spaces",
        ),
    ],
)
def test_a_heading_stands_above_its_text(title, number, text):
    found = _blocks(LONG, MORE, "", *title, "", LONG, MORE)
    assert [(block.kind, block.number, block.text) for block in found] == [
        (BlockKind.TEXT, "", PARAGRAPH),
        (BlockKind.HEADING, number, text),
        (BlockKind.TEXT, "", PARAGRAPH),
    ]


def test_a_title_of_a_text_box_stands_directly_above_its_text():
    assert _texts(LONG, MORE, "", "Een deelhuis", LONG, MORE)[1:] == [("HEADING", "Een deelhuis"), ("TEXT", PARAGRAPH)]


def test_a_heading_at_the_top_of_a_page_needs_no_blank_line():
    assert _texts(LONG, MORE, " 4. Procesobservaties", "", LONG, MORE) == [
        ("TEXT", PARAGRAPH),
        ("HEADING", "Procesobservaties"),
        ("TEXT", PARAGRAPH),
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Zij willen meer rust.", id="a sentence"),
        pytest.param("Zij noemen het volgende:", id="an introduction"),
        pytest.param("en zij willen meer rust", id="a small letter"),
    ],
)
def test_a_short_line_is_not_always_a_heading(line):
    assert "HEADING" not in [kind for kind, _ in _texts(LONG, MORE, "", line, "", LONG, MORE)]


CLOSED = "Wij gaan samen verder.’ (student, dialoog 6) "


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([" " + CLOSED], id="over a page break"),
        pytest.param(["", CLOSED], id="over a blank line"),
        pytest.param(["", "", "", CLOSED], id="over a page break of blank lines"),
        pytest.param(["De overheid heeft een taak. ", " " + CLOSED], id="with sentences before the page break"),
    ],
)
def test_a_quotation_goes_on_until_it_is_closed(lines):
    spoken = " ".join([SPOKEN.strip(), *(line.strip() for line in lines if line)])
    assert _texts(LONG, MORE, "", SPOKEN, *lines, "", LONG, MORE) == [
        ("TEXT", PARAGRAPH),
        ("TEXT", spoken),
        ("TEXT", PARAGRAPH),
    ]


def test_quotations_that_touch_at_a_page_break_are_two_blocks():
    first = "‘Ik droom van betaalbare woningen en van voldoende ruimte voor iedereen.’ (gepensioneerd, dialoog 2)"
    second = "‘Iedereen een goede woning, genoeg plek voor iedereen.’ (student, dialoog 4)"
    assert _texts(LONG, MORE, "", first, " " + second, "", LONG, MORE)[1:3] == [("TEXT", first), ("TEXT", second)]


def test_a_quotation_without_a_closing_mark_ends_at_its_attribution():
    first = "‘Muziekscholen zijn ook een vorm van educatie. Wat zijn plekken waar we leren? (student, dialoog 6)"
    second = "‘Onderwijs is meer dan een vak.’ (docent, dialoog 2)"
    assert _texts(first, "", second, "", LONG, MORE) == [("TEXT", first), ("TEXT", second), ("TEXT", PARAGRAPH)]


def test_a_quotation_ends_where_a_box_begins():
    quotation = "-  ‘Ik vind het heel mooi hoe je zegt dat het ook verbindend werkt.’ (student, dialoog 6)."
    assert _texts(LONG, MORE, "", quotation, " Drie ideeën", "1. Iedereen stimuleren. ")[1:] == [
        ("BULLET", quotation[3:]),
        ("HEADING", "Drie ideeën"),
        ("NUMBERED", "Iedereen stimuleren."),
    ]


def test_the_attribution_of_a_pull_quote_belongs_to_it_though_a_blank_line_stands_between():
    lines = [
        "‘De vrijheid om zelf te bewegen ",
        "",
        "en te ontdekken waar ik gelukkig ",
        "van word.’",
        "",
        "student, dialoog 5",
    ]
    assert _texts(*lines, "", "Dromen", "• Elkaar ontmoeten. ") == [
        ("TEXT", "‘De vrijheid om zelf te bewegen en te ontdekken waar ik gelukkig van word.’ student, dialoog 5"),
        ("HEADING", "Dromen"),
        ("BULLET", "Elkaar ontmoeten."),
    ]


@pytest.mark.parametrize("marker", ["•", "-", "–", "+", "‑", "➜", "*", "›", "1."])
def test_a_marker_alone_on_its_line_does_no_harm(marker):
    texts = [text for _, text in _texts(LONG, MORE, "", marker, "", LONG, MORE)]
    assert texts[0] == texts[-1] == PARAGRAPH


def test_a_marker_may_stand_on_the_line_above_its_text():
    assert ("TEXT", "Meer aandacht voor elkaar.") in _texts(LONG, MORE, "", "•", "Meer aandacht voor elkaar. ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("‘Zo is het.’ (student)", 11, id="closed"),
        pytest.param("‘Ik heb z’n thema’s gezien’", 26, id="apostrophe inside a word"),
        pytest.param("‘Ik ga ’s avonds en ’s ochtends.’", 32, id="apostrophe before a word"),
        pytest.param("‘Het was ‘not done’ om dat te zeggen’", 36, id="a quotation inside"),
        pytest.param("‘Eén ‘twee ‘drie’ vier’ vijf’", 28, id="quotations inside a quotation inside"),
        pytest.param("‘Zo is het", None, id="not closed"),
        pytest.param("‘Het was ‘not done’ om dat te zeggen", None, id="only the one inside is closed"),
        pytest.param("“Zo is het.”", 11, id="double marks"),
        pytest.param("“Een ‘perfect storm’.”", 21, id="single marks inside double ones"),
    ],
)
def test_a_quotation_is_closed_by_its_own_mark(text, expected):
    assert closing_position(text, text[0]) == expected


@pytest.mark.parametrize(
    ("line", "last", "text"),
    [
        pytest.param(55, 57, "Digitalisering (online werken, onderwijs,", id="rode draden"),
        pytest.param(3887, 3889, "Rond welke thema’s vonden mensen", id="middenveld"),
        pytest.param(5761, 5766, "Het thema inclusiviteit. Er is een vorm", id="wetenschap"),
        pytest.param(1573, 1575, "Dingen die mensen zelf kunnen doen", id="an idea in a summary box"),
        pytest.param(1123, 1126, "Iedereen stimuleren om gezonder te leven", id="an idea under a page break"),
        pytest.param(2157, 2161, "De roep om aandacht voor kwalitatief", id="a paragraph with two blank lines"),
    ],
)
def test_a_passage_of_the_reports_goes_on_over_blank_lines(verslagen, line, last, text):
    passage = verslagen.passage(line)
    assert passage.text.startswith(text)
    assert verslagen.last_line(passage) == last


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        pytest.param(27, "Thema’s waarop zaken", "of zijn ontkiemd", id="rode draden"),
        pytest.param(4258, "Verder met brede", "en maatschappelijke welvaart", id="welvaart"),
        pytest.param(4954, "Centrale focus: hoe", "en andere partijen actief bij de leefomgeving?", id="a question"),
        pytest.param(5145, "Verder met het vraagstuk", "van de kwalitatieve leefomgeving", id="leefomgeving"),
        pytest.param(6057, "Wat is ontkiemd", "verdient het om groter gemaakt te worden?", id="wetenschap"),
        pytest.param(7027, "De overheid heeft een rol", "in beweging te komen. Maak het daarbij klein en concreet",
                     id="two sentences without a number"),
        pytest.param(7184, "Spanning tussen korte", "collectieve belang. De overheid als hoeder van de lange termijn "
                     "en het collectief", id="two lines that end softly"),
    ],
)  # fmt: skip
def test_a_heading_of_the_reports_that_wraps_is_one_heading(verslagen, line, start, end):
    below = next(passage for passage in verslagen.parsed.passages if verslagen.first_line(passage) > line)
    assert below.headings[-1].startswith(start)
    assert below.headings[-1].endswith(end)


def test_a_sentence_of_the_reports_that_a_running_head_cuts_is_one(verslagen):
    passage = next(passage for passage in verslagen.passages(250, 257) if len(passage.spans) > 1)
    assert "maar inzetten op ‘het hele land gezond’" in passage.text
