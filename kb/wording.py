"""The words of a text for a comparison word by word: typography does not count, all else does.

The kind of quotation marks, dashes, ellipses and spaces, punctuation, capitals and ligatures do not count. Accents and
the signs in `_SIGNS` do: "één" is not "een", and "50%" is not "50".
"""

import re
import unicodedata
from dataclasses import dataclass

# Soft hyphens and spaces without width, which a text that was copied from a page may hold inside its words.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_SIGNS = "%€$£&°§"
_APOSTROPHES = "'’‘`´"
_LETTER = "[^\\W_][\u0300-\u036f]*"
_WORD = re.compile(f"{_LETTER}(?:[{_INVISIBLE}]*[{_APOSTROPHES}]?{_LETTER})*|[{_SIGNS}]")
_TO_KEY = str.maketrans({**dict.fromkeys(_INVISIBLE), **dict.fromkeys(_APOSTROPHES, "'")})
# What stands between the halves of a word that was broken at the end of a line.
BROKEN = re.compile(rf"[-‐‑¬]\s+|\s*[-‐‑¬]\s*\n\s*|[{_INVISIBLE}]\s+")
# A place where words were left out: (..), […], ... or …
BRACKETED_CUT = re.compile(r"[(\[]\s*(?:\.{2,}|…)\s*[)\]]")
CUT = re.compile(rf"{BRACKETED_CUT.pattern}|\.{{2,}}|…")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `[start, end)` of its text. Two words are the same when their keys are."""

    key: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of `text` in order."""
    return [Word(_key(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]


def _key(word: str) -> str:
    plain = word.translate(_TO_KEY)
    return plain.lower() if plain.isascii() else unicodedata.normalize("NFKC", plain).casefold()
