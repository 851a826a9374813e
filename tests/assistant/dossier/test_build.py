"""Dossiers from the real documents: every line traced, nothing said twice, the same each time."""

from collections.abc import Callable

import pytest

from assistant.dossier.build import SECTIONS, build
from assistant.dossier.comparison import compare
from assistant.dossier.content import Chapter, Dossier, Field, Heading, Quoted, Said, Table, Told, Written
from assistant.dossier.subjects import herstelopgaven, subjects
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Track
from kb.text import fold, render
from tests.assistant.model_server import ModelServer, fails, states

OPGAVEN = [
    "nieuwe-ongelijkheden",
    "duurzaam-economisch-herstel",
    "gezonde-mensen-groene-leefomgeving",
    "sociale-en-mentale-veerkracht",
    "nieuwe-werken-en-leven",
    "bestuurlijke-verhoudingen",
]
CITIZENS = [
    "geluk-en-ontspanning",
    "gezondheid",
    "samen-leven",
    "natuur-en-milieu",
    "onderwijs-en-werk",
    "welvaart-en-inkomen",
    "wonen-en-verkeer",
]


def check_traced(kb: KnowledgeBase, dossier: Dossier) -> None:
    notes = {note.number: note for note in dossier.notes}
    for note in dossier.notes:
        assert render(kb.text(note.source), note.spans) == note.text
    for section in dossier.sections:
        for block in section.blocks:
            if isinstance(block, Said):
                assert block.text == notes[block.note].text
            if isinstance(block, Quoted):
                assert block.text in notes[block.note].text


@pytest.mark.parametrize("subject", [*OPGAVEN, *CITIZENS, "innovatie-en-digitalisering", "bestuurlijke-veerkracht"])
def test_every_line_is_the_sources_and_no_quotation_stands_twice(kb: KnowledgeBase, subject: str) -> None:
    dossier = build(kb, [subject])
    check_traced(kb, dossier)
    shown = [block.quote_id for block in dossier.quotations]
    families = [id(kb.family_of[key]) if key in kb.family_of else key for key in shown]
    assert len(families) == len(set(families))
    assert {section.slug for section in dossier.sections} == set(SECTIONS) - {"focus"}
    assert set(Chapter) <= {section.chapter for section in dossier.sections}


@pytest.mark.parametrize("subject", CITIZENS)
def test_ten_quotations_are_of_ten_speakers_and_say_why(kb: KnowledgeBase, subject: str) -> None:
    section = next(one for one in build(kb, [subject], sections=["citaten"]).sections if one.slug == "citaten")
    chosen = [block for block in section.blocks if isinstance(block, Quoted)]
    assert len(chosen) == 10
    assert len({fold(kb.quote_of[one.quote_id].speaker or "") for one in chosen}) == 10
    assert all("Gelijkenis met het onderwerp" in one.why for one in chosen)
    assert len({kb.quote_of[one.quote_id].dialogue for one in chosen}) > 2


def test_the_same_question_gives_the_same_dossier(kb: KnowledgeBase) -> None:
    assert build(kb, ["gezondheid"], focus="ouderen") == build(kb, ["gezondheid"], focus="ouderen")


def test_who_was_at_the_table_stands_in_a_table_with_its_place(kb: KnowledgeBase) -> None:
    table = next(block for block in build(kb, ["wonen-en-verkeer"]).sections[0].blocks if isinstance(block, Table))
    row = next(row for row in table.rows if row[0].text == "Rapportage themadialogen: wonen en verkeer")
    cells = dict(zip(table.header, row, strict=True))
    assert cells["Gesprekken"].text == "4"
    assert cells["Deelnemers"].text == "28"
    assert "Emmen" in cells["Gastgemeenten"].text
    assert cells["Deelnemers"].note is not None


def test_steps_stand_under_who_is_named_and_initiatives_under_their_titles(kb: KnowledgeBase) -> None:
    sections = {one.slug: one for one in build(kb, ["wonen-en-verkeer"]).sections}
    steps = [block.text for block in sections["stappen"].blocks if isinstance(block, Heading)]
    assert "De overheid of het Rijk wordt genoemd" in steps
    assert "De bron noemt niet wie" in steps
    titles = [block.text for block in sections["initiatieven"].blocks if isinstance(block, Heading)]
    assert titles == [
        "Een deelhuis",
        "Buurtteams met een leefbaarheidsbudget",
        "Met inwoners een herdenkingsplek creëren",
        "Speeltuinen voor volwassenen",
    ]


def test_what_the_municipality_writes_is_left_open(kb: KnowledgeBase) -> None:
    sections = {one.slug: one for one in build(kb, ["wonen-en-verkeer"]).sections}
    for slug in ("knel", "droom", "stappen", "partners", "monitoring"):
        assert any(isinstance(block, Field) for block in sections[slug].blocks)


