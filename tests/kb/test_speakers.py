"""Groups of speakers, and whether a speaker is the one whom the source names."""

from collections import Counter

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Quote, Track
from kb.speakers import are_same, fits, groups, groups_of, is_person_name
from kb.text import Span

REPORT = "Rapportage themadialogen: wonen en verkeer"


def quote(speaker: str | None, dialogue: str | None = "dialoog 3", track: Track = Track.BURGERS) -> Quote:
    spans = (Span(0, 9),)
    return Quote("q", "a.txt", "r", "x", speaker, dialogue, track, "wonen-en-verkeer", Part.KNEL, spans, "p", None)


@pytest.mark.parametrize(
    ("speaker", "track", "expected"),
    [
        pytest.param("student verpleegkunde", Track.BURGERS, {"studenten-en-scholieren"}, id="student"),
        pytest.param("oud-docent VO", Track.BURGERS, {"docenten-en-opleiders"}, id="part of a compound"),
        pytest.param("huisarts", Track.BURGERS, {"zorg-en-welzijn"}, id="ending"),
        pytest.param("Zzp'er", Track.BURGERS, {"ondernemers-en-zelfstandigen"}, id="straight apostrophe"),
        pytest.param("ZZP’er", Track.BURGERS, {"ondernemers-en-zelfstandigen"}, id="curly apostrophe"),
        pytest.param("burgemeester", Track.BURGERS, {"burgemeesters-en-wethouders"}, id="mayor"),
        pytest.param("kinderburgemeester", Track.BURGERS, {"studenten-en-scholieren"}, id="a child is no mayor"),
        pytest.param(
            "software developer en student", Track.BURGERS, {"studenten-en-scholieren", "techniek-en-productie"},
            id="two groups",
        ),
        pytest.param("Beate Volker", Track.WETENSCHAP, {"wetenschappers"}, id="scientist by name"),
        pytest.param("Tuur Elzinga", Track.MIDDENVELD, {"organisaties"}, id="organisation by name"),
        pytest.param("deelnemers", Track.BURGERS, {"groepen"}, id="group"),
        pytest.param(None, Track.BURGERS, set(), id="nobody"),
    ],
)  # fmt: skip
def test_a_speaker_belongs_to_groups(speaker: str | None, track: Track, expected: set[str]) -> None:
    assert {group.slug for group in groups_of(quote(speaker, track=track))} == expected


def test_nearly_every_speaker_of_the_reports_belongs_to_a_group(kb: KnowledgeBase) -> None:
    without = {one.speaker for one in kb.quotes if one.speaker and not groups_of(one)}
    assert without == {"een deelnemer uit de verdiepingstafel rond inclusiviteit"}


def test_every_group_has_quotations_and_a_label_in_both_languages(kb: KnowledgeBase) -> None:
    counts = Counter(group.slug for one in kb.quotes for group in groups_of(one))
    assert all(counts[group.slug] and group.nl and group.en for group in groups())


@pytest.mark.parametrize(
    "given",
    [
        "student", "Student", "een student", "de student", "student, dialoog 3", "student (dialoog 3)", "studente",
        "student, themadialogen wonen en verkeer", "burger", "een deelnemer",
    ],
)  # fmt: skip
def test_who_is_less_or_equally_specific_fits(given: str) -> None:
    assert fits(given, quote("student"), REPORT) is True
    assert fits(given, quote("student verpleegkunde"), REPORT) is True


@pytest.mark.parametrize(
    "given", ["docent", "student, dialoog 4", "student geneeskunde", "wethouder", "minister", "dialoog 3", "de", ""]
)
def test_who_is_another_or_more_specific_does_not_fit(given: str) -> None:
    assert fits(given, quote("student verpleegkunde"), REPORT) is False


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Beate Volker", True), ("prof. dr. Volker", True), ("B. Volker", True), ("mevrouw Volker", True),
        ("Beatrix Volker", False), ("C. Volker", False), ("Karen Maas", False), ("een wetenschapper", True),
    ],
)  # fmt: skip
def test_a_name_fits_in_its_usual_forms(given: str, expected: bool) -> None:
    assert fits(given, quote("Beate Volker", None, Track.WETENSCHAP), REPORT) is expected


def test_a_spelling_slip_in_a_long_word_is_forgiven() -> None:
    assert fits("Toezichhouder", quote("toezichthouder en handhaver"), REPORT) is True


def test_where_the_source_names_nobody_only_anybody_fits() -> None:
    assert fits("student", quote(None), REPORT) is False
    assert fits("een burger", quote(None), REPORT) is True
    assert fits("een burger, dialoog 4", quote(None, "dialoog 3"), REPORT) is False


@pytest.mark.parametrize(
    ("given", "speaker"),
    [
        ("een werkloze", "werkloos"), ("Horeca-ondernemer", "Horecaondernemer"),
        ("communicatieadviseur", "communicatie-adviseur"), ("gepensioneerden", "gepensioneerd"),
        ("deelnemer aan de themadialoog wonen en verkeer", "radioloog"),
    ],
)  # fmt: skip
def test_forms_of_a_word_are_forgiven(given: str, speaker: str) -> None:
    assert fits(given, quote(speaker), REPORT) is True


@pytest.mark.parametrize(
    ("given", "speaker"),
    [
        ("docent", "oud-docent VO"), ("huisvrouw", "huisarts"), ("burgemeester", "kinderburgemeester"),
        ("teamleider", "teammanager"), ("verpleegster", "verpleegkundige"),
    ],
)  # fmt: skip
def test_roles_that_look_alike_are_told_apart(given: str, speaker: str) -> None:
    assert fits(given, quote(speaker), REPORT) is False


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Gepensioneerde", "gepensioneerd", True), ("provinciehoofd", "Provinciehoofd bij Staatsbosbeheer", True),
        ("schooloprichter", "software developer en student", False), (None, "student", None),
        ("administratieve kracht", "Administratief medewerker", False),
    ],
)  # fmt: skip
def test_the_speakers_of_two_versions_are_the_same_or_not(one: str | None, other: str | None, expected: bool) -> None:
    assert are_same(quote(one), quote(other)) is expected
    assert are_same(quote(other), quote(one)) is expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        pytest.param("Renske Gilissen", True, id="name"),
        pytest.param("Liesbeth van de Grift", True, id="particles"),
        pytest.param("Moära Lieuw-Hie", True, id="hyphen and accent"),
        pytest.param("Esther-Mirjam Sent", True, id="double first name"),
        pytest.param("Jan D’Hondt", True, id="apostrophe"),
        pytest.param("Rijksoverheid", False, id="one word"),
        pytest.param("Nederlandse burgers", False, id="group"),
        pytest.param("(Rijks)ambtenaren en professionals", False, id="groups"),
        pytest.param("Koepelorganisaties, brancheverenigingen en dergelijke", False, id="list of groups"),
    ],
)
def test_a_label_is_the_name_of_a_person_or_not(label: str, expected: bool) -> None:
    assert is_person_name(label) is expected
