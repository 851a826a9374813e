"""What a check of a quotation finds. A verdict that breaks the promise cannot be built: its types raise ValueError."""

from dataclasses import dataclass
from enum import StrEnum

from kb.model import Passage, Quote
from kb.text import Span, collapse
from kb.word_diff import Change
from kb.wording import words_of


class VerdictKind(StrEnum):
    """What is true of a text that somebody wants to quote.

    verbatim: the sources have it so, from the start of a sentence to the end of one. trimmed: the words are right and
    in order, and some were left out at marked places or at the ends. altered: words were changed, added or left out
    without a mark, or pieces of different places were put together. misattributed: the words are right, the speaker
    given is not. not_found: none of these, or too short to tell.
    """

    VERBATIM = "verbatim"
    TRIMMED = "trimmed"
    ALTERED = "altered"
    MISATTRIBUTED = "misattributed"
    NOT_FOUND = "not_found"


# Words that turn a statement round when they are left out.
_NEGATIONS = frozenset("niet geen nooit niets niemand nergens nauwelijks zonder noch".split())


class Shortfall(StrEnum):
    """Why a text cannot be checked."""

    TOO_SHORT = "too_short"


@dataclass(frozen=True)
class Match:
    """A place in the sources: of a quotation, of a passage of a report, or (neither) of its headings and the like.

    `text` is what `spans` hold in the file `source`. `diff` leads from there to the given text; `similarity` runs from
    0 to 1, which means the same words.
    """

    source: str
    report: str
    quote: Quote | None
    passage: Passage | None
    spans: tuple[Span, ...]
    text: str
    similarity: float
    diff: tuple[Change, ...]
    url: str

    @property
    def speaker(self) -> str | None:
        """Who said it, as the source has it."""
        return self.quote.speaker if self.quote else None

    @property
    def dialogue(self) -> str | None:
        """In which dialogue, as the source has it."""
        return self.quote.dialogue if self.quote else None


@dataclass(frozen=True)
class Verdict:
    """The verdict on `text`, said to be of `speaker`.

    `speaker_matches` is None when no speaker was given. Where the source names nobody no speaker fits: what it does not
    say cannot be printed on its authority. Of several places the one that fits best comes first.
    """

    text: str
    kind: VerdictKind
    matches: tuple[Match, ...] = ()
    speaker: str | None = None
    speaker_matches: bool | None = None
    shortfall: Shortfall | None = None

    def __post_init__(self) -> None:
        if (self.kind is VerdictKind.NOT_FOUND) == bool(self.matches):
            msg = f"every verdict but not_found has a place: {self.kind}, {self.matches}"
            raise ValueError(msg)
        if self.kind is VerdictKind.MISATTRIBUTED and self.speaker_matches is not False:
            msg = f"misattributed without a wrong speaker: {self.text}"
            raise ValueError(msg)

    @property
    def is_set_alike(self) -> bool:
        """Whether capitals and punctuation between the words are those of the first place too."""
        words = words_of(self.text)
        return collapse(self.text[words[0].start : words[-1].end]) == self.matches[0].text

    @property
    def negations_left_out(self) -> list[str]:
        """The words of the first place that were left out and that turn a statement round."""
        lost = (word.key for one in self.matches[0].diff if one.op == "delete" for word in words_of(one.words))
        return [word for word in dict.fromkeys(lost) if word in _NEGATIONS]
