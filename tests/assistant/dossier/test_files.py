"""A dossier becomes the kind of file that its name tells."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from assistant.dossier.content import Dossier
from assistant.dossier.files import Format, file_name, format_of, written
from kb.errors import InputError


@pytest.mark.parametrize(
    ("name", "form"),
    [("plan.docx", Format.DOCX), ("map/plan.v2.HTML", Format.HTML), ("plan.md", Format.MARKDOWN)],
    ids=["word", "capitals", "markdown"],
)
def test_the_ending_of_a_name_tells_the_kind_of_file(name: str, form: Format) -> None:
    assert format_of(Path(name)) is form


@pytest.mark.parametrize("name", ["plan.pdf", "plan", "docx"])
def test_another_ending_is_refused_with_those_that_there_are(name: str) -> None:
    with pytest.raises(InputError, match=r"Kies uit: \.docx, \.html, \.md"):
        format_of(Path(name))


def test_a_dossier_is_written_in_every_form() -> None:
    dossier = Dossier("Titel", "", "nl", (), (), "vingerafdruk")
    assert "word/document.xml" in zipfile.ZipFile(BytesIO(written(dossier, Format.DOCX))).namelist()
    assert written(dossier, Format.HTML).startswith(b"<!DOCTYPE html>")
    assert b'title: "Titel"' in written(dossier, Format.MARKDOWN)


@pytest.mark.parametrize(
    ("subjects", "name"),
    [
        (("gezondheid", "samen-leven"), "dossier-gezondheid-samen-leven.md"),
        (('Ideeën "over" / Größe\r\n',), "dossier-ideeen-over-grosse.md"),
        (("幸福",), "dossier.md"),
        (("x" * 300,), f"dossier-{'x' * 72}.md"),
        ((), "dossier.md"),
    ],
    ids=["several", "accents", "no-letters", "long", "none"],
)
def test_a_file_gets_a_name_that_every_system_can_write(subjects: tuple[str, ...], name: str) -> None:
    assert file_name(subjects, Format.MARKDOWN) == name
