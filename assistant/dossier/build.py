"""`build`: subjects → a dossier for a herstelplan. Every section is a list of named calls in the order of the plan."""

import re
from collections.abc import Iterable, Sequence

from assistant import messages
from assistant.dossier import texts
from assistant.dossier.about import about
from assistant.dossier.content import Block, Dossier, Field, Heading, Section, Told
from assistant.dossier.draft import Draft
from assistant.dossier.introduction import introduction
from assistant.dossier.notes import Notes
from assistant.dossier.points import boxes, by_actor, of_part, told_once
from assistant.dossier.quotations import choose, use
from assistant.dossier.subjects import parse_subjects
from assistant.generation.language_model import configured
from assistant.question import subject_words
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, PassageKind, Quote, Report, Track
from kb.search import Filters, Query, search
from kb.versions import Label

FOCUS_MAX = 200
_PARTS = {"knel": Part.KNEL, "kiem": Part.KIEM, "droom": Part.DROOM, "conclusie": Part.SLOT}
# Of a herstelopgave the themes that belong to it say more than fits: of each the best of a part, and of all their text
# boxes the best; of one theme all.
_POINTS_LINKED, _INITIATIVES = 3, 10
_SIDE, _FOCUS, _TENSIONS, _PERSPECTIVE = 4, 8, 8, 8
_WORDS_MIN = 5
_TENSION = re.compile(
    r"schur|spanning|dilemma|tegenstrijdig|tegelijk|keerzijde|anderzijds|aan de andere kant|niet iedereen|"
    r"sommige\w*\b.*\banderen|verdeeld|oneens|botsen|weerstand|zorgen over|minderheid",
    re.IGNORECASE,
)


def build(
    kb: KnowledgeBase,
    names: Sequence[str],
    *,
    focus: str | None = None,
    sections: Sequence[str] = (),
    with_model: bool = True,
) -> Dossier:
    """The dossier on one or more subjects; `sections` are the slugs of those wanted, none for all.

    With a language model, unless `with_model` is false, some sections get an introduction, checked as in answers.

    Raises:
        InputError: when a subject or section does not exist, or the focus is too long.
        SettingsError: when the language model cannot be used as configured.
    """
    chosen = parse_subjects(kb, names)
    wanted = _sections(sections, focus)
    titles = " en ".join(one.title for one in chosen)
    sought = f"{titles} {focus or ''}".strip()
    draft = Draft(
        kb=kb,
        subjects=chosen,
        focus=focus,
        vector=kb.adapter.of_queries(kb.embedder.embed_queries([sought]))[0],
        words=subject_words(sought),
        model=configured(kb.settings) if with_model else None,
        notes=Notes(kb),
    )
    made = tuple(_section(draft, slug) for slug in wanted)
    title = texts.TITLE.format(subjects=titles)
    return Dossier(title, texts.SUBTITLE, "nl", made, tuple(draft.notes.listed), kb.state.fingerprint)


def _sections(slugs: Sequence[str], focus: str | None) -> list[str]:
    unknown = [slug for slug in slugs if slug not in texts.SECTIONS]
    if unknown:
        msg = f"Onbekend onderdeel: {', '.join(map(repr, unknown))}. Kies uit: {', '.join(texts.SECTIONS)}."
        raise InputError(msg)
    if focus and len(focus) > FOCUS_MAX:
        msg = f"De focus is te lang: {len(focus)} tekens, ten hoogste {FOCUS_MAX}. Kort hem in."
        raise InputError(msg)
    wanted = [slug for slug in texts.SECTIONS if not slugs or slug in slugs]
    return [slug for slug in wanted if focus or slug != "focus"]


def _section(draft: Draft, slug: str) -> Section:
    title, chapter = texts.SECTIONS[slug]
    blocks = list(_BUILDERS[slug](draft))
    fields = [Field(prompt) for prompt in texts.FIELDS.get(slug, ())]
    if slug == "citaten":
        title = f"{len(blocks) - 1} citaten"
    named = title.format(focus=draft.focus)
    if chapter:
        named = f"{texts.CHAPTERS[chapter]}: {named[:1].lower()}{named[1:]}"
    return Section(slug, named, chapter, (*blocks, *fields))


def _focus(draft: Draft) -> Iterable[Block]:
    yield Told(texts.FOCUS_INTRO.format(focus=draft.focus))
    focus = draft.focus or ""
    kb, wanted = draft.kb, {report.id for report in draft.reports}
    query = Query(kb.adapter.of_queries(kb.embedder.embed_queries([focus]))[0], subject_words(focus))
    hits = search(kb, query, limit=len(kb.passages))
    own = [hit.passage for hit in hits if hit.passage.report_id in wanted and _says_something(hit.passage)]
    yield from map(draft.notes.said, told_once(own[:_FOCUS]))


