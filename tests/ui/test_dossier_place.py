"""The place Dossier offers what there is, shows what a dossier holds, and keeps its state in the address."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import build_app
from assistant.dossier.build import SECTIONS
from assistant.dossier.request import DossierRequest, dossier_of
from assistant.dossier.subjects import subjects
from kb.knowledge_base import KnowledgeBase
from ui import dossier_place
from ui.address import Place, read_address
from ui.page import _add_dossiers

CHOSEN = "onderwerp=gezondheid&onderwerp=samen-leven&onderwerp=&focus=jongeren&deel=knel&deel=citaten"
SCRIPT = "<script>alert('x')</script>"


def draw(kb: KnowledgeBase, query: str) -> str:
    return dossier_place.draw(kb, read_address(Place.DOSSIER, query))


@pytest.fixture(scope="module")
def page(kb: KnowledgeBase) -> TestClient:
    """A client of the page's files, without the page around them."""
    app = build_app(kb)
    _add_dossiers(app, kb)
    return TestClient(app)


def test_every_subject_and_section_can_be_chosen_once(kb: KnowledgeBase) -> None:
    shown = draw(kb, "")
    assert re.findall(r'name="onderwerp" value="([a-z-]+)"', shown) == [one.slug for one in subjects(kb)]
    assert re.findall(r'name="deel" value="([a-z-]+)" checked', shown) == list(SECTIONS)
    assert "/dossier.docx" not in shown


def test_an_address_is_read_as_what_the_user_wants() -> None:
    read = dossier_place.wanted(read_address(Place.DOSSIER, CHOSEN))
    assert read == DossierRequest(("gezondheid", "samen-leven"), "jongeren", ("knel", "citaten"))
    everything = "&".join(f"deel={slug}" for slug in SECTIONS)
    assert dossier_place.wanted(read_address(Place.DOSSIER, everything)).sections == ()
    compared = dossier_place.wanted(read_address(Place.DOSSIER, "soort=vergelijking&onderwerp=tiny+houses"))
    assert compared == DossierRequest(("tiny houses",), is_comparison=True)


def test_what_was_chosen_stays_chosen(kb: KnowledgeBase) -> None:
    shown = draw(kb, CHOSEN)
    chosen = re.findall(r'name="(onderwerp|deel)" value="([a-z-]+)" checked', shown)
    assert [value for _, value in chosen] == ["gezondheid", "samen-leven", "knel", "citaten"]
    assert 'name="focus" value="jongeren"' in shown


def test_a_chosen_dossier_shows_its_sections_and_leads_to_its_files(kb: KnowledgeBase) -> None:
    shown = draw(kb, CHOSEN)
    dossier = dossier_of(kb, dossier_place.wanted(read_address(Place.DOSSIER, CHOSEN)), with_model=False)
    assert all(f">{section.title}</h3>" in shown for section in dossier.sections)
    assert f"noten: {len(dossier.notes)}" in shown
    for form in ("docx", "html", "md"):
        (file,) = re.findall(rf'download href="(/dossier\.{form}\?[^"]+)"', shown)
        assert parse_qs(urlsplit(file.replace("&amp;", "&")).query) == parse_qs(CHOSEN)


def test_the_first_lines_of_a_section_lead_to_their_sources(kb: KnowledgeBase) -> None:
    shown = draw(kb, CHOSEN)
    assert '<blockquote lang="nl">' in shown
    assert re.search(r'href="/bronnen/verslagen-dialogen-met-de-samenleving.txt\?van=\d+', shown)


def test_a_subject_in_free_words_is_compared_and_kept_in_its_field(kb: KnowledgeBase) -> None:
    shown = draw(kb, "soort=vergelijking&onderwerp=tiny+houses")
    assert 'value="vergelijking" checked' in shown
    assert 'name="onderwerp" value="tiny houses" maxlength' in shown
    assert "/dossier.docx?" in shown


@pytest.mark.parametrize(
    "query",
    [
        "onderwerp=",
        "onderwerp=ruimtevaart",
        f"onderwerp={SCRIPT}&focus={SCRIPT}",
        "onderwerp=gezondheid&deel=slotwoord",
    ],
    ids=["none", "unknown", "markup", "section"],
)
def test_a_choice_that_cannot_be_met_is_told_beside_the_form(kb: KnowledgeBase, query: str) -> None:
    shown = draw(kb, query)
    assert 'role="alert"' in shown
    assert "<form" in shown
    assert "<script" not in shown


def test_the_place_is_there_in_english_around_dutch_words(kb: KnowledgeBase) -> None:
    shown = draw(kb, f"taal=en&{CHOSEN}")
    assert "Take this dossier with you" in shown
    assert '<span lang="nl">Gezondheid</span>' in shown


@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_a_file_holds_the_dossier_of_its_address(page: TestClient, form: str) -> None:
    response = page.get(f"/dossier.{form}?{CHOSEN}")
    shown = "inline" if form == "html" else "attachment"
    assert response.headers["content-disposition"] == f'{shown}; filename="dossier-gezondheid-samen-leven.{form}"'
    assert form == "docx" or "Gezondheid en Samen leven" in response.text


def test_a_dossier_that_opens_in_the_browser_may_run_nothing(page: TestClient) -> None:
    response = page.get(f"/dossier.html?onderwerp=gezondheid&deel=focus&focus={SCRIPT}")
    assert response.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "<script" not in response.text


def test_a_file_that_cannot_be_made_tells_why(page: TestClient) -> None:
    response = page.get("/dossier.docx?onderwerp=ruimtevaart")
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/plain")
    assert "gezondheid" in response.text
