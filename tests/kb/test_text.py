"""Spans, the text that they stand for, and the words in it."""

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.text import Flow, Span, clip, collapse, fold, render, slug, stems, words

# Letters, marks and white space that a line of a PDF text is made of, with the signs after which a word is broken.
_SOURCES = st.text(alphabet="abz3éL’‘(). \t\n-‑/w…", max_size=80) | st.lists(
    st.sampled_from(
        ["werk-\n", "privé", "en/\n", "of", "www.\n", "vng.nl", "(z)\n", "werfafval", " ", "\n", "de mens"]
    ),
    max_size=20,
).map("".join)
_SHORT = st.text(alphabet="az. \n-/", max_size=14)


@st.composite
def _source_and_spans(draw, source=_SOURCES):
    """A source and ordered spans in it that do not overlap."""
    text = draw(source)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, tuple(Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(-1, 3, id="starts before the file"),
        pytest.param(3, 3, id="empty"),
        pytest.param(4, 3, id="ends before it starts"),
        pytest.param(0, 0, id="empty at the start of the file"),
    ],
)
def test_a_span_that_is_none_cannot_be_built(start, end):
    with pytest.raises(ValueError, match=rf"\[{start}, {end}\)"):
        Span(start, end)


def test_spans_are_ordered_by_where_they_start():
    assert sorted([Span(5, 6), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(5, 6)]


def test_collapsing_leaves_one_space_between_words_and_none_at_the_ends():
    assert collapse(" \n de  mens\t\n en\u00a0dier ") == "de mens en dier"


@pytest.mark.parametrize(
    ("source", "spans", "expected"),
    [
        pytest.param("de \n mens", [(0, 9)], "de mens", id="white space collapses"),
        pytest.param("de mens 7 en dier", [(0, 8), (10, 17)], "de mens en dier", id="what stands between is left out"),
        pytest.param("de werk-\nprivébalans", [(0, 20)], "de werk-privébalans", id="word broken after its hyphen"),
        pytest.param("West‑\n Betuwe", [(0, 13)], "West‑Betuwe", id="word broken after a hyphen that does not break"),
        pytest.param("twee/\ndrie", [(0, 10)], "twee/drie", id="word broken after a slash"),
        pytest.param("zie www.\nvng.nl", [(0, 15)], "zie www.vng.nl", id="address broken after www."),
        pytest.param("ruimt (z)\nwerfafval op", [(0, 22)], "ruimt (z)werfafval op", id="word broken after its bracket"),
        pytest.param("eerst -\ndan", [(0, 11)], "eerst - dan", id="a dash between words stays apart"),
        pytest.param("werk- en\nthuis", [(0, 14)], "werk- en thuis", id="a hyphen before a space stays"),
        pytest.param("werk-\n\n 7\nprivé", [(0, 6), (10, 15)], "werk-privé", id="word broken over two spans"),
        pytest.param("de mens", [], "", id="no spans"),
    ],
)
def test_spans_render_as_the_words_that_a_reader_sees(source, spans, expected):
    assert render(source, [Span(*span) for span in spans]) == expected


@pytest.mark.parametrize(
    ("spans", "start", "end", "expected"),
    [
        pytest.param([(0, 5), (8, 12)], 0, 12, [(0, 5), (8, 12)], id="all"),
        pytest.param([(0, 5), (8, 12)], 3, 9, [(3, 5), (8, 9)], id="both cut"),
        pytest.param([(0, 5), (8, 12)], 5, 8, [], id="only what lies between"),
        pytest.param([(0, 5), (8, 12)], 8, 9, [(8, 9)], id="inside one"),
        pytest.param([(2, 5)], 0, 20, [(2, 5)], id="wider than the span"),
    ],
)
def test_clipping_keeps_what_lies_inside(spans, start, end, expected):
    assert clip([Span(*span) for span in spans], start, end) == tuple(Span(*span) for span in expected)


@given(_source_and_spans(), st.integers(0, 80), st.integers(0, 80))
def test_clipping_keeps_exactly_the_places_that_lie_inside(source_and_spans, start, end):
    _, spans = source_and_spans
    clipped = [place for span in clip(spans, start, end) for place in range(span.start, span.end)]
    assert clipped == [place for span in spans for place in range(span.start, span.end) if start <= place < end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Privé Één Ideeën", "prive een ideeen", id="case and accents"),
        pytest.param("‘Zo’ “is” z’n", "'zo' \"is\" z'n", id="quotation marks and apostrophes"),
        pytest.param("werk‑privé – nu — dan", "werk-prive - nu - dan", id="hyphens and dashes"),
        pytest.param("ja…", "ja...", id="ellipsis"),
        pytest.param("  de \n mens ", "de mens", id="white space"),
    ],
)
def test_folding_makes_ways_of_writing_alike(text, expected):
    assert fold(text) == expected


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Z’n thema’s, hè?", ["z'n", "thema's", "he"], id="an apostrophe inside belongs to the word"),
        pytest.param("‘Samen’ – leven", ["samen", "leven"], id="marks are no words"),
        pytest.param("werk-privébalans 24/7", ["werk", "privebalans", "24", "7"], id="parts of a compound"),
        pytest.param("… – ‘’", [], id="no words at all"),
    ],
)
def test_words_are_folded_and_in_order(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("wandelen", "wandel", id="verb"),
        pytest.param("jongeren", "jongere", id="plural"),
        pytest.param("dialogen", "dialoog", id="vowel written once in the plural"),
        pytest.param("eenzaamheid", "eenzaamheden", id="-heid and -heden"),
        pytest.param("Wijken", "wijk", id="case"),
    ],
)
def test_forms_of_a_word_share_their_stem(first, second):
    assert stems(first) == stems(second)


