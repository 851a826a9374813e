"""Search hits → statements and citations: every word is the source's, order and labels are ours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.answer import Citation, Statement, StatementKind
from assistant.sources import cite
from kb.knowledge_base import KnowledgeBase
from kb.lineage import shingles
from kb.model import Passage, PassageKind
from kb.search import Hit
from kb.sentences import sentence_ranges
from kb.text import stems, words

_PASSAGES_MAX = 8
_WORDS_MIN = 5
# The summary boxes repeat sentences of the report, the perspectief whole paragraphs.
_RUN = 4
_REPEATED = 0.7


@dataclass(frozen=True)
class Composition:
    """Statements with their citations, numbered in the order in which they are shown."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]


def compose(
    kb: KnowledgeBase, passages: Sequence[Passage], *, subject: Sequence[str], length: int, language: str
) -> Composition:
    """The passages grouped by report and part, each shown word for word with its citation.

    Of one longer than `length` characters those sentences are shown that hold most of the `subject`, the first when
    there is none; its citation holds all of it.
    """
    statements: list[Statement] = []
    citations: list[Citation] = []
    place: tuple[str, str] | None = None
    for passage in _grouped(passages):
        if (passage.report_id, passage.part) != place:
            place = (passage.report_id, passage.part)
            statements.append(_label(kb, passage, language))
        quote = kb.quotes_by_passage.get(passage.id) if passage.kind is PassageKind.QUOTE else None
        citation = cite(kb, len(citations) + 1, passage, quote)
        citations.append(citation)
        text = citation.text if quote else _best_sentences(citation.text, subject, length)
        kind = StatementKind.QUOTE if quote else StatementKind.VERBATIM
        statements.append(Statement(text, kind, passage.track, passage.theme, passage.part, (citation.number,)))
    return Composition(tuple(statements), tuple(citations))


def best_passages(kb: KnowledgeBase, hits: Sequence[Hit]) -> list[Passage]:
    """The first passages, without boilerplate and without what those before them say word for word."""
    chosen: list[Passage] = []
    seen: set[str] = set()
    said: set[tuple[str, ...]] = set()
    for hit in hits:
        quote = kb.quotes_by_passage.get(hit.passage.id)
        versions = {quote.id, *(other.id for other in quote.lineage)} if quote else set()
        runs = shingles(words(hit.passage.text), _RUN)
        is_repeated = len(runs & said) >= _REPEATED * len(runs)
        if hit.passage.boilerplate or versions & seen or is_repeated or _says_little(hit.passage):
            continue
        seen |= versions
        said |= runs
        chosen.append(hit.passage)
        if len(chosen) == _PASSAGES_MAX:
            break
    return chosen


def _says_little(passage: Passage) -> bool:
    """Whether a passage only leads to what follows, or is a mere name."""
    is_short = len(passage.text.split()) < _WORDS_MIN
    return passage.kind is not PassageKind.QUOTE and (is_short or passage.text.endswith(":"))


def _grouped(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages of one report and part together, in the order in which each place is first found."""
    places = list(dict.fromkeys((passage.report_id, passage.part) for passage in passages))
    for place in places:
        yield from (passage for passage in passages if (passage.report_id, passage.part) == place)


def _label(kb: KnowledgeBase, passage: Passage, language: str) -> Statement:
    report = kb.reports[passage.report_id].title
    track, part = messages.track_label(passage.track, language), messages.part_label(passage.part, language)
    text = f"{track} · {report} · {part}"
    return Statement(text, StatementKind.NOTE, passage.track, passage.theme, passage.part)


def _best_sentences(text: str, subject: Sequence[str], length: int) -> str:
    """Sentences of `text` that follow one another, within `length`, with the most words of the subject.

    The first sentences win when others have no more: they say what the passage is about.
    """
    if len(text) <= length:
        return text
    wanted = {stem for word in subject for stem in stems(word)}
    ranges = sentence_ranges(text)
    best, best_score = ranges[0], -1
    for first, (start, end) in enumerate(ranges):
        last = end
        for _, candidate in ranges[first + 1 :]:
            if candidate - start > length:
                break
            last = candidate
        score = len(wanted & set(stems(text[start:last])))
        if score > best_score:
            best, best_score = (start, last), score
    return text[best[0] : best[1]]