def _part(draft: Draft, slug: str) -> Iterable[Block]:
    """The points of a part, under the report that makes them."""
    found = False
    passages: list[Passage] = []
    blocks: list[Block] = []
    for report, points in _points(draft, _PARTS[slug]):
        found = True
        passages += points
        blocks.append(Heading(_named(report)))
        blocks += map(draft.notes.said, points)
    # The introduction stands first, and cites what follows: its notes come first too.
    yield from introduction(draft.kb, draft.model, draft.notes, texts.SECTIONS[slug][0], passages)
    yield from blocks
    if not found:
        yield Told(texts.NOTHING)


def _points(draft: Draft, part: Part) -> Iterable[tuple[Report, list[Passage]]]:
    """The points of each report on the subjects; of reports that are only linked to them the most alike."""
    ranked = {hit.passage.id: place for place, hit in enumerate(draft.hits(Filters(part=part), len(draft.kb.passages)))}
    for report in draft.reports:
        points = of_part(draft.kb, [report], part)
        if not _is_own(draft, report):
            best = sorted(points, key=lambda one: ranked.get(one.id, len(ranked)))[:_POINTS_LINKED]
            points = [one for one in points if one in best]
        if points:
            yield report, points
    chapters = {one.slug for one in draft.subjects if one.is_herstelopgave}
    for report in draft.kb.reports.values():
        own = [one for one in of_part(draft.kb, [report], part) if one.theme in chapters] if chapters else []
        if own and report.track is Track.OVERHEID:
            yield report, own


def _side_by_side(draft: Draft) -> Iterable[Block]:
    """The passages of each track that are most like the subject."""
    yield Told(texts.SIDE_BY_SIDE)
    for track in (Track.BURGERS, Track.MIDDENVELD, Track.WETENSCHAP):
        yield Heading(messages.track_label(track))
        own = [hit.passage for hit in draft.hits(Filters(track=track)) if _says_something(hit.passage)]
        fresh = [one for one in told_once(own[: 3 * _SIDE]) if not draft.notes.cites(one)]
        yield from map(draft.notes.said, fresh[:_SIDE])
        if not fresh:
            yield Told(texts.NOTHING_FROM.format(track=messages.track_label(track).lower()))


def _says_something(passage: Passage) -> bool:
    parts = (Part.KADER, Part.PROCES)
    is_text = passage.kind in (PassageKind.BULLET, PassageKind.PARAGRAPH, PassageKind.BOX)
    return is_text and passage.part not in parts and not passage.text.rstrip().endswith(":")


def _tensions(draft: Draft) -> Iterable[Block]:
    yield Told(texts.TENSIONS)
    wanted = {report.id for report in draft.reports}
    found = [
        hit.passage
        for hit in draft.hits(Filters(), len(draft.kb.passages))
        if hit.passage.kind is not PassageKind.QUOTE
        and not draft.notes.cites(hit.passage)
        and _TENSION.search(hit.passage.text)
        and (hit.passage.report_id in wanted or _is_general(draft.kb, hit.passage))
    ]
    yield from map(draft.notes.said, told_once(found[:_TENSIONS]))


def _is_general(kb: KnowledgeBase, passage: Passage) -> bool:
    """Whether a passage is of the threads through all citizens' talks, where tensions are told together."""
    return kb.reports[passage.report_id].theme == "rode-draden"


def _perspective(draft: Draft) -> Iterable[Block]:
    """What the perspectief says of the subject, and the quotations from the dialogues that it took over."""
    chapters = {one.slug for one in draft.subjects if one.is_herstelopgave}
    government = [hit.passage for hit in draft.hits(Filters(track=Track.OVERHEID))]
    own = [one for one in draft.kb.passages if one.theme in chapters and not one.boilerplate] if chapters else []
    passages = [one for one in (own or government[:_PERSPECTIVE]) if one.kind is not PassageKind.QUOTE]
    yield Told(texts.PERSPECTIVE)
    fresh = [one for one in told_once(passages) if not draft.notes.cites(one) and len(one.text.split()) >= _WORDS_MIN]
    yield from _under_headings(draft, sorted(fresh, key=lambda one: (one.source, one.spans[0].start)))
    taken = _taken_over(draft, chapters)
    if taken:
        yield Heading("Overgenomen citaten")
        yield Told(texts.REWRITTEN)
    for quote in taken:
        use(draft.kb, quote, draft.used)
        yield draft.notes.quoted(quote, "")


