"""Who was at the table: numbers and names, each with its place."""

import pytest

from ingest import table_facts
from kb.model import FactKind
from kb.text import Flow, Span, render

REPORT = "verslagen-dialogen-met-de-samenleving.txt#"
HOSTS = "{} gesprekken Hosts kwamen uit de volgende gemeentes: {}"
ORGANISATIONS = "Deelnemers waren afkomstig uit de volgende organisaties: {}."


def _flow(text):
    return Flow.of(text, (Span(0, len(text)),))


def _names(text):
    return [(fact.kind, fact.text) for fact in table_facts.names("r", _flow(text))]


@pytest.mark.parametrize(
    ("text", "kind", "number", "words"),
    [
        pytest.param("6 gesprekken", FactKind.TALKS, 6, "6 gesprekken", id="digits"),
        pytest.param("Wij hielden zes themadialogen.", FactKind.TALKS, 6, "zes themadialogen", id="a word"),
        pytest.param("Vijf dialogen", FactKind.TALKS, 5, "Vijf dialogen", id="a word with a capital"),
        pytest.param("Twaalf dialogen", FactKind.TALKS, 12, "Twaalf dialogen", id="the last word"),
        pytest.param("45 deelnemers totaal", FactKind.PARTICIPANTS, 45, "45 deelnemers totaal", id="participants"),
        pytest.param("waaraan 28mensen meededen", FactKind.PARTICIPANTS, 28, "28mensen meededen", id="no space"),
    ],
)
def test_a_number_is_read_with_its_words(text, kind, number, words):
    (fact,) = table_facts.counts("r", _flow(text))
    assert (fact.report_id, fact.kind, fact.number, fact.text) == ("r", kind, number, words)
    assert render(text, fact.spans) == fact.text


def test_people_and_organisations_are_counted_apart():
    text = "Er deden zo’n 34 mensen van 32 verschillende organisaties mee."
    facts = list(table_facts.counts("r", _flow(text)))
    assert [(fact.kind, fact.number) for fact in facts] == [(FactKind.PARTICIPANTS, 34), (FactKind.ORGANISATIONS, 32)]
    assert [render(text, fact.spans) for fact in facts] == [fact.text for fact in facts]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("In de gesprekken kwam dit terug.", id="no number"),
        pytest.param("De 45 deelnemers spraken lang.", id="not said to be all"),
        pytest.param("Vier concrete ideeën", id="something else"),
    ],
)
def test_what_counts_nothing_gives_no_number(text):
    assert list(table_facts.counts("r", _flow(text))) == []