def test_different_words_keep_different_stems():
    assert len(set(stems("wonen werken zorg natuur vrijheid"))) == 5


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Natuur & milieu", "natuur-en-milieu", id="ampersand"),
        pytest.param("Geluk en ontspanning", "geluk-en-ontspanning", id="words"),
        pytest.param("‘Samen leven’: cohesie", "samen-leven-cohesie", id="marks"),
        pytest.param("Één idee – nu", "een-idee-nu", id="accents and dashes"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_slug_is_the_title_in_an_address(title, expected):
    assert slug(title) == expected


@given(_source_and_spans())
def test_the_text_of_a_flow_is_the_rendered_text(source_and_spans):
    source, spans = source_and_spans
    assert Flow.of(source, spans).text == render(source, spans)


@given(_source_and_spans())
def test_each_character_of_a_flow_stands_at_its_position(source_and_spans):
    source, spans = source_and_spans
    flow = Flow.of(source, spans)
    assert len(flow.positions) == len(flow.text)
    assert list(flow.positions) == sorted(set(flow.positions))
    found = "".join(source[place] for place in flow.positions)
    assert "".join(" " if char.isspace() else char for char in found) == flow.text


@given(_source_and_spans(_SHORT))
@example(("de werk-\nprivé", (Span(0, 14),)))
def test_any_part_of_a_flow_is_found_again_in_the_source(source_and_spans):
    source, spans = source_and_spans
    flow = Flow.of(source, spans)
    for start, end in combinations(range(len(flow.text) + 1), 2):
        # The sign at the end of a broken line belongs to the word before it: alone, it says nothing of a break.
        if flow.text[start] not in "-‑/":
            assert render(source, flow.locate(start, end)) == flow.text[start:end].strip()


@given(_source_and_spans())
def test_each_run_of_words_of_a_flow_is_found_again_in_the_source(source_and_spans):
    source, spans = source_and_spans
    flow = Flow.of(source, spans)
    starts = [
        index for index, char in enumerate(flow.text) if char != " " and flow.text[index - 1 : index] in ("", " ")
    ]
    for start in starts:
        for end in (
            index for index in range(start + 1, len(flow.text) + 1) if flow.text[index : index + 1] in ("", " ")
        ):
            assert render(source, flow.locate(start, end)) == flow.text[start:end]


def test_a_part_of_a_flow_skips_what_stands_between_the_spans():
    source = "de mens 6-7 en dier"
    flow = Flow.of(source, (Span(0, 8), Span(12, 19)))
    assert flow.text == "de mens en dier"
    assert flow.locate(3, 10) == (Span(3, 8), Span(12, 14))
