"""What a language model sends → drafts: sentences with the numbers that it cites. None of it is checked yet."""

import json
import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from kb.sentences import sentence_ranges
from kb.text import collapse

# What a model is asked for when it can give structured output.
SCHEMA: Mapping[str, Any] = {
    "title": "antwoord",
    "description": "Zinnen die de vraag beantwoorden, elk met de nummers van het bewijs.",
    "type": "object",
    "properties": {
        "statements": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "evidence": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["text", "evidence"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["statements"],
    "additionalProperties": False,
}
# A reply that has not come to its statements after so many characters has another form.
_OPENING_MAX = 3000
_STATEMENTS = re.compile(r'"statements"\s*:\s*\[')
_MARKER = re.compile(r"\s*(?:\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\]|\(\s*(?:bewijs|evidence)\s*\d+(?:\s*[,;]\s*\d+)*\s*\))")
# A full stop belongs to the sentence, not behind its markers.
_STOP_BEHIND = re.compile(rf"((?:{_MARKER.pattern})+)\s*([.!?])(?=\s|$)")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_OPENING, _CLOSING = "“„«", "”»"


@dataclass(frozen=True)
class Draft:
    """A sentence as a language model wrote it, and the numbers of the evidence that it cites."""

    text: str
    numbers: tuple[int, ...]


def from_json(pieces: Iterable[str]) -> Generator[Draft, None, bool]:
    """The drafts in JSON of the form `SCHEMA` that arrives in pieces, each when its object closes.

    Returns whether it has that form at all; items that do not fit are left out.
    """
    decoder = json.JSONDecoder()
    text, place = "", None
    for piece in pieces:
        text += piece
        if place is None:
            match = _STATEMENTS.search(text)
            if match is None and len(text) > _OPENING_MAX:
                return False
            place = match.end() if match else None
        while place is not None and "}" in piece:
            place += len(text[place:]) - len(text[place:].lstrip(" ,\r\n\t"))
            try:
                item, place = decoder.raw_decode(text, place)
            except json.JSONDecodeError:
                break
            yield from _of_item(item)
    return place is not None


def from_lines(pieces: Iterable[str]) -> Iterator[Draft]:
    """The drafts in text that arrives in pieces: a sentence a line, its numbers in square brackets after it.

    What a model thinks aloud, between the marks that some use for it, is left out.
    """
    rest, is_thought = "", False
    for piece in chain(pieces, ["\n"]):
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            is_thought = is_thought or "<think>" in line
            if not is_thought:
                yield from _of_line(line)
            if "</think>" in line:
                is_thought = False
                yield from _of_line(line.split("</think>")[-1])


def _of_item(item: Any) -> Iterator[Draft]:  # noqa: ANN401 - whatever a model sent
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        return
    cited = item.get("evidence")
    numbers = [number for one in cited for number in _numbers(str(one))] if isinstance(cited, list) else []
    text = item["text"]
    yield from _sentences(_MARKER.sub("", text), numbers or _numbers_in_markers(text))


def _of_line(line: str) -> Iterator[Draft]:
    """One draft for each stretch of text that has its markers behind it."""
    rest = _STOP_BEHIND.sub(r"\2\1", _BULLET.sub("", line).strip())
    start = 0
    markers = list(_MARKER.finditer(rest))
    for place, marker in enumerate(markers):
        follows = place + 1 < len(markers) and markers[place + 1].start() == marker.end()
        if follows or not _ends_sentence(rest, marker):
            continue
        stretch = rest[start : marker.end()]
        yield from _sentences(_MARKER.sub("", stretch), _numbers_in_markers(stretch))
        start = marker.end() + len(rest[marker.end() :]) - len(rest[marker.end() :].lstrip(" ."))
    if rest[start:].strip(" ."):
        yield from _sentences(_MARKER.sub("", rest[start:]), _numbers_in_markers(rest[start:]))


def _ends_sentence(line: str, marker: re.Match[str]) -> bool:
    """Whether nothing of the same sentence comes after a marker."""
    after = line[marker.end() :].lstrip()
    return after in ("", ".") or (after[0].isupper() and line[: marker.start()].rstrip()[-1:] in ".!?”’'\"")


def _sentences(text: str, numbers: Iterable[int]) -> Iterator[Draft]:
    """Each sentence by itself, so that one that holds cannot carry another; a quotation stays whole."""
    plain = collapse(_EMPHASIS.sub("", text))
    start = 0
    for _, end in sentence_ranges(plain):
        sentence = plain[start:end].strip()
        if _is_whole(sentence) or end == len(plain):
            yield Draft(sentence, tuple(dict.fromkeys(numbers)))
            start = end


def _is_whole(text: str) -> bool:
    """Whether every quotation that opens in a text closes in it."""
    opened = sum(map(text.count, _OPENING)) == sum(map(text.count, _CLOSING))
    return opened and text.count('"') % 2 == 0 and text.count("‘") <= text.count("’")


def _numbers_in_markers(text: str) -> list[int]:
    return [number for marker in _MARKER.findall(text) for number in _numbers(marker)]


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,3}", text)]
