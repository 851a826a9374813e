"""A question about a whole theme → the points that the reports themselves list, part by part.

Search finds passages that speak of a subject in general; who asks what was said about a theme wants the report's own
lists: what came under pressure, what began, what people wish for and which steps they see.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.question import Question, themes_meant
from kb.embedders import Vectors
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, PassageKind
from kb.search import Filters, Hit, Query, search

_PARTS = (Part.KNEL, Part.KIEM, Part.DROOM, Part.STAP)
_PARTS_MIN = 2
# More than the passages of a theme: each gets its place.
_HITS = 1000
# Points and quotations of each part: of several parts, and when one part is asked for.
_POINTS, _QUOTES = 3, 1
_POINTS_OF_ONE, _QUOTES_OF_ONE = 6, 3
# Characters; a longer quotation is taken when there is no other.
_QUOTE_MAX = 400


def overview(kb: KnowledgeBase, question: Question, vector: Vectors, filters: Filters) -> list[Passage]:
    """The points and some quotations under them; empty when they do not answer the question.

    They do not when it is about less than a theme, or when the reports on it list points of one part alone.
    """
    asked = filters.part or question.parts
    parts = [part for part in _PARTS if not asked or part in asked]
    chosen = []
    for theme in themes_meant(question, kb.themes):
        if filters.theme in (None, theme):
            in_theme = replace(filters, theme=theme)
            hits = search(kb, Query(vector, question.subject, breadth=1.0), filters=in_theme, limit=_HITS)
            chosen += _points_by_part([hit for hit in hits if _is_asked(question, hit.passage)], parts)
    if len({passage.part for passage in chosen}) < min(len(parts), _PARTS_MIN):
        return []
    return chosen


def _is_asked(question: Question, passage: Passage) -> bool:
    return not question.tracks or passage.track in question.tracks


def _points_by_part(hits: Sequence[Hit], parts: Sequence[Part]) -> list[Passage]:
    places: defaultdict[tuple[str, Part], list[Passage]] = defaultdict(list)
    for hit in hits:
        if not hit.passage.boilerplate:
            places[hit.passage.report_id, hit.passage.part].append(hit.passage)
    reports = dict.fromkeys(report_id for report_id, _ in places)
    limits = (_POINTS, _QUOTES) if len(parts) > 1 else (_POINTS_OF_ONE, _QUOTES_OF_ONE)
    return [passage for report in reports for part in parts for passage in _points(places[report, part], *limits)]


def _points(passages: Sequence[Passage], points_max: int, quotes_max: int) -> list[Passage]:
    """The best points of a part in the order of the report, each with the quotations that illustrate it.

    The section with the most text is taken: a summary says the same in fewer words, and without quotations.
    """
    sections: defaultdict[tuple[str, ...], list[Passage]] = defaultdict(list)
    for passage in passages:
        sections[passage.headings[:1]].append(passage)
    lists = [section for section in sections.values() if any(passage.kind is PassageKind.BULLET for passage in section)]
    longest = max(lists, key=lambda section: sum(len(passage.text) for passage in section), default=[])
    bullets = [passage for passage in longest if passage.kind is PassageKind.BULLET]
    points = sorted(bullets[:points_max], key=lambda point: point.spans[0].start)
    shown = {point.id for point in points}
    quotes = [passage for passage in passages if passage.kind is PassageKind.QUOTE and passage.illustrates in shown]
    best = sorted(quotes, key=lambda quote: len(quote.text) > _QUOTE_MAX)[:quotes_max]
    return [
        passage for point in points for passage in (point, *(quote for quote in best if quote.illustrates == point.id))
    ]
