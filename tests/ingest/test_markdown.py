"""Markdown to blocks: random heading levels, posters between paragraphs, markup that is no text."""

import pytest

from ingest import markdown
from ingest.layout import BlockKind
from ingest.readers import split_lines
from kb.text import render

TEXT = "De coronacrisis heeft veel gevraagd van de mensen in dit land en dat blijft nog lang zo."
CUT = "Er zijn verschillende manieren om duurzaam herstel vorm te geven en die hebben"
REST = "impact op het werk van mensen."
POSTER = ["**Nederland na de crisis**", "## Op naar herstel", TEXT, "Rijksoverheid", "Groene investeringen"]


def _blocks(*paragraphs):
    document = split_lines("klein.md", "\n\n".join(paragraphs))
    found = markdown.blocks(document)
    assert all(render(document.text, block.spans) == block.text for block in found)
    return found


def _texts(*paragraphs):
    return [(block.kind.name, block.text) for block in _blocks(*paragraphs)]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        pytest.param("# 1. Voorwoord", "1", "Voorwoord", id="chapter"),
        pytest.param("## 4.2 Herstel", "4.2", "Herstel", id="section at the second level"),
        pytest.param("#### 4.4 Veerkracht", "4.4", "Veerkracht", id="section at the fourth level"),
        pytest.param("#### **Internationaal**", "", "Internationaal", id="bold in a heading"),
        pytest.param("**Wonen en verkeer**", "", "Wonen en verkeer", id="bold text"),
        pytest.param("**Inzicht 3:**", "", "Inzicht 3:", id="bold text with a colon"),
    ],
)
def test_a_title_is_a_heading_at_whatever_level(line, number, title):
    found = _blocks("# Verslag", TEXT, line, TEXT)[2]
    assert (found.kind, found.number, found.text) == (BlockKind.HEADING, number, title)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("**De roep is** groot en blijft dat ook nog wel even.", id="bold at its start"),
        pytest.param(f"**{'Dit is een lange zin. ' * 12}**", id="a whole paragraph in bold"),
    ],
)
def test_bold_words_are_not_always_a_heading(line):
    assert [kind for kind, _ in _texts("# Verslag", line, TEXT)] == ["HEADING", "TEXT", "TEXT"]


def test_a_heading_needs_no_blank_line_below_it():
    assert _texts(f"### Leven\n{TEXT}") == [("HEADING", "Leven"), ("TEXT", TEXT)]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("Zij zei **dat** het *heel* goed is.", "Zij zei dat het heel goed is.", id="emphasis"),
        pytest.param("Zij zei ***dat*** ook.", "Zij zei dat ook.", id="bold and slanted"),
        pytest.param("Dat <b>is</b> zo.", "Dat is zo.", id="tags"),
        pytest.param("Kijk op [vng.nl](https://vng.nl/x) voor meer.", "Kijk op vng.nl voor meer.", id="link"),
        pytest.param("Zie [briefadvies](#) van het SCP.", "Zie briefadvies van het SCP.", id="link to nothing"),
        pytest.param("Hij zei [lacht] niets.", "Hij zei [lacht] niets.", id="square brackets that are no link"),
        pytest.param("De winst is 2 * 3 en meer.", "De winst is 2 * 3 en meer.", id="a star between spaces"),
    ],
)
def test_markup_is_no_text(written, text):
    assert _texts("# Verslag", written)[1] == ("TEXT", text)


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        pytest.param("- Een punt.", "BULLET", "Een punt.", id="dash"),
        pytest.param("* Een punt.", "BULLET", "Een punt.", id="star"),
        pytest.param("+ Een punt.", "BULLET", "Een punt.", id="plus"),
        pytest.param("3. Een punt.", "NUMBERED", "Een punt.", id="number"),
        pytest.param("b. Een punt.", "NUMBERED", "Een punt.", id="letter"),
        pytest.param("- b. Een punt.", "BULLET", "Een punt.", id="letter in a list"),
        pytest.param("> Een punt.", "TEXT", "Een punt.", id="quotation bar"),
    ],
)
def test_the_marker_of_an_item_is_no_text(line, kind, text):
    assert _texts("# Verslag", TEXT, line)[2] == (kind, text)


def test_items_need_no_blank_line_between_them():
    assert _texts("# Verslag", "- Een punt\n- Nog een punt\n1. Een derde") == [
        ("HEADING", "Verslag"),
        ("BULLET", "Een punt"),
        ("BULLET", "Nog een punt"),
        ("NUMBERED", "Een derde"),
    ]


def test_a_sentence_that_a_poster_cuts_is_joined_where_it_starts():
    texts = _texts("# Verslag", CUT, *POSTER, REST, TEXT, "Rijksoverheid", "**Nederland na de crisis**")
    assert texts[1] == ("TEXT", f"{CUT} {REST}")
    assert ("TEXT", REST) not in texts


def test_a_sentence_that_a_quotation_cuts_is_joined_where_it_starts():
    quotation = "*“Er is nu zoveel wantrouwen.” - Ondernemer, themadialoog zorg*"
    assert _texts("# Verslag", CUT, quotation, REST) == [
        ("HEADING", "Verslag"),
        ("TEXT", f"{CUT} {REST}"),
        ("TEXT", quotation.strip("*")),
    ]


