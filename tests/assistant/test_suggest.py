"""A translation is no match, but the quotation is offered."""

import pytest

from assistant.suggest import suggestions
from assistant.verify import verify
from kb.knowledge_base import KnowledgeBase


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We are all in the same storm, but not in the same boat.", id="English"),
        pytest.param("Wir sitzen alle im selben Sturm, aber nicht im selben Boot.", id="German"),
    ],
)
def test_the_quotation_that_was_translated_comes_first(kb: KnowledgeBase, text: str) -> None:
    found = suggestions(kb, verify(kb, text))
    assert "We zitten met zijn allen in dezelfde storm" in found[0].text
    assert len(found) == 3


@pytest.mark.parametrize("text", ["Te kort", "We zitten met zijn allen in dezelfde storm, maar niet in dezelfde boot"])
def test_nothing_is_offered_for_what_was_found_or_could_not_be_checked(kb: KnowledgeBase, text: str) -> None:
    assert suggestions(kb, verify(kb, text)) == []
