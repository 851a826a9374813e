"""Families of quotations that are versions of one another: which is the fullest, and what was done to the others."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb import speakers
from kb.model import Quote, Report, Track
from kb.word_diff import Change, differences
from kb.wording import words_of

# What an editor added to somebody's words.
_ADDED = re.compile(r"\[[^\]]*\]")


class Label(StrEnum):
    """What a version is beside the original: the fullest version, the same words, words left out, words changed."""

    ORIGINAL = "origineel"
    EQUAL = "gelijk"
    SHORTENED = "ingekort"
    REWRITTEN = "herschreven"


@dataclass(frozen=True)
class Version:
    """A quotation, in the report with this title, beside the original of its family; `diff` leads from there to it.

    `has_other_speaker` is None when one of the two names nobody.
    """

    quote: Quote
    report: str
    label: Label
    has_other_speaker: bool | None
    diff: tuple[Change, ...]


@dataclass(frozen=True)
class Family:
    """Quotations that are versions of one another."""

    versions: tuple[Version, ...]
    """The original, then the variants in the order of the sources."""

    @property
    def original(self) -> Quote:
        return self.versions[0].quote

    @property
    def variants(self) -> tuple[Version, ...]:
        return self.versions[1:]


def families(quotes: Sequence[Quote], reports: Mapping[str, Report]) -> list[Family]:
    """The families in the order of the sources.

    The original is the version with most words, not counting those in square brackets; of equal ones that of the report
    on the dialogue before the one that a government text repeats.
    """
    return [_family(members, reports) for members in _components(quotes) if len(members) > 1]


def _components(quotes: Sequence[Quote]) -> Iterable[list[Quote]]:
    by_id = {quote.id: quote for quote in quotes}
    place = {quote.id: number for number, quote in enumerate(quotes)}
    seen: set[str] = set()
    for quote in quotes:
        if quote.id in seen:
            continue
        members, left = {quote.id}, [quote.id]
        while left:
            others = {other.id for other in by_id[left.pop()].lineage if other.id in by_id} - members
            members |= others
            left += others
        seen |= members
        yield [by_id[key] for key in sorted(members, key=place.__getitem__)]


def _family(members: Sequence[Quote], reports: Mapping[str, Report]) -> Family:
    def fullness(quote: Quote) -> tuple[int, bool]:
        return len(words_of(_ADDED.sub(" ", quote.text))), reports[quote.report_id].track is not Track.OVERHEID

    original = max(members, key=fullness)
    variants = [quote for quote in members if quote is not original]
    return Family(tuple(_version(original, quote, reports[quote.report_id].title) for quote in (original, *variants)))


def _version(original: Quote, quote: Quote, report: str) -> Version:
    diff = differences(original.text, quote.text)
    done = {change.op for change in diff} - {"equal"}
    label = Label.REWRITTEN if "insert" in done else Label.SHORTENED if done else Label.EQUAL
    label = Label.ORIGINAL if quote is original else label
    same = speakers.are_same(original, quote)
    return Version(quote, report, label, None if same is None else not same, diff)