@pytest.mark.parametrize(
    ("talks", "names", "expected"),
    [
        pytest.param(
            4,
            "Emmen, Vijfheerenlanden, Heemskerk, Aa en Hunze",
            ["Emmen", "Vijfheerenlanden", "Heemskerk", "Aa en Hunze"],
            id="Aa en Hunze is one",
        ),
        pytest.param(3, "Assen, Goes en Houten", ["Assen", "Goes", "Houten"], id="and before the last"),
        pytest.param(3, "Assen, Goes & Houten", ["Assen", "Goes", "Houten"], id="and sign before the last"),
        pytest.param(2, "Hof van Twente, West‑Betuwe", ["Hof van Twente", "West‑Betuwe"], id="names of several words"),
        pytest.param(1, "Assen", ["Assen"], id="one"),
    ],
)
def test_each_talk_had_a_host(talks, names, expected):
    assert _names(HOSTS.format(talks, names)) == [(FactKind.MUNICIPALITY, name) for name in expected]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param("FNV, TNO, SER", ["FNV", "TNO", "SER"], id="plain"),
        pytest.param(
            "FNV, Ministerie van Onderwijs, Cultuur en Wetenschap (OCW), SER",
            ["FNV", "Ministerie van Onderwijs, Cultuur en Wetenschap (OCW)", "SER"],
            id="a ministry of three",
        ),
        pytest.param(
            "Ministerie van Volksgezondheid, Welzijn en Sport, SER",
            ["Ministerie van Volksgezondheid, Welzijn en Sport", "SER"],
            id="a ministry without short name",
        ),
        pytest.param(
            "Ministerie van Binnenlandse Zaken, MVRDV",
            ["Ministerie van Binnenlandse Zaken", "MVRDV"],
            id="a ministry of one",
        ),
        pytest.param(
            "SPIOR, Stichting ‘Gedeeld verleden, Gezamenlijke toekomst’, Unicef",
            ["SPIOR", "Stichting ‘Gedeeld verleden, Gezamenlijke toekomst’", "Unicef"],
            id="comma inside marks",
        ),
        pytest.param(
            "Instituut voor Veiligheids- en Crisismanagement, NBOV (Brood- en banketbakkers)",
            ["Instituut voor Veiligheids- en Crisismanagement", "NBOV (Brood- en banketbakkers)"],
            id="and inside",
        ),
    ],
)
def test_organisations_keep_the_commas_in_their_names(names, expected):
    assert _names(ORGANISATIONS.format(names)) == [(FactKind.ORGANISATION, name) for name in expected]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        pytest.param("Gespreksbegeleiding en verslag: Cees Sprenger", FactKind.CHAIR, "Cees Sprenger", id="of science"),
        pytest.param(
            "De provinciesecretaris, Henk Brinkman, fungeerde als gastheer.",
            FactKind.CHAIR,
            "Henk Brinkman",
            id="of middenveld",
        ),
        pytest.param(
            "Onder voorzitterschap van Wim Brenkman, secretaris, deelden ze kennis.",
            FactKind.CHAIR,
            "Wim Brenkman",
            id="in a sentence",
        ),
        pytest.param("13 april 2021", FactKind.DATE, "13 april 2021", id="date"),
    ],
)
def test_the_chair_and_the_date_are_read(text, kind, name):
    assert _names(text) == [(kind, name)]


@pytest.mark.parametrize("text", ["Op 13 april 2021 spraken zij.", "Gespreksbegeleiding was prettig.", "Aa en Hunze"])
def test_what_names_nobody_gives_no_name(text):
    assert _names(text) == []


def test_each_item_below_an_introduction_names_a_person():
    items = [_flow("Dr. mr. Christiaan Vinkers (Amsterdam UMC), psychiatrie"), _flow("Luc Hagenaars (VWS)")]
    introduction = "Aan tafel zaten de volgende inhoudelijk experts:"
    facts = list(table_facts.people("r", introduction, items))
    assert [(fact.kind, fact.text) for fact in facts] == [(FactKind.PERSON, item.text) for item in items]
    assert list(table_facts.people("r", "Zij noemden:", items)) == []


def _facts(numbered, report, kind):
    return [fact for fact in numbered.parsed.facts if fact.kind is kind and fact.report_id == REPORT + report]


@pytest.mark.parametrize(
    ("theme", "talks", "participants", "hosts"),
    [
        ("geluk-en-ontspanning", [6, 6], [45, 45], "Koggenland Elburg Leusden Valkenswaard Waadhoeke"),
        ("gezondheid", [6, 6], [50, 50], "Berkelland Heuvelrug Doesburg Goes Noaberkracht_Tubbergen Hardenberg"),
        ("natuur-en-milieu", [4, 4], [33, 33], "Houten Zeist West‑Betuwe Oudewater"),
        ("onderwijs-en-werk", [6, 6], [41, 41], "Amersfoort Assen Beverwijk Houten Lelystad Overbetuwe"),
        ("samen-leven", [6, 6], [47, 47], "Houten Hof_van_Twente Heemstede Zutphen Noordoostpolder Hoogeveen"),
        ("welvaart-en-inkomen", [4, 4], [35, 35], "Castricum Baarn Tynaarlo Oss"),
        ("wonen-en-verkeer", [4, 4], [28, 28], "Emmen Vijfheerenlanden Heemskerk Aa_en_Hunze"),
    ],
)
def test_a_report_of_citizens_tells_who_was_at_the_table(verslagen, theme, talks, participants, hosts):
    report = f"rapportage-themadialogen-{theme}"
    assert [fact.number for fact in _facts(verslagen, report, FactKind.TALKS)] == talks
    assert [fact.number for fact in _facts(verslagen, report, FactKind.PARTICIPANTS)] == participants
    names = [fact.text for fact in _facts(verslagen, report, FactKind.MUNICIPALITY)]
    assert names == [name.replace("_", " ") for name in hosts.split()]


