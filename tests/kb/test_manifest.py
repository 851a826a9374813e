"""The manifest beside corpus files: what is shipped, and what is told when something is wrong with it."""

import hashlib
import re
import shutil

import pytest

from kb import manifest
from kb.errors import CorpusError
from kb.model import Track

KAMERBRIEF = "kamerbrief-2021-07-12.md"
# A message that says what to do has an instruction or a rule in it.
REMEDY = re.compile(
    r"\b(?:zet|plaats|kies|geef|herstel|verbeter|controleer|installeer|verwijder|maak|sla|voeg|gebruik|vul|haal|"
    r"heeft \S+ en \S+ nodig)\b",
    re.IGNORECASE,
)


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A copy of the bundled corpus that the program takes for its own."""
    copy = tmp_path / "corpus"
    shutil.copytree(manifest.CORPUS, copy)
    monkeypatch.setattr(manifest, "CORPUS", copy)
    return copy


def _write(folder, text, **files):
    for name, content in files.items():
        (folder / f"{name}.txt").write_text(content, encoding="utf-8")
    (folder / manifest.MANIFEST).write_text(text, encoding="utf-8")
    return folder


def test_the_bundled_corpus_is_the_five_documents():
    assert [(file.source.name, file.source.track, file.source.date) for file in manifest.bundled()] == [
        (KAMERBRIEF, Track.OVERHEID, "2021-07-12"),
        ("perspectief-voor-en-door-de-samenleving.md", Track.OVERHEID, "2021"),
        ("verslagen-dialogen-met-de-samenleving.txt", Track.OVERHEID, "2021"),
        ("vng-dialoogtafels.txt", Track.OVERHEID, None),
        ("vng-uitkomsten-dialoog.txt", Track.OVERHEID, None),
    ]


def test_every_bundled_file_is_described_and_nothing_else_lies_beside_them():
    described = {file.path.name for file in manifest.bundled()}
    readable = {path.name for path in manifest.CORPUS.iterdir() if path.suffix in manifest.READABLE_SUFFIXES}
    assert readable == described


def test_the_letter_carries_its_reference():
    letter = manifest.bundled()[0].source
    assert (letter.title, letter.reference) == ("Kamerbrief ‘Uitkomsten Nederland na de crisis’", "2021-0000357520")


def test_the_sha256_is_of_the_bytes_of_the_file():
    assert all(hashlib.sha256(file.path.read_bytes()).hexdigest() == file.source.sha256 for file in manifest.bundled())


def _change_a_byte(corpus):
    file = corpus / KAMERBRIEF
    file.write_bytes(file.read_bytes().replace(b"Nederland", b"nederland", 1))


def _append_a_byte(corpus):
    with (corpus / KAMERBRIEF).open("ab") as file:
        file.write(b"\n")


def _remove(corpus):
    (corpus / KAMERBRIEF).unlink()


def _change_manifest(old, new):
    def change(corpus):
        path = corpus / manifest.MANIFEST
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    return change


def _remove_manifest(corpus):
    (corpus / manifest.MANIFEST).unlink()


def _write_latin(corpus):
    (corpus / manifest.MANIFEST).write_bytes("[[source]]\ntitle = 'ideeën'".encode("latin-1"))


DAMAGES = [
    pytest.param(_change_a_byte, [KAMERBRIEF, "gewijzigd"], id="a changed byte"),
    pytest.param(_append_a_byte, [KAMERBRIEF, "gewijzigd"], id="an added byte"),
    pytest.param(_remove, [KAMERBRIEF, "ontbreekt"], id="a missing file"),
    pytest.param(
        _change_manifest('track = "overheid"', 'track = "provincie"'),
        [manifest.MANIFEST, "'provincie'", "burgers, middenveld, wetenschap, overheid"],
        id="an unknown track",
    ),
    pytest.param(_change_manifest("publisher", "uitgever"), [manifest.MANIFEST, "uitgever"], id="an unknown key"),
    pytest.param(
        _change_manifest(f'file = "{KAMERBRIEF}"\n', ""), [manifest.MANIFEST, "file"], id="an entry without file"
    ),
    pytest.param(_change_manifest("title = ", "# title = "), [manifest.MANIFEST, "title"], id="an entry without title"),
    pytest.param(_change_manifest("[[source]]", "[[source]"), [manifest.MANIFEST, "line"], id="a bad TOML"),
    pytest.param(_write_latin, [manifest.MANIFEST, "utf-8"], id="a manifest that is no UTF-8"),
    pytest.param(_remove_manifest, [manifest.MANIFEST], id="a missing manifest"),
]


@pytest.mark.parametrize(("damage", "named"), DAMAGES)
def test_a_damaged_corpus_is_refused_with_the_file_that_is_wrong(corpus, damage, named):
    damage(corpus)
    with pytest.raises(CorpusError) as raised:
        manifest.bundled()
    assert str(corpus) in str(raised.value)
    assert [words for words in named if words not in str(raised.value)] == []


@pytest.mark.parametrize("damage", [pytest.param(case.values[0], id=case.id) for case in DAMAGES])
def test_a_damaged_corpus_is_refused_with_what_to_do(corpus, damage):
    damage(corpus)
    with pytest.raises(CorpusError) as raised:
        manifest.bundled()
    assert REMEDY.search(str(raised.value))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param('[[sources]]\nfile = "a.txt"\ntitle = "A"\n', id="a key that is not source"),
        pytest.param('source = "a.txt"\n', id="source is a text"),
        pytest.param("source = 3\n", id="source is a number"),
        pytest.param('source = ["a.txt"]\n', id="source is a list of texts"),
        pytest.param('[[source]]\nfile = "a.txt"\ntitle = 3\n', id="a title that is a number"),
        pytest.param('[[source]]\nfile = 3\ntitle = "A"\n', id="a file that is a number"),
        pytest.param('[[source]]\nfile = "a.txt"\ntitle = "A"\ntrack = ["burgers"]\n', id="a track that is a list"),
    ],
)
def test_a_manifest_of_another_form_is_refused(tmp_path, text):
    folder = _write(tmp_path, text, a="Een verslag.")
    with pytest.raises(CorpusError, match=re.escape(manifest.MANIFEST)):
        manifest.described(folder)


def test_a_file_twice_in_the_manifest_is_refused(tmp_path):
    entry = '[[source]]\nfile = "a.txt"\ntitle = "A"\n'
    with pytest.raises(CorpusError, match=r"a\.txt"):
        manifest.described(_write(tmp_path, entry + entry, a="Een verslag."))


def test_a_file_of_the_user_needs_no_sha256_in_the_manifest(tmp_path):
    folder = _write(
        tmp_path, '[[source]]\nfile = "a.txt"\ntitle = "Verslag van A"\ntrack = "burgers"\n', a="Een verslag."
    )
    (file,) = manifest.described(folder)
    assert (file.source.title, file.source.track) == ("Verslag van A", Track.BURGERS)
    assert file.source.sha256 == hashlib.sha256(b"Een verslag.").hexdigest()


def test_a_folder_without_a_manifest_gives_its_readable_files_in_order(tmp_path):
    for name in ("wijk_tafels.txt", "dorps-gesprek.md", "foto.jpg"):
        (tmp_path / name).write_text("Een verslag.", encoding="utf-8")
    assert [(file.source.name, file.source.title) for file in manifest.described(tmp_path)] == [
        ("dorps-gesprek.md", "Dorps gesprek"),
        ("wijk_tafels.txt", "Wijk tafels"),
    ]


def test_a_file_beside_a_manifest_is_described_by_it(tmp_path):
    folder = _write(tmp_path, '[[source]]\nfile = "a.txt"\ntitle = "Verslag van A"\n', a="Een verslag.", b="Nog een.")
    assert [file.source.title for file in manifest.described(folder / "a.txt")] == ["Verslag van A"]
    assert [file.source.title for file in manifest.described(folder / "b.txt")] == ["B"]


@pytest.mark.parametrize(
    ("name", "named"),
    [
        pytest.param("verslag.pdf", ["verslag.pdf", ".txt"], id="a kind that is not read"),
        pytest.param("verslag.txt", ["verslag.txt", "ontbreekt"], id="a file that is not there"),
        pytest.param(".", ["geen bestand", ".md"], id="an empty folder"),
    ],
)
def test_what_cannot_be_ingested_is_refused_by_name(tmp_path, name, named):
    with pytest.raises(CorpusError) as raised:
        manifest.described(tmp_path / name)
    assert [words for words in [str(tmp_path), *named] if words not in str(raised.value)] == []
