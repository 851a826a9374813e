"""What a user wants becomes a plan's dossier or a comparison, the same for every way in."""

import pytest

from assistant.dossier.build import build
from assistant.dossier.comparison import compare
from assistant.dossier.request import DossierRequest, dossier_of
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase


def test_a_plan_gets_the_dossier_on_its_subjects(kb: KnowledgeBase) -> None:
    request = DossierRequest(("gezondheid",), " jongeren ", ("knel", "citaten"))
    made = dossier_of(kb, request, with_model=False)
    assert made == build(kb, ["gezondheid"], focus="jongeren", sections=["knel", "citaten"], with_model=False)
    assert [section.slug for section in made.sections] == ["knel", "citaten"]


def test_a_focus_of_spaces_is_none(kb: KnowledgeBase) -> None:
    request = DossierRequest(("gezondheid",), "  ", ("focus", "knel"))
    assert [section.slug for section in dossier_of(kb, request).sections] == ["knel"]


def test_an_article_gets_a_comparison_on_its_own_words(kb: KnowledgeBase) -> None:
    assert dossier_of(kb, DossierRequest(("tiny houses",), is_comparison=True)) == compare(kb, "tiny houses")


@pytest.mark.parametrize(
    "request_",
    [
        DossierRequest((), is_comparison=True),
        DossierRequest(("gezondheid", "samen-leven"), is_comparison=True),
        DossierRequest(("gezondheid",), "jongeren", is_comparison=True),
        DossierRequest(("gezondheid",), None, ("knel",), is_comparison=True),
    ],
    ids=["none", "two", "focus", "sections"],
)
def test_a_comparison_takes_one_subject_and_nothing_else(kb: KnowledgeBase, request_: DossierRequest) -> None:
    with pytest.raises(InputError, match="één onderwerp"):
        dossier_of(kb, request_)
