"""The map of quotations: the same on every computer, within its frame, and told in words."""

import numpy as np
import pytest

from kb.model import Track
from ui.charts import HEIGHT, WIDTH, Dot, projected, scatter, shade, shape


def vectors(count: int) -> np.ndarray:
    return np.random.default_rng(1).normal(size=(count, 8)).astype(np.float32)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 50])
def test_every_quotation_lies_within_the_map(count: int) -> None:
    places = projected(vectors(count))
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert (places >= 0).all()
    assert (places <= [WIDTH, HEIGHT]).all()


def test_vectors_turned_round_give_the_same_map() -> None:
    assert np.allclose(projected(vectors(20)), projected(vectors(20)))
    assert np.allclose(np.sort(projected(vectors(20))[:, 0]), np.sort(projected(vectors(20)[::-1])[:, 0]))


def test_the_direction_of_most_difference_runs_from_left_to_right() -> None:
    line = np.outer(np.array([-1, 0, 3]), np.ones(4)).astype(np.float32)
    left, middle, right = projected(line)[:, 0]
    assert left < middle < right


def test_quotations_of_one_passage_are_set_apart() -> None:
    same = np.repeat(vectors(2), 5, axis=0)
    assert len({tuple(place) for place in projected(same).round(3)}) == 10


def test_the_map_is_one_image_with_a_name_and_escapes_what_it_tells() -> None:
    dot = Dot(1.0, 2.0, 3, Track.BURGERS, "‘<b>meer</b> & beter’", "/citaten?id=q-1&taal=en")
    drawn = scatter([dot], 'Kaart "van" citaten')
    assert 'role="img"' in drawn
    assert 'aria-label="Kaart &quot;van&quot; citaten"' in drawn
    assert "<title>‘&lt;b&gt;meer&lt;/b&gt; &amp; beter’</title>" in drawn
    assert 'data-address="/citaten?id=q-1&amp;taal=en"' in drawn


def test_every_track_has_a_shape_of_its_own() -> None:
    assert len({shape(track) for track in Track}) == len(Track)


@pytest.mark.parametrize(("count", "most", "expected"), [(0, 62, 0), (0, 0, 0), (1, 62, 1), (62, 62, 5), (30, 62, 4)])
def test_more_is_a_stronger_shade(count: int, most: int, expected: int) -> None:
    assert shade(count, most) == expected
