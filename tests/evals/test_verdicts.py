"""Verdicts reach what the project promises, and their measures count what they say."""

from collections import Counter

from assistant.verdict import Match, Verdict, VerdictKind
from evals.verdicts import GOLD, Checked, GoldClaim, VerdictReport, read_claims, run
from kb.knowledge_base import KnowledgeBase


def test_the_gold_file_holds_cases_of_all_kinds() -> None:
    claims = read_claims(GOLD)
    kinds = Counter(claim.kind for claim in claims)
    assert len(claims) >= 200
    assert {
        "exact", "typography", "trimmed", "ellipsis", "one word changed", "negation", "glued", "wrong speaker",
        "invented", "translated", "too short",
    } <= set(kinds)  # fmt: skip
    assert len({claim.id for claim in claims}) == len({(claim.text, claim.speaker) for claim in claims}) == len(claims)
    assert set(VerdictKind) == {claim.verdict for claim in claims}


def test_the_verdicts_reach_what_is_required(kb: KnowledgeBase) -> None:
    report = run(kb)
    assert report.failures == []
    assert report.as_json()["verdicts"]["translation_suggested_first"] > 0.9


def checked(right: VerdictKind, found: VerdictKind, match: Match) -> Checked:
    claim = GoldClaim("v1", "exact", "x", None, right, None, None, None, "")
    matches = () if found is VerdictKind.NOT_FOUND else (match,)
    return Checked(claim, Verdict("x", found, matches), None, None, 0.001)


def test_the_confusion_is_counted_and_a_false_verbatim_fails() -> None:
    match = Match("a.txt", "r", None, None, (), "x", 1.0, (), "/")
    pairs = [
        *[(VerdictKind.VERBATIM, VerdictKind.VERBATIM)] * 98,
        (VerdictKind.ALTERED, VerdictKind.VERBATIM),
        (VerdictKind.TRIMMED, VerdictKind.NOT_FOUND),
    ]
    report = VerdictReport([checked(right, found, match) for right, found in pairs])
    assert report.right == 0.98
    assert report.false_verbatim == 1
    assert report.failures == ["called verbatim: 1 > 0"]
    assert "| altered | 1 | 0 | 0 | 0 | 0 |" in report.as_text()


def test_too_few_right_verdicts_fail() -> None:
    match = Match("a.txt", "r", None, None, (), "x", 1.0, (), "/")
    pairs = [(VerdictKind.TRIMMED, VerdictKind.ALTERED), (VerdictKind.TRIMMED, VerdictKind.TRIMMED)]
    report = VerdictReport([checked(right, found, match) for right, found in pairs])
    assert report.failures == ["verdicts: 0.500 right < 0.97"]
