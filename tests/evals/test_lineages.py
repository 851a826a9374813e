"""Versions of quotations are linked as readers linked them, and the measures count what they say."""

from evals.lineages import GOLD, FoundPair, GoldPair, LineageReport, read_pairs, run
from kb.knowledge_base import KnowledgeBase
from kb.versions import Label

A, B, C = ("a.txt", 1), ("a.txt", 5), ("b.md", 9)


def test_the_gold_file_holds_enough_pairs() -> None:
    assert len(read_pairs(GOLD)) >= 20


def test_the_pairs_of_the_index_reach_what_is_required(kb: KnowledgeBase) -> None:
    report = run(kb)
    assert report.failures == []
    assert report.as_json()["lineage"]["gold"] == len(report.gold)


def test_missing_and_wrong_pairs_and_labels_are_counted() -> None:
    gold = [GoldPair(frozenset({A, B}), Label.SHORTENED, True, B), GoldPair(frozenset({A, C}), Label.EQUAL, None, None)]
    found = [
        FoundPair(frozenset({A, B}), Label.REWRITTEN, same_speaker=True, original=A),
        FoundPair(frozenset({B, C}), Label.EQUAL, same_speaker=True, original=B),
    ]
    report = LineageReport(gold, found)
    assert report.shares == {"recall": 0.5, "precision": 0.5, "label": 0.0, "speaker": 1.0, "original": 0.0}
    assert len(report.failures) == 4
