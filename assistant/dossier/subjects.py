"""What a dossier can be about: the six herstelopgaven, and the themes of the reports; and what ties them together."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Report, Track
from kb.text import slug

FILE = Path(__file__).with_name("herstelopgaven.toml")
SUBJECTS_MAX = 6
_THREADS = "rode-draden"


@dataclass(frozen=True)
class Link:
    """A theme of a track that belongs to a herstelopgave, why, and the words of a document (`source`) that say so."""

    theme: str
    track: Track
    why: str
    source: str
    words: str


@dataclass(frozen=True)
class Subject:
    """A herstelopgave or a theme, with the tracks that speak of it; `links` are those of a herstelopgave."""

    slug: str
    title: str
    is_herstelopgave: bool
    tracks: tuple[Track, ...]
    links: tuple[Link, ...] = ()

    def reports(self, kb: KnowledgeBase) -> list[Report]:
        """The reports on it: those of its theme, or of the themes that are linked to it."""
        if not self.is_herstelopgave:
            return [report for report in kb.reports.values() if report.theme == self.slug]
        linked = {(link.theme, link.track) for link in self.links}
        return [report for report in kb.reports.values() if (report.theme, report.track) in linked]


def subjects(kb: KnowledgeBase) -> tuple[Subject, ...]:
    """All subjects: the herstelopgaven that these documents have, then the themes of the reports."""
    chapters = {passage.theme for passage in kb.passages if passage.track is Track.OVERHEID}
    opgaven = [one for one in herstelopgaven() if one.slug in chapters]
    themes: dict[str, list[Track]] = {}
    for report in kb.reports.values():
        if report.theme and report.theme != _THREADS and report.track not in themes.setdefault(report.theme, []):
            themes[report.theme].append(report.track)
    made = [Subject(theme, _title(theme), is_herstelopgave=False, tracks=tuple(t)) for theme, t in themes.items()]
    return (*opgaven, *made)


def parse_subjects(kb: KnowledgeBase, names: Sequence[str]) -> list[Subject]:
    """The subjects of that name, by slug or title, each once.

    Raises:
        InputError: when there is none, there are too many, or one does not exist.
    """
    known = {one.slug: one for one in subjects(kb)}
    wanted = list(dict.fromkeys(slug(name) for name in names if name.strip()))
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        found = f"Onbekend onderwerp: {', '.join(map(repr, unknown))}." if unknown else "Noem een onderwerp."
        msg = f"{found} Kies uit: {', '.join(known)}."
        raise InputError(msg)
    if len(wanted) > SUBJECTS_MAX:
        msg = f"Te veel onderwerpen: {len(wanted)}, ten hoogste {SUBJECTS_MAX}. Maak er meer dossiers van."
        raise InputError(msg)
    return [known[name] for name in wanted]


@lru_cache(maxsize=1)
def herstelopgaven() -> tuple[Subject, ...]:
    """The herstelopgaven of the perspectief with the themes that belong to them (`herstelopgaven.toml`)."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["herstelopgave"]
    return tuple(_herstelopgave(row) for row in rows)


def _herstelopgave(row: dict[str, object]) -> Subject:
    listed = row["theme"]
    assert isinstance(listed, list)  # noqa: S101 - a file of ours
    links = tuple(Link(one["slug"], Track(one["track"]), one["why"], one["source"], one["words"]) for one in listed)
    tracks = tuple(dict.fromkeys([Track.OVERHEID, *(link.track for link in links)]))
    return Subject(str(row["slug"]), str(row["title"]), is_herstelopgave=True, tracks=tracks, links=links)


def _title(theme: str) -> str:
    words = theme.replace("-", " ")
    return words[:1].upper() + words[1:]