@pytest.mark.parametrize(
    ("theme", "numbers", "chair", "named"),
    [
        ("brede-economische-en-maatschappelijke-welvaart", (5, 45, 37), "Regina Bouius-Riemersma", 36),
        ("innovatie-en-digitalisering", (5, 67, 58), "Marcel van Bijnen", 44),
        ("kwalitatieve-leefomgeving", (3, 34, 32), "Henk Brinkman", 32),
        ("samen-leven", (5, 55, 47), "Jaap Smit", 41),
    ],
)
def test_a_report_of_civil_society_tells_who_was_at_the_table(verslagen, theme, numbers, chair, named):
    report = f"verslag-middenvelddialogen-over-{theme}"
    kinds = (FactKind.TALKS, FactKind.PARTICIPANTS, FactKind.ORGANISATIONS)
    assert [[fact.number for fact in _facts(verslagen, report, kind)] for kind in kinds] == [[each] for each in numbers]
    assert chair in [fact.text for fact in _facts(verslagen, report, FactKind.CHAIR)]
    assert len(_facts(verslagen, report, FactKind.ORGANISATION)) == named


def test_both_spellings_of_a_chair_are_kept(verslagen):
    """Line 4928 says Henk Brinkman, line 4994 says Wim Brenkman: the sources are not mended."""
    chairs = _facts(verslagen, "verslag-middenvelddialogen-over-kwalitatieve-leefomgeving", FactKind.CHAIR)
    assert [(verslagen.first_line(fact), fact.text) for fact in chairs] == [
        (4928, "Henk Brinkman"),
        (4994, "Wim Brenkman"),
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        pytest.param(4140, "Ministerie van Onderwijs, Cultuur en Wetenschap (OCW)", id="over a line break"),
        pytest.param(4750, "Ministerie van Volksgezondheid, Welzijn en Sport", id="three tasks"),
        pytest.param(5078, "Ministerie Landbouw, Natuur en Voedselkwaliteit", id="without van"),
        pytest.param(5506, "Stichting ‘Gedeeld verleden, Gezamenlijke toekomst’", id="comma in marks"),
        pytest.param(5076, "Landelijke Kamer van (Studenten)Verenigingen", id="bracket inside a word"),
        pytest.param(4141, "NBOV (Brood- en banketbakkers)", id="and in brackets"),
        pytest.param(4755, "Topsector Life Sciences & Health", id="and sign"),
        pytest.param(4748, "Hiemstra & de Vries", id="another and sign"),
    ],
)
def test_an_organisation_of_the_reports_keeps_its_whole_name(verslagen, line, name):
    assert name in [fact.text for fact in verslagen.facts(line, line) if fact.kind is FactKind.ORGANISATION]


@pytest.mark.parametrize(
    ("first", "last", "people"),
    [
        pytest.param(5729, 5743, 11, id="bestuurlijke veerkracht"),
        pytest.param(6005, 6017, 9, id="economisch herstel"),
        pytest.param(6204, 6214, 9, id="vitaliteit (I)"),
        pytest.param(6474, 6486, 11, id="vitaliteit (II)"),
        pytest.param(6765, 6778, 12, id="samen leven"),
        pytest.param(7011, 7022, 8, id="korte termijn"),
    ],
)
def test_a_report_of_science_names_its_experts_and_officials(verslagen, first, last, people):
    rows = verslagen.parsed.text.split("\n")
    named = [fact.text for fact in verslagen.facts(first, last) if fact.kind is FactKind.PERSON]
    assert len(named) == people == sum(row.startswith("• ") for row in rows[first - 1 : last])


def test_a_person_on_two_lines_is_one_fact(verslagen):
    (fact,) = [fact for fact in verslagen.facts(7016, 7018) if fact.kind is FactKind.PERSON]
    assert fact.text.startswith("Bas van der Schalie (Wageningen Universiteit)")
    assert fact.text.endswith("adaptive water management")
