"""Which reports a bundle holds, and which lines are page furniture."""

from itertools import pairwise

import pytest

from ingest.readers import read, split_lines
from ingest.reports import find_reports
from kb import manifest
from kb.model import Track

B, M, W = Track.BURGERS, Track.MIDDENVELD, Track.WETENSCHAP
VITALITEIT = "vitaliteit-en-gezondheid-in-de-samenleving-vanuit-een-breed-perspectief"
# First line, track, theme and title of each report.
REPORTS = [
    (1, Track.OVERHEID, None, "Dialogen met de samenleving: rode draden"),
    (324, B, "rode-draden", "Rode draden van de burgerdialogen"),
    (692, B, "geluk-en-ontspanning", "Rapportage themadialogen: geluk en ontspanning"),
    (1122, B, "gezondheid", "Rapportage themadialogen: gezondheid"),
    (1572, B, "natuur-en-milieu", "Rapportage themadialogen: natuur en milieu"),
    (2053, B, "onderwijs-en-werk", "Rapportage themadialogen: onderwijs en werk"),
    (2461, B, "samen-leven", "Rapportage themadialogen: samen leven"),
    (2936, B, "welvaart-en-inkomen", "Rapportage themadialogen: welvaart en inkomen"),
    (3311, B, "wonen-en-verkeer", "Rapportage themadialogen: wonen en verkeer"),
    (
        3866,
        M,
        "brede-economische-en-maatschappelijke-welvaart",
        "Verslag middenvelddialogen over ‘Brede economische en maatschappelijke welvaart’",
    ),
    (4383, M, "innovatie-en-digitalisering", "Verslag middenvelddialogen over ‘Innovatie en digitalisering’"),
    (4913, M, "kwalitatieve-leefomgeving", "Verslag middenvelddialogen over ‘Kwalitatieve leefomgeving’"),
    (5270, M, "samen-leven", "Verslag middenvelddialogen over ‘Samen leven’"),
    (5703, W, "bestuurlijke-veerkracht", "Samenvatting wetenschapsdialoog ‘Bestuurlijke veerkracht’"),
    (
        5979,
        W,
        "economisch-herstel-en-brede-welvaart-voor-iedereen",
        "Samenvatting wetenschapsdialoog ‘Economisch herstel en brede welvaart voor iedereen’",
    ),
    (
        6178,
        W,
        VITALITEIT,
        "Samenvatting wetenschapsdialoog ‘Vitaliteit & gezondheid in de samenleving vanuit een breed perspectief’ (I)",
    ),
    (
        6448,
        W,
        VITALITEIT,
        "Samenvatting wetenschapsdialoog ‘Vitaliteit & gezondheid in de samenleving vanuit een breed perspectief’ (II)",
    ),
    (
        6740,
        W,
        "samen-leven-cohesie-en-vertrouwen",
        "Samenvatting wetenschapsdialoog ‘Samen leven: cohesie en vertrouwen’",
    ),
    (
        6982,
        W,
        "korte-termijnmaatregelen-met-het-oog-op-lange-termijn-transitie",
        "Samenvatting wetenschapsdialoog ‘Korte termijnmaatregelen met het oog op lange termijn transitie’",
    ),
]


@pytest.fixture(scope="module")
def bundle():
    return find_reports(read(manifest.CORPUS / "verslagen-dialogen-met-de-samenleving.txt"))


def test_the_bundle_holds_nineteen_reports(verslagen):
    assert [
        (verslagen.line(report.span.start), report.track, report.theme, report.title)
        for report in verslagen.parsed.reports
    ] == REPORTS


def test_the_reports_follow_one_another_without_overlap(verslagen):
    spans = [report.span for report in verslagen.parsed.reports]
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize(("first", "last"), [(3862, 3862), (5697, 5699)], ids=["middenveld", "wetenschap"])
def test_the_page_that_opens_a_part_of_the_bundle_belongs_to_no_report_before_it(verslagen, first, last):
    ends = [verslagen.line(report.span.end) for report in verslagen.parsed.reports]
    assert [end for end in ends if first <= end <= last] == []


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([1072, 1076, 1077], id="page number and running head of geluk en ontspanning"),
        pytest.param([2870, 2871, 2872], id="page number and running head of samen leven"),
        pytest.param([3509, 3513, 3514], id="page number and running head in mid-list"),
        pytest.param([253], id="footer that cuts a sentence"),
        pytest.param([691], id="footer at the end of a report"),
        pytest.param([3903, 3904], id="title that comes back after the introduction"),
        pytest.param([4861, 4862], id="running head with a page number"),
        pytest.param([5177, 5178, 5265, 5266], id="running heads between the items of a list"),
        pytest.param([5647, 5696], id="running heads that are cut off"),
        pytest.param([5752, 5753, 5829, 5830, 5944, 5945], id="running heads of bestuurlijke veerkracht"),
        pytest.param([6026, 6027, 6150, 6177], id="running heads of economisch herstel"),
        pytest.param([6223, 6224, 6345, 6975, 6976, 7023, 7024], id="running heads of other science reports"),
        pytest.param([6971, 6973, 6978, 6979], id="addresses"),
        pytest.param([3862, 5697, 5699], id="pages that open a part of the bundle"),
        pytest.param([2609], id="a lone arrow"),
    ],
)
def test_page_furniture_is_in_no_passage(bundle, verslagen, lines):
    assert [line for line in lines if line - 1 not in bundle.furniture] == []
    words = {place for line in lines for place in verslagen.words(line)}
    spans = [span for passage in verslagen.passages(lines[0], lines[-1]) for span in passage.spans]
    assert words
    assert [span for span in spans if words & set(range(span.start, span.end))] == []


