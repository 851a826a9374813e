"""Families of versions: the fullest is the original, and each other one says what was done to it."""

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.lines import line_at
from kb.model import Part, Quote, Relation, Report, Track
from kb.text import Span
from kb.versions import Label, families

REPORTS = {
    "dialoog": Report("dialoog", "a.txt", "Rapportage", Track.BURGERS, None, Span(0, 9)),
    "overheid": Report("overheid", "b.md", "Perspectief", Track.OVERHEID, None, Span(0, 9)),
}
FULL = "Ik wil meer groen in de straat. Dat is goed voor iedereen."


def quote(key: str, text: str, report: str = "dialoog", speaker: str | None = "student", *others: str) -> Quote:
    track, spans = REPORTS[report].track, (Span(0, 9),)
    lineage = tuple(Relation(other, 0.8) for other in others)
    return Quote(key, "a.txt", report, text, speaker, None, track, None, Part.KNEL, spans, "p", None, lineage)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("‘ik wil meer groen in de straat; dat is goed voor iedereen’", Label.EQUAL, id="only marks"),
        pytest.param("Ik wil meer groen in de straat.", Label.SHORTENED, id="a sentence less"),
        pytest.param("Ik wil veel groen in de straat.", Label.REWRITTEN, id="a word changed"),
        pytest.param(
            "Ik wil meer groen in de straat [en elders]. Dat is goed voor iedereen.", Label.REWRITTEN, id="added"
        ),
    ],
)
def test_a_version_is_labelled_by_what_was_done_to_it(text: str, label: Label) -> None:
    (family,) = families(
        [quote("a", text, "overheid", "student", "b"), quote("b", FULL, "dialoog", "student", "a")], REPORTS
    )
    assert family.original.id == "b"
    assert [(version.quote.id, version.label) for version in family.variants] == [("a", label)]


@pytest.mark.parametrize(("speaker", "expected"), [("Student", False), ("wethouder", True), (None, None)])
def test_a_version_tells_whether_another_is_said_to_speak(speaker: str | None, expected: bool | None) -> None:
    (family,) = families(
        [quote("a", FULL, "dialoog", "student", "b"), quote("b", FULL, "overheid", speaker, "a")], REPORTS
    )
    assert family.original.id == "a"
    assert [version.has_other_speaker for version in family.variants] == [expected]


def test_versions_of_versions_are_one_family() -> None:
    chain = [
        quote("a", FULL, "dialoog", None, "b"),
        quote("b", FULL[:31], "dialoog", None, "a", "c"),
        quote("c", FULL[:20], "dialoog", None, "b"),
    ]
    (family,) = families(chain, REPORTS)
    assert [version.quote.id for version in family.versions] == ["a", "b", "c"]


def test_a_quotation_without_other_versions_has_no_family() -> None:
    assert families([quote("a", FULL)], REPORTS) == []


def test_the_rewritten_quotation_of_the_marketeer_shows_both_wordings(kb: KnowledgeBase) -> None:
    (family,) = [family for family in kb.families if "roller skaten" in family.original.text]
    assert line_at(kb.text(family.original.source), family.original.spans[0].start) == 1788
    (variant,) = family.variants
    assert (variant.label, variant.has_other_speaker) == (Label.REWRITTEN, False)
    changed = [(change.op, change.words) for change in variant.diff if change.op != "equal"]
    assert ("delete", "Positief aan") in changed
    assert ("insert", "bewijst de innovatiedrang") in changed


def test_every_version_knows_its_family_and_comes_first_in_it(kb: KnowledgeBase) -> None:
    for family in kb.families:
        for version in family.versions:
            versions = kb.versions_of(version.quote)
            assert versions[0].quote == version.quote
            assert {one.quote.id for one in versions} == {one.quote.id for one in family.versions}
    assert kb.versions_of(next(one for one in kb.quotes if not one.lineage)) == ()
