"""The stretch of a text that a given text comes from is found, however it was changed."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kb.alignment import align, blocks_of

WORDS = st.lists(st.sampled_from([*"abcdefgh"]), max_size=15)


@given(WORDS, WORDS)
def test_blocks_are_words_that_both_have_in_the_same_order(source: list[str], given_words: list[str]) -> None:
    blocks = blocks_of(source, given_words)
    for block in blocks:
        assert source[block.source : block.source_end] == given_words[block.given : block.given_end]
    for one, other in itertools.pairwise(blocks):
        assert one.source_end <= other.source
        assert one.given_end <= other.given


@given(WORDS, st.lists(st.sampled_from([*"xyz"]), max_size=30), st.lists(st.sampled_from([*"xyz"]), max_size=30))
def test_a_run_of_a_text_is_found_whole(run: list[str], before: list[str], after: list[str]) -> None:
    found = align([*before, *run, *after], run)
    assert (found is None) == (not run)
    if found:
        assert found.similarity == 1.0
        assert (found.start, found.end) == (len(before), len(before) + len(run))


def test_a_changed_run_is_found_without_the_words_around_it() -> None:
    source = "de dag de man zei dat wij meer groen in de straat willen en de dag was lang".split()
    found = align(source, "wij minder groen in de straat willen".split())
    assert found is not None
    assert source[found.start : found.end] == "wij meer groen in de straat willen".split()


def test_texts_without_a_word_in_common_have_no_alignment() -> None:
    assert align(["a", "b"], ["c"]) is None
    assert align([], ["c"]) is None
