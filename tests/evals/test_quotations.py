"""The quotations of the index reach what the project promises."""

from collections import Counter

from evals.quotations import GOLD, read_gold, run
from kb.knowledge_base import KnowledgeBase


def test_the_gold_file_is_large_and_spread_enough() -> None:
    gold = read_gold(GOLD)
    assert len(gold) >= 150
    assert len(Counter(quote.report for quote in gold)) >= 8


def test_the_quotations_of_the_index_reach_every_required_measure(kb: KnowledgeBase) -> None:
    report = run(kb)
    assert not report.failures
    assert "| **all** |" in report.as_text()
