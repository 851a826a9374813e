"""Question → what is asked: the language, the question by itself, and the words to look for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import InputError
from kb.model import Part, Track
from kb.text import fold, stem, words

QUESTION_MAX = 2000
# Function words tell the language, and say nothing about the subject.
_DUTCH = frozenset(
    "de het een en of van in op te dat die dit deze is zijn was waren wat wie waar hoe welke waarom wanneer er om aan "
    "met voor door over bij naar uit als maar ook niet geen wel nog al dan zo hun hen ze zij je jij u we wij ik mij "
    "heeft hebben had hadden werd werden wordt worden kan kunnen kon konden wil willen wilde moet moeten zou zouden "
    "veel meer iets iemand alle hier daar toen nu tot onder tussen tegen na tijdens zonder hoeveel graag eens "
    "toch ervan erover ermee ervoor erbij daarvan daarover daarmee daarvoor daarbij hiervan hierover hiermee hiervoor "
    "waarover waarvan waarmee anders andere".split()
)
_ENGLISH = frozenset(
    "the a an and or of in on to that this these is are was were what who where how which why when there for by about "
    "with at as but also not no did do does they them their you we i it its from any have has had say said".split()
)
# Words with which people ask rather than name a subject.
_ASKING = frozenset(
    "zeggen zei zeiden zegt gezegd vinden vond vonden vindt vertelden vertellen noemen noemden genoemd denken dachten "
    "mensen burgers deelnemers deelnemer dialoog dialogen gesprek gesprekken verslag verslagen rapport citaat citaten "
    "quote quotes uitspraak uitspraken geef noem laat zien zoek vraag gingen ging gaan gaat mis corona crisis "
    "coronacrisis coronatijd zien zagen ziet rond rondom thema onderwerp "
    "people citizens participants think thought dialogue dialogues report reports during "
    "quotation quotations give mention mentioned".split()
)
_REFERS_BACK = re.compile(
    r"^(?:en|maar|of|and|but)\b|\b(?:daar|daarvan|daarover|hiervan|hierover|dat|die|ze|zij|hun|it|they|that|them)\b",
    re.IGNORECASE,
)
# Who is asked about, and what about it, in users' words.
_TRACK_CUES = {
    Track.BURGERS: re.compile(r"\b(?:burger|inwoner|bewoner|citizen)", re.IGNORECASE),
    Track.MIDDENVELD: re.compile(
        r"\b(?:middenveld|bedrijven|organisaties|vakbond|ngo|civil society|companies)", re.IGNORECASE
    ),
    Track.WETENSCHAP: re.compile(
        r"\b(?:wetenschap|onderzoeker|hoogler[ae]+r|academic|professor|deskundige|scientist|researcher)", re.IGNORECASE
    ),
    Track.OVERHEID: re.compile(r"\b(?:perspectief|kamerbrief|minister|kabinet|vng)\b", re.IGNORECASE),
}
_PART_CUES = {
    Part.KNEL: re.compile(
        r"\b(?:knel\w*|problemen|zorgen|misging|(?:ging|gaat) (?:er )?mis|slecht|klachten|lastig|worries|problems)\b",
        re.IGNORECASE,
    ),
    Part.KIEM: re.compile(r"\b(?:kiem\w*|positief|positieve|goed ging|voordelen|vasthouden|benefits)\b", re.IGNORECASE),
    Part.DROOM: re.compile(
        r"\b(?:dro(?:om|men|omt)\w*|wens\w*|willen|verlang\w*|hopen|hoop|dreams?|wish\w*)\b", re.IGNORECASE
    ),
    Part.STAP: re.compile(
        r"\b(?:stap\w*|idee\w*|oplossing\w*|doen|initiatie\w*|maatregelen|voorstel\w*|ideas?|solutions?)\b",
        re.IGNORECASE,
    ),
}
# What asks for a fact or for quotations rather than for what was said about a theme.
_NARROW = re.compile(
    r"\b(?:hoeveel|wie|wanneer|waarom|cita\w+|quotes?|quotations?|uitspra\w+|how many|who|when|why)\b", re.IGNORECASE
)
# The units in which a figure is asked for, and how the sources write one.
_UNITS = (
    (
        re.compile(r"\b(?:procent|percentage|per ?cent)\b", re.IGNORECASE),
        re.compile(r"%|\b(?:procent|per ?cent)\b", re.IGNORECASE),
    ),
    (
        re.compile(r"\b(?:hoeveel (?:euro|geld|miljoen|miljard|kost\w*)|wat kost\w*|gekost|how much)\b", re.IGNORECASE),
        re.compile(r"€|\b(?:euro|miljoen|miljard)\b", re.IGNORECASE),
    ),
)
_FOLLOW_UP_WORDS_MAX = 8
_PHRASE = re.compile(r"[\"“‘']([^\"”’']{6,})[\"”’']")
_NAME_OR_NUMBER = re.compile(r"(?<!^)(?<![.?!] )\b(?:[A-Z][\w-]{2,}|\d[\d.,]*)\b")


@dataclass(frozen=True)
class Question:
    """A question as understood. `subject` are its content words in order, `names` its names and numbers.

    `unit` finds figures in the unit that it asks for, if it does.
    """

    text: str
    standalone: str
    language: str
    subject: tuple[str, ...]
    names: tuple[str, ...]
    phrases: tuple[str, ...]
    tracks: frozenset[Track]
    parts: frozenset[Part]
    unit: re.Pattern[str] | None

    @property
    def sought(self) -> tuple[str, ...]:
        """The content words and the names that are not among them."""
        return (*self.subject, *(name for name in self.names if fold(name) not in self.subject))


def understand(text: str, history: Sequence[str] = ()) -> Question:
    """Read a question; `history` are the user's earlier questions, oldest first.

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
    standalone = _standalone(question, history)
    return Question(
        text=question,
        standalone=standalone,
        language=_language(standalone),
        subject=subject_words(standalone),
        names=tuple(dict.fromkeys(_NAME_OR_NUMBER.findall(standalone))),
        phrases=tuple(_PHRASE.findall(standalone)),
        tracks=frozenset(track for track, cue in _TRACK_CUES.items() if cue.search(standalone)),
        parts=frozenset(part for part, cue in _PART_CUES.items() if cue.search(standalone)),
        unit=next((written for asked, written in _UNITS if asked.search(question)), None),
    )


