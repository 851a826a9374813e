"""Question → what is asked: its language and kind, who it asks about, the question by itself, the words to look for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant import cues
from assistant.cues import Group
from kb.errors import InputError
from kb.model import Part, Track
from kb.text import fold, stem, words

QUESTION_MAX = 2000
_FOLLOW_UP_WORDS_MAX = 12
# So few words are no question by themselves in a conversation.
_FRAGMENT_WORDS = 3


class QuestionKind(StrEnum):
    """What form of answer fits."""

    FACT = "fact"
    THEME = "theme"
    QUOTATION = "quotation"
    COMPARISON = "comparison"
    LIST = "list"

    @property
    def is_broad(self) -> bool:
        """Whether the answer is many points rather than one."""
        return self in (QuestionKind.THEME, QuestionKind.COMPARISON, QuestionKind.LIST)


@dataclass(frozen=True)
class Question:
    """A question as understood. `subject` are its content words in order, `names` its names and numbers.

    `kind` is None where words alone do not tell a fact from a theme. `bare` is the question without those whom it asks
    about and without the words that ask. `unit` finds figures in the unit that it asks for, if it does.
    """

    text: str
    standalone: str
    language: str
    kind: QuestionKind | None
    groups: tuple[Group, ...]
    bare: str
    subject: tuple[str, ...]
    names: tuple[str, ...]
    phrases: tuple[str, ...]
    parts: frozenset[Part]
    unit: re.Pattern[str] | None

    @property
    def sought(self) -> tuple[str, ...]:
        """The content words and the names that are not among them."""
        return (*self.subject, *(name for name in self.names if fold(name) not in self.subject))

    @property
    def tracks(self) -> frozenset[Track]:
        """The tracks that are asked about."""
        return frozenset(group.track for group in self.groups if group.track)


def understand(text: str, history: Sequence[str] = (), *, standalone: str | None = None) -> Question:
    """Read a question; `history` are the user's earlier questions, oldest first.

    `standalone` is the question by itself where that is known, else it is made of the history.

    Raises:
        InputError: when there is no question, or it is too long.
    """
    question = " ".join(text.split())
    if not question:
        msg = "De vraag is leeg. Stel een vraag over de dialogen, bijvoorbeeld: ‘Wat zeiden burgers over wonen?’"
        raise InputError(msg)
    if len(question) > QUESTION_MAX:
        msg = f"De vraag is te lang: {len(question)} tekens, ten hoogste {QUESTION_MAX}. Kort hem in."
        raise InputError(msg)
    standalone = standalone or _standalone(question, history)
    # Whom the last turn asks about replaces those of the turns before it.
    groups = _groups(question) or _groups(standalone)
    return Question(
        text=question,
        standalone=standalone,
        language=_language(standalone),
        kind=_kind(question, groups),
        groups=groups,
        bare=" ".join(subject_words(_without(standalone, cues.GROUPS))) or standalone,
        subject=subject_words(standalone),
        names=tuple(dict.fromkeys(cues.NAME_OR_NUMBER.findall(standalone))),
        phrases=tuple(cues.PHRASE.findall(standalone)),
        parts=frozenset(part for part, cue in cues.PARTS.items() if cue.search(question)),
        unit=next((written for asked, written in cues.UNITS if asked.search(question)), None),
    )


def subject_words(text: str) -> tuple[str, ...]:
    """The content words of a text, folded, each once, in order."""
    return tuple(dict.fromkeys(word for word in words(text) if _is_content(word)))


def _is_content(word: str) -> bool:
    return len(word) > 1 and word not in cues.DUTCH and word not in cues.ENGLISH and word not in cues.ASKING


def _groups(text: str) -> tuple[Group, ...]:
    """The groups in the order in which the text names them; after "volgens" only those that it names there."""
    after = cues.ACCORDING.search(text)
    if after and (named := _groups(text[after.end() :])):
        return named[:1]
    found = [(match.start(), group) for group in cues.GROUPS if (match := group.cue.search(text))]
    return tuple(group for _, group in sorted(found, key=lambda pair: pair[0]))


def _without(text: str, groups: Sequence[Group]) -> str:
    for group in groups:
        text = group.cue.sub(" ", text)
    return text


def _kind(question: str, groups: Sequence[Group]) -> QuestionKind | None:
    if cues.QUOTATION.search(question):
        return QuestionKind.QUOTATION
    if cues.COUNTING.search(question):
        return QuestionKind.FACT
    if sides(groups):
        return QuestionKind.COMPARISON
    return QuestionKind.LIST if cues.LISTING.search(question) else None


def sides(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups that are compared: the tracks when there are several, else the kinds of people; none for one."""
    tracks = tuple(group for group in groups if group.track)
    people = tuple(group for group in groups if not group.track)
    return next((several for several in (tracks, people) if len(several) > 1), ())


def themes_named(question: Question, themes: Sequence[str]) -> frozenset[str]:
    """Those of `themes` (slugs) of which the question uses a content word."""
    asked = {stem(word) for word in question.subject}
    return frozenset(theme for theme in themes if asked & {stem(word) for word in subject_words(theme)})


def themes_meant(question: Question, themes: Sequence[str]) -> tuple[str, ...]:
    """Those of `themes` that the question is about as a whole: it names half of their words or more, and nothing else.

    A follow-up that names a theme is about that one.
    """
    if cues.NARROW.search(question.text):
        return ()
    known = [*(group.cue for group in cues.GROUPS if group.track), *cues.PARTS.values()]
    for asked in (subject_words(question.text), question.subject):
        rest = {stem(word) for word in asked if not any(cue.search(word) for cue in known)}
        named = {theme: {stem(word) for word in subject_words(theme)} for theme in themes}
        meant = {theme: stems for theme, stems in named.items() if 2 * len(rest & stems) >= len(stems)}
        if meant and rest <= set[str]().union(*meant.values()):
            return tuple(meant)
    return ()


def _standalone(question: str, history: Sequence[str]) -> str:
    """A short question that refers back, with the question before it in front."""
    earlier = [" ".join(turn.split()) for turn in history if turn.strip()]
    count = len(question.split())
    refers_back = count <= _FOLLOW_UP_WORDS_MAX and cues.REFERS_BACK.search(question)
    if not earlier or not (refers_back or count <= _FRAGMENT_WORDS):
        return question
    return f"{_standalone(earlier[-1], earlier[:-1])} {question}"


def _language(text: str) -> str:
    tokens = fold(text).replace("?", " ").split()
    dutch, english = (sum(token in words_of for token in tokens) for words_of in (cues.DUTCH, cues.ENGLISH))
    return "en" if english > dutch else "nl"