def test_other_documents_are_no_bundles(parsed):
    assert {name: len(source.reports) for name, source in parsed.items() if not name.startswith("verslagen")} == {
        "kamerbrief-2021-07-12.md": 1,
        "perspectief-voor-en-door-de-samenleving.md": 1,
        "vng-dialoogtafels.txt": 1,
        "vng-uitkomsten-dialoog.txt": 1,
    }


def _found(*lines):
    return find_reports(split_lines("bundel.txt", "\n".join(lines)))


def _titles(*lines):
    return [(report.title, report.first, report.last) for report in _found(*lines).reports]


TEXT = "Tijdens de gesprekken kwam van alles aan de orde. "


def test_a_title_over_two_lines_opens_a_report():
    assert _titles("Verslag middenvelddialogen over ", "‘Zorg’", "", TEXT) == [
        ("Verslag middenvelddialogen over ‘Zorg’", 0, 4)
    ]


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(["Verslag middenvelddialogen over ‘Zorg’"], id="on one line"),
        pytest.param(["Verslag middenvelddialogen over ", "‘Zorg’ 8"], id="with a page number"),
        pytest.param(["Verslag middenvelddialogen over ", "‘Zorg ‘"], id="with another closing mark"),
        pytest.param(["Verslag middenvelddialogen over "], id="cut off"),
    ],
)
def test_a_title_that_comes_back_is_a_running_head(head):
    lines = ["Verslag middenvelddialogen over ", "‘Zorg’", "", TEXT, "", *head, "", TEXT]
    found = _found(*lines)
    assert [(report.first, report.last) for report in found.reports] == [(0, len(lines))]
    assert found.furniture == {0, 1, *range(5, 5 + len(head))}


def test_volumes_of_one_theme_are_reports_of_their_own():
    lines = [
        "Samenvatting wetenschapsdialoog ‘Zorg’ (I)", TEXT, "Samenvatting wetenschapsdialoog ‘Zorg’", TEXT,
        "Samenvatting wetenschapsdialoog ‘Zorg’ (II)", TEXT,
    ]  # fmt: skip
    assert _titles(*lines) == [
        ("Samenvatting wetenschapsdialoog ‘Zorg’ (I)", 0, 4),
        ("Samenvatting wetenschapsdialoog ‘Zorg’ (II)", 4, 6),
    ]


def test_a_title_in_the_middle_of_a_sentence_opens_nothing():
    assert _titles(TEXT, "In het Verslag middenvelddialogen over ‘Zorg’ staat meer. ") == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Themadialogen over zorg & werk: inleiding", id="title of the introduction"),
        pytest.param("Waarom ‘zorg en werk’ als thema?", id="title of the reason"),
        pytest.param("Thema: zorg en werk", id="title of the theme box"),
    ],
)
def test_a_summary_box_without_a_title_takes_its_theme_from_the_body(body):
    lines = [" Vier ideeën", "1. Meer groen. ", "", body, "", TEXT]
    assert _titles(*lines) == [("Rapportage themadialogen: zorg en werk", 0, 6)]


def test_a_summary_box_under_its_title_opens_no_second_report():
    lines = ["Rapportage themadialogen", "Zorg", "", "Vier ideeën", "1. Meer groen. ", "", "Thema: zorg", "", TEXT]
    assert _titles(*lines) == [("Rapportage themadialogen: zorg", 0, 9)]


def test_a_summary_box_without_any_theme_opens_nothing():
    assert _titles(TEXT, "", "Vier ideeën", "1. Meer groen. ") == []


@pytest.mark.parametrize(
    ("lines", "furniture"),
    [
        pytest.param([TEXT, "", "6-7", "", TEXT], {2}, id="a page number after a blank line"),
        pytest.param([TEXT, " 12", TEXT], {1}, id="a page number at the top of a page"),
        pytest.param([TEXT, "12", TEXT], set(), id="a number inside a paragraph"),
        pytest.param([TEXT, "", "https://www.vng.nl/", "", TEXT], {2}, id="an address by itself"),
        pytest.param([TEXT, "", "1  Bron: https://www.vng.nl/", TEXT], {2}, id="a note with an address"),
        pytest.param([TEXT, "Kijk op https://www.vng.nl/ ", TEXT], set(), id="an address in a sentence"),
        pytest.param([TEXT, " Middenvelddialogen", "", TEXT], {1}, id="a page that opens a part"),
        pytest.param([TEXT, "Middenvelddialogen", TEXT], set(), id="its word inside a paragraph"),
        pytest.param([TEXT, "›", TEXT], {1}, id="a lone sign that a box goes on"),
    ],
)
def test_furniture_is_told_from_text(lines, furniture):
    assert _found(*lines).furniture == furniture
