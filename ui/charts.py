"""The map of quotations: places from their vectors, drawn as SVG on the server. Pure functions, no script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.model import Track
from ui.markup import escape

WIDTH, HEIGHT = 760, 520
_MARGIN, _EDGE, _SIZE = 30, 8, 5.0
# Quotations of one passage share its vector: they are set this far apart, in pixels.
_APART = 9.0
_SIDES = 6

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Dot:
    """A quotation on the map: its place in pixels, the number of its colour, its shape by track, and what it says."""

    x: float
    y: float
    colour: int
    track: Track
    title: str
    address: str
    is_faint: bool = False


def projected(vectors: npt.NDArray[np.float32]) -> Points:
    """The two directions in which `vectors` (n, dimension) differ most: n places in pixels, within the map.

    The first coordinates have the sign that makes their largest value positive, so that every computer draws the same.
    """
    if len(vectors) == 0:
        return np.zeros((0, 2))
    centred = np.asarray(vectors, dtype=np.float64) - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    flat = np.zeros((len(vectors), 2))
    flat[:, : min(2, len(directions))] = centred @ directions[:2].T
    flat *= np.where(flat.max(axis=0) < -flat.min(axis=0), -1.0, 1.0)
    low, span = flat.min(axis=0), np.ptp(flat, axis=0)
    room = np.array([WIDTH, HEIGHT]) - 2.0 * _MARGIN
    return _apart(_MARGIN + (flat - low) / np.where(span > 0, span, 1.0) * room)


def _apart(places: Points) -> Points:
    """The same places, with those that coincide set around them."""
    seen: dict[tuple[float, ...], int] = {}
    moved = places.copy()
    for row, place in enumerate(places):
        key = tuple(np.round(place, 1))
        number = seen.get(key, 0)
        seen[key] = number + 1
        if number:
            turn = 2 * np.pi * (number - 1) / _SIDES
            reach = _APART * (1 + (number - 1) // _SIDES)
            moved[row] += reach * np.array([np.cos(turn), np.sin(turn)])
    return np.clip(moved, _EDGE, np.array([WIDTH, HEIGHT]) - _EDGE)


def scatter(dots: Iterable[Dot], label: str) -> str:
    """The map as one image, named by `label`; a dot tells its quotation when pointed at and opens it when clicked."""
    drawn = "".join(_dot(dot) for dot in sorted(dots, key=lambda dot: not dot.is_faint))
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="8"/>{drawn}</svg>'
    )


def _dot(dot: Dot) -> str:
    kind = f"dot colour-{dot.colour}{' faint' if dot.is_faint else ''}"
    return (
        f'<g class="{kind}" data-address="{escape(dot.address)}" transform="translate({dot.x:.1f} {dot.y:.1f})">'
        f"<title>{escape(dot.title)}</title>{shape(dot.track)}</g>"
    )


def shape(track: Track) -> str:
    """The sign of a track, around the origin."""
    size = _SIZE
    return {
        Track.BURGERS: f'<circle r="{size}"/>',
        Track.MIDDENVELD: f'<rect x="{-size}" y="{-size}" width="{2 * size}" height="{2 * size}"/>',
        Track.WETENSCHAP: _polygon([(0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)]),
        Track.OVERHEID: _polygon([(0, -1.4), (1.3, 1), (-1.3, 1)]),
    }[track]


def _polygon(corners: Sequence[tuple[float, float]]) -> str:
    points = " ".join(f"{x * _SIZE:.1f},{y * _SIZE:.1f}" for x, y in corners)
    return f'<polygon points="{points}"/>'


def key_sign(track: Track, colour: int) -> str:
    """The sign of a track in a colour, for a legend."""
    return f'<svg class="sign colour-{colour}" viewBox="-8 -8 16 16" aria-hidden="true">{shape(track)}</svg>'


def shade(count: int, most: int) -> int:
    """How dark a cell of a matrix is, from 0 for none to 5 for the most."""
    return 0 if count == 0 else 1 + min(4, int(5 * (count / most) ** 0.6)) if most else 0
