"""Is a text in the sources, in these words? Typography does not count; every word does.

1. Too short to tell? 2. One run of words of a source: verbatim, or trimmed when it starts or stops in mid-sentence.
3. Runs in order with marks where words were left out: trimmed. 4. Most of the words of a place, in order: altered.
5. A speaker who is given is compared with the one in the source.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape

import numpy as np

from assistant.sources import source_url
from assistant.stretch import Stretch
from assistant.verdict import Match, Shortfall, Verdict, VerdictKind
from kb import speakers
from kb.alignment import align
from kb.knowledge_base import KnowledgeBase
from kb.likeness import most_alike
from kb.model import Passage, Quote
from kb.phrase_index import PhraseIndex
from kb.text import collapse, fold
from kb.versions import Label
from kb.word_diff import differences
from kb.wording import BROKEN, CUT, Word, words_of

WORDS_MIN, CHARACTERS_MIN = 5, 12
_PLACES_MAX, _MATCHES_MAX = 100, 10
# A place is no version of a text when it shares less with it. In words: the share of the text's words that stand there
# in order, the rare ones weighing most, times the similarity. In stems, whatever the order: their likeness. On the gold
# files invented texts reach .15 and .38, altered ones that keep neither order nor forms start at .41 in stems …
_SAME_WORDS_MIN, _ALIKE_MIN = 0.33, 0.4
# … but for a place that has one run of so many words and so much of the weight.
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
    given = _read(unescape(text), kb.source_words.phrases)
    if len(given.words) < WORDS_MIN or len(collapse(given.text)) < CHARACTERS_MIN:
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
    """A place that the words may come from, and the numbers of the given words that stand there."""

    stretch: Stretch
    covered: frozenset[int]
    similarity: float
    score: float


def _altered(kb: KnowledgeBase, given: _Given) -> Verdict | None:
    matches: list[Match] = []
    covered: frozenset[int] = frozenset()
    for version in _versions(kb, given):
        if len(version.covered - covered) >= _ADDED_WORDS_MIN or not matches:
            covered |= version.covered
            match = _match(version.stretch.sentences, _part(given, version))
            matches.append(replace(match, similarity=round(version.similarity, 4)))
    if not matches:
        return None
    return Verdict(given.text, VerdictKind.ALTERED, matches=(*matches, *_moved(kb, given, covered)))


def _moved(kb: KnowledgeBase, given: _Given, covered: frozenset[int]) -> Iterator[Match]:
    """The places of long runs of words that the versions found leave out, as when pieces stand in another order."""
    runs = itertools.groupby(range(len(given.words)), key=covered.__contains__)
    for run in (list(numbers) for is_covered, numbers in runs if not is_covered):
        places = kb.source_words.phrases.find([given.keys[number] for number in run])
        if len(run) >= _RUN_WORDS_MIN and places:
            part = given.text[given.words[run[0]].start : given.words[run[-1]].end]
            yield _match(Stretch(kb, places[-1], places[-1] + len(run) - 1).sentences, part)


def _versions(kb: KnowledgeBase, given: _Given) -> list[_Version]:
    """The places with most of the words in order; only where there are none, those that say much the same."""
    passages = [kb.passages[number] for number in kb.source_words.phrases.likely(given.keys, _LIKELY)]
    for compare in (_in_words, _in_stems):
        versions = [version for passage in passages if (version := _best(kb, passage, given, compare))]
        if versions:
            return sorted(versions, key=lambda version: -version.score)
    return []


def _best(
    kb: KnowledgeBase,
    passage: Passage,
    given: _Given,
    compare: Callable[[KnowledgeBase, Quote | Passage, _Given], _Version | None],
) -> _Version | None:
    """The quotation in a passage that a text may come from, or else the passage."""
    holders: list[Quote | Passage] = [*kb.quotes_in(passage.id), passage]
    found = [version for holder in holders if (version := compare(kb, holder, given))]
    best = max((version.score for version in found), default=0.0)
    return next((version for version in found if version.score >= _AROUND_QUOTE * best), None)


def _in_words(kb: KnowledgeBase, holder: Quote | Passage, given: _Given) -> _Version | None:
    """The stretch of a holder that has most of the words of a text in the same order, or a long run of them."""
    places = kb.source_words.places(holder)
    alignment = align(kb.source_words.keys(places), given.keys)
    if alignment is None:
        return None
    weights = [kb.source_words.phrases.rarity(key) for key in given.keys]
    blocks = [(block.size, sum(weights[block.given : block.given_end])) for block in alignment.blocks]
    score = sum(weight for _, weight in blocks) / sum(weights) * alignment.similarity
    kept = any(size >= _RUN_WORDS_MIN and weight >= _RUN_WEIGHT_MIN * sum(weights) for size, weight in blocks)
    if score < _SAME_WORDS_MIN and not kept:
        return None
    covered = frozenset(number for block in alignment.blocks for number in range(block.given, block.given_end))
    stretch = Stretch(kb, places[alignment.start], places[alignment.end - 1])
    return _Version(stretch, covered, alignment.similarity, score)


def _in_stems(kb: KnowledgeBase, holder: Quote | Passage, given: _Given) -> _Version | None:
    """The stretch of a holder that says much the same as a text, in other forms and another order of the words."""
    words = kb.source_words
    places = words.places(holder)
    asked = [words.stem(key) for key in given.keys]
    known = np.array([number for number in dict.fromkeys(asked) if number is not None], dtype=np.int64)
    rarest = float(words.stem_weights.max())
    weight = float(words.stem_weights[known].sum()) + rarest * (len(set(given.keys)) - len(known))
    there = words.stems(places)
    window = most_alike(there, words.stem_weights[there], known, len(given.keys), weight)
    if window.likeness < _ALIKE_MIN:
        return None
    inside = set(there[window.start : window.end].tolist())
    covered = frozenset(number for number, one in enumerate(asked) if one in inside)
    stretch = Stretch(kb, places[window.start], places[window.end - 1])
    return _Version(stretch, covered, window.likeness, window.likeness)


def _part(given: _Given, version: _Version) -> str:
    """All of the text when most of it comes from one place, else the part that does."""
    if 2 * len(version.covered) >= len(given.words):
        return given.text
    return given.text[given.words[min(version.covered)].start : given.words[max(version.covered)].end]


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
        return replace(found, speaker_matches=all(fits for fits, _ in judged))
    judged.sort(key=lambda pair: not pair[0])
    fits, _ = judged[0]
    kind = found.kind if fits else VerdictKind.MISATTRIBUTED
    return replace(found, kind=kind, speaker_matches=fits, matches=tuple(match for _, match in judged))


def _fits(kb: KnowledgeBase, match: Match, speaker: str) -> bool:
    """Whether the source gives these words to this speaker; the words of a report are those of its publisher."""
    if match.quote:
        return speakers.fits(speaker, match.quote, match.report)
    source = kb.sources[match.source]
    return fold(speaker) in fold(f"{source.publisher or ''} | {source.title} | {match.report}")
