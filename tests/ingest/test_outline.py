"""Under which titles a passage stands, and to what part of the report it belongs."""

import pytest

from ingest.outline import MIXED, part_of_title
from kb.model import Part, PassageKind

LONG = "De deelnemers aan dit gesprek vertelden elkaar uitvoerig hoe zij de afgelopen maanden "
MORE = "hadden beleefd en welke lessen zij daaruit voor de komende jaren graag willen trekken. "
TEXT = [LONG, MORE]


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Knelpunten en kiemen uit de coronatijd", MIXED),
        ("Thema’s waarop zaken in de knel kwamen, of zijn ontkiemd", MIXED),
        ("Wat is in de knel gekomen en verdient herstel?", Part.KNEL),
        ("Persoonlijk leed", Part.KNEL),
        ("Wat is ontkiemd en verdient het om groter gemaakt te worden?", Part.KIEM),
        ("Dromen en wensen voor de toekomst", Part.DROOM),
        ("De gewenste toekomst", Part.DROOM),
        ("Eerste stappen en ideeën", Part.STAP),
        ("Wat is er nu nodig en waarom?", Part.STAP),
        ("Hoe kunnen we dit aanpakken?", Part.STAP),
        ("Wie is aan zet?", Part.STAP),
        ("Procesobservaties", Part.PROCES),
        ("Enkele proces observaties", Part.PROCES),
        ("Reacties van de deelnemers", Part.PROCES),
        ("Slotronde: essenties van dit gesprek ‘in een zin’", Part.SLOT),
        ("Verder met het vraagstuk van innovatie & digitalisering", Part.SLOT),
        ("Themadialogen over gezondheid: inleiding", Part.KADER),
        ("Themadialogen met burgers: de kern", Part.KADER),
        ("Waarom ‘wonen en verkeer’ als thema?", Part.KADER),
        ("Thema Gezondheid", Part.KADER),
        ("De aanpak van de middenvelddialogen", Part.KADER),
        ("Wie zaten aan tafel?", Part.KADER),
        ("Een deelhuis", None),
        ("Samenwerking", None),
    ],
)
def test_a_title_names_its_part(title, part):
    assert part_of_title(title) == part


def _report(parse_text, *lines):
    return parse_text("\n".join(["Rapportage themadialogen", "Zorg", "", *lines])).passages


def _places(passages):
    return [(passage.kind, passage.part, passage.headings) for passage in passages]


def test_in_a_summary_box_a_dash_is_knel_and_a_plus_is_kiem(parse_text):
    passages = _report(parse_text, "Knel en kiemverhalen", "– Gemis aan contact. ", "", "+ Meer rust. ", *TEXT)
    title = ("Knel en kiemverhalen",)
    assert _places(passages)[:2] == [
        (PassageKind.BULLET, Part.KNEL, title),
        (PassageKind.BULLET, Part.KIEM, title),
    ]


def test_the_numbered_ideas_of_a_summary_box_are_first_steps(parse_text):
    passages = _report(
        parse_text, " Vier ideeën", "1. Meer groen in de wijk. ", "", "2. Minder regels. ", "", "Dromen", *TEXT
    )
    assert _places(passages)[:2] == [(PassageKind.BULLET, Part.STAP, ("Vier ideeën",))] * 2


def test_a_pull_quote_in_a_summary_box_belongs_to_no_part(parse_text):
    lines = [
        "Enkele proces",
        "observaties",
        "Het thema raakt iedereen. ",
        "",
        "‘Ik wil ",
        "",
        "rust.’",
        "",
        "student, dialoog 5",
    ]
    paragraph, quote, dream = _report(parse_text, *lines, "", "Dromen", "• Elkaar ontmoeten. ")
    assert (paragraph.part, paragraph.headings) == (Part.PROCES, ("Enkele proces observaties",))
    assert (quote.kind, quote.part, quote.headings, quote.illustrates) == (PassageKind.QUOTE, Part.OVERIG, (), None)
    assert dream.part is Part.DROOM


def test_who_sat_at_the_table_is_one_list(parse_text):
    lines = ["Wie zaten aan tafel? ", "4 gesprekken", "", "28 deelnemers totaal", "", "Hosts kwamen uit de volgende "]
    passages = _report(parse_text, *lines, "gemeentes: Emmen, Aa en Hunze", "", "Dromen", "• Elkaar ontmoeten. ")
    assert [passage.kind for passage in passages] == [PassageKind.LIST, PassageKind.BULLET]
    assert passages[0].text.endswith("gemeentes: Emmen, Aa en Hunze")


