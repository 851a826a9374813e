"""Thema's: how much is said of each theme in every part, what stands behind each count, and a map of the quotations."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from assistant import messages
from assistant.filters import check_filters, parse_filters
from assistant.sources import source_url
from kb.errors import DialoogError
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, Quote, Track
from kb.themes import Theme, themes
from kb.vectors import WHOLE
from ui.address import Address, Place
from ui.charts import Dot, Points, key_sign, projected, scatter, shade
from ui.frame import framed
from ui.markup import alert, badge, escape, folded, items, link, name_of, open_source, said
from ui.quotes_place import card
from ui.texts import say

# What the themes are about comes first, then how the reports tell of the dialogues.
_PARTS = (Part.KNEL, Part.KIEM, Part.DROOM, Part.STAP, Part.SLOT, Part.PROCES, Part.KADER, Part.OVERIG)
# The themes of the citizens' dialogues have a colour each; all others share this one.
_OTHER = 0
_TITLE_CHARACTERS = 220


def draw(kb: KnowledgeBase, address: Address) -> str:
    """The page: the overview, or what stands behind one cell or row of it."""
    language = address.language
    lead = f'<p class="lead">{escape(say("themes lead", language))}</p>'
    try:
        inside = _behind(kb, address) if address.one("thema") else f"{lead}{_matrix(kb, address)}{_map(kb, address)}"
    except DialoogError as error:
        inside = f"{alert(str(error))}{_matrix(kb, address)}"
    return framed(address, f"<h1>{escape(say('themes title', language))}</h1>{inside}")


# --- the matrix -------------------------------------------------------------------------------------------------------


def _matrix(kb: KnowledgeBase, address: Address) -> str:
    language = address.language
    tracks = {track: found for track in Track if (found := themes(kb, track))}
    most = max((count for found in tracks.values() for theme in found for count in theme.parts.values()), default=0)
    heads = "".join(f'<th scope="col">{escape(_short(part, language))}</th>' for part in _PARTS)
    width = len(_PARTS) + 3
    rows = []
    for track, own in tracks.items():
        title = messages.track_label(track, language)
        rows.append(f'<tbody><tr><th scope="rowgroup" colspan="{width}" class="track">{escape(title)}</th></tr>')
        rows += [_row(theme, track, most, address) for theme in own]
        rows.append("</tbody>")
    return (
        f"<section><h2>{escape(say('matrix', language))}</h2><p>{escape(say('matrix lead', language))}</p>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(say("matrix", language))}">'
        f'<table class="matrix"><thead><tr><th scope="col">{escape(say("theme", language))}</th>{heads}'
        f'<th scope="col">{escape(say("points", language))}</th><th scope="col">{escape(say("quotes", language))}</th>'
        f"</tr></thead>{''.join(rows)}</table></div></section>"
    )


def _short(part: Part, language: str) -> str:
    return say(f"part {part}", language)


def _row(theme: Theme, track: Track, most: int, address: Address) -> str:
    cells = "".join(_cell(theme, track, part, most, address) for part in _PARTS)
    own = {"thema": theme.slug, "spoor": str(track)}
    head = link(address.at(Place.THEMES, own), name_of(theme.slug), here=True)
    said_of = link(address.at(Place.QUOTES, own), str(theme.quotes)) if theme.quotes else "0"
    return (
        f'<tr><th scope="row" lang="nl">{head}</th>{cells}<td class="sum">{theme.passages}</td>'
        f'<td class="sum">{said_of}</td></tr>'
    )


def _cell(theme: Theme, track: Track, part: Part, most: int, address: Address) -> str:
    count = theme.parts.get(part, 0)
    if not count:
        return '<td class="shade-0"><span aria-hidden="true">·</span><span class="vh">0</span></td>'
    there = {"thema": theme.slug, "spoor": str(track), "onderdeel": str(part)}
    shown = link(address.at(Place.THEMES, there), str(count), here=True)
    return f'<td class="shade-{shade(count, most)}">{shown}</td>'


# --- behind a cell ----------------------------------------------------------------------------------------------------


def _behind(kb: KnowledgeBase, address: Address) -> str:
    """The points and quotations of a theme, of one part of it or of all."""
    language = address.language
    filters = parse_filters(address.one("spoor"), address.one("thema"), address.one("onderdeel"))
    check_filters(kb, filters)
    told = (one for one in kb.passages if one.theme == filters.theme and not one.boilerplate)
    own = [one for one in told if filters.track in (None, one.track)]
    parts = [part for part in _PARTS if filters.part in (None, part) and any(one.part is part for one in own)]
    back = link(address.at(Place.THEMES), say("overview", language), here=True)
    blocks = [_part(kb, [one for one in own if one.part is part], part, address) for part in parts]
    chips = _chips(own, address, filters.theme or "")
    ask = link(
        address.at(Place.ASK, {"vraag": say("ask about", "nl", theme=name_of(filters.theme or "").lower())}),
        say("ask about theme", language),
    )
    names = [name_of(filters.theme or ""), *([messages.track_label(filters.track)] if filters.track else [])]
    title = " · ".join(names)
    nothing = "" if blocks else f"<p>{escape(say('nothing here', language))}</p>"
    return f'<p>{back}</p><h2 lang="nl">{escape(title)}</h2>{chips}<p>{ask}</p>{"".join(blocks)}{nothing}'


def _chips(own: Sequence[Passage], address: Address, theme: str) -> str:
    language, chosen = address.language, address.one("onderdeel")
    lines = []
    for part in (None, *_PARTS):
        count = sum(part in (None, one.part) for one in own)
        if count:
            words = f"{say('all parts', language) if part is None else _short(part, language)} ({count})"
            current = ' aria-current="true"' if chosen == (str(part) if part else None) else ""
            chosen_part = {"thema": theme, "spoor": address.one("spoor"), "onderdeel": str(part) if part else None}
            lines.append(link(address.at(Place.THEMES, chosen_part), words, here=True, attributes=current))
    return items(lines, "chips")


def _part(kb: KnowledgeBase, own: Sequence[Passage], part: Part, address: Address) -> str:
    language = address.language
    quotes = [quote for one in own for quote in kb.quotes_in(one.id)]
    told = [one for one in own if not kb.quotes_in(one.id)]
    points = "".join(_point(kb, one, language) for one in told)
    cards = "".join(card(kb, quote, address, heading="h5") for quote in quotes)
    title = messages.part_label(part, language)
    blocks = [f"<h3>{escape(title[:1].upper() + title[1:])}</h3>"]
    if points:
        blocks.append(f'<h4>{escape(say("points", language))} ({len(told)})</h4><ul class="points">{points}</ul>')
    if cards:
        blocks.append(f"<h4>{escape(say('quotes', language))} ({len(quotes)})</h4>{cards}")
    return f"<section>{''.join(blocks)}</section>"


def _point(kb: KnowledgeBase, passage: Passage, language: str) -> str:
    title = kb.reports[passage.report_id].title
    url = source_url(passage.source, passage.spans)
    return (
        f'<li>{said(passage.text)}<p class="report">{badge(say("verbatim report", language))} '
        f'<span lang="nl">{escape(title)}</span> · {open_source(url, language)}</p></li>'
    )


# --- the map ----------------------------------------------------------------------------------------------------------


def _map(kb: KnowledgeBase, address: Address) -> str:
    language = address.language
    colours = _colours(kb)
    chosen = address.one("kaart")
    dots = [
        _dot(kb, quote, (float(x), float(y)), colours, address, chosen)
        for quote, (x, y) in zip(kb.quotes, _places(kb), strict=True)
    ]
    label = say("map label", language, number=len(dots))
    return (
        f"<section><h2>{escape(say('map', language))}</h2><p>{escape(say('map lead', language))}</p>"
        f'<div class="scroll-free">{scatter(dots, label)}</div>{_legend(colours, address)}'
        f"{folded(say('map table', language), _map_table(kb, address))}</section>"
    )


@lru_cache(maxsize=2)
def _places(kb: KnowledgeBase) -> Points:
    """The place of each quotation on the map: that of the passage that holds it."""
    stored = kb.vectors.all(WHOLE)
    row_of = {key: row for row, key in enumerate(stored.keys)}
    rows = [row_of[quote.passage_id] for quote in kb.quotes]
    vectors = stored.matrix[rows] if rows else np.zeros((0, 2), dtype=np.float32)
    return projected(vectors)


def _colours(kb: KnowledgeBase) -> Mapping[str, int]:
    """The number of a colour for each theme that citizens' reports are about, from 1."""
    own = sorted({report.theme for report in kb.reports.values() if report.theme and report.track is Track.BURGERS})
    said_of = {quote.theme for quote in kb.quotes}
    return {theme: number for number, theme in enumerate((one for one in own if one in said_of), start=1)}


