"""Is a text in the sources, in these words? Typography does not count; every word does.

1. Too short to tell? 2. One run of words of a source: verbatim, or trimmed when it starts or stops in mid-sentence.
3. Runs in order with marks where words were left out: trimmed. 4. Most of the words of a place, in order: altered.
5. A speaker who is given is compared with the one in the source.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from assistant.given_text import GivenText, read_given
from assistant.recognition import recognised
from assistant.stretch import Stretch
from assistant.verdict import Match, Shortfall, Verdict, VerdictKind
from kb import speakers
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.text import collapse, fold
from kb.wording import CUT

WORDS_MIN, CHARACTERS_MIN = 5, 12
# Some 8,000 words, which take half a second.
CHARACTERS_MAX = 50_000
_PLACES_MAX, _MATCHES_MAX = 100, 10
# How near to its words a source may have the mark of a cut, in characters.
_CUT_LENGTH = 5
_WITH_SPEAKER = re.compile(
    r"^\s*[‘“\"'](?P<text>.+)[’”\"']\s*[.,]?\s*[(–—-]\s*(?P<speaker>[^()‘’“”\"]{2,100}?)\)?\s*\.?\s*$", re.DOTALL
)


def verify(kb: KnowledgeBase, text: str, speaker: str | None = None) -> Verdict:
    """Whether the sources have `text` in these words, and, when a speaker is given, from that speaker.

    Raises:
        InputError: when the text is longer than a check takes.
    """
    if len(text) > CHARACTERS_MAX:
        msg = f"De tekst is te lang ({len(text)} tekens). Geef hoogstens {CHARACTERS_MAX} tekens per keer."
        raise InputError(msg)
    given = read_given(unescape(text), kb.source_words.phrases)
    if len(given.words) < WORDS_MIN or len(collapse(given.text)) < CHARACTERS_MIN:
        return Verdict(text, VerdictKind.NOT_FOUND, shortfall=Shortfall.TOO_SHORT)
    found = _exact(kb, given) or _with_cuts(kb, given)
    if found is None and not speaker and (match := _WITH_SPEAKER.match(text)):
        return replace(verify(kb, match["text"], match["speaker"].strip()), text=text)
    found = replace(found or _altered(kb, given) or Verdict(text, VerdictKind.NOT_FOUND), text=text)
    speaker = speaker.strip() or None if speaker else None
    return _attributed(kb, replace(found, speaker=speaker), speaker) if speaker and found.matches else found


# --- one run of words -------------------------------------------------------------------------------------------------


def _exact(kb: KnowledgeBase, given: GivenText) -> Verdict | None:
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
    # Quotations before other text, and of the versions of a quotation the original first.
    stretches.sort(key=lambda stretch: (stretch.quote is None, stretch.passage is None, stretch.is_variant))
    widened = (stretch.sentences if best is VerdictKind.TRIMMED else stretch for stretch in stretches[:_MATCHES_MAX])
    return Verdict(given.text, best, matches=tuple(stretch.matched(given.text) for stretch in widened))


_BEST_FIRST = (VerdictKind.VERBATIM, VerdictKind.TRIMMED, VerdictKind.ALTERED)


def _kind_of_run(kb: KnowledgeBase, given: GivenText, stretch: Stretch) -> VerdictKind:
    """Verbatim when it is whole and has no mark for words that are not left out.

    Two quotations that follow one another are not one, though no word stands between them.
    """
    if stretch.holder is None and len(kb.source_words.quotes_between(stretch.first, stretch.last)) > 1:
        return VerdictKind.ALTERED
    is_marked = bool(given.claimed_cuts) and not given.claimed_cuts <= _cuts_of(kb, stretch, given)
    return VerdictKind.TRIMMED if is_marked or not stretch.is_whole else VerdictKind.VERBATIM


def _cuts_of(kb: KnowledgeBase, stretch: Stretch, given: GivenText) -> frozenset[int]:
    """Before which words (by number) the source itself has the mark of a cut, at its ends too."""
    text = kb.text(stretch.source)
    before = CUT.search(text, max(0, stretch.start - _CUT_LENGTH), stretch.start)
    after = CUT.search(text, stretch.end, stretch.end + _CUT_LENGTH)
    inside = read_given(text[stretch.start : stretch.end], kb.source_words.phrases).cuts
    return inside | ({0} if before else set()) | ({len(given.words)} if after else set())


# --- runs with marks where words were left out ------------------------------------------------------------------------


def _with_cuts(kb: KnowledgeBase, given: GivenText) -> Verdict | None:
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
            matches.setdefault((stretch.source, stretch.start), stretch.matched(given.text))
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


def _altered(kb: KnowledgeBase, given: GivenText) -> Verdict | None:
    matches = recognised(kb, given)
    return Verdict(given.text, VerdictKind.ALTERED, matches=matches) if matches else None


# --- speakers ---------------------------------------------------------------------------------------------------------


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
