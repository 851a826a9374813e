"""The opening section: what a dossier is, who was at the table, and why these themes belong to a herstelopgave."""

from collections.abc import Iterable

from assistant import messages
from assistant.dossier import texts
from assistant.dossier.content import Block, Cell, Heading, Table, Told
from assistant.dossier.making import Making
from assistant.dossier.subjects import Subject
from kb.knowledge_base import KnowledgeBase
from kb.model import FactKind, Passage, Report


def about(making: Making) -> Iterable[Block]:
    """What a dossier is, who was at the table, and why these themes belong to the herstelopgave."""
    yield Told(texts.ABOUT)
    yield Told(texts.SAMPLE)
    rows = [row for report in making.reports if (row := _at_the_table(making, report))]
    if rows:
        told = [
            place for place in range(len(texts.TABLE_HEADER)) if any(row[place].text != texts.NOT_SAID for row in rows)
        ]
        header = tuple(texts.TABLE_HEADER[place] for place in told)
        yield Table(texts.TABLE, header, tuple(tuple(row[place] for place in told) for row in rows))
    for subject in making.subjects:
        if subject.links:
            yield Heading(subject.title)
            yield Told(texts.LINKED)
            yield from _links(making, subject)


def _links(making: Making, subject: Subject) -> Iterable[Block]:
    for link in subject.links:
        track = messages.track_label(link.track).lower()
        yield Told(texts.LINK.format(theme=link.theme.replace("-", " "), track=track, why=link.why))
        passage = _holding(making.kb, link.source, link.words)
        if passage:
            yield making.notes.said(passage)


def _holding(kb: KnowledgeBase, source: str, words: str) -> Passage | None:
    """The shortest passage of a source that has the first of these words; None when another parser cut them apart."""
    start = " ".join(words.split()[:8])
    own = [one for one in kb.passages if one.source == source and start in one.text]
    return min(own, key=lambda one: len(one.text), default=None)


def _at_the_table(making: Making, report: Report) -> tuple[Cell, ...] | None:
    """Who took part, each cell with the passage that says so; None when the report does not say."""
    facts = making.kb.catalogue.facts([report.id])
    counts: dict[FactKind, Cell] = {}
    for fact in facts:
        passage = _around(making.kb, report, fact.spans[0].start)
        if passage and fact.number is not None and fact.kind not in counts:
            counts[fact.kind] = Cell(str(fact.number), making.notes.number(passage))
    if FactKind.PARTICIPANTS not in counts:
        return None
    hosts = [fact for fact in facts if fact.kind is FactKind.MUNICIPALITY]
    place = _around(making.kb, report, hosts[0].spans[0].start) if hosts else None
    named = Cell(", ".join(dict.fromkeys(fact.text for fact in hosts)), making.notes.number(place)) if place else None
    kinds = (FactKind.TALKS, FactKind.PARTICIPANTS, FactKind.ORGANISATIONS)
    cells = [counts.get(kind, Cell(texts.NOT_SAID)) for kind in kinds]
    return (Cell(report.title), *cells, named or Cell(texts.NOT_SAID))


def _around(kb: KnowledgeBase, report: Report, position: int) -> Passage | None:
    """The passage of a report that holds a position."""
    return next(
        (
            one
            for one in kb.passages
            if one.report_id == report.id and any(span.start <= position < span.end for span in one.spans)
        ),
        None,
    )
