"""Every sentence that the program says in its own voice, in Dutch and English."""

from collections.abc import Mapping

from assistant.answer import Citation, Reason
from assistant.cues import Group
from kb.model import Part, Quote, Track

LANGUAGES = ("nl", "en")

_TRACKS: Mapping[str, Mapping[Track, str]] = {
    "nl": {
        Track.BURGERS: "Burgers",
        Track.MIDDENVELD: "Middenveld",
        Track.WETENSCHAP: "Wetenschap",
        Track.OVERHEID: "Overheid",
    },
    "en": {
        Track.BURGERS: "Citizens",
        Track.MIDDENVELD: "Civil society",
        Track.WETENSCHAP: "Science",
        Track.OVERHEID: "Government",
    },
}
_PARTS: Mapping[str, Mapping[Part, str]] = {
    "nl": {
        Part.KNEL: "wat in de knel kwam",
        Part.KIEM: "wat ontkiemde",
        Part.DROOM: "dromen en wensen",
        Part.STAP: "eerste stappen en ideeën",
        Part.PROCES: "over de gesprekken zelf",
        Part.KADER: "inleiding en opzet",
        Part.SLOT: "slot",
        Part.OVERIG: "overig",
    },
    "en": {
        Part.KNEL: "what came under pressure",
        Part.KIEM: "what sprouted",
        Part.DROOM: "dreams and wishes",
        Part.STAP: "first steps and ideas",
        Part.PROCES: "about the talks themselves",
        Part.KADER: "introduction and method",
        Part.SLOT: "conclusion",
        Part.OVERIG: "other",
    },
}
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "found": "Dit staat hierover letterlijk in de verslagen:",
        "unknown": "In de verslagen komt niet voor: {words}. Dit staat er het dichtst bij:",
        Reason.NOT_IN_SOURCES: "Hierover is in de verslagen niets gevonden. Gezocht is naar: {words}.",
        Reason.OFF_TOPIC: "Deze vraag lijkt niet te gaan over de dialogen ‘Nederland na de crisis’ van 2021.",
        Reason.TOO_VAGUE: "Deze vraag is te kort of te algemeen om iets bij te vinden. Noem een onderwerp.",
        Reason.PREMISE_NOT_SUPPORTED: "De verslagen geven geen steun aan wat deze vraag aanneemt.",
        "nearby": "Wel te beantwoorden, en dichtbij: {questions}",
        "themes": "Wel gaan de verslagen over: {themes}.",
        "overview": "De verslagen noemen hierover zelf, letterlijk, onder meer deze punten:",
        "understood": "Begrepen als:",
        "more": "Meer hierover in de verslagen:",
        "side": "Van {group}:",
        "nothing from": "Van {group} vonden we hierover geen uitspraak.",
        "table": "Aan tafel: {reports}. De deelnemers zijn geen steekproef van de Nederlanders.",
        "talks": "{number} gesprekken",
        "participants": "{number} deelnemers",
        "organisations": "{number} organisaties",
        "sources": "Bronnen",
        "characters": "tekens",
    },
    "en": {
        "found": "This is what the reports say, word for word (in Dutch):",
        "unknown": "The reports do not mention: {words}. These passages come closest (in Dutch):",
        Reason.NOT_IN_SOURCES: "The reports say nothing about this. Looked for: {words}.",
        Reason.OFF_TOPIC: "This question does not seem to be about the 2021 dialogues ‘Nederland na de crisis’.",
        Reason.TOO_VAGUE: "This question is too short or too general to find anything. Name a subject.",
        Reason.PREMISE_NOT_SUPPORTED: "The reports do not support what this question assumes.",
        "nearby": "Nearby, and answerable: {questions}",
        "themes": "What the reports are about: {themes}.",
        "overview": "These are some of the points that the reports themselves list, word for word (in Dutch):",
        "understood": "Understood as:",
        "more": "More about this in the reports:",
        "side": "From {group}:",
        "nothing from": "From {group} we found no statement about this.",
        "table": "At the table: {reports}. The participants are not a sample of the Dutch.",
        "talks": "{number} talks",
        "participants": "{number} participants",
        "organisations": "{number} organisations",
        "sources": "Sources",
        "characters": "characters",
    },
}

SUGGESTED: Mapping[Part, str] = {
    Part.KNEL: "Wat kwam er in de knel bij {theme}?",
    Part.KIEM: "Wat ontkiemde er bij {theme}?",
    Part.DROOM: "Welke dromen waren er bij {theme}?",
    Part.STAP: "Welke eerste stappen waren er bij {theme}?",
}


def track_label(track: Track, language: str = "nl") -> str:
    """Who speaks, as a reader calls them."""
    return _TRACKS[language][track]


def part_label(part: Part, language: str = "nl") -> str:
    """The part of a report, as a reader calls it."""
    return _PARTS[language][part]


def group_label(group: Group, language: str = "nl") -> str:
    """Those whom a question asks about, as a reader calls them."""
    return group.en if language == "en" else group.nl


def suggestion(theme: str, part: Part) -> str:
    """A question about a part of a theme that the reports answer."""
    return SUGGESTED[part].format(theme=theme.replace("-", " "))


def byline(item: Citation | Quote) -> str:
    """Speaker and dialogue of a quotation as written; empty when neither is."""
    return ", ".join(filter(None, (item.speaker, item.dialogue)))


def place(item: Citation | Quote, language: str = "nl") -> str:
    """Where the words stand in their source."""
    return f"{text('characters', language)} {', '.join(f'{span.start}–{span.end}' for span in item.spans)}"


def text(key: str, language: str = "nl", **values: object) -> str:
    """The sentence with this key."""
    return _TEXTS[language][key].format(**values)
