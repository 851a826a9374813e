"""Who said it, and where: the attribution at the end of a quotation, its speaker and dialogue as written."""

import re
from dataclasses import dataclass

_DIALOGUE = re.compile(
    r"(?P<dialogue>\b(?:[a-z]*(?:dialoog|dialoogtafel|gesprek)\s+\d+|(?:thema|verkennings?|middenveld|wetenschaps)dialoog\b.*))$",
    re.IGNORECASE,
)
_AT_END = (
    # ‘…’ (student, dialoog 3). The closing bracket is missing at times.
    re.compile(r"(?:(?P<close>[’”\"'])[.,]?)?\s*\((?P<by>[^()]{2,140})\)?\s*[.,]?$"),
    # “…” - Wethouder, themadialoog samen leven
    re.compile(r"(?P<close>[’”\"])\s*[-–]\s+(?P<by>[^“”‘\"]{2,140})$"),
    # ‘…’ personal trainer, dialoog 4
    re.compile(r"(?P<close>[’”\"])\s*(?P<by>[^()“”‘\"]{0,100}\bdialoog\s+\d+)\)?\s*\.?$", re.IGNORECASE),
    # … te pakken. Innovatiemanager hoger onderwijs, dialoog 2). Both closing mark and opening bracket are missing.
    re.compile(r"(?P<close>)(?<=[.!?…])\s+(?P<by>[A-Z][^.!?()“”‘]{2,80}\bdialoog\s+\d+)\)?\s*\.?$"),
)
# What stands in brackets after the end of a quotation without a closing mark is an attribution when it names a
# dialogue; otherwise it may belong to the words said.
_NAMES_DIALOGUE = re.compile(r"\bdialoog\b", re.IGNORECASE)
_PERSON_NOUN = (
    r"(?:deelnemer|ambtenaar|burgemeester|wethouder|wetenschapper|student|inwoner|ondernemer|docent|bestuurder)"
)
_INTRODUCED = (
    re.compile(rf"\b(?P<by>een van de {_PERSON_NOUN}s(?: die als \w+ \w+)?)\b.*:$"),
    re.compile(rf"^(?P<by>Een {_PERSON_NOUN}\b[^,.:]{{0,60}}?)\s+(?:is|heeft|wil|zegt|vertelt|zei)\b"),
    re.compile(
        r"\b(?P<by>deelnemers|de groep|de deelnemers)\s+(?:het\s+)?(?:formuleerden|verwoordden|zeiden|zeggen)\b[^.]*$"
    ),
)
_STATED_AFTER = (
    re.compile(rf"^[.,]?\s*Met die uitspraak van (?P<by>(?:een|de) {_PERSON_NOUN}\b.*?)\s+(?:opende|begon|sloot)\b"),
    re.compile(r"^[.,]?\s*(?:aldus|zei|zegt|vertelde)\s+(?P<by>[^.,;:]{3,80})"),
)


@dataclass(frozen=True)
class Attribution:
    """Speaker and dialogue as written; `start` is where the attribution begins in the text, closing mark included."""

    speaker: str | None
    dialogue: str | None
    start: int


def at_end(text: str, *, may_be_bare: bool) -> Attribution | None:
    """The attribution that closes `text`.

    Without a closing mark before it a bracket counts when it names a dialogue, or when it `may_be_bare`: the
    quotation is known to lack its closing mark.
    """
    for pattern in _AT_END:
        match = pattern.search(text)
        if match is None:
            continue
        by = match["by"].strip(" .,")
        if match["close"] or may_be_bare or _NAMES_DIALOGUE.search(by):
            speaker, dialogue = split(by)
            return Attribution(speaker, dialogue, match.start())
    return None


def split(attribution: str) -> tuple[str | None, str | None]:
    """Speaker and dialogue of what stands between the brackets; either may be missing."""
    by = attribution.strip(" .,*")
    match = _DIALOGUE.search(by)
    if match is None:
        return by or None, None
    return by[: match.start()].rstrip(" ,-–") or None, match["dialogue"].strip()


def from_introduction(before: str) -> str | None:
    """The speaker whom the sentence before a quotation names ("… vatte een van de burgemeesters samen:")."""
    return _first(_INTRODUCED, before)


def from_sequel(after: str) -> str | None:
    """The speaker whom the words after a quotation name (", aldus …")."""
    return _first(_STATED_AFTER, after)


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str | None:
    for pattern in patterns:
        match = pattern.search(text)
        if match:
            return match["by"].strip()
    return None