def test_a_rewritten_quotation_tells_what_was_changed(kb: KnowledgeBase) -> None:
    quotes = build(kb, ["wonen-en-verkeer"], sections=["perspectief"]).quotations
    remark = next(one.remark for one in quotes if one.text.startswith("Ik droom over betaalbare woningen"))
    assert "herschreven" in remark
    assert "[-Mijn" in remark
    assert "{+Ik" in remark


def test_tensions_stay_visible(kb: KnowledgeBase) -> None:
    section = build(kb, ["wonen-en-verkeer"], sections=["spanningen"]).sections[0]
    said = " ".join(block.text for block in section.blocks if isinstance(block, Said))
    assert "Wensen lijken soms ook te botsen" in said


def test_a_focus_has_a_section_of_its_own(kb: KnowledgeBase) -> None:
    section = build(kb, ["wonen-en-verkeer"], focus="ouderen", sections=["focus"]).sections[0]
    assert "ouderen" in section.title
    assert "oudere mensen met een hypotheekvrij huis" in " ".join(
        block.text for block in section.blocks if isinstance(block, Said)
    )


def test_why_a_theme_belongs_to_a_herstelopgave_is_shown_in_the_words_of_a_document(kb: KnowledgeBase) -> None:
    for subject in herstelopgaven():
        assert subject.links
        for link in subject.links:
            assert link.words in " ".join(kb.text(link.source).split())
            assert any(one.theme == link.theme and one.track is link.track for one in kb.reports.values())
    about = build(kb, ["nieuwe-ongelijkheden"], sections=["over"]).sections[0]
    told = [block.text for block in about.blocks if isinstance(block, Told)]
    assert any(text.startswith("samen leven (burgers):") for text in told)


def test_several_subjects_make_one_dossier(kb: KnowledgeBase) -> None:
    dossier = build(kb, ["gezondheid", "Natuur en milieu"])
    assert dossier.title.endswith("Gezondheid en Natuur en milieu")
    check_traced(kb, dossier)


@pytest.mark.parametrize(
    ("names", "options", "said"),
    [
        (["kernenergie"], {}, "Onbekend onderwerp: 'kernenergie'"),
        ([], {}, "Noem een onderwerp"),
        (CITIZENS, {}, "Te veel onderwerpen: 7"),
        (["gezondheid"], {"sections": ["nee"]}, "Onbekend onderdeel: 'nee'"),
        (["gezondheid"], {"focus": "x" * 201}, "De focus is te lang"),
    ],
)
def test_what_cannot_be_made_is_told_with_what_can(
    kb: KnowledgeBase, names: list[str], options: dict[str, list[str]], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        build(kb, names, **options)  # type: ignore[arg-type]


def test_the_subjects_are_the_herstelopgaven_and_the_themes_of_all_tracks(kb: KnowledgeBase) -> None:
    slugs = [one.slug for one in subjects(kb)]
    assert slugs[:6] == OPGAVEN
    assert set(CITIZENS) < set(slugs)
    assert "korte-termijnmaatregelen-met-het-oog-op-lange-termijn-transitie" in slugs
    assert "rode-draden" not in slugs


def test_a_comparison_sets_the_tracks_side_by_side_with_what_became_of_quotations(kb: KnowledgeBase) -> None:
    dossier = compare(kb, "thuiswerken")
    check_traced(kb, dossier)
    assert {str(track) for track in Track} < {section.slug for section in dossier.sections}
    changed = next(section for section in dossier.sections if section.slug == "herkomst")
    assert any(isinstance(block, Quoted) and "Verschil met het origineel" in block.remark for block in changed.blocks)


def test_an_introduction_holds_only_what_the_passages_bear_out(
    with_model: Callable[..., KnowledgeBase], model_server: ModelServer
) -> None:
    true = "Het is voor veel mensen lastig een woning te vinden."
    model_server.behaviour = states((true, [1]), ("De huizenprijzen stegen met 73 procent.", [1]))
    dossier = build(with_model(), ["wonen-en-verkeer"], sections=["knel"])
    written = [block for section in dossier.sections for block in section.blocks if isinstance(block, Written)]
    assert [block.text for block in written] == [true]


def test_a_model_that_repeats_itself_without_end_writes_a_sentence_once(
    with_model: Callable[..., KnowledgeBase], model_server: ModelServer
) -> None:
    true = "Het is voor veel mensen lastig een woning te vinden."
    model_server.behaviour = states(*[(true, [1])] * 200, size=4000)
    dossier = build(with_model(), ["wonen-en-verkeer"], sections=["knel"])
    written = [block for section in dossier.sections for block in section.blocks if isinstance(block, Written)]
    assert [block.text for block in written] == [true]


def test_a_model_that_fails_leaves_the_dossier_without_introductions(
    with_model: Callable[..., KnowledgeBase], model_server: ModelServer
) -> None:
    model_server.behaviour = fails(500)
    dossier = build(with_model(), ["wonen-en-verkeer"], sections=["knel"])
    told = [block.text for block in dossier.sections[0].blocks if isinstance(block, Told)]
    assert any("Zonder taalmodel verder" in text for text in told)