def _dot(
    kb: KnowledgeBase,
    quote: Quote,
    place: tuple[float, float],
    colours: Mapping[str, int],
    address: Address,
    chosen: str | None,
) -> Dot:
    colour = colours.get(quote.theme or "", _OTHER)
    words = quote.text if len(quote.text) <= _TITLE_CHARACTERS else f"{quote.text[:_TITLE_CHARACTERS].rstrip()}…"
    title = "\n".join(filter(None, [f"‘{words}’", messages.byline(quote), kb.reports[quote.report_id].title]))
    return Dot(
        *place,
        colour=colour,
        track=quote.track,
        title=title,
        address=str(address.at(Place.QUOTES, {"id": quote.id})),
        is_faint=chosen is not None and chosen not in (quote.theme, _key(colour)),
    )


def _key(colour: int) -> str | None:
    return "overig" if colour == _OTHER else None


def _legend(colours: Mapping[str, int], address: Address) -> str:
    language, chosen = address.language, address.one("kaart")
    entries = [(theme, colour, name_of(theme)) for theme, colour in colours.items()]
    entries.append(("overig", _OTHER, say("other themes", language)))
    lines = []
    for key, colour, words in entries:
        is_chosen = chosen == key
        there = address.having({"kaart": None if is_chosen else key})
        attributes = f' data-here="stay"{" aria-current=true" if is_chosen else ""}'
        lines.append(f"{key_sign(Track.BURGERS, colour)}{link(there, words, attributes=attributes)}")
    shapes = [
        f"{key_sign(track, _OTHER)}<span>{escape(messages.track_label(track, language))}</span>" for track in Track
    ]
    return (
        f'<div class="legend"><h3>{escape(say("legend themes", language))}</h3>{items(lines)}'
        f"<h3>{escape(say('legend tracks', language))}</h3>{items(shapes)}</div>"
    )