def test_below_knel_and_kiem_the_paragraphs_tell_them_apart(parse_text):
    lines = [
        "1. Knelpunten en kiemen uit de coronatijd", "", "De eerste vraag was wat er gebeurde in de maanden. ", "",
        "Deze knelpunten noemden de deelnemers: ", "", "-  Het gemis aan contact. ", "",
        "Er waren ook kiemen: ", "", "-  De rust. ", "", "‘Ik slaap uit.’ (student, dialoog 3) ", "",
    ]  # fmt: skip
    assert [passage.part for passage in _report(parse_text, *lines, *TEXT)][:6] == [
        Part.KADER, Part.KNEL, Part.KNEL, Part.KIEM, Part.KIEM, Part.KIEM,
    ]  # fmt: skip


STEPS = ["3. Eerste stappen en ideeën", "", *TEXT, "", "In de kaders delen we twee concrete ideeën. ", ""]
STEP_TITLE = "Eerste stappen en ideeën"


def test_a_text_box_stands_under_its_own_title(parse_text):
    passages = _report(
        parse_text, *STEPS, "Een deelhuis", *TEXT, "", "Een tuin ", *TEXT, "", "4. Procesobservaties", "", *TEXT
    )
    assert _places(passages)[2:] == [
        (PassageKind.BOX, Part.STAP, (STEP_TITLE, "Een deelhuis")),
        (PassageKind.BOX, Part.STAP, (STEP_TITLE, "Een tuin")),
        (PassageKind.PARAGRAPH, Part.PROCES, ("Procesobservaties",)),
    ]


def test_what_follows_the_last_text_box_concludes(parse_text):
    passages = _report(parse_text, *STEPS, "Een deelhuis", *TEXT, "", *TEXT, "", "4. Procesobservaties", "", *TEXT)
    assert _places(passages)[2:] == [
        (PassageKind.BOX, Part.STAP, (STEP_TITLE, "Een deelhuis")),
        (PassageKind.PARAGRAPH, Part.SLOT, (STEP_TITLE,)),
        (PassageKind.PARAGRAPH, Part.PROCES, ("Procesobservaties",)),
    ]


def test_a_theme_box_holds_all_paragraphs_up_to_the_next_title(parse_text):
    lines = ["Themadialogen over zorg: inleiding", "", "Thema: zorg", *TEXT, "", *TEXT, "", "Zes themadialogen ", *TEXT]
    introduction = "Themadialogen over zorg: inleiding"
    assert [passage.headings for passage in _report(parse_text, *lines)] == [
        (introduction, "Thema: zorg"),
        (introduction, "Thema: zorg"),
        (introduction, "Zes themadialogen"),
    ]


def test_numbers_of_headings_give_their_depth(parse_text):
    lines = [
        "2. Hoe kunnen we dit aanpakken?",
        "",
        *TEXT,
        "",
        "2.1 Klimaat",
        "",
        *TEXT,
        "",
        "3. Aan de slag!",
        "",
        *TEXT,
    ]
    assert [passage.headings for passage in _report(parse_text, *lines)] == [
        ("Hoe kunnen we dit aanpakken?",),
        ("Hoe kunnen we dit aanpakken?", "Klimaat"),
        ("Aan de slag!",),
    ]


def _all(numbered, first, last):
    """Kind, part and last heading of the passages that start on these lines, without doubles."""
    found = [passage for passage in numbered.passages(first, last) if numbered.first_line(passage) >= first]
    return {
        (passage.kind.value, passage.part.value, passage.headings[-1] if passage.headings else None)
        for passage in found
    }


