"""What models send, however ragged, becomes sentences with evidence numbers, or nothing."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.drafts import Draft, from_json, from_lines

STATEMENTS = [
    {"text": "Burgers missen groen.", "evidence": [1, 2]},
    {"text": 'Een student zei: ‘Ik mis {groen} en "rust".’', "evidence": [3]},
]


def cut(text: str, places: list[int]) -> list[str]:
    """A text in pieces."""
    bounds = [0, *sorted({place % (len(text) + 1) for place in places}), len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


@given(st.lists(st.integers(0, 500)), st.sampled_from([None, 2]))
def test_statements_are_read_wherever_the_stream_is_cut(places: list[int], indent: int | None) -> None:
    text = "Zeker!\n" + json.dumps({"statements": STATEMENTS}, ensure_ascii=False, indent=indent)
    drafts = list(from_json(cut(text, places)))
    assert drafts == [Draft("Burgers missen groen.", (1, 2)), Draft(STATEMENTS[1]["text"], (3,))]  # type: ignore[arg-type]


@given(st.integers(0, 200))
def test_a_statement_that_does_not_close_is_none(end: int) -> None:
    text = json.dumps({"statements": STATEMENTS}, ensure_ascii=False)[:end]
    whole = [one["text"] for one in STATEMENTS]
    assert [draft.text for draft in from_json([text])] in ([], whole[:1], whole)


@given(st.text())
def test_nothing_that_a_model_sends_breaks_the_reading(text: str) -> None:
    list(from_json([text]))
    list(from_json(['{"statements": [', text]))
    list(from_lines([text]))


@pytest.mark.parametrize(
    "item",
    ["tekst", 3, None, [], {}, {"text": 5, "evidence": [1]}, {"evidence": [1]}],
    ids=["text", "a number", "null", "a list", "empty", "a number as text", "no text"],
)
def test_an_item_of_another_form_is_left_out(item: object) -> None:
    assert not list(from_json([json.dumps({"statements": [item]})]))


def test_an_item_without_numbers_cites_nothing() -> None:
    assert list(from_json(['{"statements": [{"text": "Burgers missen groen.", "evidence": "alles"}]}'])) == [
        Draft("Burgers missen groen.", ())
    ]


@pytest.mark.parametrize(
    ("line", "drafts"),
    [
        ("- Burgers missen groen. [1] [3]", [Draft("Burgers missen groen.", (1, 3))]),
        ("1. Burgers missen groen [1, 3].", [Draft("Burgers missen groen.", (1, 3))]),
        ("Burgers missen groen. [1] Zij niet. [2]", [Draft("Burgers missen groen.", (1,)), Draft("Zij niet.", (2,))]),
        ("Burgers [1] en boeren [2] missen groen.", [Draft("Burgers en boeren missen groen.", (1, 2))]),
        ("**Burgers** missen groen (bewijs 4).", [Draft("Burgers missen groen.", (4,))]),
        ("Burgers missen groen. Zij niet. [2]", [Draft("Burgers missen groen.", (2,)), Draft("Zij niet.", (2,))]),
        ("Een student zei: ‘Ik mis groen. En rust.’ [2]", [Draft("Een student zei: ‘Ik mis groen. En rust.’", (2,))]),
        ("Hier is mijn antwoord:", [Draft("Hier is mijn antwoord:", ())]),
        ("<think>Burgers missen groen. [1]</think>", []),
        ("", []),
    ],
    ids=[
        "bullet", "numbered", "two in a line", "markers inside", "emphasis and a word", "two sentences", "a quotation",
        "an opening", "a thought", "nothing",
    ],
)  # fmt: skip
def test_lines_are_read_as_models_write_them(line: str, drafts: list[Draft]) -> None:
    assert list(from_lines([line, "\n"])) == drafts
    assert list(from_lines(list(line))) == drafts


def test_a_thought_over_many_lines_is_left_out() -> None:
    text = "<think>\nBurgers missen groen. [1]\n</think>\n- Burgers willen rust. [2]\n"
    assert list(from_lines([text])) == [Draft("Burgers willen rust.", (2,))]
