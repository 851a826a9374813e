"""Is a text in the sources, in these words? Typography does not count; every word does.

1. Too short to tell? 2. One run of words of a source: verbatim, or trimmed when it starts or stops in mid-sentence.
3. Runs in order with marks where words were left out: trimmed. 4. Most of the words of a place, in order: altered.
5. A speaker who is given is compared with the one in the source.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.sources import source_url
from assistant.stretch import Stretch
from assistant.verdict import Match, Shortfall, Verdict, VerdictKind
from kb import speakers
from kb.alignment import Alignment, align
from kb.knowledge_base import KnowledgeBase
from kb.model import Passage, Quote
from kb.phrase_index import PhraseIndex
from kb.text import collapse, fold
from kb.versions import Label
from kb.word_diff import differences
from kb.wording import BROKEN, CUT, Word, words_of

WORDS_MIN, CHARACTERS_MIN = 5, 12
_PLACES_MAX, _MATCHES_MAX = 100, 10
# A place that shares less with a text is no version of it: share of the text's words that stand there in order, the
# rare ones weighing most, times the similarity. On the gold file invented texts reach .13, and .27 when they are short;
# reworded ones start at .48 …
_RECOGNISED = 0.33
# … but for those that keep one run of so many words and so much of the weight.
_RUN_WORDS_MIN, _RUN_WEIGHT_MIN = 6, 0.25
_LIKELY = 12
# Of several places that a text may be glued from, each must add so many words.
_ADDED_WORDS_MIN = 4
# A passage with a quotation is held against the quotation alone, unless the whole passage fits this much better.
_AROUND_QUOTE = 0.9
# How near to its words a source may have the mark of a cut, in characters.
_CUT_LENGTH = 5
_WITH_SPEAKER = re.compile(
    r"^\s*[‘“\"'](?P<text>.+)[’”\"']\s*[.,]?\s*[(–—-]\s*(?P<speaker>[^()‘’“”\"]{2,100}?)\)?\s*\.?\s*$", re.DOTALL
)


@dataclass(frozen=True)
class _Given:
    """The text to check: its words, and before which of them (by number, from 0) it marks that words were left out."""

    text: str
    words: tuple[Word, ...]
    cuts: frozenset[int]

    @cached_property
    def keys(self) -> list[str]:
        return [word.key for word in self.words]

    @cached_property
    def pieces(self) -> list[list[str]]:
        """The words between the marks."""
        bounds = [0, *sorted(self.cuts - {0, len(self.words)}), len(self.words)]
        return [self.keys[start:end] for start, end in itertools.pairwise(bounds)]


def verify(kb: KnowledgeBase, text: str, speaker: str | None = None) -> Verdict:
    """Whether the sources have `text` in these words, and, when a speaker is given, from that speaker."""
    given = _read(text, kb.source_words.phrases)
    if len(given.words) < WORDS_MIN or len(collapse(text)) < CHARACTERS_MIN:
        return Verdict(text, VerdictKind.NOT_FOUND, shortfall=Shortfall.TOO_SHORT)
    found = _exact(kb, given) or _with_cuts(kb, given)
    if found is None and not speaker and (match := _WITH_SPEAKER.match(text)):
        return replace(verify(kb, match["text"], match["speaker"].strip()), text=text)
    found = found or _altered(kb, given) or Verdict(text, VerdictKind.NOT_FOUND)
    speaker = speaker.strip() or None if speaker else None
    return _attributed(kb, replace(found, speaker=speaker), speaker) if speaker and found.matches else found


def _read(text: str, phrases: PhraseIndex) -> _Given:
    """The words of a text; halves of a word that a line break split are joined when the sources have the whole."""
    words: list[Word] = []
    for word in words_of(text):
        previous = words[-1] if words else None
        if previous and BROKEN.fullmatch(text, previous.end, word.start):
            whole = previous.key + word.key
            if whole in phrases and not phrases.holds_pair(previous.key, word.key):
                words[-1] = Word(whole, previous.start, word.end)
                continue
        words.append(word)
    cuts = {sum(word.end <= match.start() for word in words) for match in CUT.finditer(text)}
    return _Given(text, tuple(words), frozenset(cuts))


# --- one run of words -------------------------------------------------------------------------------------------------


def _exact(kb: KnowledgeBase, given: _Given) -> Verdict | None:
    found: dict[tuple[str, int], tuple[Stretch, VerdictKind]] = {}
    for first in kb.source_words.phrases.find(given.keys)[:_PLACES_MAX]:
        stretch = Stretch(kb, first, first + len(given.keys) - 1)
        # A passage that page furniture interrupts stands in the row of words twice.
        if (place := (stretch.source, stretch.start)) not in found or stretch.holder:
            found[place] = (stretch, _kind_of_run(kb, given, stretch))
    if not found:
        return None
    best = min((kind for _, kind in found.values()), key=_BEST_FIRST.index)
    stretches = [stretch for stretch, kind in found.values() if kind is best]
    stretches.sort(key=lambda stretch: _preference(kb, stretch))
    widened = (stretch.sentences if best is VerdictKind.TRIMMED else stretch for stretch in stretches[:_MATCHES_MAX])
    return Verdict(given.text, best, matches=tuple(_match(stretch, given.text) for stretch in widened))


_BEST_FIRST = (VerdictKind.VERBATIM, VerdictKind.TRIMMED, VerdictKind.ALTERED)


def _preference(kb: KnowledgeBase, stretch: Stretch) -> tuple[bool, bool, bool]:
    """Quotations before other text, and of the versions of a quotation the original first."""
    versions = kb.versions_of(stretch.quote) if stretch.quote else ()
    is_variant = bool(versions) and versions[0].label is not Label.ORIGINAL
    return stretch.quote is None, stretch.passage is None, is_variant


def _kind_of_run(kb: KnowledgeBase, given: _Given, stretch: Stretch) -> VerdictKind:
    """Verbatim when it is whole and has no mark for words that are not left out.

    Two quotations that follow one another are not one, though no word stands between them.
    """
    if stretch.holder is None and len(kb.source_words.quotes_between(stretch.first, stretch.last)) > 1:
        return VerdictKind.ALTERED
    is_marked = not given.cuts <= _cuts_of(kb, stretch, given)
    return VerdictKind.TRIMMED if is_marked or not stretch.is_whole else VerdictKind.VERBATIM


def _cuts_of(kb: KnowledgeBase, stretch: Stretch, given: _Given) -> set[int]:
    """Before which words (by number) the source itself has the mark of a cut, at its ends too."""
    if not given.cuts:
        return set()
    text = kb.text(stretch.source)
    cuts = set(_read(text[stretch.start : stretch.end], kb.source_words.phrases).cuts)
    if CUT.search(text, max(0, stretch.start - _CUT_LENGTH), stretch.start):
        cuts.add(0)
    if CUT.search(text, stretch.end, stretch.end + _CUT_LENGTH):
        cuts.add(len(given.words))
    return cuts


# --- runs with marks where words were left out ------------------------------------------------------------------------


def _with_cuts(kb: KnowledgeBase, given: _Given) -> Verdict | None:
    if len(given.pieces) == 1:
        return None
    words = kb.source_words
    longest = max(given.pieces, key=len)
    runs = ((first, first + len(longest) - 1) for first in words.phrases.find(longest))
    holders = {holder.id: holder for run in runs for holder in (words.quote(*run), words.passage(*run)) if holder}
    matches: dict[tuple[str, int], Match] = {}
    for holder in holders.values():
        places = words.places(holder)
        if (found := _in_order(words.keys(places), given.pieces)) is not None:
            stretch = Stretch(kb, places[found[0]], places[found[1]]).sentences
            matches.setdefault((stretch.source, stretch.start), _match(stretch, given.text))
    return Verdict(given.text, VerdictKind.TRIMMED, matches=tuple(matches.values())[:_MATCHES_MAX]) if matches else None


def _in_order(words: Sequence[str], pieces: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """The numbers of the first and last of `words` that the pieces hold when all stand in them, one after another."""
    first, after = None, 0
    for piece in pieces:
        places = (at for at in range(after, len(words) - len(piece) + 1) if words[at : at + len(piece)] == piece)
        found = next(places, None)
        if found is None:
            return None
        first = found if first is None else first
        after = found + len(piece)
    return None if first is None else (first, after - 1)


# --- changed words ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Version:
    """A place that the words may come from; `score` runs from 0 to 1."""

    stretch: Stretch
    alignment: Alignment
    score: float

    @property
    def covered(self) -> set[int]:
        """The numbers of the given words that stand there."""
        return {number for block in self.alignment.blocks for number in range(block.given, block.given + block.size)}


def _altered(kb: KnowledgeBase, given: _Given) -> Verdict | None:
    matches: list[Match] = []
    covered: set[int] = set()
    for version in sorted(_versions(kb, given), key=lambda version: -version.score):
        if len(version.covered - covered) >= _ADDED_WORDS_MIN or not matches:
            covered |= version.covered
            match = _match(version.stretch.sentences, _part(given, version))
            matches.append(replace(match, similarity=round(version.alignment.similarity, 4)))
    return Verdict(given.text, VerdictKind.ALTERED, matches=tuple(matches)) if matches else None


def _versions(kb: KnowledgeBase, given: _Given) -> Iterator[_Version]:
    phrases = kb.source_words.phrases
    weights = [phrases.rarity(key) for key in given.keys]
    for number in phrases.likely(given.keys, _LIKELY):
        passage = kb.passages[number]
        holders: list[Quote | Passage] = [*kb.quotes_in(passage.id), passage]
        found = [version for holder in holders if (version := _version(kb, holder, given, weights))]
        best = max((version.score for version in found), default=0.0)
        yield from [version for version in found if version.score >= _AROUND_QUOTE * best][:1]


def _version(kb: KnowledgeBase, holder: Quote | Passage, given: _Given, weights: Sequence[float]) -> _Version | None:
    """The words of a holder that a text may come from; None when they are not to be recognised."""
    places = kb.source_words.places(holder)
    alignment = align(kb.source_words.keys(places), given.keys)
    if alignment is None:
        return None
    blocks = [(block.size, sum(weights[block.given : block.given + block.size])) for block in alignment.blocks]
    score = sum(weight for _, weight in blocks) / sum(weights) * alignment.similarity
    kept = any(size >= _RUN_WORDS_MIN and weight >= _RUN_WEIGHT_MIN * sum(weights) for size, weight in blocks)
    if score < _RECOGNISED and not kept:
        return None
    return _Version(Stretch(kb, places[alignment.start], places[alignment.end - 1]), alignment, score)


def _part(given: _Given, version: _Version) -> str:
    """All of the text when most of it comes from one place, else the part that does."""
    covered = version.covered
    if 2 * len(covered) >= len(given.words):
        return given.text
    return given.text[given.words[min(covered)].start : given.words[max(covered)].end]


# --- places and speakers ----------------------------------------------------------------------------------------------


def _match(stretch: Stretch, given: str) -> Match:
    """The place, compared with the given words."""
    text = stretch.text
    changes = differences(text, given)
    counts = {
        op: sum(len(words_of(one.words)) for one in changes if one.op == op) for op in ("equal", "delete", "insert")
    }
    return Match(
        source=stretch.source,
        report=stretch.report,
        quote=stretch.quote,
        passage=stretch.passage,
        spans=stretch.spans,
        text=text,
        similarity=round(2 * counts["equal"] / (2 * counts["equal"] + counts["delete"] + counts["insert"]), 4),
        diff=changes,
        url=source_url(stretch.source, stretch.spans),
    )


def _attributed(kb: KnowledgeBase, found: Verdict, speaker: str) -> Verdict:
    """The verdict with what is known of the speaker; the places that name the given speaker come first."""
    judged = [(_fits(kb, match, speaker), match) for match in found.matches]
    if found.kind is VerdictKind.ALTERED:
        # Pieces of several speakers are nobody's words.
        known = [fit for fit, _ in judged if fit is not None]
        return replace(found, speaker_matches=all(known) if known else None)
    judged.sort(key=lambda pair: (True, None, False).index(pair[0]))
    fit, _ = judged[0]
    kind = VerdictKind.MISATTRIBUTED if fit is False else found.kind
    return replace(found, kind=kind, speaker_matches=fit, matches=tuple(match for _, match in judged))


def _fits(kb: KnowledgeBase, match: Match, speaker: str) -> bool | None:
    """Whether the source gives these words to this speaker; the words of a report are those of its publisher."""
    if match.quote:
        return speakers.fits(speaker, match.quote, match.report)
    source = kb.sources[match.source]
    return fold(speaker) in fold(f"{source.publisher or ''} | {source.title} | {match.report}")
