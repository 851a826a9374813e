"""Numbers and quantities in a statement: each must be in the passages that it cites."""

import re
from collections.abc import Mapping
from functools import lru_cache

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PERCENT = re.compile(r"^\s*(?:%|procent|percent|per cent)", re.IGNORECASE)
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
# The library leaves small numbers as they are, because some of them are articles too.
_SMALL: Mapping[str, str] = {
    "één": "1", "twee": "2", "tweetal": "2", "drie": "3", "drietal": "3", "two": "2", "three": "3",
}  # fmt: skip
_WORD = re.compile(r"\b(?:één|twee|tweetal|drie|drietal|two|three)\b", re.IGNORECASE)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


# What says how many without a number: a statement may use one where the passage has one of the same row.
COUNTS = tuple(
    map(
        _words,
        (
            r"hel[fv]te?n?|halve|half|halves",
            r"kwart|quarters?",
            r"derden?|thirds?",
            r"dubbele?|verdubbel\w*|doubled?|twice",
            r"tientallen|dozens",
            r"honderden|hundreds",
            r"duizenden|thousands",
            r"miljoen(?:en)?|millions?",
            r"miljard(?:en)?|billions?",
            r"minderhe\w+|minority",
        ),
    )
)
# What says of how many something holds, and the words that bear it out in the very sentences that a statement rests on:
# what some said must not become what all said.
EXTENTS = (
    (
        _words(r"meerderhe\w+|meesten?|overgrote|merendeel|gros|majority|most"),
        _words(r"meerderhe\w+|meesten?|overgrote|merendeel|gros|grotendeels|groot deel"),
    ),
    (
        _words(
            r"alle|allen|allemaal|iedereen|ieders?|iedere?|elke?|altijd|overal|unaniem|zonder uitzondering|"
            r"all|everyone|everybody|every|each|always|everywhere|unanimous\w*"
        ),
        _words(
            r"alle|allen|alles|allemaal|iedereen|ieders?|iedere?|elke?|altijd|overal|unaniem|hele|volledige?|steeds|"
            r"telkens|universe\w+"
        ),
    ),
    (
        _words(r"niemand|nooit|nergens|geen enkele?|nobody|no one|never|nowhere"),
        _words(r"niemand|nooit|nergens|geen enkele?"),
    ),
    (
        _words(r"(?<!niet )(?:alleen|enkel|uitsluitend|slechts)(?! maar| nog)|(?<!not )(?:only|exclusively|solely)"),
        _words(r"(?<!niet )(?:alleen|enkel|uitsluitend|slechts|pas|maar)"),
    ),
)


def uncovered(text: str, language: str, context: str, grounds: str) -> list[str]:
    """The numbers and counts of a statement that the passage does not have, and the extents that its grounds do not.

    `context` is the passage with its headings, `grounds` the sentences of it that the statement rests on; both Dutch.
    """
    there = _numbers(context, "nl")
    missing = [number for number in _numbers(text, language) if number not in there]
    rows = [(count, count, context) for count in COUNTS] + [(said, borne_out, grounds) for said, borne_out in EXTENTS]
    for said, borne_out, place in rows:
        found = said.search(text)
        if found and not borne_out.search(place):
            missing.append(found.group())
    return missing


@lru_cache(maxsize=1000)
def _numbers(text: str, language: str) -> tuple[str, ...]:
    """The numbers in figures and words, each in one form: 1.500 and 1500, "vijf" and 5, 50 % and "50 procent"."""
    from text_to_num import alpha2digit  # 30 ms that `--help` need not pay

    plain = alpha2digit(_WORD.sub(lambda match: _SMALL[match.group().lower()], text), language)
    found = []
    for match in _NUMBER.finditer(plain):
        number = _THOUSANDS.sub("", match.group()).replace(",", ".")
        found.append(f"{number}%" if _PERCENT.match(plain[match.end() :]) else number)
    return tuple(dict.fromkeys(found))