def _under_headings(draft: Draft, passages: Sequence[Passage]) -> Iterable[Block]:
    """Passages under the headings of their document, which in the perspectief are statements themselves."""
    heading = ""
    for passage in passages:
        own = passage.headings[-1] if passage.headings else ""
        if own and own != heading:
            heading = own
            yield Heading(own, level=2)
        yield draft.notes.said(passage)


def _taken_over(draft: Draft, chapters: set[str]) -> list[Quote]:
    """The government's versions of quotations: in its chapters on the subjects, or from the reports on them."""
    wanted = {report.id for report in draft.reports}
    found = []
    for family in draft.kb.families:
        from_here = any(version.quote.report_id in wanted for version in family.versions)
        for version in family.versions:
            quote = version.quote
            is_taken = quote.track is Track.OVERHEID and version.label is not Label.ORIGINAL
            if is_taken and (quote.theme in chapters if chapters else from_here):
                found.append(quote)
                break
    return sorted(found, key=lambda one: one.spans[0].start)


def _steps(draft: Draft) -> Iterable[Block]:
    """The first steps and ideas under who could act."""
    points = [point for _, of_report in _points(draft, Part.STAP) for point in of_report]
    ordered = by_actor(points)
    blocks: list[Block] = []
    for actor, passages in ordered.items():
        blocks.append(Heading(texts.ACTORS[actor]))
        blocks += map(draft.notes.said, passages)
    yield Told(texts.ACTORS_INTRO if points else texts.NOTHING)
    yield from introduction(draft.kb, draft.model, draft.notes, texts.SECTIONS["stappen"][0], points)
    yield from blocks


def _initiatives(draft: Draft) -> Iterable[Block]:
    found = boxes(draft.kb, draft.reports)
    if not any(_is_own(draft, one) for one in draft.reports):
        ranked = [hit.passage.id for hit in draft.hits(Filters(part=Part.STAP), len(draft.kb.passages))]
        best = {one.id for one in sorted(found, key=lambda one: ranked.index(one.id))[:_INITIATIVES]}
        found = [one for one in found if one.id in best]
    if not found:
        yield Told(texts.NOTHING)
    for passage in found:
        yield Heading(passage.headings[-1] if passage.headings else "")
        yield draft.notes.said(passage)


def _quotations(draft: Draft) -> Iterable[Block]:
    yield Told(texts.QUOTES_INTRO)
    wanted = {report.id for report in draft.reports}
    # What people said of the talks themselves does not belong in a plan.
    candidates = [quote for quote in draft.kb.quotes if quote.report_id in wanted and quote.part is not Part.PROCES]
    for choice in choose(draft.kb, candidates, draft.vector, used=draft.used):
        yield draft.notes.quoted(choice.quote, choice.why)


def _sources(draft: Draft) -> Iterable[Block]:
    yield Told(texts.METHOD.format(fingerprint=draft.kb.state.fingerprint))
    if draft.model:
        yield Told(texts.MODEL_METHOD.format(model=draft.model.name))
    yield Heading(texts.DOCUMENTS)
    for name in dict.fromkeys(note.source for note in draft.notes.listed):
        source = draft.kb.sources[name]
        yield Told(
            ", ".join(filter(None, (source.title, source.publisher, source.date, f"{name}, sha256 {source.sha256}")))
        )


def _is_own(draft: Draft, report: Report) -> bool:
    """Whether a report is on one of the subjects itself, not on a theme that is linked to it."""
    return any(report.theme == one.slug for one in draft.subjects)


def _named(report: Report) -> str:
    return f"{messages.track_label(report.track)}: {report.title}"


_BUILDERS = {
    "over": about,
    "focus": _focus,
    "knel": lambda draft: _part(draft, "knel"),
    "kiem": lambda draft: _part(draft, "kiem"),
    "naast-elkaar": _side_by_side,
    "spanningen": _tensions,
    "droom": lambda draft: _part(draft, "droom"),
    "perspectief": _perspective,
    "stappen": _steps,
    "initiatieven": _initiatives,
    "conclusie": lambda draft: _part(draft, "conclusie"),
    # Fields alone.
    "partners": lambda _: (),
    "monitoring": lambda _: (),
    "citaten": _quotations,
    "bronnen": _sources,
}
SECTIONS = {slug: title for slug, (title, _) in texts.SECTIONS.items()}