def subject_words(text: str) -> tuple[str, ...]:
    """The content words of a text, folded, each once, in order."""
    return tuple(dict.fromkeys(word for word in words(text) if _is_content(word)))


def _is_content(word: str) -> bool:
    return len(word) > 1 and word not in _DUTCH and word not in _ENGLISH and word not in _ASKING


def themes_named(question: Question, themes: Sequence[str]) -> frozenset[str]:
    """Those of `themes` (slugs) of which the question uses a content word."""
    asked = {stem(word) for word in question.subject}
    return frozenset(theme for theme in themes if asked & {stem(word) for word in subject_words(theme)})


def themes_meant(question: Question, themes: Sequence[str]) -> tuple[str, ...]:
    """Those of `themes` that the question is about as a whole: it names half of their words or more, and nothing else.

    A follow-up that names a theme is about that one.
    """
    if _NARROW.search(question.text):
        return ()
    cues = [*_TRACK_CUES.values(), *_PART_CUES.values()]
    for asked in (subject_words(question.text), question.subject):
        rest = {stem(word) for word in asked if not any(cue.search(word) for cue in cues)}
        named = {theme: {stem(word) for word in subject_words(theme)} for theme in themes}
        meant = {theme: stems for theme, stems in named.items() if 2 * len(rest & stems) >= len(stems)}
        if meant and rest <= set[str]().union(*meant.values()):
            return tuple(meant)
    return ()


def _standalone(question: str, history: Sequence[str]) -> str:
    """A short question that refers back, with the question before it in front."""
    earlier = [" ".join(turn.split()) for turn in history if turn.strip()]
    refers_back = len(question.split()) <= _FOLLOW_UP_WORDS_MAX and _REFERS_BACK.search(question)
    if not earlier or not refers_back:
        return question
    return f"{_standalone(earlier[-1], earlier[:-1])} {question}"


def _language(text: str) -> str:
    tokens = fold(text).replace("?", " ").split()
    dutch, english = (sum(token in words_of for token in tokens) for words_of in (_DUTCH, _ENGLISH))
    return "en" if english > dutch else "nl"
