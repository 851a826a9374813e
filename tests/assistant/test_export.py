"""A selection of quotations as a file that other programs read back unchanged."""

import csv
import io
import json

import pytest

from assistant.certificate import Certificate, certify
from assistant.export import Format, _cell, export, parse_format
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase


@pytest.fixture(scope="module")
def selection(kb: KnowledgeBase) -> list[Certificate]:
    return [certify(kb, quote.id) for quote in kb.quotes]


def test_csv_opens_in_a_dutch_excel(selection: list[Certificate]) -> None:
    made = export(selection, Format.CSV)
    assert made.startswith("\ufeff")
    assert made.count("\r\n") == len(selection) + 1
    rows = list(csv.DictReader(io.StringIO(made[1:]), delimiter=";"))
    assert [row["citaat"] for row in rows] == [one.quote.text for one in selection]
    assert [row["id"] for row in rows] == [one.quote.id for one in selection]
    assert all(row["verwijzing"] and row["sha256 van het bestand"] and row["regels"] for row in rows)
    assert {row["versie"] for row in rows} == {"", "origineel", "gelijk", "ingekort", "herschreven"}


@pytest.mark.parametrize("cell", ["=1+1", "+31 6", "-5 graden", "@naam"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert _cell(cell) == f"'{cell}"


def test_json_lines_are_quotes(selection: list[Certificate]) -> None:
    lines = export(selection, Format.JSON_LINES).splitlines()
    assert [json.loads(line)["text"] for line in lines] == [one.quote.text for one in selection]


def test_markdown_has_a_reference_and_a_place_for_each(selection: list[Certificate]) -> None:
    made = export(selection[:3], Format.MARKDOWN)
    assert made.count("\n>\n> `q-") == 3
    assert "regels" in made


def test_markdown_shows_signs_as_they_are(kb: KnowledgeBase) -> None:
    quote = next(quote for quote in kb.quotes if "[" in quote.text)
    assert quote.text[:20].replace("[", "\\[") in export([certify(kb, quote.id)], Format.MARKDOWN).replace("\\]", "]")


def test_an_empty_selection_is_an_empty_file() -> None:
    assert export([], Format.JSON_LINES) == export([], Format.MARKDOWN) == ""
    assert export([], Format.CSV).count("\r\n") == 1


def test_an_unknown_kind_of_file_is_refused() -> None:
    assert parse_format(None) is None
    assert parse_format("csv") is Format.CSV
    with pytest.raises(InputError, match="csv, jsonl, md"):
        parse_format("xlsx")