def _map_table(kb: KnowledgeBase, address: Address) -> str:
    """The same quotations in words, by theme."""
    language = address.language
    themed: dict[str, list[Quote]] = {}
    for quote in kb.quotes:
        themed.setdefault(quote.theme or "", []).append(quote)
    blocks = []
    for theme, quotes in sorted(themed.items()):
        rows = "".join(_map_row(kb, quote, address) for quote in quotes)
        heads = "".join(f'<th scope="col">{escape(say(key, language))}</th>' for key in ("quote", "speaker", "report"))
        name = name_of(theme) if theme else say("no theme", language)
        inside = (
            f'<table class="plain"><caption class="vh">{escape(name)}</caption><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )
        blocks.append(
            folded(
                f"{name} ({len(quotes)})",
                f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">{inside}</div>',
            )
        )
    return "".join(blocks)


def _map_row(kb: KnowledgeBase, quote: Quote, address: Address) -> str:
    words = quote.text if len(quote.text) <= _TITLE_CHARACTERS else f"{quote.text[:_TITLE_CHARACTERS].rstrip()}…"
    shown = link(address.at(Place.QUOTES, {"id": quote.id}), words)
    by = messages.byline(quote) or messages.text("no name", address.language)
    title = kb.reports[quote.report_id].title
    return f'<tr lang="nl"><td>{shown}</td><td>{escape(by)}</td><td>{escape(title)}</td></tr>'
