"""Versions of a quotation, and the texts that reports repeat."""

import pytest

from kb.lineage import boilerplate, lineage, shingles
from kb.model import Part, PassageKind

VERSLAGEN = "verslagen-dialogen-met-de-samenleving.txt"
PERSPECTIEF = "perspectief-voor-en-door-de-samenleving.md"
# Lines of the perspectief and of the reports, by the table "Near-duplicates" of the corpus guide; 140 and 452 are
# copies to the letter, which that table leaves out.
REWRITTEN = {
    (122, 2787), (132, 1894), (144, 1725), (154, 2806), (166, 1354), (356, 1354), (242, 1281), (420, 3637), (422, 2850),
    (432, 3491), (438, 3580), (450, 1788), (571, 3553), (140, 2731), (452, 3118),
}  # fmt: skip
TWICE_IN_THE_PERSPECTIEF = {(166, 356)}
PULLED_INTO_A_BOX = {(1628, 1888), (2101, 2276), (2521, 2758), (2988, 3159)}
ONLY_IN_THE_PERSPECTIEF = {176, 220, 224, 236, 264, 266, 384, 491, 505, 610}


@pytest.fixture(scope="module")
def quotes(parsed):
    return {quote.id: quote for source in parsed.values() for quote in source.quotes}


@pytest.fixture(scope="module")
def found(quotes):
    return lineage([(quote.id, quote.text) for quote in quotes.values()])


@pytest.fixture(scope="module")
def pairs(quotes, found, line_of):
    """The linked pairs by source and line."""
    place = {key: (quote.source, line_of(quote.source, quote.spans)) for key, quote in quotes.items()}
    return {tuple(sorted((place[key], place[other.id]))) for key, others in found.items() for other in others}


def _between(pairs, first, second):
    return {(one[1], other[1]) for one, other in pairs if (one[0], other[0]) == (first, second)}


def test_the_rewritten_quotations_of_the_perspectief_are_linked_and_no_others(pairs):
    assert _between(pairs, PERSPECTIEF, VERSLAGEN) == REWRITTEN


def test_the_quotation_that_the_perspectief_holds_twice_is_linked(pairs):
    assert _between(pairs, PERSPECTIEF, PERSPECTIEF) == TWICE_IN_THE_PERSPECTIEF


def test_the_quotations_of_summary_boxes_are_linked_to_the_report_and_no_others(pairs):
    assert _between(pairs, VERSLAGEN, VERSLAGEN) == PULLED_INTO_A_BOX


def test_quotations_that_only_the_perspectief_holds_have_no_other_version(quotes, found, line_of):
    lines = {line_of(PERSPECTIEF, quote.spans) for key, quote in quotes.items() if quote.source == PERSPECTIEF}
    linked = {line_of(PERSPECTIEF, quotes[key].spans) for key in found if quotes[key].source == PERSPECTIEF}
    assert lines - linked == ONLY_IN_THE_PERSPECTIEF


def test_each_link_runs_both_ways_with_the_same_similarity(found):
    links = {(key, other.id, other.similarity) for key, others in found.items() for other in others}
    assert {(other, key, similarity) for key, other, similarity in links} == links


def test_the_most_similar_version_stands_first(found):
    assert all(
        list(others) == sorted(others, key=lambda other: (-other.similarity, other.id)) for others in found.values()
    )


def test_a_quotation_is_no_version_of_itself(found):
    assert all(key != other.id for key, others in found.items() for other in others)


LONG = "Ik droom van een wijk waarin mensen elkaar weer kennen en samen eten."


@pytest.mark.parametrize(
    ("other", "similarity"),
    [
        pytest.param(LONG, 1.0, id="the same"),
        pytest.param(
            "‘ik droom van een wijk, waarin mensen elkaar weer kénnen en samen eten’", 1.0, id="only marks differ"
        ),
        pytest.param("Ik droom van een wijk waarin mensen elkaar weer kennen", 0.8696, id="shortened"),
        pytest.param(
            "Ik droom over een wijk waarin mensen elkaar weer kennen en samen eten.", 0.9231, id="one word differs"
        ),
    ],
)
def test_the_similarity_is_the_share_of_words_in_common_in_the_same_order(other, similarity):
    assert [relation.similarity for relation in lineage([("a", LONG), ("b", other)])["a"]] == [similarity]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("Eten samen en kennen weer elkaar mensen waarin wijk een van droom ik.", id="the words backwards"),
        pytest.param("Ik droom van een baan in de zorg met vaste uren en goed loon.", id="only the opening"),
        pytest.param("Wij willen meer groen.", id="another subject"),
        pytest.param("", id="empty"),
    ],
)
def test_what_says_something_else_is_no_version(other):
    assert lineage([("a", LONG), ("b", other)]) == {}


