"""`build`: subjects → a dossier for a herstelplan. Every section is a list of named calls in the order of the plan."""

import re
from collections.abc import Iterable, Sequence

from assistant import messages
from assistant.dossier import texts
from assistant.dossier.about import about
from assistant.dossier.content import Block, Dossier, Field, Heading, Section, Told
from assistant.dossier.introduction import introduction
from assistant.dossier.making import Making
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
    making = Making(
        kb=kb,
        subjects=chosen,
        focus=focus,
        vector=kb.query_vector(sought),
        words=subject_words(sought),
        model=configured(kb.settings) if with_model else None,
        notes=Notes(kb),
    )
    made = tuple(_section(making, slug) for slug in wanted)
    title = texts.TITLE.format(subjects=titles)
    return Dossier(title, texts.SUBTITLE, "nl", made, tuple(making.notes.listed), kb.state.fingerprint)


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


def _section(making: Making, slug: str) -> Section:
    title, chapter = texts.SECTIONS[slug]
    blocks = list(_BUILDERS[slug](making))
    fields = [Field(prompt) for prompt in texts.FIELDS.get(slug, ())]
    if slug == "citaten":
        title = f"{len(blocks) - 1} citaten"
    named = title.format(focus=making.focus)
    if chapter:
        named = f"{texts.CHAPTERS[chapter]}: {named[:1].lower()}{named[1:]}"
    return Section(slug, named, chapter, (*blocks, *fields))


def _focus(making: Making) -> Iterable[Block]:
    yield Told(texts.FOCUS_INTRO.format(focus=making.focus))
    focus = making.focus or ""
    kb, wanted = making.kb, {report.id for report in making.reports}
    query = Query(kb.query_vector(focus), subject_words(focus))
    hits = search(kb, query, limit=len(kb.passages))
    own = [hit.passage for hit in hits if hit.passage.report_id in wanted and _says_something(hit.passage)]
    yield from map(making.notes.said, told_once(own[:_FOCUS]))


def _part(making: Making, slug: str) -> Iterable[Block]:
    """The points of a part, under the report that makes them."""
    found = False
    passages: list[Passage] = []
    blocks: list[Block] = []
    for report, points in _points(making, _PARTS[slug]):
        found = True
        passages += points
        blocks.append(Heading(_named(report)))
        blocks += map(making.notes.said, points)
    # The introduction stands first, and cites what follows: its notes come first too.
    yield from introduction(making.kb, making.model, making.notes, texts.SECTIONS[slug][0], passages)
    yield from blocks
    if not found:
        yield Told(texts.NOTHING)


def _points(making: Making, part: Part) -> Iterable[tuple[Report, list[Passage]]]:
    """The points of each report on the subjects; of reports that are only linked to them the most alike."""
    for report in making.reports:
        points = of_part(making.kb, report, part)
        if not _is_own(making, report):
            points = making.most_alike(points, part, _POINTS_LINKED)
        if points:
            yield report, points
    chapters = {one.slug for one in making.subjects if one.is_herstelopgave}
    for report in making.kb.reports.values():
        own = [one for one in of_part(making.kb, report, part) if one.theme in chapters] if chapters else []
        if own and report.track is Track.OVERHEID:
            yield report, own


def _side_by_side(making: Making) -> Iterable[Block]:
    """The passages of each track that are most like the subject."""
    yield Told(texts.SIDE_BY_SIDE)
    for track in (Track.BURGERS, Track.MIDDENVELD, Track.WETENSCHAP):
        yield Heading(messages.track_label(track))
        own = [hit.passage for hit in making.hits(Filters(track=track)) if _says_something(hit.passage)]
        fresh = [one for one in told_once(own[: 3 * _SIDE]) if not making.notes.cites(one)]
        yield from map(making.notes.said, fresh[:_SIDE])
        if not fresh:
            yield Told(texts.NOTHING_FROM.format(track=messages.track_label(track).lower()))


def _says_something(passage: Passage) -> bool:
    parts = (Part.KADER, Part.PROCES)
    is_text = passage.kind in (PassageKind.BULLET, PassageKind.PARAGRAPH, PassageKind.BOX)
    return is_text and passage.part not in parts and not passage.text.rstrip().endswith(":")


def _tensions(making: Making) -> Iterable[Block]:
    yield Told(texts.TENSIONS)
    wanted = {report.id for report in making.reports}
    found = [
        hit.passage
        for hit in making.hits(Filters(), len(making.kb.passages))
        if hit.passage.kind is not PassageKind.QUOTE
        and not making.notes.cites(hit.passage)
        and _TENSION.search(hit.passage.text)
        and (hit.passage.report_id in wanted or _is_general(making.kb, hit.passage))
    ]
    yield from map(making.notes.said, told_once(found[:_TENSIONS]))


def _is_general(kb: KnowledgeBase, passage: Passage) -> bool:
    """Whether a passage is of the threads through all citizens' talks, where tensions are told together."""
    return kb.reports[passage.report_id].theme == "rode-draden"


