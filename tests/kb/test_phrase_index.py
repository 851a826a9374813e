"""Runs of words are found wherever they stand, and nowhere else."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.phrase_index import GAP, PhraseIndex

ROWS = st.lists(st.sampled_from(["a", "b", "c", GAP]), min_size=1, max_size=30)


def index(words: list[str], groups: list[int] | None = None) -> PhraseIndex:
    return PhraseIndex(words, np.array(groups or [0] * len(words), dtype=np.int64))


@given(ROWS, st.lists(st.sampled_from([*"abcd"]), min_size=1, max_size=4))
def test_all_places_of_a_run_are_found(row: list[str], run: list[str]) -> None:
    expected = [at for at in range(len(row) - len(run) + 1) if row[at : at + len(run)] == run]
    assert index(row).find(run) == expected


@given(ROWS, st.sampled_from([*"abcd"]), st.sampled_from([*"abcd"]))
def test_a_pair_is_held_when_it_stands_somewhere(row: list[str], first: str, second: str) -> None:
    assert index(row).holds_pair(first, second) == any(pair == (first, second) for pair in itertools.pairwise(row))


def test_the_group_that_shares_most_rare_words_is_the_likeliest() -> None:
    texts = ["de kat zit op de mat", "de hond zit in de tuin", "de kat slaapt in de zon", "de vis zwemt"]
    words = [word for text in texts for word in [*text.split(), GAP]]
    groups = [number for number, text in enumerate(texts) for _ in [*text.split(), GAP]]
    found = index(words, groups)
    assert found.likely("kat slaapt".split(), 2) == [2, 0]
    assert found.likely("de zit in tuin".split(), 1) == [1]
    assert found.likely("een olifant".split(), 5) == []


def test_words_outside_groups_make_no_group_likely() -> None:
    assert index(["a", "b", GAP, "a", "b"], [-1, -1, -1, 3, 3]).likely(["a", "b"], 5) == [3]


def test_a_word_is_rarer_the_fewer_places_it_has() -> None:
    found = index(["de", "de", "de", "kat"])
    assert found.rarity("de") < found.rarity("kat") == found.rarity("olifant")
    assert "kat" in found
    assert "olifant" not in found