# What | lines | kinds | part | last title (- for none).
PLACES = """
ideas of a summary box | 1123-1134 | bullet | stap | Drie ideeën
knel of a summary box | 1137-1143 | bullet | knel | Knel en kiemverhalen
kiem of a summary box | 1145-1149 | bullet | kiem | Knel en kiemverhalen
table of a summary box | 1152-1161 | list | kader | Wie zaten aan tafel?
observations of a summary box | 1165-1172 | paragraph | proces | Enkele proces observaties
pull-quote of a summary box | 1174-1183 | quote | overig | -
dreams of a summary box | 1186-1194 | bullet | droom | Dromen
reason for the theme | 1218-1244 | paragraph | kader | Waarom gezondheid als thema?
theme box | 1247-1261 | box | kader | Thema Gezondheid
number of dialogues | 1263-1268 | paragraph | kader | Zes themadialogen
knel of citizens | 1275-1321 | bullet quote paragraph | knel | Knelpunten en kiemen uit de coronatijd
kiem of citizens | 1323-1362 | bullet quote paragraph | kiem | Knelpunten en kiemen uit de coronatijd
dreams of citizens | 1366-1432 | bullet quote paragraph | droom | Dromen en wensen voor de toekomst
steps of citizens | 1436-1492 | bullet quote paragraph | stap | Eerste stappen en ideeën
box after a page break | 1511-1517 | box | stap | Een app voor wandelmaatjes
box that opens with a term | 1050-1055 | box | stap | Een terugkomdag, voor werk of school weer echt begint
box with a message | 1058-1063 | box | stap | Campagne rond aandacht voor elkaar en openheid over psychisch leed
box of welvaart | 3246-3249 | box | stap | Tour du boer
box of wonen | 3771-3776 | box | stap | Een deelhuis
box with a quotation | 3785-3794 | box quote | stap | Met inwoners een herdenkingsplek creëren
box of middenveld | 3974-3982 | box | stap | De samenleving (burgers en bedrijven) actief betrekken
another box of middenveld | 5000-5007 | box | stap | Werk vanuit behoeftes in plaats van vanuit een probleem
conclusion without a heading | 1065-1087 | paragraph | slot | Eerste stappen en ideeën
another conclusion | 3802-3821 | paragraph | slot | Eerste stappen en ideeën
conclusion that says so | 2929-2935 | paragraph | slot | Procesobservaties
observations of citizens | 1534-1571 | paragraph bullet quote | proces | Procesobservaties
wishes of middenveld | 3942-3952 | quote | droom | Centrale focus: duurzaamheid en inclusiviteit
more wishes of middenveld | 4452-4466 | quote | droom | Centrale focus: eigenaarschap en opbrengstmodellen
organisations of middenveld | 4135-4144 | list | kader | Werk maken van inclusiviteit en toegang
reactions of middenveld | 4305-4335 | paragraph quote | proces | Reacties van de deelnemers
method of middenveld | 5219-5263 | paragraph | kader | De aanpak van de middenvelddialogen
knel of science | 6031-6054 | paragraph bullet | knel | Wat is er in de knel gekomen en verdient herstel?
kiem of science | 6059-6102 | paragraph bullet | kiem | Wat is ontkiemd en verdient het om groter gemaakt te worden?
closing round of science | 5949-5975 | paragraph quote | slot | Slotronde: essenties van dit gesprek ‘in een zin’
closing round without sections | 7273-7291 | paragraph quote | slot | Slotronde: essenties van dit gesprek ‘in een zin’
"""


def _row(line):
    what, lines, kinds, part, title = (cell.strip() for cell in line.split(" | "))
    first, last = lines.split("-")
    return pytest.param(int(first), int(last), kinds.split(), (part, None if title == "-" else title), id=what)


@pytest.mark.parametrize(("first", "last", "kinds", "place"), [_row(line) for line in PLACES.strip().splitlines()])
def test_the_parts_of_the_reports_are_told_apart(verslagen, first, last, kinds, place):
    found = _all(verslagen, first, last)
    assert {(part, title) for _, part, title in found} == {place}
    assert {kind for kind, _, _ in found} <= set(kinds)


@pytest.mark.parametrize(
    ("line", "theme"),
    [
        pytest.param(1, None, id="the introduction"),
        pytest.param(5, "nieuwe-ongelijkheden", id="first"),
        pytest.param(15, "bestuurlijke-verhoudingen", id="last"),
        pytest.param(17, None, id="after the list"),
    ],
)
def test_the_themes_of_the_news_item_stand_at_its_bullets(uitkomsten, line, theme):
    assert uitkomsten.passage(line).theme == theme


@pytest.mark.parametrize(
    ("line", "theme", "title"),
    [
        (13, "geluk-en-ontspanning", "Dialoogtafel geluk en ontspanning"),
        (17, "geluk-en-ontspanning", "Dialoogtafel geluk en ontspanning"),
        (21, "onderwijs-en-werk", "Dialoogtafel onderwijs en werk"),
        (25, "samen-leven", "Dialoogtafel over samen leven"),
        (29, "gezondheid", "Dialoogtafel over gezondheid"),
        (33, "natuur-en-milieu", "Dialoogtafel over natuur en milieu"),
        (37, "gezondheid", "Dialoogtafel over gezondheid"),
    ],
)
def test_a_message_of_a_mayor_stands_under_its_table(tafels, line, theme, title):
    assert (tafels.passage(line).theme, tafels.passage(line).headings) == (theme, (title,))