def _perspective(making: Making) -> Iterable[Block]:
    """What the perspectief says of the subject, and the quotations from the dialogues that it took over."""
    chapters = {one.slug for one in making.subjects if one.is_herstelopgave}
    government = [hit.passage for hit in making.hits(Filters(track=Track.OVERHEID))]
    own = [one for one in making.kb.passages if one.theme in chapters and not one.boilerplate] if chapters else []
    passages = [one for one in (own or government[:_PERSPECTIVE]) if one.kind is not PassageKind.QUOTE]
    yield Told(texts.PERSPECTIVE)
    fresh = [one for one in told_once(passages) if not making.notes.cites(one) and len(one.text.split()) >= _WORDS_MIN]
    yield from _under_headings(making, sorted(fresh, key=lambda one: (one.source, one.spans[0].start)))
    taken = _taken_over(making, chapters)
    if taken:
        yield Heading(texts.TAKEN_OVER)
        yield Told(texts.REWRITTEN)
    for quote in taken:
        use(making.kb, quote, making.used)
        yield making.notes.quoted(quote, "")


def _under_headings(making: Making, passages: Sequence[Passage]) -> Iterable[Block]:
    """Passages under the headings of their document, which in the perspectief are statements themselves."""
    heading = ""
    for passage in passages:
        own = passage.headings[-1] if passage.headings else ""
        if own and own != heading:
            heading = own
            yield Heading(own, level=2)
        yield making.notes.said(passage)


def _taken_over(making: Making, chapters: set[str]) -> list[Quote]:
    """The government's versions of quotations: in its chapters on the subjects, or from the reports on them."""
    wanted = {report.id for report in making.reports}
    found = []
    for family in making.kb.families:
        from_here = any(version.quote.report_id in wanted for version in family.versions)
        for version in family.versions:
            quote = version.quote
            is_taken = quote.track is Track.OVERHEID and version.label is not Label.ORIGINAL
            if is_taken and (quote.theme in chapters if chapters else from_here):
                found.append(quote)
                break
    return sorted(found, key=lambda one: one.spans[0].start)


def _steps(making: Making) -> Iterable[Block]:
    """The first steps and ideas under who could act."""
    points = [point for _, of_report in _points(making, Part.STAP) for point in of_report]
    ordered = by_actor(points)
    blocks: list[Block] = []
    for actor, passages in ordered.items():
        blocks.append(Heading(texts.ACTORS[actor]))
        blocks += map(making.notes.said, passages)
    yield Told(texts.ACTORS_INTRO if points else texts.NOTHING)
    yield from introduction(making.kb, making.model, making.notes, texts.SECTIONS["stappen"][0], points)
    yield from blocks


def _initiatives(making: Making) -> Iterable[Block]:
    found = boxes(making.kb, making.reports)
    if not any(_is_own(making, one) for one in making.reports):
        found = making.most_alike(found, Part.STAP, _INITIATIVES)
    if not found:
        yield Told(texts.NOTHING)
    for passage in found:
        yield Heading(passage.headings[-1] if passage.headings else "")
        yield making.notes.said(passage)


def _quotations(making: Making) -> Iterable[Block]:
    yield Told(texts.QUOTES_INTRO)
    wanted = {report.id for report in making.reports}
    # What people said of the talks themselves does not belong in a plan.
    candidates = [quote for quote in making.kb.quotes if quote.report_id in wanted and quote.part is not Part.PROCES]
    for choice in choose(making.kb, candidates, making.vector, used=making.used):
        yield making.notes.quoted(choice.quote, choice.why)


def _sources(making: Making) -> Iterable[Block]:
    yield Told(texts.METHOD.format(fingerprint=making.kb.state.fingerprint))
    if making.model:
        yield Told(texts.MODEL_METHOD.format(model=making.model.name))
    yield Heading(texts.DOCUMENTS)
    for name in dict.fromkeys(note.source for note in making.notes.listed):
        source = making.kb.sources[name]
        yield Told(
            ", ".join(filter(None, (source.title, source.publisher, source.date, f"{name}, sha256 {source.sha256}")))
        )


def _is_own(making: Making, report: Report) -> bool:
    """Whether a report is on one of the subjects itself, not on a theme that is linked to it."""
    return any(report.theme == one.slug for one in making.subjects)


def _named(report: Report) -> str:
    return f"{messages.track_label(report.track)}: {report.title}"


_BUILDERS = {
    "over": about,
    "focus": _focus,
    "knel": lambda making: _part(making, "knel"),
    "kiem": lambda making: _part(making, "kiem"),
    "naast-elkaar": _side_by_side,
    "spanningen": _tensions,
    "droom": lambda making: _part(making, "droom"),
    "perspectief": _perspective,
    "stappen": _steps,
    "initiatieven": _initiatives,
    "conclusie": lambda making: _part(making, "conclusie"),
    # Fields alone.
    "partners": lambda _: (),
    "monitoring": lambda _: (),
    "citaten": _quotations,
    "bronnen": _sources,
}
SECTIONS = {slug: title for slug, (title, _) in texts.SECTIONS.items()}
