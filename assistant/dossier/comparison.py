"""`compare`: one subject over the tracks and the perspectief: who said what, and what became of it."""

from collections.abc import Iterable

from assistant import messages
from assistant.dossier import texts
from assistant.dossier.content import Block, Dossier, Heading, Section, Told
from assistant.dossier.making import Making
from assistant.dossier.notes import Notes
from assistant.dossier.points import told_once
from assistant.dossier.quotations import choose, use
from assistant.question import subject_words
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, PassageKind, Track
from kb.search import Filters, Query, search
from kb.versions import Label

SUBJECT_MAX = 200
_POINTS, _QUOTES = 8, 4
_HITS = 200
_LEAST_WORDS = 5


def compare(kb: KnowledgeBase, subject: str) -> Dossier:
    """A dossier on a subject in free words or by a theme's slug: each track, the perspectief, and quotations' lineage.

    Raises:
        InputError: when the subject is empty, too long or says nothing.
    """
    title = " ".join(subject.replace("-", " ").split())
    words = subject_words(title)
    if not words or len(title) > SUBJECT_MAX:
        msg = f"Geef één onderwerp van ten hoogste {SUBJECT_MAX} tekens, bijvoorbeeld ‘thuiswerken’."
        raise InputError(msg)
    # What the government took over stands with its original, so neither is chosen again.
    making = Making(kb, [], None, kb.query_vector(title), words, None, Notes(kb))
    method = Told(texts.METHOD.format(fingerprint=kb.state.fingerprint))
    sections = (
        Section("over", texts.SECTIONS["over"][0], None, (Told(texts.ABOUT), Told(texts.SAMPLE))),
        Section("herkomst", texts.LINEAGE_TITLE, None, (Told(texts.LINEAGE), *_lineage(making))),
        *(_track(making, track) for track in Track),
        Section("bronnen", texts.SECTIONS["bronnen"][0], None, (method,)),
    )
    name = texts.COMPARE_TITLE.format(subject=title)
    return Dossier(name, texts.COMPARE_SUBTITLE, "nl", sections, tuple(making.notes.listed), kb.state.fingerprint)


def _track(making: Making, track: Track) -> Section:
    """What one track says: its passages that are most like the subject, then quotations from it."""
    kb, notes = making.kb, making.notes
    passages = [hit.passage for hit in making.hits(Filters(track=track), _HITS)]
    said = [one for one in passages if one.kind is not PassageKind.QUOTE and one.part not in (Part.KADER, Part.PROCES)]
    told = [one for one in told_once(said[: 2 * _POINTS]) if len(one.text.split()) >= _LEAST_WORDS]
    blocks: list[Block] = [notes.said(one) for one in told[:_POINTS]]
    near = {one.id for one in passages}
    quotes = [one for one in kb.quotes if one.track is track and one.passage_id in near]
    chosen = choose(kb, quotes, making.vector, used=making.used, count=_QUOTES)
    if chosen:
        blocks += [Heading(texts.QUOTED_BY_TRACK), *(notes.quoted(one.quote, one.why) for one in chosen)]
    if not blocks:
        blocks = [Told(texts.NOTHING_FROM.format(track=messages.track_label(track).lower()))]
    return Section(str(track), messages.track_label(track), None, tuple(blocks))


def _lineage(making: Making) -> Iterable[Block]:
    """The quotations near the subject that stand in several versions, each with its original first."""
    kb = making.kb
    found = search(kb, Query(making.vector, (), breadth=1.0), limit=_HITS)
    near = {hit.passage.id: place for place, hit in enumerate(found)}
    families = [one for one in kb.families if any(version.quote.passage_id in near for version in one.versions)]
    changed = [one for one in families if any(v.label in (Label.SHORTENED, Label.REWRITTEN) for v in one.versions)]
    ranked = sorted(changed, key=lambda one: min(near.get(v.quote.passage_id, len(near)) for v in one.versions))
    for family in ranked[:_QUOTES]:
        yield making.notes.quoted(family.original, "")
        use(kb, family.original, making.used)
