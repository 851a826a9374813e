"""Quotations of a person in a block: one function for each form in which the reports write them.

Quotation marks also surround terms, titles, slogans and the questions that a dialogue worked on: those are no
quotations of a person.
"""

import re
from dataclasses import dataclass

from ingest import attribution
from ingest.layout import CLOSING_MARKS, OPENING_MARKS, Block, BlockKind, closing_position
from kb.speakers import is_person_name

_NAMED = re.compile(r"(?P<label>[^‘“:]{2,100}):\s*(?P<mark>[‘“])")
_WORDS = re.compile(r"\w+")
# Shorter strings of words in running text are terms and slogans more often than speech.
_RUNNING_WORDS_MIN = 8
_SPEECH_CUE = re.compile(
    r"\b(?:zei|zegt|zeggen|zeiden|vertelde|vertelden|verwoordde|omschreven|formuleerden?|benoemde|riep|vatte|"
    r"knelpunten als|kiemen als|verzuchtte|merkte op)\b[^.!?]*:\s*$"
)
_GROUP_QUESTION = re.compile(r"\bvra(?:ag|gen)\b[^.]*:\s*$")
_AND_ALSO = re.compile(r"^\s*(?:of|en)\s*$")
_STRAIGHT = "\"'"


@dataclass(frozen=True)
class Quotation:
    """A quotation at `[start, end)` of the block's text; `fills_block` when the block holds nothing else."""

    start: int
    end: int
    speaker: str | None
    dialogue: str | None
    fills_block: bool


def quotations(block: Block, before: str) -> list[Quotation]:
    """The quotations of a block in order; `before` is the text of the block before it."""
    if block.kind is BlockKind.HEADING:
        return []
    whole = _whole_block(block.text, before) or _named(block) or _unopened(block.text)
    return [whole] if whole else _running(block.text)


def _whole_block(text: str, before: str) -> Quotation | None:
    """‘…’ (role, dialoog 3), “…” - Role, themadialoog X, a pull-quote with its attribution, or ‘…’ alone."""
    opening = text[0]
    if opening not in OPENING_MARKS and opening not in _STRAIGHT:
        return None
    closed_at = _closing_position(text, opening)
    by = attribution.at_end(text, may_be_bare=closed_at is None)
    if by is not None:
        return _trimmed(text, 1, by.start, by.speaker, by.dialogue)
    if closed_at is None or text[closed_at + 1 :].strip(" ."):
        return None
    body = text[1:closed_at]
    is_question = body.rstrip().endswith("?") and _GROUP_QUESTION.search(before)
    if is_question or opening in _STRAIGHT or not _WORDS.search(body):
        return None
    return _trimmed(text, 1, closed_at, attribution.from_introduction(before), None)


def _closing_position(text: str, opening: str) -> int | None:
    if opening in _STRAIGHT:
        found = text.find(opening, 1)
        return None if found < 0 else found
    position = closing_position(text, opening)
    if position is None and text.rstrip(" .")[-1] in CLOSING_MARKS:
        return len(text.rstrip(" .")) - 1
    return position


def _named(block: Block) -> Quotation | None:
    """• Name: “…”. A label that is no person's name is the one addressed, not the speaker."""
    match = _NAMED.match(block.text)
    if match is None or block.kind is not BlockKind.BULLET:
        return None
    end = len(block.text.rstrip(" ."))
    if block.text[end - 1] not in CLOSING_MARKS:
        return None
    body = block.text[match.end("mark") : end - 1].strip()
    if not (body[:1].isupper() or body[-1:] in ".!?…"):
        return None
    label = match["label"].strip()
    speaker = label if is_person_name(label) else None
    return _trimmed(block.text, match.end("mark"), end - 1, speaker, None)


def _unopened(text: str) -> Quotation | None:
    """A quotation whose opening mark is missing: it ends in a closing mark and an attribution."""
    by = attribution.at_end(text, may_be_bare=False)
    if by is None or any(mark in text for mark in '“"'):
        return None
    if text[by.start] not in CLOSING_MARKS or (text[by.start] == "’" and "‘" in text):
        return None
    return _trimmed(text, 0, by.start, by.speaker, by.dialogue)


def _running(text: str) -> list[Quotation]:
    """Speech in running text, introduced by a verb of saying and a colon, or attributed right after."""
    found: list[Quotation] = []
    start = 0
    while (opened := _next_opening(text, start)) is not None:
        closed = closing_position(text[opened:], text[opened])
        if closed is None:
            start = opened + 1
            continue
        end = opened + closed
        previous = found[-1] if found else None
        before, after = text[:opened], text[end + 1 :]
        goes_on = previous is not None and _AND_ALSO.match(text[previous.end + 1 : opened])
        speaker = attribution.from_sequel(after)
        is_speech = speaker is not None or goes_on or _SPEECH_CUE.search(before.rstrip("*"))
        if is_speech and len(_WORDS.findall(text[opened:end])) >= _RUNNING_WORDS_MIN:
            speaker = speaker or attribution.from_introduction(before)
            quotation = _trimmed(text, opened + 1, end, speaker, None, fills_block=False)
            found.extend([quotation] if quotation else [])
        start = end + 1
    return found


def _next_opening(text: str, start: int) -> int | None:
    positions = [position for mark in OPENING_MARKS if (position := text.find(mark, start)) >= 0]
    return min(positions, default=None)


def _trimmed(
    text: str, start: int, end: int, speaker: str | None, dialogue: str | None, *, fills_block: bool = True
) -> Quotation | None:
    """The quotation without white space at its ends; None when there is nothing between the marks."""
    body = text[start:end]
    if not body.strip():
        return None
    lead = len(body) - len(body.lstrip())
    return Quotation(start + lead, start + len(body.rstrip()), speaker, dialogue, fills_block)
