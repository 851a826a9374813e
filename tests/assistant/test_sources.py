"""A citation is checked against the source when it is made."""

from dataclasses import replace

import pytest

from assistant.sources import UntraceableError, at_the_table, cite
from kb.knowledge_base import KnowledgeBase
from kb.text import Span


def test_a_passage_of_the_index_can_be_cited(kb: KnowledgeBase) -> None:
    passage = kb.catalogue.passages()[100]
    made = cite(kb, 1, passage)
    assert (made.text, made.spans) == (passage.text, passage.spans)
    place = f"van={passage.spans[0].start}&tot={passage.spans[-1].end}"
    assert made.url == f"/bronnen/{passage.source}?{place}#aangehaald"


def test_words_that_do_not_stand_in_the_source_cannot_be_cited(kb: KnowledgeBase) -> None:
    passage = kb.catalogue.passages()[100]
    with pytest.raises(UntraceableError):
        cite(kb, 1, replace(passage, text=passage.text + " niet"))
    moved = tuple(Span(span.start + 1, span.end + 1) for span in passage.spans)
    with pytest.raises(UntraceableError):
        cite(kb, 1, replace(passage, spans=moved))


def test_who_was_at_the_table_comes_from_the_reports(kb: KnowledgeBase) -> None:
    report = next(report for report in kb.reports.values() if report.theme == "wonen-en-verkeer")
    (table,) = at_the_table(kb, [report.id, report.id])
    assert (table.talks, table.participants) == (4, 28)
    assert table.municipalities == ("Emmen", "Vijfheerenlanden", "Heemskerk", "Aa en Hunze")
