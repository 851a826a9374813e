"""Dossier: choose what a plan or an article is about, see what the dossier holds, and take it along as a file."""

from collections import Counter
from collections.abc import Iterable

from assistant import messages
from assistant.dossier.build import FOCUS_MAX, SECTIONS
from assistant.dossier.content import Block, Dossier, Quoted, Said, Section, Told, Written
from assistant.dossier.files import Format
from assistant.dossier.labels import LABELS
from assistant.dossier.request import DossierRequest, dossier_of
from assistant.dossier.subjects import Subject, subjects
from kb.errors import DialoogError
from kb.knowledge_base import KnowledgeBase
from kb.model import Track
from ui.address import Address, Place
from ui.frame import framed
from ui.markup import alert, badge, escape, folded, items, kept, link, open_source, said
from ui.texts import say

_SUBJECT_MAX = 200
_COMPARISON = "vergelijking"
# So many lines show what a section is like.
_LINES = 2
_COUNTED = ("Said", "Quoted", "Written", "Table", "Field")


def draw(kb: KnowledgeBase, address: Address) -> str:
    """The page, with what the dossier holds when a subject was chosen."""
    language = address.language
    lead = f'<p class="lead">{escape(say("dossier lead", language))}</p>'
    # The form always sends the subject in the user's own words, if only an empty one.
    shown = _outcome(kb, address) if address.all("onderwerp") else ""
    return framed(
        address,
        f"<h1>{escape(say('dossier title', language))}</h1>{lead}{_form(kb, address)}"
        f'<div class="outcome" role="region" aria-live="polite" aria-label="{escape(say("outcome", language))}">'
        f"{shown}</div>",
    )


def wanted(address: Address) -> DossierRequest:
    """What the address asks for."""
    sections = address.all("deel")
    return DossierRequest(
        subjects=tuple(dict.fromkeys(name.strip() for name in address.all("onderwerp") if name.strip())),
        focus=address.one("focus"),
        sections=() if set(sections) == set(SECTIONS) else tuple(sections),
        is_comparison=address.one("soort") == _COMPARISON,
    )


# --- the form ---------------------------------------------------------------------------------------------------------


def _form(kb: KnowledgeBase, address: Address) -> str:
    language = address.language
    known, chosen = subjects(kb), wanted(address)
    own = [name for name in chosen.subjects if name not in {one.slug for one in known}]
    return (
        f'<form action="/{Place.DOSSIER}" class="dossier" data-follows novalidate>{kept(address, ("taal",))}'
        f"{_kinds(chosen, language)}{_subjects(known, chosen, language)}"
        f"{_field('onderwerp', say('free subject', language), own[0] if own else '', _SUBJECT_MAX)}"
        f"{_field('focus', say('focus', language), chosen.focus or '', FOCUS_MAX)}{_sections(chosen, language)}"
        f'<button type="submit" class="primary">{escape(say("view", language))}</button></form>'
    )


def _kinds(chosen: DossierRequest, language: str) -> str:
    plan = _option("radio", "soort", "", escape(say("dossier plan", language)), on=not chosen.is_comparison)
    words = escape(say("dossier comparison", language))
    comparison = _option("radio", "soort", _COMPARISON, words, on=chosen.is_comparison)
    return _group(say("dossier kind", language), plan + comparison)


def _subjects(known: Iterable[Subject], chosen: DossierRequest, language: str) -> str:
    """The herstelopgaven, and the themes under the first track that speaks of them."""
    known = list(known)
    opgaven = [one for one in known if one.is_herstelopgave]
    head = f"<h2>{escape(say('herstelopgaven', language))}</h2>"
    groups = [head + _boxes(opgaven, chosen, language)] if opgaven else []
    for track in Track:
        themes = [one for one in known if not one.is_herstelopgave and one.tracks[0] is track]
        if themes:
            summary = f"{say('themes of', language, track=messages.track_label(track, language))} ({len(themes)})"
            is_open = any(one.slug in chosen.subjects for one in themes)
            groups.append(folded(summary, _boxes(themes, chosen, language), is_open=is_open))
    return _group(say("dossier about", language), "".join(groups))


def _boxes(listed: Iterable[Subject], chosen: DossierRequest, language: str) -> str:
    return "".join(
        _option("checkbox", "onderwerp", one.slug, _named(one, language), on=one.slug in chosen.subjects)
        for one in listed
    )


def _named(subject: Subject, language: str) -> str:
    """The title, and of a theme who else speaks of it."""
    others = (
        [] if subject.is_herstelopgave else [messages.track_label(one, language).lower() for one in subject.tracks[1:]]
    )
    words = say("also of", language, tracks=", ".join(others))
    also = f' <span class="kind">({escape(words)})</span>' if others else ""
    return f'<span lang="nl">{escape(subject.title)}</span>{also}'


