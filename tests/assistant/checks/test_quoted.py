"""A quoted string stands in a passage word for word, or the statement is not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.quoted import in_exact_words, quoted, unquoted
from kb.knowledge_base import KnowledgeBase
from kb.wording import words_of

PASSAGE = "‘Het was zo’n raar jaar. Ik miste mijn vrienden, en de ‘glans’ was eraf...’ (student, dialoog 3)"


@pytest.mark.parametrize(
    ("statement", "exact"),
    [
        ("Een student zei: ‘Ik miste mijn vrienden’.", "Een student zei: ‘Ik miste mijn vrienden’."),
        ('Een student zei: "ik miste mijn vrienden".', 'Een student zei: "Ik miste mijn vrienden".'),
        ("Het was “zo'n raar jaar”.", "Het was “zo’n raar jaar”."),
        ("De ‘glans’ was eraf.", "De ‘glans’ was eraf."),
        ("‘Het was zo’n raar jaar. Ik mistte mijn vrienden’", "‘Het was zo’n raar jaar. Ik miste mijn vrienden’"),
        ("“Het was (…) de ‘glans’ was eraf”, zei zij.", "“Het was (…) de ‘glans’ was eraf”, zei zij."),
        ("Zonder aanhaling, zo’n zin.", "Zonder aanhaling, zo’n zin."),
    ],
    ids=["as it is", "a capital", "an apostrophe", "a word", "one letter wrong", "with a cut", "nothing quoted"],
)  # fmt: skip
def test_quoted_strings_get_the_writing_of_the_passage(statement: str, exact: str) -> None:
    assert in_exact_words(statement, [PASSAGE]) == exact


@pytest.mark.parametrize(
    "statement",
    [
        "Een student zei: ‘Ik miste mijn ouders’.",
        'Hij noemde het "verschrikkelijk".',
        "‘De glans was eraf (…) Het was zo’n raar jaar’",
        "‘Ik miste mijn vrienden",
        "“Ik miste “mijn vrienden”",
        "Het was een raar ‘jaar van de glans’.",
        "‘Ik miste mijn vrienden, en de ‘glans’ was eraf regenboog’",
    ],
    ids=["other words", "a word of its own", "another order", "not closed", "opened twice", "glued", "a word behind"],
)
def test_a_statement_with_other_words_between_marks_is_none(statement: str) -> None:
    assert in_exact_words(statement, [PASSAGE]) is None


@given(st.data())
def test_every_run_of_words_of_a_quotation_is_found_and_no_changed_one(kb: KnowledgeBase, data: st.DataObject) -> None:
    quote = data.draw(st.sampled_from([one for one in kb.quotes if len(words_of(one.text)) > 4]))
    words = words_of(quote.text)
    first = data.draw(st.integers(0, len(words) - 3))
    last = data.draw(st.integers(first + 2, min(first + 3, len(words) - 1)))
    run = quote.text[words[first].start : words[last].end]
    if quoted(f"“{run}”") and not set('“”"…') & set(run) and ".." not in run:
        exact = (in_exact_words(f"“{run}”", [quote.text]) or "").strip("“”")
        assert exact in quote.text
        assert [word.key for word in words_of(exact)] == [word.key for word in words_of(run)]
        assert in_exact_words(f"“{run} regenboogeenhoorn”", [quote.text]) is None


def test_what_is_left_of_a_statement_has_no_quoted_words() -> None:
    assert "vrienden" not in unquoted("Een student zei: ‘Ik miste mijn vrienden’.")
