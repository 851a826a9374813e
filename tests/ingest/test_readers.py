"""From a file to its lines: every position is one in the file, and what cannot be read is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import read, split_lines
from kb import manifest
from kb.errors import CorpusError


@given(st.text(alphabet="aé ’\n\r\t\u2028\x0b\x85\ufeff", max_size=60))
def test_every_line_stands_at_its_positions(text):
    document = split_lines("a.txt", text)
    assert document.text == text
    assert "\n".join(line.text for line in document.lines) == text
    for line in document.lines:
        assert text[line.start : line.end] == line.text
        assert text[line.content_start : line.content_end] == line.content
        assert line.content == line.text.strip()
        assert line.number == text.count("\n", 0, line.start) + 1


@pytest.mark.parametrize(
    "sign", ["\r", "\u2028", "\x0b", "\x0c", "\x85"], ids=["return", "separator", "tab", "feed", "next"]
)
def test_only_a_line_feed_ends_a_line(sign):
    assert len(split_lines("a.txt", f"een{sign}twee\ndrie").lines) == 2


def test_a_file_is_read_as_it_stands(tmp_path):
    content = "\ufeffIdeeën \r\n\n ‘Zo’ \n"
    (tmp_path / "a.txt").write_bytes(content.encode())
    document = read(tmp_path / "a.txt")
    assert (document.name, document.text) == ("a.txt", content)


def test_the_corpus_is_read_as_it_stands():
    for file in manifest.bundled():
        assert read(file.path).text.encode() == file.path.read_bytes()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", "leeg", id="empty"),
        pytest.param(b" \n\n\t\n", "leeg", id="only white space"),
        pytest.param("Ideeën".encode("latin-1"), "vanaf byte 4", id="no UTF-8"),
        pytest.param(None, "niet te lezen", id="missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_name(tmp_path, content, told):
    path = tmp_path / "verslag.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CorpusError, match=told) as raised:
        read(path)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("zo gaat het ", True, id="space"),
        pytest.param("werk-", True, id="hyphen"),
        pytest.param("werk‑", True, id="hyphen that does not break"),
        pytest.param("en/", True, id="slash"),
        pytest.param("zo gaat het.", False, id="full stop"),
        pytest.param("", False, id="blank"),
    ],
)
def test_a_line_that_the_page_width_broke_ends_softly(line, expected):
    assert split_lines("a.txt", line).lines[0].ends_softly is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("een \ntwee \ndrie", True, id="most lines end in a space"),
        pytest.param("een \n\n\n\ntwee ", True, id="blank lines do not count"),
        pytest.param("een\ntwee\ndrie ", False, id="most lines do not"),
        pytest.param("\n\n", False, id="no lines at all"),
    ],
)
def test_a_text_out_of_a_pdf_shows_by_the_spaces_at_its_line_ends(text, expected):
    assert split_lines("a.txt", text).is_soft_wrapped is expected


def test_the_kind_of_file_shows_by_its_name():
    assert split_lines("a.md", "x").is_markdown
    assert not split_lines("a.txt", "x").is_markdown