def test_a_sentence_that_only_a_page_break_cuts_is_joined():
    assert _texts("# Verslag", CUT, REST)[1:] == [("TEXT", f"{CUT} {REST}")]


def test_a_sentence_is_not_joined_over_a_chapter():
    assert _texts("# Verslag", CUT, "## 2. Volgend hoofdstuk", REST)[1:] == [
        ("TEXT", CUT),
        ("HEADING", "Volgend hoofdstuk"),
        ("TEXT", REST),
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        pytest.param(["Rijksoverheid", "Rijksoverheid"], id="a logo that returns"),
        pytest.param(["**Nederland na de crisis**", "**Nederland na de crisis**"], id="a slogan that returns"),
        pytest.param(["4.1\tNieuwe ongelijkheden\t10"], id="an entry of the table of contents"),
        pytest.param(["---"], id="a rule"),
        pytest.param([f"{TEXT[:-1]} op watisjouwidee.nl.", "watis jouw idee.nl"], id="an address set as a logo"),
    ],
)
def test_page_furniture_is_left_out(furniture):
    kept = [line for line in furniture if line.startswith("De ")]
    assert [text for _, text in _texts("# Verslag", TEXT, *furniture, TEXT)] == ["Verslag", TEXT, *kept, TEXT]


def test_the_cover_is_left_out_but_for_its_sentences():
    assert [text for _, text in _texts("Rijksoverheid", "Een titel zonder punt", TEXT, "# Verslag", TEXT)] == [
        TEXT,
        "Verslag",
        TEXT,
    ]


def test_a_document_without_headings_is_kept_whole():
    assert _texts(TEXT, "- Een punt") == [("TEXT", TEXT), ("BULLET", "Een punt")]


@pytest.mark.parametrize(
    ("line", "last", "before", "after"),
    [
        pytest.param(310, 338, "leiden", "klimaatwinst", id="a poster and a blank line"),
        pytest.param(170, 178, "publiekelijk verzet en", "protesten tegen de aanpak", id="a quotation"),
    ],
)
def test_a_sentence_of_the_perspectief_that_is_cut_is_one_passage(perspectief, line, last, before, after):
    pieces = [piece for piece in perspectief.parsed.passages if perspectief.first_line(piece) == line]
    whole = " ".join(piece.text for piece in pieces)
    assert after in whole
    assert perspectief.last_line(pieces[-1]) == last
    assert "Op naar duurzaam herstel" not in whole
    assert "wantrouwen van mensen" not in whole


@pytest.mark.parametrize(
    ("lines", "title", "path"),
    [
        pytest.param((91, 92), "Herstellen en vernieuwen", 2, id="after the preface"),
        pytest.param((256, 256), "Jongeren hebben de toekomst", 4, id="between two groups"),
        pytest.param((316, 332), "Op naar duurzaam herstel", 4, id="with short lines"),
        pytest.param((616, 616), "Kwetsbaarheid van de flexibele schil", 5, id="about the labour market"),
        pytest.param((676, 677), "Samenwerken over landsgrenzen", 4, id="about borders"),
    ],
)
def test_a_poster_of_the_perspectief_stands_under_its_own_title(perspectief, lines, title, path):
    found = perspectief.passages(*lines)
    own = [passage for passage in found if passage.headings[-1] == title]
    assert own
    assert {len(passage.headings) for passage in own} == {path}
    assert [passage.text for passage in found if passage not in own and len(passage.spans) == 1] == []


@pytest.mark.parametrize(
    ("line", "title"),
    [
        pytest.param(258, "Persoonlijk leed", id="after a poster about young people"),
        pytest.param(342, "Duurzaam herstel", id="after a poster with short lines"),
        pytest.param(410, "Wonen en verkeer", id="under a title that is bold text"),
        pytest.param(626, "Sectoren", id="after a poster about the labour market"),
    ],
)
def test_what_follows_a_poster_of_the_perspectief_stands_under_the_title_before_it(perspectief, line, title):
    assert {passage.headings[-1] for passage in perspectief.passages(line, line)} == {title}


@pytest.mark.parametrize(
    ("line", "theme"),
    [
        pytest.param(114, "nieuwe-ongelijkheden", id="in the summary"),
        pytest.param(228, "nieuwe-ongelijkheden", id="4.1"),
        pytest.param(286, "duurzaam-economisch-herstel", id="4.2"),
        pytest.param(348, "gezonde-mensen-groene-leefomgeving", id="4.3"),
        pytest.param(430, "gezonde-mensen-groene-leefomgeving", id="4.3 under another level"),
        pytest.param(448, "sociale-en-mentale-veerkracht", id="4.4"),
        pytest.param(546, "nieuwe-werken-en-leven", id="4.5 after a poster"),
        pytest.param(626, "nieuwe-werken-en-leven", id="4.5 after another poster"),
        pytest.param(632, "bestuurlijke-verhoudingen", id="4.6"),
        pytest.param(685, None, id="the last chapter"),
    ],
)
def test_each_recovery_task_of_the_perspectief_is_a_theme(perspectief, line, theme):
    assert {passage.theme for passage in perspectief.passages(line, line)} == {theme}
