"""Search hits → statements and citations: every word is the source's, order and labels are ours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from assistant import messages
from assistant.answer import Citation, Statement, StatementKind
from assistant.cues import Group
from assistant.repetition import repeats, runs
from assistant.sources import cite
from kb.embedders import Vectors
from kb.embedding_texts import sentence_texts
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage, PassageKind
from kb.search import Hit
from kb.sentences import sentence_ranges

_WORDS_MIN = 5
# A longer line that ends in a colon says something before it leads to what follows.
_LEAD_IN_WORDS_MAX = 15
# Once so much of the room is used, what is left over is too little to go on looking for something that fits.
_FULL = 0.9
# Characters shown of a passage; longer ones are shown by their best sentences, and their citation holds all of it.
_STATEMENT_MAX = 350
# A first sentence says what the rest is about: as much as this in cosine.
_LEAD = 0.05
# What the other sentences that are shown count against the best one.
_OTHERS = 0.3


class Fate(StrEnum):
    """What became of a hit."""

    CITED = "cited"
    REPEATS = "repeats"
    SAYS_LITTLE = "says little"
    NO_ROOM = "no room"


@dataclass(frozen=True)
class Candidate:
    """A hit, and whether the answer cites it."""

    hit: Hit
    fate: Fate


@dataclass(frozen=True)
class Side:
    """Passages of an answer, best first; of a comparison those about `group`, None when nobody is compared."""

    group: Group | None
    passages: tuple[Passage, ...]
    vector: Vectors


@dataclass(frozen=True)
class Composition:
    """Statements with their citations, numbered in the order in which they stand; the first `shown` are the answer.

    The others are more of the same, for who wants to read on.
    """

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    shown: int


def choose(kb: KnowledgeBase, hits: Sequence[Hit], characters: int) -> list[Candidate]:
    """Which hits an answer of this length cites: the first that fit, none that says what those before it say."""
    used = 0
    versions_seen: set[str] = set()
    said: set[tuple[str, ...]] = set()
    candidates = []
    for hit in hits:
        fate = Fate.NO_ROOM if used >= _FULL * characters else Fate.CITED
        if fate is Fate.CITED:
            quote = kb.quotes_by_passage.get(hit.passage.id)
            versions = {quote.id, *(other.id for other in quote.lineage)} if quote else set()
            own = runs(hit.passage.text)
            if _says_little(hit.passage):
                fate = Fate.SAYS_LITTLE
            elif versions & versions_seen or repeats(own, said):
                fate = Fate.REPEATS
            elif used and used + len(hit.passage.text) > characters:
                fate = Fate.NO_ROOM
            else:
                used += len(hit.passage.text)
                versions_seen |= versions
                said |= own
        candidates.append(Candidate(hit, fate))
    return candidates


def compose(
    kb: KnowledgeBase, sides: Sequence[Side], *, room: int, language: str, given: Sequence[Citation] = ()
) -> Composition:
    """The passages of each side grouped by report and part, word for word, each with its citation.

    What fits in `room` characters is shown, the best of each side in turn; the rest comes after it. The citations go on
    from those `given`, which are used again where they are of the same passage.
    """
    texts = {passage.id: _shown_text(kb, passage, side.vector) for side in reversed(sides) for passage in side.passages}
    first = _first(sides, texts, room)
    statements: list[Statement] = []
    citations = [*given]
    shown = 0
    for part in (first, {key for key in texts if key not in first}):
        if shown and part:
            statements.append(Statement(messages.text("more", language), StatementKind.NOTE))
        for side in sides:
            chosen = [passage for passage in side.passages if passage.id in part]
            if side.group and (chosen or not (side.passages or shown)):
                statements.append(_heading(side, language))
            statements += _statements(kb, chosen, texts, citations, language)
        shown = shown or len(statements)
    return Composition(tuple(statements), tuple(citations), shown)


def _says_little(passage: Passage) -> bool:
    """Whether a passage only leads to what follows, or is a mere name."""
    least = _LEAD_IN_WORDS_MAX if passage.text.endswith(":") else _WORDS_MIN
    return passage.kind is not PassageKind.QUOTE and len(passage.text.split()) < least


def _first(sides: Sequence[Side], texts: dict[str, str], room: int) -> set[str]:
    """The passages whose shown texts fit, the best of each side in turn; the very first always does."""
    first: set[str] = set()
    used = 0
    for turn in zip_longest(*(side.passages for side in sides)):
        for passage in turn:
            length = len(texts[passage.id]) if passage else 0
            if passage and (not first or used + length <= room):
                first.add(passage.id)
                used += length
    return first


def _heading(side: Side, language: str) -> Statement:
    name = messages.group_label(side.group, language) if side.group else ""
    key = "side" if side.passages else "nothing from"
    return Statement(messages.text(key, language, group=name), StatementKind.NOTE)


def _statements(
    kb: KnowledgeBase, passages: Sequence[Passage], texts: dict[str, str], citations: list[Citation], language: str
) -> Iterator[Statement]:
    """The passages under the labels of their places; their citations are added to `citations`."""
    place: tuple[str, str] | None = None
    for passage in _grouped(passages):
        if (passage.report_id, passage.part) != place:
            place = (passage.report_id, passage.part)
            yield _label(kb, passage, language)
        citation = cited(kb, passage, citations)
        has_quote = passage.kind is PassageKind.QUOTE and passage.id in kb.quotes_by_passage
        kind = StatementKind.QUOTE if has_quote else StatementKind.VERBATIM
        text = texts[passage.id]
        yield Statement(text, kind, passage.track, passage.theme, passage.part, (citation.number,))


def cited(kb: KnowledgeBase, passage: Passage, citations: list[Citation]) -> Citation:
    """The citation of a passage among `citations`, to which it is added when it is not there yet."""
    known = next((one for one in citations if one.passage_id == passage.id), None)
    if known:
        return known
    quote = kb.quotes_by_passage.get(passage.id) if passage.kind is PassageKind.QUOTE else None
    citations.append(cite(kb, len(citations) + 1, passage, quote))
    return citations[-1]


def _grouped(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages of one report and part together, in the order in which each place is first found.

    Within it they stand as in the report, so that the items of a list follow the line that leads to them.
    """
    places = list(dict.fromkeys((passage.report_id, passage.part) for passage in passages))
    for place in places:
        there = (passage for passage in passages if (passage.report_id, passage.part) == place)
        yield from sorted(there, key=lambda passage: passage.spans[0].start)


