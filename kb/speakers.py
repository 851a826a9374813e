"""Speakers: groups for browsing, and whether a speaker whom somebody names is the one whom a source names."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Prefix

from kb.model import Quote, Track
from kb.text import fold, stem, words

FILE = Path(__file__).with_name("speaker-groups.toml")
_NAME_PARTICLE = r"(?:van|de|den|der|het|ter|ten|te|von|el|al)"
_PERSON_NAME = re.compile(rf"^[A-Z][\w’'-]+(?:\s+(?:{_NAME_PARTICLE}|[A-Z][\w’'-]+)){{0,4}}\s+[A-Z][\w’'-]+$")
# Words before or in a name that say nothing of who it is.
_SAYS_NOTHING = frozenset(
    "de het een van der den uit in bij en of met aan op tijdens aldus volgens mevrouw meneer heer mw dhr dr drs prof "
    "professor mr ir the a an of from by according to mr mrs ms".split()
)
# What anybody at the table may be called, by the track of the report.
_ANYBODY = {
    Track.BURGERS: frozenset("burger inwoner deelnemer citizen participant".split()),
    Track.MIDDENVELD: frozenset("deelnemer participant".split()),
    Track.WETENSCHAP: frozenset("wetenschapper deelnemer scientist participant".split()),
    Track.OVERHEID: frozenset("deelnemer participant".split()),
}
# "Toezichhouder" in one report is "toezichthouder" in another: of 0 to 100, for words of at least so many letters.
_MISSPELT, _MISSPELT_LENGTH_MIN = 90, 6
# "Werkloos" and "werkloze" are forms of one word, which begin with so many letters and end in so few of their own.
_BEGINNING_MIN, _ENDING_MAX = 5, 2
# "Horeca-ondernemer" is "horecaondernemer".
_HYPHEN = re.compile(r"(?<=\w)[-‑](?=\w)")


@dataclass(frozen=True)
class SpeakerGroup:
    """A group for browsing; its label in Dutch and English. `track` is the one whose named persons belong to it."""

    slug: str
    nl: str
    en: str
    pattern: re.Pattern[str] | None
    track: Track | None

    def has(self, speaker: str, track: Track) -> bool:
        """Whether a speaker, as written in a report of this track, belongs to it."""
        if self.pattern and self.pattern.search(fold(speaker)):
            return True
        return self.track is track and is_person_name(speaker)


@lru_cache(maxsize=1)
def groups() -> tuple[SpeakerGroup, ...]:
    """The groups in the order of the table `speaker-groups.toml`."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["group"]
    return tuple(
        SpeakerGroup(
            slug=row["slug"],
            nl=row["nl"],
            en=row["en"],
            pattern=_pattern(row["words"]),
            track=Track(row["track"]) if "track" in row else None,
        )
        for row in rows
    )


def groups_of(quote: Quote) -> tuple[SpeakerGroup, ...]:
    """The groups of a quotation's speaker; there may be several, or none."""
    return _groups_of(quote.speaker, quote.track) if quote.speaker else ()


@lru_cache(maxsize=10_000)
def _groups_of(speaker: str, track: Track) -> tuple[SpeakerGroup, ...]:
    return tuple(group for group in groups() if group.has(speaker, track))


def is_person_name(label: str) -> bool:
    """Whether a label is the name of a person, with first and last name, and not a role or a group."""
    return _PERSON_NAME.match(label) is not None


def fits(given: str, quote: Quote, report: str) -> bool:
    """Whether `given` names the speaker of a quotation; where the source names nobody, only anybody at the table does.

    Every word of it must stand in the attribution or in the title of its report, and one of them in the speaker: who is
    called "student" fits a "student verpleegkunde", and not the other way round.
    """
    wanted = _telling(given)
    place = _telling(f"{quote.dialogue or ''} {report} {quote.theme or ''}".replace("-", " "))
    named = quote.speaker or ""
    parts = named.replace("-", " ") if is_person_name(named) else ""
    speaker = [*_telling(named), *_telling(parts), *map(stem, _ANYBODY[quote.track])]
    return bool(wanted) and _hold(wanted, [*speaker, *place]) and any(_hold([word], speaker) for word in wanted)


def are_same(one: Quote, other: Quote) -> bool | None:
    """Whether two quotations name the same speaker, however specifically; None when one names nobody."""
    if one.speaker is None or other.speaker is None:
        return None
    first, second = _telling(one.speaker), _telling(other.speaker)
    return _hold(first, second) or _hold(second, first)


def _telling(text: str) -> list[str]:
    return [stem(word) for word in words(_HYPHEN.sub("", text)) if word not in _SAYS_NOTHING]


def _hold(wanted: list[str], words_there: list[str]) -> bool:
    return all(any(_is_same_word(word, there) for there in words_there) for word in wanted)


def _is_same_word(word: str, there: str) -> bool:
    if len(word) == 1 and word.isalpha():
        return there.startswith(word)
    if word.isdigit() or len(word) < _BEGINNING_MIN:
        return word == there
    beginning = Prefix.similarity(word, there)
    is_form = beginning >= _BEGINNING_MIN and max(len(word), len(there)) - beginning <= _ENDING_MAX
    return is_form or (len(word) >= _MISSPELT_LENGTH_MIN and fuzz.ratio(word, there) >= _MISSPELT)


def _pattern(patterns: list[str]) -> re.Pattern[str] | None:
    joined = "|".join(re.escape(pattern).replace(r"\*", r"\w*") for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)") if joined else None
