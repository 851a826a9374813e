"""A dossier as one web page that needs nothing else: its style is in it, and it asks for nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.dossier.content import Block, Dossier, Heading, Said, Section, cited
from assistant.dossier.labels import LABELS, link, place

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATE = "dossier.html.jinja"


def as_html(dossier: Dossier, *, site: str = "") -> str:
    """The dossier as a whole HTML document, to be written as UTF-8.

    Each note leads to the source viewer of the server at `site`, such as "https://dialoog.example"; without it, notes
    have no links.
    """
    return _template().render(
        dossier=dossier,
        sections=[_shown(section) for section in dossier.sections],
        labels=LABELS,
        place=place,
        link=partial(link, site=site),
        places=_Places(),
        times=Counter(cited(dossier.sections)),
    )


@dataclass(frozen=True)
class _Shown:
    """A block, or paragraphs of reports that follow each other as one list. `id` is that of a heading."""

    kind: str
    blocks: Sequence[Block]
    id: str = ""

    @property
    def block(self) -> Block:
        """The block, when there is one."""
        return self.blocks[0]


@dataclass(frozen=True)
class _ShownSection:
    id: str
    title: str
    shown: Sequence[_Shown]

    @property
    def headings(self) -> list[_Shown]:
        """What the table of contents shows beneath the title."""
        return [one for one in self.shown if isinstance(one.block, Heading) and one.block.level == 1]


class _Places:
    """Counts how often each note has been cited, so that each place has a number of its own."""

    def __init__(self) -> None:
        self._times: dict[int, int] = defaultdict(int)

    def next(self, note: int) -> int:
        """The number, from 1, of the next place that cites the note."""
        self._times[note] += 1
        return self._times[note]


def _shown(section: Section) -> _ShownSection:
    place_of_section = f"deel-{section.slug}"
    return _ShownSection(place_of_section, section.title, list(_shown_blocks(section.blocks, place_of_section)))


def _shown_blocks(blocks: Sequence[Block], section: str) -> Iterator[_Shown]:
    headings = 0
    for kind, group in groupby(blocks, type):
        if kind is Said:
            yield _Shown("said", list(group))
            continue
        for block in group:
            headings += kind is Heading
            yield _Shown(kind.__name__.lower(), [block], f"{section}-{headings}" if kind is Heading else "")


@lru_cache(maxsize=1)
def _template() -> "Template":
    """The template, compiled once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    return environment.get_template(_TEMPLATE)