def _label(kb: KnowledgeBase, passage: Passage, language: str) -> Statement:
    report = kb.reports[passage.report_id].title
    track, part = messages.track_label(passage.track, language), messages.part_label(passage.part, language)
    text = f"{track} · {report} · {part}"
    return Statement(text, StatementKind.NOTE, passage.track, passage.theme, passage.part)


def _shown_text(kb: KnowledgeBase, passage: Passage, vector: Vectors) -> str:
    """A quotation or a short passage as a whole; of a longer one the sentences that say most about the question."""
    if passage.kind is PassageKind.QUOTE:
        quote = kb.quotes_by_passage.get(passage.id)
        return quote.text if quote else passage.text
    if len(passage.text) <= _STATEMENT_MAX:
        return passage.text
    ranges = sentence_ranges(passage.text)
    embedded = dict(zip(sentence_texts(passage), kb.index.sentences(passage, vector), strict=True))
    cosines = [float(embedded.get(passage.text[start:end], 0.0)) for start, end in ranges]
    start, end = _best_run(ranges, cosines)
    return passage.text[start:end]


def _best_run(ranges: Sequence[tuple[int, int]], cosines: Sequence[float]) -> tuple[int, int]:
    """The `[start, end)` of the sentences after one another, within the length of a statement, that fit best."""
    mean = sum(cosines) / len(cosines)
    worth = [cosine - mean + (_LEAD if place == 0 else 0.0) for place, cosine in enumerate(cosines)]
    best, best_worth = ranges[0], -1.0
    for first, (start, _) in enumerate(ranges):
        for last in range(first, len(ranges)):
            end = ranges[last][1]
            if last > first and end - start > _STATEMENT_MAX:
                break
            among = worth[first : last + 1]
            # Of runs that are as good the longest.
            value = max(among) + _OTHERS * sum(among) + 2e-4 * (end - start)
            if value > best_worth:
                best, best_worth = (start, end), value
    return best
