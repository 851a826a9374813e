"""Placed blocks to passages and quotations: ids, pieces, and what a quotation illustrates."""

import pytest

from ingest.passages import Ids
from kb.model import PassageKind

LONG = "De deelnemers aan dit gesprek vertelden elkaar uitvoerig hoe zij de afgelopen maanden "
MORE = "hadden beleefd en welke lessen zij daaruit voor de komende jaren graag willen trekken. "
PARAGRAPH = (LONG + MORE).strip()
SENTENCE = "Mensen willen in hun eigen wijk meer ruimte, meer groen en vooral meer tijd voor elkaar. "


def _passages(parse_text, *lines):
    return parse_text("\n".join(lines)).passages


def test_an_id_comes_from_the_source_the_text_and_how_often_it_was_seen():
    ids, others = Ids("a.txt"), Ids("b.txt")
    first, second = ids.next("p", "tekst"), ids.next("p", "tekst")
    assert first == Ids("a.txt").next("p", "tekst")
    assert len({first, second, ids.next("p", "andere"), ids.next("q", "tekst"), others.next("p", "tekst")}) == 5


def test_an_id_tells_what_it_is_of():
    assert Ids("a.txt").next("q", "tekst").startswith("q-")


def test_the_same_text_twice_in_a_source_gets_two_ids(parse_text):
    passages = _passages(parse_text, PARAGRAPH, "", PARAGRAPH)
    assert [passage.text for passage in passages] == [PARAGRAPH] * 2
    assert len({passage.id for passage in passages}) == 2


def test_the_same_quotation_twice_in_a_source_gets_two_ids(parse_text):
    line = "‘Ik mis mijn oma en mijn werk.’ (student, dialoog 3)"
    quotes = parse_text(f"{line}\n\n{PARAGRAPH}\n\n{line}").quotes
    assert len({quote.text for quote in quotes}) == 1
    assert len({quote.id for quote in quotes}) == 2


def test_text_before_a_passage_does_not_change_its_id(parse_text):
    (alone,) = _passages(parse_text, PARAGRAPH)
    moved = _passages(parse_text, SENTENCE, "", PARAGRAPH)[-1]
    assert (moved.text, moved.id) == (alone.text, alone.id)
    assert moved.spans != alone.spans


def test_the_ids_of_a_source_do_not_change_when_another_is_parsed(parse_text, parsed):
    source = parsed["vng-dialoogtafels.txt"]
    before = [passage.id for passage in parse_text(source.text, source.source.name).passages]
    parse_text(f"{PARAGRAPH}\n\n{source.text}", "ander.txt")
    assert [passage.id for passage in parse_text(source.text, source.source.name).passages] == before
    assert before == [passage.id for passage in source.passages]


def test_the_same_text_in_another_source_has_another_id(parse_text):
    ids = [parse_text(PARAGRAPH, name).passages[0].id for name in ("a.txt", "b.txt")]
    assert len(set(ids)) == 2


