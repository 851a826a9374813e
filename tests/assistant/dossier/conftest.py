"""A dossier with every kind of block, and with characters that a file format may take for its own."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.dossier.content import (
    Block,
    Cell,
    Chapter,
    Dossier,
    Field,
    Heading,
    Note,
    Quoted,
    Said,
    Section,
    Table,
    Told,
    Written,
)
from kb.text import Span

SAYINGS = [
    "Mantelzorgers & vrijwilligers < professionals > systemen, zo zei men *vaak* en _ook_ [hier] | daar.",
    "# Geen kop, maar een zin; met een \\ en een \\alpha, $x^2$ en @iemand.",
    "1. Dit is geen lijst -- en dit... ook niet: 'enkel' en \"dubbel\" {.klasse}.",
    "<script>alert('x')</script> &amp; <b>vet</b> ![beeld](https://elders.example/x.png)",
    "- Ook dit is geen opsomming ~~weg~~ H~2~O ^hoog^ `code` *[afkorting]: x",
    "(a) Noch dit [^1] en [^noot]: of [een link](https://elders.example).",
    "Zorgen 😟 en hoop 🌱 over é, ü, ĳ, ‘aanhaling’, “dubbel” en een – streep… 100 % waar.",
    "Hottentottensoldatententententoonstellingsbouwterreinmeervoudigepersoonlijkheidsstoornissenbehandelaarsvergoeding",
    ": geen definitie",
    "% geen titel",
    "Wij zijn pas gehoord als er iets met onze woorden gebeurt, en niet als er een verslag van wordt gemaakt.",
]


def saying(number: int) -> str:
    """Words of a source; no two numbers have the same."""
    return f"{SAYINGS[number % len(SAYINGS)]} Zin {number} van de bron."


def note(number: int) -> Note:
    text = saying(number)
    start = 1000 * number
    return Note(
        number=number,
        passage_id=f"p-{number:012x}",
        source="verslagen-dialogen.txt",
        report="Rapportage themadialogen: welzijn & zorg",
        spans=(Span(start, start + 40), Span(start + 60, start + 100)),
        text=text,
        reference=f"‘{text}’ (deelnemer, dialoog {number}; in: Verslagen dialogen met de samenleving, 2021)",
        url=f"/bronnen/verslagen-dialogen.txt?van={start}&tot={start + 100}#aangehaald",
    )


def quoted(number: int, remark: str = "") -> Quoted:
    return Quoted(
        quote_id=f"q-{number:012x}",
        text=saying(number),
        by="student & mantelzorger, dialoog <3>",
        note=number,
        why="Noemt *wat* er knelt, en hoe_het_anders kan.",
        remark=remark,
    )


def analysis() -> list[Block]:
    said = [Said(saying(number), number) for number in (1, 2, 3, 4, 7, 8, 9, 10)]
    return [
        Told("Dit hoofdstuk haalt woorden aan uit de verslagen. Elke regel heeft een noot."),
        Heading("Wat er in de knel kwam & <waarom>"),
        *said[:4],
        quoted(5, remark="Staat ook ingekort in ‘Samenvatting’ [2021]."),
        quoted(6),
        Heading("Dieper: *zorg* _en_ [welzijn] #1", level=2),
        *said[4:],
        Written("Deelnemers noemen druk op mantelzorgers, en hopen op *meer* ruimte & rust.", (3, 11, 5, 12)),
        Told("Zo zegt men het ook elders."),
        Said(saying(1), 1),
    ]


def measures() -> list[Block]:
    rows = tuple(
        (Cell(f"Maatregel {number} | <#{number}>"), Cell(saying(number), number), Cell("nog niet gepland"))
        for number in range(13, 29)
    )
    return [
        Table("Eerste stappen | die *deelnemers* noemen & <waar>", ("Maatregel", "Wat zij zeiden", "Stand"), rows),
        Told("Na de tabel gaat het verder."),
        Field("welke maatregelen *u* neemt & waarom <kort>, in gewone woorden die iedereen begrijpt"),
        Field("wie verantwoordelijk is"),
        quoted(29),
        quoted(30),
        Field("wanneer het klaar is"),
    ]


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    """Thirty notes, of which 1, 3 and 5 are cited twice."""
    return Dossier(
        title="Herstelplan ‘Samen’ & <verder> in *Voorbeeldstad*",
        subtitle="Werkdossier: [welzijn] | zorg # met \\ en _streepjes_",
        language="nl",
        sections=(
            Section("over", "Over dit dossier", None, (Told("Gemaakt uit openbare verslagen."), Field("uw inleiding"))),
            Section("analyse", "Analyse: wat er speelt & leeft", Chapter.ANALYSE, tuple(analysis())),
            Section("maatregelen", "Maatregelen", Chapter.MAATREGELEN, tuple(measures())),
        ),
        notes=tuple(note(number) for number in range(1, 31)),
        fingerprint="f" * 64,
    )


@pytest.fixture(scope="session")
def empty() -> Dossier:
    """A dossier in which nothing is cited."""
    sections = (Section("leeg", "Leeg", None, (Told("Hierover is niets gevonden."), Field("uw eigen tekst"))),)
    return Dossier("Niets", "", "nl", sections, (), "0" * 64)


@pytest.fixture(scope="session")
def read_pdf() -> Callable[[Path], str]:
    """The text of a PDF on A4 without white space, and without what stands in margins of 1.9 cm above and below."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    # In the order of the file, so that a cell of a table is in one piece.
    options = ["-raw", "-x", "0", "-y", "54", "-W", "595", "-H", "734"]

    def read(path: Path) -> str:
        call = ["pdftotext", *options, path, "-"]
        return squeezed(subprocess.run(call, capture_output=True, text=True, check=True).stdout)

    return read


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory, read_pdf: Callable[[Path], str]) -> Callable[[str, bytes], str]:
    """The text of a file as LibreOffice prints it."""
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed")
    folder = tmp_path_factory.mktemp("printed")
    # A profile of its own, because LibreOffice starts once for each.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"

    def convert(name: str, content: bytes) -> str:
        path = folder / name
        path.write_bytes(content)
        call = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path]
        made = subprocess.run(call, capture_output=True, text=True, check=True, timeout=120)
        assert "Error" not in made.stdout + made.stderr
        return read_pdf(path.with_suffix(".pdf"))

    return convert


@pytest.fixture(scope="session")
def texts(dossier: Dossier) -> list[str]:
    """All that a reader of the dossier must find, without white space."""
    found = [dossier.title, dossier.subtitle, *(note.reference for note in dossier.notes)]
    for section in dossier.sections:
        found.append(section.title)
        for block in section.blocks:
            match block:
                case Said(text) | Told(text) | Heading(text) | Written(text) | Field(text):
                    found.append(text)
                case Quoted():
                    found += [block.text, block.by, block.why, block.remark]
                case Table():
                    found += [block.caption, *block.header, *(cell.text for row in block.rows for cell in row)]
    return [squeezed(text) for text in found]


@pytest.fixture(scope="session")
def squeeze() -> Callable[[str], str]:
    return squeezed


def squeezed(text: str) -> str:
    """`text` as it can be found in print: lines break anywhere, ligatures are taken apart, no font has every emoji."""
    return re.sub(r"[\s\u2060\U00010000-\U0010ffff-]+", "", unicodedata.normalize("NFKC", text))
