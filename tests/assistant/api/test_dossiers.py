"""A dossier is made on request, as a file that a browser or an editor opens."""

import zipfile
from io import BytesIO

import pytest
from fastapi.testclient import TestClient

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ASKED = {"subjects": ["gezondheid"], "sections": ["knel"]}


@pytest.mark.parametrize(
    ("form", "media_type", "start"),
    [
        ("docx", DOCX, b"PK"),
        ("html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("md", "text/markdown; charset=utf-8", b"---\ntitle:"),
    ],
)
def test_a_dossier_is_given_as_the_file_that_was_asked_for(
    client: TestClient, form: str, media_type: str, start: bytes
) -> None:
    response = client.post("/v1/dossiers", json={**ASKED, "format": form})
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert response.headers["content-disposition"] == f'attachment; filename="dossier-gezondheid.{form}"'
    assert response.content.startswith(start)


def test_a_dossier_is_a_web_page_of_which_the_notes_lead_to_this_server(client: TestClient) -> None:
    shown = client.post("/v1/dossiers", json=ASKED).text
    assert 'id="deel-knel"' in shown
    assert 'href="http://testserver/bronnen/verslagen-dialogen-met-de-samenleving.txt?van=' in shown


def test_several_subjects_a_focus_and_sections_are_heeded(client: TestClient) -> None:
    asked = {"subjects": ["gezondheid", "samen-leven"], "focus": "jongeren", "sections": ["focus", "citaten"]}
    response = client.post("/v1/dossiers", json={**asked, "format": "md"})
    assert "dossier-gezondheid-samen-leven.md" in response.headers["content-disposition"]
    headings = [line for line in response.text.splitlines() if line.startswith("# ")]
    assert len(headings) == 2
    assert "jongeren" in headings[0]


def test_a_comparison_takes_words_of_the_user(client: TestClient) -> None:
    response = client.post("/v1/dossiers", json={"subjects": ["ideeën: “tiny houses”"], "compare": True})
    assert response.headers["content-disposition"] == 'attachment; filename="dossier-ideeen-tiny-houses.html"'
    assert "tiny houses" in response.text


def test_a_word_file_is_whole(client: TestClient) -> None:
    content = client.post("/v1/dossiers", json={**ASKED, "format": "docx"}).content
    assert zipfile.ZipFile(BytesIO(content)).testzip() is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"subjects": ["ruimtevaart"]}, ["ruimtevaart", "gezondheid", "nieuwe-ongelijkheden"]),
        ({"subjects": []}, ["subjects: heeft te weinig waarden"]),
        ({"subjects": ["gezondheid"] * 7}, ["subjects: heeft te veel waarden"]),
        ({"subjects": [" "]}, ["Noem een onderwerp"]),
        ({**ASKED, "sections": ["slotwoord"]}, ["slotwoord", "knel"]),
        ({**ASKED, "focus": "x" * 201}, ["focus: is te lang"]),
        ({**ASKED, "format": "pdf"}, ["format: kies uit 'docx', 'html' of 'md'"]),
        ({**ASKED, "compare": True}, ["één onderwerp"]),
        ({**ASKED, "compare": 0}, ["compare: moet true of false zijn"]),
        ({**ASKED, "kleur": 1}, ["kleur: dit veld is onbekend"]),
    ],
    ids=["unknown", "none", "many", "empty", "section", "focus", "format", "comparison", "number", "field"],
)
def test_a_request_that_cannot_be_met_is_a_problem_that_tells_what_can(
    client: TestClient, body: dict[str, object], said: list[str]
) -> None:
    response = client.post("/v1/dossiers", json=body)
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    assert all(part in response.json()["detail"] for part in said), response.json()["detail"]