def test_a_run_of_words_that_many_quotations_share_links_none():
    quotes = [(f"q{number}", f"Ik vind het belangrijk dat {word}") for number, word in enumerate("abcdefghijklmnop")]
    assert lineage(quotes) == {}


def test_the_order_of_the_quotations_does_not_matter():
    quotes = [("a", LONG), ("b", LONG[:50]), ("c", LONG.upper()), ("d", "Iets anders is dit wel.")]
    assert lineage(quotes) == lineage(quotes[::-1])


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        pytest.param("a b c d", {("a", "b", "c"), ("b", "c", "d")}, id="two runs"),
        pytest.param("a b c", {("a", "b", "c")}, id="exactly one"),
        pytest.param("a b", {("a", "b")}, id="fewer words than a run"),
    ],
)
def test_shingles_are_the_runs_of_words(tokens, expected):
    assert shingles(tokens.split(), 3) == expected


@pytest.fixture(scope="module")
def repeated(parsed):
    """The passages of the corpus that are boilerplate."""
    passages = [passage for source in parsed.values() for passage in source.passages]
    ids = boilerplate((passage.id, passage.report_id, passage.text) for passage in passages)
    return [passage for passage in passages if passage.id in ids]


@pytest.mark.parametrize(
    ("opening", "times"),
    [
        pytest.param("Wat is er tijdens corona in de knel gekomen dat we met elkaar", 7, id="introduction of citizens"),
        pytest.param("Om te onderzoeken rond welke thema’s mensen", 7, id="themes of citizens"),
        pytest.param("Om door te praten over het thema", 7, id="number of themadialogen"),
        pytest.param("Als laatste vraag in de dialogen nodigden we mensen uit", 7, id="question on first steps"),
        pytest.param("In het kader van het project ‘Nederland na de crisis", 10, id="middenveld and science"),
        pytest.param("De vier thema’s voor de middenvelddialogen waren in januari 2021", 4, id="method box"),
        pytest.param("Tijdens een derde gesprek, dat een werkplaats-karakter had", 4, id="end of the method box"),
        pytest.param("Ter voorbereiding schreven alle deelnemers een ‘position paper’", 6, id="position papers"),
    ],
)
def test_the_introductions_that_reports_repeat_are_boilerplate(repeated, opening, times):
    assert sum(passage.text.startswith(opening) for passage in repeated) == times


def test_no_quotation_is_boilerplate(repeated):
    assert [passage.text for passage in repeated if passage.kind is PassageKind.QUOTE] == []


def test_no_knel_and_no_kiem_is_boilerplate(repeated):
    assert [passage.text for passage in repeated if passage.part in (Part.KNEL, Part.KIEM)] == []


INTRODUCTION = (
    "In dit verslag leest u wat de deelnemers aan de dialoog over {} met elkaar hebben besproken en bedacht in mei."
)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        pytest.param(["r1", "r2", "r3"], {"p0", "p1", "p2"}, id="in three reports"),
        pytest.param(["r1", "r2"], set(), id="in two reports"),
        pytest.param(["r1", "r1", "r1"], set(), id="three times in one report"),
    ],
)
def test_a_text_is_boilerplate_when_three_reports_hold_it(reports, expected):
    passages = [(f"p{number}", report, INTRODUCTION.format(f"thema{number}")) for number, report in enumerate(reports)]
    assert boilerplate(passages) == expected


def test_a_short_text_is_no_boilerplate_however_often_it_returns():
    assert (
        boilerplate([(f"p{number}", f"r{number}", "Een eerste stap is elkaar ontmoeten.") for number in range(9)])
        == set()
    )
