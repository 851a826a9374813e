"""Citations of passages and quotations, checked against the source when they are made."""

from urllib.parse import quote as quoted

from assistant.answer import AtTheTable, Citation
from kb.knowledge_base import KnowledgeBase
from kb.model import FactKind, Passage, Quote, Track
from kb.text import Span, render


class UntraceableError(Exception):
    """Stored words do not stand where they are said to stand: nothing may be shown of them."""


def source_url(source: str, spans: tuple[Span, ...]) -> str:
    """The place in the source viewer where `spans` are shown; the fragment makes a browser scroll there."""
    return f"/bronnen/{quoted(source)}?van={spans[0].start}&tot={spans[-1].end}#aangehaald"


def check_traceable(kb: KnowledgeBase, item: Passage | Quote) -> None:
    """Check that the source still holds these words.

    Raises:
        UntraceableError: when it holds others at these positions.
    """
    if render(kb.text(item.source), item.spans) != item.text:
        msg = f"{item.source} {item.spans}"
        raise UntraceableError(msg)


def cite(kb: KnowledgeBase, number: int, passage: Passage, quote: Quote | None = None) -> Citation:
    """The citation of a passage; of one that holds a quotation with its speaker.

    It holds all of the passage, because what stands around a quotation says who spoke.

    Raises:
        UntraceableError: when the source holds other words at these positions.
    """
    for item in (passage, quote):
        if item:
            check_traceable(kb, item)
    return Citation(
        number=number,
        passage_id=passage.id,
        source=passage.source,
        source_title=kb.sources[passage.source].title,
        report=kb.reports[passage.report_id].title,
        track=passage.track,
        theme=passage.theme,
        part=passage.part,
        speaker=quote.speaker if quote else None,
        dialogue=quote.dialogue if quote else None,
        spans=passage.spans,
        text=passage.text,
        url=source_url(passage.source, passage.spans),
        versions=next(filter(None, map(kb.versions_of, kb.quotes_in(passage.id))), ()),
    )


def at_the_table(kb: KnowledgeBase, report_ids: list[str]) -> tuple[AtTheTable, ...]:
    """Who took part in the dialogues of these reports; reports that do not say are left out."""
    found = []
    facts = kb.catalogue.facts(report_ids)
    for report_id in dict.fromkeys(report_ids):
        own = [fact for fact in facts if fact.report_id == report_id]
        counts = {fact.kind: fact.number for fact in reversed(own) if fact.number is not None}
        report = kb.reports[report_id]
        if FactKind.PARTICIPANTS not in counts or report.track is Track.OVERHEID:
            continue
        found.append(
            AtTheTable(
                report=report.title,
                track=report.track,
                talks=counts.get(FactKind.TALKS),
                participants=counts[FactKind.PARTICIPANTS],
                organisations=counts.get(FactKind.ORGANISATIONS),
                municipalities=tuple(fact.text for fact in own if fact.kind is FactKind.MUNICIPALITY),
            )
        )
    return tuple(found)
