"""The Markdown: read by pandoc, which makes of it what it likes."""

import json
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from assistant.dossier.content import Dossier, Quoted, Section, Told
from assistant.dossier.markdown_file import as_markdown

SITE = "https://dialoog.example"
MARKS = r"""\`*_{}[]()#+-.!|<>&~^$@'":%=/;,?1aAiv)  """
needs_pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")


def pandoc(text: str, to: str, *options: str) -> bytes:
    call = ["pandoc", "--from", "markdown", "--to", to, "--fail-if-warnings", *options]
    made = subprocess.run(call, input=text.encode(), capture_output=True, check=False)
    assert (made.returncode, made.stderr) == (0, b"")
    return made.stdout


def nodes(tree: Any, kind: str) -> Iterator[Any]:
    """All nodes of a kind in what pandoc read."""
    if isinstance(tree, dict):
        if tree.get("t") == kind:
            yield tree
        for value in tree.values():
            yield from nodes(value, kind)
    elif isinstance(tree, list):
        for value in tree:
            yield from nodes(value, kind)


def text_of(tree: Any) -> str:
    """The text of what pandoc read: curly quotation marks are nodes, spaces after abbreviations do not break."""
    kept = {"Space": " ", "SoftBreak": " "}
    if isinstance(tree, dict) and tree.get("t") == "Quoted":
        marks = "‘’" if tree["c"][0]["t"] == "SingleQuote" else "“”"
        return text_of(tree["c"][1]).join(marks)
    if isinstance(tree, dict):
        return kept.get(tree.get("t", "")) or text_of(tree.get("c", []))
    if isinstance(tree, list):
        return "".join(text_of(one) for one in tree)
    return tree.replace("\u00a0", " ") if isinstance(tree, str) else ""


@pytest.fixture(scope="module")
def read(dossier: Dossier) -> Any:
    return json.loads(pandoc(as_markdown(dossier), "json"))


def test_the_metadata_and_the_notes_are_there_without_pandoc(dossier: Dossier) -> None:
    written = as_markdown(dossier, site=SITE)
    assert written.startswith("---\ntitle: ")
    assert '\nlang: "nl"\n' in written
    defined = re.findall(r"^\[\^(\d+)\]: .*\(<(.*)>\)$", written, re.MULTILINE)
    assert defined == [(str(note.number), SITE + note.url) for note in dossier.notes]
    assert "https://dialoog.example" not in as_markdown(dossier)


@needs_pandoc
def test_pandoc_finds_the_blocks_as_they_were_meant(read: Any, dossier: Dossier) -> None:
    assert text_of(read["meta"]["title"]) == dossier.title
    assert text_of(read["meta"]["subtitle"]) == dossier.subtitle
    assert text_of(read["meta"]["lang"]) == "nl"
    assert len(list(nodes(read["blocks"], "Note"))) == len(dossier.notes)
    assert len(list(nodes(read["blocks"], "BlockQuote"))) == len(dossier.quotations)
    assert len(list(nodes(read["blocks"], "Table"))) == 1
    assert [len(one["c"]) for one in nodes(read["blocks"], "BulletList")] == [4, 4, 1]
    levels = [one["c"][0] for one in nodes(read["blocks"], "Header")]
    assert levels == [1, 1, 2, 3, 1]
    for kind in ("RawInline", "RawBlock", "Math", "Cite", "Image", "Code", "CodeBlock", "OrderedList"):
        assert not list(nodes(read["blocks"], kind)), kind
    links = {one["c"][2][0] for one in nodes(read["blocks"], "Link")}
    assert links == {"#fn1", "#fn3", "#fn5"}


@needs_pandoc
@pytest.mark.parametrize("form", ["html", "docx"])
def test_pandoc_makes_files_with_every_word_and_note(
    dossier: Dossier, form: str, texts: list[str], squeeze: Callable[[str], str], tmp_path: Path
) -> None:
    path = tmp_path / f"dossier.{form}"
    pandoc(as_markdown(dossier, site=SITE), form, "--standalone", "--output", str(path))
    if form == "html":
        assert path.read_text(encoding="utf-8").count('class="footnote-back"') == len(dossier.notes)
    else:
        notes = zipfile.ZipFile(BytesIO(path.read_bytes())).read("word/footnotes.xml").decode()
        assert len(re.findall(r'<w:footnote w:id="[1-9]', notes)) == len(dossier.notes)
    back = ["pandoc", "--to", "plain", "--wrap", "none", str(path)]
    read_again = json.loads(subprocess.run([*back[:2], "json", str(path)], capture_output=True, check=True).stdout)
    found = squeeze(text_of(read_again["blocks"]) + text_of(list(read_again["meta"].values())))
    assert [text for text in texts if text not in found] == []


@needs_pandoc
def test_no_characters_of_a_source_are_markup() -> None:
    chosen = random.Random(7)
    sayings = ["".join(chosen.choices(MARKS, k=chosen.randint(1, 30))) for _ in range(2000)]
    sayings = [" ".join(one.split()) for one in sayings if one.strip()]
    made = Dossier("t", "", "nl", (Section("a", "A", None, tuple(map(Told, sayings))),), (), "0")
    blocks = json.loads(pandoc(as_markdown(made), "json"))["blocks"][1:]
    assert {block["t"] for block in blocks} == {"Para"}
    assert [text_of(block) for block in blocks] == sayings


@needs_pandoc
def test_a_text_of_several_lines_is_one_paragraph(dossier: Dossier) -> None:
    said = Quoted("q", "een\n\n# twee\n    drie", "x", 1, "")
    made = Dossier("t", "", "nl", (Section("a", "A", None, (said,)),), (dossier.notes[0],), "0")
    (block,) = nodes(json.loads(pandoc(as_markdown(made), "json")), "BlockQuote")
    assert "een # twee drie" in text_of(block)


def test_a_dossier_without_notes_is_written(empty: Dossier) -> None:
    assert "[^" not in as_markdown(empty)
    assert "Hierover is niets gevonden." in as_markdown(empty)