def _sections(chosen: DossierRequest, language: str) -> str:
    boxes = "".join(
        _option(
            "checkbox",
            "deel",
            slug,
            f'<span lang="nl">{escape(title.format(focus="…"))}</span>',
            on=not chosen.sections or slug in chosen.sections,
        )
        for slug, title in SECTIONS.items()
    )
    title = say("sections", language)
    inside = f'<fieldset class="options"><legend class="vh">{escape(title)}</legend>{boxes}</fieldset>'
    return folded(title, inside, is_open=bool(chosen.sections))


def _group(title: str, inside: str) -> str:
    return f'<fieldset class="options"><legend>{escape(title)}</legend>{inside}</fieldset>'


def _option(kind: str, name: str, value: str, words: str, *, on: bool) -> str:
    """A box or a button to choose; `words` are markup."""
    checked = " checked" if on else ""
    return (
        f'<label class="option"><input type="{kind}" name="{name}" value="{escape(value)}"{checked}> '
        f"<span>{words}</span></label>"
    )


def _field(name: str, label: str, value: str, longest: int) -> str:
    always = " data-keep" if name == "onderwerp" else ""
    return (
        f'<label class="field"><span>{escape(label)}</span>'
        f'<input type="text" name="{name}" value="{escape(value)}" maxlength="{longest}"{always}></label>'
    )


# --- what it holds ----------------------------------------------------------------------------------------------------


def _outcome(kb: KnowledgeBase, address: Address) -> str:
    """What the dossier holds. Without a language model, which would keep the user waiting."""
    language = address.language
    try:
        dossier = dossier_of(kb, wanted(address), with_model=False)
    except DialoogError as error:
        return alert(str(error))
    counts = say(
        "dossier counts",
        language,
        sections=len(dossier.sections),
        quotations=len(dossier.quotations),
        notes=len(dossier.notes),
    )
    subtitle = f'<p class="note" lang="nl">{escape(dossier.subtitle)}</p>' if dossier.subtitle else ""
    model = f'<p class="note">{escape(say("dossier model", language))}</p>' if kb.settings.llm else ""
    return (
        f'<h2 lang="nl">{escape(dossier.title)}</h2>{subtitle}<p>{escape(counts)}</p>{_files(address)}{model}'
        f"{items((_section(dossier, section, language) for section in dossier.sections), 'parts')}"
    )


def _files(address: Address) -> str:
    """The links to the files; those take the same parameters as the page, without the empty ones."""
    language = address.language
    query = Address(Place.DOSSIER, tuple(pair for pair in address.parameters if pair[1].strip())).query
    links = " ".join(
        f'<a class="button" download href="/{Place.DOSSIER}.{form}?{escape(query)}">'
        f"{escape(say(f'dossier {form}', language))}</a>"
        for form in Format
    )
    whole = link(
        f"/{Place.DOSSIER}.{Format.HTML}?{query}",
        f"{say('dossier open', language)}{say('new window', language)}",
        attributes=' target="_blank" rel="noopener"',
    )
    return f'<p>{whole}</p><p class="files">{escape(say("dossier files", language))} {links}</p>'


def _section(dossier: Dossier, section: Section, language: str) -> str:
    """What a section is like: its title, how much of what it holds, and its first lines."""
    counts = Counter(type(block).__name__ for block in section.blocks)
    told = " · ".join(say(f"in section {name}", language, number=counts[name]) for name in _COUNTED if counts[name])
    lines = [line for block in section.blocks if (line := _line(dossier, block, language))]
    return (
        f'<h3 lang="nl">{escape(section.title)}</h3>{f"<p class=note>{escape(told)}</p>" if told else ""}'
        f"{''.join(lines[:_LINES])}"
    )


def _line(dossier: Dossier, block: Block, language: str) -> str:
    match block:
        case Told(text):
            return f'<p lang="nl">{escape(text)}</p>'
        case Written(text):
            return f'<p lang="nl">{badge(LABELS["summary"], "ai")} {escape(text)}</p>'
        case Said(text, note):
            return f"{said(text)}{_source(dossier, note, language)}"
        case Quoted(text=text, by=by, note=note):
            words = said(text, f"‘{escape(text)}’")
            return f'{words}<p class="report" lang="nl">{escape(by)}</p>{_source(dossier, note, language)}'
        case _:
            return ""


def _source(dossier: Dossier, note: int, language: str) -> str:
    return f'<p class="actions">{open_source(dossier.notes[note - 1].url, language)}</p>'
