"""Every sentence that the program says in its own voice, in Dutch and English."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.answer import Citation, Reason
from assistant.cues import Group
from assistant.verdict import Match, Shortfall, Verdict, VerdictKind
from kb.model import Part, Quote, Track
from kb.text import Span
from kb.versions import Label, Version

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
_LABELS: Mapping[str, Mapping[Label, str]] = {
    "nl": {label: str(label) for label in Label},
    "en": {
        Label.ORIGINAL: "original",
        Label.EQUAL: "the same",
        Label.SHORTENED: "shortened",
        Label.REWRITTEN: "rewritten",
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
        "ai": "Samenvatting (AI), geschreven door {model}. Elke zin is vóór het tonen nagegaan in de aangehaalde "
        "passages; wat er letterlijk staat, vindt u bij de bronnen.",
        "ai label": "samenvatting (AI)",
        "ai dropped": "Weggelaten: {dropped} van de {drafts} zinnen van het taalmodel, omdat de aangehaalde passages "
        "ze niet dragen.",
        "ai failed": "Zonder taalmodel verder: {reason}.",
        "ai little": "Er blijft te weinig over van wat het taalmodel schreef; daarom staat hier de tekst van de "
        "bronnen zelf.",
        "ai nothing": "Het taalmodel vond in de bronnen geen antwoord; daarom staat hier de tekst van de bronnen zelf.",
        "ai literally": "Letterlijk in de verslagen:",
        "why near": "Gelijkenis met het onderwerp: {place} van {among}",
        "why speaker": "nog niet deze spreker",
        "why dialogue": "nog niet uit {dialogue}",
        "why part": "nog niet over ‘{part}’",
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
        "lines": "regels",
        "undated": "z.j.",
        "no name": "zonder naam",
        "report itself": "tekst van het verslag zelf, geen citaat van een persoon",
        "also in": "Dit citaat staat ook in: {places}.",
        "this version": "Let op: deze versie is {label}.",
        "changed version": "Let op: deze versie is {label}. Het origineel staat in: {report}.",
        "other speaker": "andere spreker: {by}",
        VerdictKind.VERBATIM: "Letterlijk: deze woorden staan zo in de bron.",
        VerdictKind.TRIMMED: "Ingekort: de woorden kloppen, maar er is iets weggelaten.",
        VerdictKind.ALTERED: "Veranderd: dit staat niet zo in de bron. Dit lijkt de herkomst:",
        VerdictKind.MISATTRIBUTED: "Spreker klopt niet: de woorden staan in de bron, maar niet van deze spreker.",
        VerdictKind.NOT_FOUND: "Niet gevonden: dit staat niet in de bronnen.",
        Shortfall.TOO_SHORT: "Te kort om te controleren: geef minstens {words} woorden en {characters} tekens.",
        "two places": "De tekst komt van meer dan één plaats en is geen doorlopend citaat.",
        "typography": "De woorden zijn gelijk; hoofdletters of leestekens niet. Neem de tekst van de bron over.",
        "negation left out": "Let op: onder de weggelaten woorden is ‘{words}’.",
        "speaker right": "De spreker klopt met de bron.",
        "speaker wrong": "De bron noemt hier een ander dan de opgegeven spreker.",
        "speaker unknown": "De bron noemt hier geen spreker; wie het zei, is niet te bevestigen.",
        "difference": "Verschil met de bron, [-weggelaten-] en {{+toegevoegd+}}:",
        "difference from original": "Verschil met het origineel, [-weggelaten-] en {{+toegevoegd+}}:",
        "all sources": "Alle bronnen",
        "guide": "Handleiding",
        "to marked": "Naar de aangehaalde woorden",
        "to content": "Naar de tekst",
        "no such place": "Deze plaats is er niet",
        "publisher": "Uitgever",
        "date": "Datum",
        "file": "Bestand",
        "about text": "De tekst staat hier zoals in het bestand, met de koppen van de verslagen; wat bij de bladzijde "
        "hoort (kop- en voetregels) staat klein. Fouten in de bron zijn niet verbeterd.",
        "contents": "Inhoud",
        "about quotation": "Over dit citaat",
        "reference": "Verwijzing om over te nemen",
        "versions": "Versies van dit citaat",
        "this one": "deze",
        "meant": "Bedoelt u misschien een van deze plaatsen? Ze lijken in betekenis; het zijn niet deze woorden.",
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
        "ai": "Summary (AI), written by {model}. Every sentence was held against the cited passages before it was "
        "shown; their own words stand with the sources.",
        "ai label": "summary (AI)",
        "ai dropped": "Left out: {dropped} of the {drafts} sentences of the language model, because the cited passages "
        "do not bear them out.",
        "ai failed": "Gone on without the language model: {reason} (in Dutch).",
        "ai little": "Too little is left of what the language model wrote; so here are the words of the sources.",
        "ai nothing": "The language model found no answer in the sources; so here are their own words.",
        "ai literally": "In the reports, word for word (in Dutch):",
        "why near": "Likeness to the subject: {place} of {among}",
        "why speaker": "not this speaker yet",
        "why dialogue": "not from {dialogue} yet",
        "why part": "not about ‘{part}’ yet",
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
        "lines": "lines",
        "undated": "n.d.",
        "no name": "no name",
        "report itself": "text of the report itself, not a person’s words",
        "also in": "This quotation also stands in: {places}.",
        "this version": "Note: this version is {label}.",
        "changed version": "Note: this version is {label}. The original is in: {report}.",
        "other speaker": "another speaker: {by}",
        VerdictKind.VERBATIM: "Verbatim: the source has these words.",
        VerdictKind.TRIMMED: "Shortened: the words are right, but some were left out.",
        VerdictKind.ALTERED: "Altered: the source does not have it so. It seems to come from:",
        VerdictKind.MISATTRIBUTED: "Wrong speaker: the source has these words, but not from this speaker.",
        VerdictKind.NOT_FOUND: "Not found: the sources do not have this.",
        Shortfall.TOO_SHORT: "Too short to check: give at least {words} words and {characters} characters.",
        "two places": "The text comes from more than one place and is no continuous quotation.",
        "typography": "The words are the same; capitals or punctuation are not. Copy the text of the source.",
        "negation left out": "Note: among the words left out is ‘{words}’.",
        "speaker right": "The speaker is the one in the source.",
        "speaker wrong": "The source names somebody else here.",
        "speaker unknown": "The source names no speaker here: who it was cannot be confirmed.",
        "difference": "Difference from the source, [-left out-] and {{+added+}}:",
        "difference from original": "Difference from the original, [-left out-] and {{+added+}}:",
        "all sources": "All sources",
        "guide": "Guide (in Dutch)",
        "to marked": "To the cited words",
        "to content": "To the text",
        "no such place": "There is no such place",
        "publisher": "Publisher",
        "date": "Date",
        "file": "File",
        "about text": "The text as it stands in the file (in Dutch), with the headings of the reports; what belongs to "
        "the page (headers and footers) is small. Errors of the source are not mended.",
        "contents": "Contents",
        "about quotation": "About this quotation",
        "reference": "Reference to copy",
        "versions": "Versions of this quotation",
        "this one": "this one",
        "meant": "Did you mean one of these places? They are like it in meaning, not in words.",
    },
}

SUGGESTED: Mapping[Part, str] = {
    Part.KNEL: "Wat kwam er in de knel bij {theme}?",
    Part.KIEM: "Wat ontkiemde er bij {theme}?",
    Part.DROOM: "Welke dromen waren er bij {theme}?",
    Part.STAP: "Welke eerste stappen waren er bij {theme}?",
}


_FACETS = {
    "track": "Spoor",
    "theme": "Thema",
    "part": "Onderdeel",
    "group": "Groep sprekers",
    "report": "Verslag",
    "dialogue": "Dialoog (de nummers beginnen in elk verslag opnieuw)",
}


def facet_label(name: str) -> str:
    """A facet of quotations, as a reader calls it."""
    return _FACETS[name]


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


def remarks(verdict: Verdict, language: str = "nl") -> list[str]:
    """What is to be said of a verdict besides its kind: of the speaker, the typography, words left out."""
    keys: list[str] = []
    if verdict.speaker and verdict.matches:
        is_named = any(match.speaker for match in verdict.matches)
        keys.append("speaker right" if verdict.speaker_matches else "speaker wrong" if is_named else "speaker unknown")
    if verdict.kind is VerdictKind.ALTERED and len(verdict.matches) > 1:
        keys.append("two places")
    if verdict.kind is VerdictKind.VERBATIM and not verdict.is_set_alike:
        keys.append("typography")
    lost = verdict.negations_left_out if verdict.kind is VerdictKind.TRIMMED else []
    left_out = [text("negation left out", language, words="’, ‘".join(lost))] if lost else []
    return [*(text(key, language) for key in keys), *left_out]


def changed_version(own: Version, original: Version, language: str = "nl") -> str:
    """A warning for who reads a version that is not the original; empty when the words are the same."""
    if own.label not in (Label.SHORTENED, Label.REWRITTEN):
        return ""
    label = _LABELS[language][own.label]
    return text("changed version", language, label=label, report=original.report)


def version_label(version: Version, language: str = "nl") -> str:
    """What a version is beside the original: "ingekort", "gelijk, andere spreker: student"."""
    label = _LABELS[language][version.label]
    if not version.has_other_speaker:
        return label
    return f"{label}, {text('other speaker', language, by=version.quote.speaker)}"


def also_in(versions: Sequence[Version], language: str = "nl") -> str:
    """What version of a quotation this is (the first of `versions`), and where the others stand; empty without any."""
    if not versions:
        return ""
    own, *others = versions
    is_changed = own.label in (Label.SHORTENED, Label.REWRITTEN)
    labelled = [text("this version", language, label=_LABELS[language][own.label])] if is_changed else []
    places = (f"{other.report}, {place(other.quote, language)} ({version_label(other, language)})" for other in others)
    return " ".join([*labelled, text("also in", language, places="; ".join(places))])


def difference(version: Version, language: str = "nl") -> str:
    """What was changed in a version, from the original to it; empty for the original and one in the same words."""
    if version.label not in (Label.SHORTENED, Label.REWRITTEN):
        return ""
    signs = {"delete": "[-{}-]", "insert": "{{+{}+}}"}
    words = " ".join(signs.get(change.op, "{}").format(change.words) for change in version.diff)
    return f"{text('difference from original', language)} {words}"


def byline(item: Citation | Match | Quote) -> str:
    """Speaker and dialogue of a quotation as written; empty when neither is."""
    return ", ".join(filter(None, (item.speaker, item.dialogue)))


class Placed(Protocol):
    """What stands somewhere in a source."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where."""


def place(item: Placed, language: str = "nl") -> str:
    """Where the words stand in their source."""
    return f"{text('characters', language)} {', '.join(f'{span.start}–{span.end}' for span in item.spans)}"


def lines(places: Sequence[tuple[int, int]], language: str = "nl") -> str:
    """Lines of a file, each stretch from its first to its last: "regels 450, 452–453"."""
    shown = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in places)
    return f"{text('lines', language)} {shown}"


def text(key: str, language: str = "nl", **values: object) -> str:
    """The sentence with this key."""
    return _TEXTS[language][key].format(**values)