@pytest.mark.parametrize("count", [12, 24, 40])
def test_a_long_paragraph_is_cut_between_sentences_into_pieces_of_like_length(parse_text, count):
    text = SENTENCE * count
    pieces = _passages(parse_text, text)
    assert len(pieces) == -(-len(text.strip()) // 1000)
    assert " ".join(piece.text for piece in pieces) == text.strip()
    assert all(piece.text.endswith("elkaar.") for piece in pieces)
    assert max(len(piece.text) for piece in pieces) - min(len(piece.text) for piece in pieces) <= 2 * len(SENTENCE)


def test_a_paragraph_of_a_thousand_characters_is_not_cut(parse_text):
    text = (SENTENCE * 12)[:999] + "."
    assert [passage.text for passage in _passages(parse_text, text)] == [text]


def test_a_sentence_longer_than_a_passage_is_kept_whole(parse_text):
    text = "Mensen willen " + "meer groen en " * 100 + "meer tijd."
    assert [passage.text for passage in _passages(parse_text, text)] == [text]


def test_a_long_quotation_is_kept_whole(parse_text):
    text = f"‘{(SENTENCE * 20).strip()}’ (student, dialoog 3)"
    assert [(passage.kind, passage.text) for passage in _passages(parse_text, text)] == [(PassageKind.QUOTE, text)]


def test_a_quotation_illustrates_what_stands_above_it(parse_text):
    lines = [
        "-  Het gemis aan contact in deze lange en stille tijd. ",
        "",
        "‘Ik mis mijn oma.’ (student, dialoog 3) ",
        "",
        "‘Ik mis mijn werk.’ (docent, dialoog 1) ",
    ]
    bullet, *quotes = _passages(parse_text, LONG, MORE, "", *lines)[1:]
    assert [quote.kind for quote in quotes] == [PassageKind.QUOTE] * 2
    assert [quote.illustrates for quote in quotes] == [bullet.id] * 2
    assert bullet.illustrates is None


def test_a_quotation_does_not_illustrate_what_stands_under_another_title(parse_text):
    lines = [
        "1. Knelpunten",
        "",
        LONG,
        MORE,
        "",
        "2. Dromen en wensen",
        "",
        "‘Ik droom van rust.’ (student, dialoog 3) ",
    ]
    *_, quote = _passages(parse_text, *lines)
    assert quote.illustrates is None


def test_a_quotation_knows_its_passage_and_what_it_illustrates(parse_text):
    parsed = parse_text(f"{LONG}\n{MORE}\n\n‘Ik mis mijn oma.’ (student, dialoog 3) ")
    paragraph, passage = parsed.passages
    (quote,) = parsed.quotes
    assert (quote.passage_id, quote.illustrates) == (passage.id, paragraph.id)


def test_a_quotation_in_running_text_illustrates_its_own_passage(parse_text):
    text = "Zij zeiden: ‘wij zien elkaar al een heel lang jaar niet meer’ en dat was zo."
    parsed = parse_text(text)
    (quote,) = parsed.quotes
    assert quote.passage_id == quote.illustrates == parsed.passages[0].id


def test_a_quotation_in_a_long_paragraph_belongs_to_the_piece_that_holds_it(parse_text):
    said = "Zij zeiden: ‘wij zien elkaar al een heel lang jaar niet meer’. "
    parsed = parse_text(SENTENCE * 14 + said + SENTENCE * 2)
    (quote,) = parsed.quotes
    assert quote.passage_id == parsed.passages[-1].id
    assert quote.text in parsed.passages[-1].text


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        pytest.param("Meer informatie.", False, id="a remnant of the page"),
        pytest.param("Veel leesplezier.", False, id="a wish"),
        pytest.param("Kajsa Ollongren.", False, id="a name with a full stop"),
        pytest.param("Dank aan allen.", True, id="three words"),
    ],
)
def test_a_paragraph_of_two_words_is_left_out(parse_text, line, kept):
    texts = [passage.text for passage in _passages(parse_text, LONG, MORE, "", line, "", LONG, MORE)]
    assert (line in texts) is kept


def test_a_signature_is_kept(perspectief):
    assert perspectief.passage(81).text == "Kajsa Ollongren"


@pytest.mark.parametrize(
    ("line", "opening"),
    [
        pytest.param(877, "-", id="knel of geluk"),
        pytest.param(3137, "-  Thuiswerken draagt", id="after a page break"),
        pytest.param(2653, "-", id="second of two"),
        pytest.param(3789, "Een ambtenaar uit een grote stad", id="in a box"),
    ],
)
def test_a_quotation_of_the_reports_illustrates_the_point_above_it(verslagen, line, opening):
    quote = verslagen.quote(line)
    above = next(passage for passage in verslagen.parsed.passages if passage.id == quote.illustrates)
    assert verslagen.last_line(above) < line
    assert above.kind is not PassageKind.QUOTE
    assert (" " + opening) in (" " + verslagen.parsed.text[verslagen.starts[verslagen.first_line(above) - 1] :][:60])


def test_a_pull_quote_illustrates_nothing(verslagen):
    boxes = [742, 1174, 1628, 2101, 2521, 2988, 3366]
    assert [verslagen.quote(line).illustrates for line in boxes] == [None] * 7


def test_a_passage_is_at_most_half_a_page(parsed):
    long = [passage for source in parsed.values() for passage in source.passages if len(passage.text) > 1300]
    assert {passage.kind for passage in long} <= {PassageKind.QUOTE, PassageKind.LIST}
