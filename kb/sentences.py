"""Sentence boundaries in Dutch text."""

import re

import sentencex

# The segmenter ends a sentence at an abbreviation or initial that it does not know, and at the marks "?!…" before a
# small letter: a piece that ends so belongs to the next.
_FALSE_END = re.compile(
    r"(?:\b(?:o\.a|d\.w\.z|m\.n|i\.p\.v|d\.m\.v|bijv|bv|nr|ca|blz|art|resp|incl|excl|evt|dhr|mevr|mw|dr|drs|prof|ir|mr|[A-Z])\.|[–-])\s*$",
    re.IGNORECASE,
)


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """`[start, end)` of each sentence, white space between sentences left out; together they hold every word."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for piece in sentencex.segment("nl", text):
        end = start + len(piece)
        trimmed = (start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        start = end
        if trimmed[0] >= trimmed[1]:
            continue
        if ranges and (_FALSE_END.search(text[: ranges[-1][1]]) or not _starts_anew(text[trimmed[0] : trimmed[1]])):
            ranges[-1] = (ranges[-1][0], trimmed[1])
        else:
            ranges.append(trimmed)
    return ranges


def _starts_anew(sentence: str) -> bool:
    first = sentence.lstrip("‘“'\"([")[:1]
    return not first.islower()


def sentences(text: str) -> list[str]:
    """The sentences of `text` in order."""
    return [text[start:end] for start, end in sentence_ranges(text)]
