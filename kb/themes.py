"""The themes of the reports, and how much is said of each in every part."""

from collections import Counter
from dataclasses import dataclass

from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Track


@dataclass(frozen=True)
class Theme:
    """A theme: who speak of it, and how many passages and quotations there are, of passages also by part."""

    slug: str
    tracks: tuple[Track, ...]
    passages: int
    quotes: int
    parts: dict[Part, int]


def themes(kb: KnowledgeBase, track: Track | None = None) -> list[Theme]:
    """All themes by slug, or those of a track as far as it speaks of them; what the reports repeat is not counted."""
    told = [one for one in kb.passages if one.theme and not one.boilerplate and track in (None, one.track)]
    said = Counter(quote.theme for quote in kb.quotes if track in (None, quote.track))
    made = []
    for slug in kb.themes:
        own = [passage for passage in told if passage.theme == slug]
        if not own:
            continue
        parts = Counter(passage.part for passage in own)
        made.append(
            Theme(
                slug=slug,
                tracks=tuple(dict.fromkeys(passage.track for passage in own)),
                passages=len(own),
                quotes=said[slug],
                parts={part: parts[part] for part in Part if parts[part]},
            )
        )
    return made
