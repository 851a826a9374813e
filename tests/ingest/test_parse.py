"""The whole way from a file to its rows: what holds for every row of every document."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.parse import parse
from ingest.readers import split_lines
from kb.model import PassageKind, Source, Track
from kb.text import render

SOURCES = [
    "kamerbrief-2021-07-12.md",
    "perspectief-voor-en-door-de-samenleving.md",
    "verslagen-dialogen-met-de-samenleving.txt",
    "vng-dialoogtafels.txt",
    "vng-uitkomsten-dialoog.txt",
]


def _rows(parsed):
    return [*parsed.passages, *parsed.quotes, *parsed.facts]


def _misquoted(parsed):
    """Rows whose text is not what their spans stand for."""
    return [row.text for row in _rows(parsed) if render(parsed.text, row.spans) != row.text]


def _misplaced(parsed):
    """Rows whose spans are missing, out of order, overlapping or outside the file."""
    return [
        row.text
        for row in _rows(parsed)
        if not row.spans
        or any(first.end > second.start for first, second in pairwise(row.spans))
        or row.spans[-1].end > len(parsed.text)
    ]


def _overlapping(parsed):
    """Stretches that two passages hold."""
    spans = sorted((span.start, span.end) for passage in parsed.passages for span in passage.spans)
    return [parsed.text[second[0] : first[1]] for first, second in pairwise(spans) if first[1] > second[0]]


def _repeated_ids(parsed):
    ids = [row.id for row in (*parsed.reports, *parsed.sections, *parsed.passages, *parsed.quotes)]
    return sorted({key for key in ids if ids.count(key) > 1}) if len(set(ids)) < len(ids) else []


def _dangling(parsed):
    """References to a report or passage that is not there."""
    reports, passages = {report.id for report in parsed.reports}, {passage.id for passage in parsed.passages}
    rows = [*parsed.sections, *_rows(parsed)]
    return [
        *(row.report_id for row in rows if row.report_id not in reports),
        *(passage.illustrates for passage in parsed.passages if passage.illustrates not in (None, *passages)),
        *(quote.illustrates for quote in parsed.quotes if quote.illustrates not in (None, *passages)),
        *(quote.passage_id for quote in parsed.quotes if quote.passage_id not in passages),
    ]


@pytest.mark.parametrize("name", SOURCES)
class TestEachBundledDocument:
    def test_shows_every_text_as_its_spans_have_it(self, parsed, name):
        assert _misquoted(parsed[name]) == []

    def test_keeps_every_span_in_order_and_inside_the_file(self, parsed, name):
        assert _misplaced(parsed[name]) == []

    def test_puts_no_text_in_two_passages(self, parsed, name):
        assert _overlapping(parsed[name]) == []

    def test_gives_every_row_its_own_id(self, parsed, name):
        assert _repeated_ids(parsed[name]) == []

    def test_refers_only_to_rows_that_are_there(self, parsed, name):
        assert _dangling(parsed[name]) == []

    def test_holds_every_quotation_in_its_passage(self, parsed, name):
        passages = {passage.id: passage for passage in parsed[name].passages}
        assert [quote.text for quote in parsed[name].quotes if quote.text not in passages[quote.passage_id].text] == []

    def test_keeps_rows_in_the_report_that_they_belong_to(self, parsed, name):
        spans = {report.id: report.span for report in parsed[name].reports}
        outside = [
            row.text
            for row in _rows(parsed[name])
            if not spans[row.report_id].start <= row.spans[0].start <= row.spans[-1].end <= spans[row.report_id].end
        ]
        assert outside == []

    def test_puts_every_passage_in_a_section_of_its_titles_and_part(self, parsed, name):
        places = {}
        for section in parsed[name].sections:
            for span in section.spans:
                held = dict.fromkeys(range(span.start, span.end), (section.report_id, section.path, section.part))
                places.update(held)
        astray = [
            passage.text
            for passage in parsed[name].passages
            for span in passage.spans
            if places.get(span.start) != (passage.report_id, passage.headings, passage.part)
        ]
        assert astray == []

    def test_is_parsed_the_same_each_time(self, parsed, name):
        once = parsed[name]
        assert parse(split_lines(name, once.text), once.source) == once

    def test_leaves_markup_and_markers_out_of_its_passages(self, parsed, name):
        markers = ("•", "➜", "#", "**", "+ ", "– ", "- ", "‑ ")
        assert [passage.text for passage in parsed[name].passages if passage.text.startswith(markers)] == []


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("kamerbrief-2021-07-12.md", 0.80),
        ("perspectief-voor-en-door-de-samenleving.md", 0.95),
        ("verslagen-dialogen-met-de-samenleving.txt", 0.95),
        ("vng-dialoogtafels.txt", 0.80),
        ("vng-uitkomsten-dialoog.txt", 0.95),
    ],
)
def test_nearly_all_text_of_a_document_is_in_a_passage(parsed, name, share):
    source = parsed[name]
    words = {place for place, char in enumerate(source.text) if char.isalnum()}
    held = {place for passage in source.passages for span in passage.spans for place in range(span.start, span.end)}
    assert len(words & held) / len(words) > share


def test_the_kinds_of_passages_are_all_found(parsed):
    assert {passage.kind for source in parsed.values() for passage in source.passages} == set(PassageKind)


def test_the_ids_of_a_report_do_not_change_when_another_document_changes(parsed, parse_text):
    """Each source is parsed by itself; here the largest one beside a changed and an unchanged other."""
    source = parsed["verslagen-dialogen-met-de-samenleving.txt"]
    for changed in ("Een ander verslag van een ander gesprek.", source.text[:5000]):
        parse_text(changed, "ander.txt")
        again = parse_text(source.text, source.source.name)
        assert [row.id for row in (*again.passages, *again.quotes)] == [
            row.id for row in (*source.passages, *source.quotes)
        ]


def test_a_change_at_the_end_of_a_document_leaves_the_other_ids(parsed, parse_text):
    source = parsed["vng-uitkomsten-dialoog.txt"]
    again = parse_text(f"{source.text}\n\nNog een laatste alinea met wat tekst.", source.source.name)
    assert {passage.id for passage in source.passages} < {passage.id for passage in again.passages}


def test_two_reports_with_one_title_get_two_ids(parse_text):
    lines = ["Rapportage themadialogen", "Zorg", "", "Een eerste gesprek over zorg. ", ""]
    between = ["Rapportage themadialogen", "Wonen", "", "Een gesprek over wonen. ", ""]
    reports = parse_text("\n".join([*lines, *between, *lines])).reports
    assert len({report.id for report in reports}) == len(reports)


_WORDS = (
    "de mensen in onze wijk wensen z’n ’s avonds knelpunten kiemen thema dialoog 3 (student, dialoog 4) Wethouder "
    "werk- woon-/werk ‘term’ “slogan” gezegd. gedaan? ja! … Aa en Hunze vijf dialogen 45 deelnemers totaal zeiden: of"
).split()
_SENTENCE = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=25).map(" ".join)
_LINE = _SENTENCE.map(lambda sentence: sentence + " ")
_ITEM = st.builds(str.__add__, st.sampled_from("•  |-  |- |– |+ |‑ |➜ |1. |2.1 |* |• ".split("|")), _LINE)
_MARKER = st.sampled_from("• - – + ➜ * › 1. > #".split())
_QUOTE = st.builds(
    lambda opening, said, closing, by: f"{opening}{said}{closing}{by}",
    st.sampled_from('‘“"'),
    _LINE,
    st.sampled_from(["’", "”", '"', ""]),
    st.sampled_from([" (student, dialoog 3)", " - Student, themadialoog zorg", "", "\n\n dialoog 5", " (wethouder"]),
)
_TITLE = st.sampled_from(
    [
        "1. Knelpunten en kiemen", "Vier ideeën", "Wie zaten aan tafel?", "Dromen", "6-7", "Thema: zorg",
        "Een deelhuis",
        "Rapportage themadialogen\nSamen leven", "Verslag middenvelddialogen over \n‘Zorg’", "Slotronde: in een zin",
        "Samenvatting wetenschapsdialoog ‘Zorg’ (I)", "Deelnemers waren afkomstig uit de volgende organisaties:",
        "Hosts kwamen uit de volgende gemeentes: Assen, Aa en Hunze", "Rijksoverheid",
        "Aan tafel zaten de volgende inhoudelijk experts:",
        "## 4.2 Titel", "**Vet**", "---", "> citaat", "[vng.nl](https://vng.nl)", "In de kaders staat meer.",
        "*“Zo is het.” - Student, themadialoog wonen*",
    ]
)  # fmt: skip
_BLANK = st.sampled_from(["", " ", "\n\n"])
_DOCUMENT = st.lists(
    st.one_of(_LINE, _SENTENCE, _ITEM, _MARKER, _QUOTE, _TITLE, _BLANK, _LINE.map(lambda line: " " + line)),
    min_size=1,
    max_size=25,
).map("\n".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(_DOCUMENT.filter(str.strip), st.sampled_from(["klein.txt", "klein.md"]))
@example("•", "klein.txt")
@example("*\nde mensen", "klein.txt")
@example("‘ ’ (student, dialoog 3)", "klein.txt")
@example("• Jan Jansen: “”", "klein.txt")
@example(
    "Rapportage themadialogen\nZorg\n\nRapportage themadialogen\nWonen\n\nRapportage themadialogen\nZorg", "klein.txt"
)
@example("Rapportage themadialogen\nSamen leven\n\n‘de ’ (student, dialoog 3)\n\nde ", "klein.md")
def test_whatever_a_document_holds_its_rows_are_true(text, name):
    source = Source(name, "Klein verslag", None, None, Track.OVERHEID, None, "0" * 64)
    parsed = parse(split_lines(name, text), source)
    assert parsed.text == text
    assert _misquoted(parsed) == []
    assert _misplaced(parsed) == []
    assert _overlapping(parsed) == []
    assert _repeated_ids(parsed) == []
    assert _dangling(parsed) == []
    assert all(row.text.strip() for row in _rows(parsed))
