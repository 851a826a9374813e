"""The catalogue: what is written is read again, and found by words."""

from dataclasses import replace

import pytest

from kb.catalogue import Catalogue
from kb.errors import StateError
from kb.model import (
    Fact,
    FactKind,
    Part,
    Passage,
    PassageKind,
    Quote,
    Relation,
    Report,
    Section,
    Source,
    Track,
)
from kb.text import Span, words

VERSLAGEN = "verslagen-dialogen-met-de-samenleving.txt"


def _add(catalogue, source):
    with catalogue.writing() as connection:
        catalogue.add_source(
            connection,
            source.source,
            source.text,
            reports=source.reports,
            sections=source.sections,
            passages=source.passages,
            quotes=source.quotes,
            facts=source.facts,
        )


@pytest.fixture(scope="module")
def filled(parsed, tmp_path_factory):
    """A catalogue of the bundled corpus, opened as those who read it do."""
    path = tmp_path_factory.mktemp("catalogus") / "catalogus.sqlite"
    written = Catalogue.in_file(path, read_only=False)
    for source in parsed.values():
        _add(written, source)
    written.close()
    catalogue = Catalogue.in_file(path, read_only=True)
    yield catalogue
    catalogue.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "catalogus.sqlite"


@pytest.fixture
def empty(path):
    catalogue = Catalogue.in_file(path, read_only=False)
    yield catalogue
    catalogue.close()


def _passage(number, text, source="a.txt", headings=("Dromen",)):
    return Passage(
        f"p-{source}-{number}",
        source,
        f"{source}#r",
        PassageKind.BULLET,
        Track.BURGERS,
        "wonen",
        Part.DROOM,
        headings,
        text,
        (Span(number, number + 5), Span(number + 7, number + 9)),
    )


def _quote(number, source="a.txt", **changed):
    quote = Quote(
        f"q-{source}-{number}", source, f"{source}#r", "Zo is het.", "student", "dialoog 3", Track.BURGERS, "wonen",
        Part.DROOM, (Span(1, 2),), f"p-{source}-1", None,
    )  # fmt: skip
    return replace(quote, **changed)


def _small(name, *texts, quotes=()):
    """What a small source brings, as keywords of `add_source`."""
    return {
        "reports": [Report(f"{name}#r", name, "R", Track.BURGERS, "wonen", Span(0, 9))],
        "sections": [Section(f"s-{name}", f"{name}#r", ("Dromen", "Wonen"), Part.DROOM, (Span(0, 9),))],
        "passages": [_passage(number, text, name) for number, text in enumerate(texts, start=1)],
        "quotes": quotes,
        "facts": [Fact(f"{name}#r", FactKind.TALKS, "6 gesprekken", 6, (Span(0, 3),))],
    }


def _source(name):
    return Source(name, "Titel", None, None, Track.OVERHEID, None, "0" * 64)


def _write(catalogue, name, *texts, quotes=()):
    with catalogue.writing() as connection:
        catalogue.add_source(connection, _source(name), f"tekst van {name}", **_small(name, *texts, quotes=quotes))


class TestTheCorpusComesBackAsItWasWritten:
    def test_sources(self, filled, parsed):
        assert filled.sources() == [parsed[name].source for name in sorted(parsed)]

    def test_texts(self, filled, parsed):
        assert {name: filled.text(name) for name in parsed} == {name: source.text for name, source in parsed.items()}

    def test_reports(self, filled, parsed):
        assert filled.reports() == [report for source in parsed.values() for report in source.reports]

    def test_sections(self, filled, parsed):
        for source in parsed.values():
            for report in source.reports:
                wanted = [section for section in source.sections if section.report_id == report.id]
                assert filled.sections(report.id) == wanted

    def test_passages(self, filled, parsed):
        assert filled.passages() == [passage for source in parsed.values() for passage in source.passages]

    def test_quotes(self, filled, parsed):
        assert filled.quotes() == [quote for source in parsed.values() for quote in source.quotes]

    def test_facts(self, filled, parsed):
        ids = [report.id for report in filled.reports()]
        assert filled.facts(ids) == [fact for source in parsed.values() for fact in source.facts]

    def test_counts(self, filled, parsed):
        assert filled.counts() == {
            "reports": sum(len(source.reports) for source in parsed.values()),
            "passages": sum(len(source.passages) for source in parsed.values()),
            "quotes": sum(len(source.quotes) for source in parsed.values()),
        }

    def test_themes(self, filled, parsed):
        assert filled.themes() == sorted(
            {passage.theme for source in parsed.values() for passage in source.passages} - {None}
        )


def test_passages_can_be_asked_by_id_and_come_in_the_order_of_the_source(filled, parsed):
    wanted = [parsed[VERSLAGEN].passages[number] for number in (3, 70, 1200)]
    assert filled.passages([passage.id for passage in reversed(wanted)]) == wanted
    assert filled.passages([]) == []


def test_all_passages_can_be_asked_by_id_at_once(filled):
    ids = [passage.id for passage in filled.passages()]
    assert len(filled.passages(ids)) == len(ids)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({"track": Track.WETENSCHAP}, id="track"),
        pytest.param({"theme": "wonen-en-verkeer"}, id="theme"),
        pytest.param({"part": Part.DROOM}, id="part"),
        pytest.param({"track": "burgers", "theme": "gezondheid", "part": "stap"}, id="all three"),
        pytest.param({"speaker": "wethouder"}, id="speaker"),
    ],
)
def test_quotations_can_be_asked_by_value(filled, parsed, wanted):
    expected = [
        quote
        for source in parsed.values()
        for quote in source.quotes
        if all(getattr(quote, name) == value for name, value in wanted.items())
    ]
    assert expected
    assert filled.quotes(**wanted) == expected


def test_a_value_that_is_not_given_does_not_restrict(filled):
    assert filled.quotes(track=None, theme=None) == filled.quotes()


def test_facts_are_those_of_the_reports_asked_for(filled, parsed):
    report = parsed[VERSLAGEN].reports[3]
    assert filled.facts([report.id]) == [fact for fact in parsed[VERSLAGEN].facts if fact.report_id == report.id]
    assert filled.facts([]) == []


def test_a_lineage_comes_back_as_it_was_set(empty):
    _write(empty, "a.txt", "Een.", quotes=[_quote(1), _quote(2)])
    versions = {"q-a.txt-1": (Relation("q-a.txt-2", 0.5), Relation("q-b", 0.25))}
    with empty.writing() as connection:
        empty.set_lineage(connection, versions)
    assert [quote.lineage for quote in empty.quotes()] == [versions["q-a.txt-1"], ()]


def test_a_lineage_that_is_gone_is_taken_away(empty):
    _write(empty, "a.txt", "Een.", quotes=[_quote(1, lineage=(Relation("q-b", 0.5),))])
    with empty.writing() as connection:
        empty.set_lineage(connection, {})
    assert [quote.lineage for quote in empty.quotes()] == [()]


def test_boilerplate_is_what_was_set_last(empty):
    _write(empty, "a.txt", "Een.", "Twee.", "Drie.")
    for ids in ({"p-a.txt-1", "p-a.txt-2"}, {"p-a.txt-2", "p-a.txt-3"}):
        with empty.writing() as connection:
            empty.set_boilerplate(connection, ids)
    assert [passage.boilerplate for passage in empty.passages()] == [False, True, True]


class TestRemovingASource:
    def test_takes_all_of_it_and_nothing_else(self, empty):
        _write(empty, "b.txt", "Een fietspad langs de rivier.", quotes=[_quote(1, "b.txt")])
        before = _everything(empty, "b.txt")
        _write(empty, "a.txt", "Een fietspad door het bos.", quotes=[_quote(1)])
        with empty.writing() as connection:
            empty.remove_source(connection, "a.txt")
        assert _everything(empty, "b.txt") == before
        assert _everything(empty, "a.txt") == {"sections": [], "facts": []} | {key: before[key] for key in _SHARED}

    def test_that_is_not_there_changes_nothing(self, empty):
        _write(empty, "b.txt", "Een fietspad.")
        before = _everything(empty, "b.txt")
        with empty.writing() as connection:
            empty.remove_source(connection, "a.txt")
        assert _everything(empty, "b.txt") == before

    def test_lets_it_be_added_again(self, empty, parsed):
        source = parsed["vng-dialoogtafels.txt"]
        _add(empty, source)
        with empty.writing() as connection:
            empty.remove_source(connection, source.source.name)
        _add(empty, source)
        assert empty.passages() == list(source.passages)
        assert len(empty.full_text("dialoogtafel", 100)) == len(
            {key for key, _ in empty.full_text("dialoogtafel", 100)}
        )


_SHARED = ("sources", "reports", "passages", "quotes", "words", "phrase", "counts", "themes")


def _everything(catalogue, name):
    """All that can be read of a source, and all lists in which it could stand."""
    return {
        "sources": catalogue.sources(),
        "reports": catalogue.reports(),
        "sections": catalogue.sections(f"{name}#r"),
        "passages": catalogue.passages(),
        "quotes": catalogue.quotes(),
        "facts": catalogue.facts([f"{name}#r"]),
        "words": [key for key, _ in catalogue.full_text("fietspaden bos rivier dromen", 9)],
        "phrase": catalogue.phrase("een fietspad", 9),
        "counts": catalogue.counts(),
        "themes": catalogue.themes(),
    }


def _exchange_and_fail(catalogue):
    with catalogue.writing() as connection:
        catalogue.remove_source(connection, "b.txt")
        catalogue.add_source(connection, _source("a.txt"), "tekst", **_small("a.txt", "Een bos."))
        raise RuntimeError


def test_a_transaction_that_fails_changes_nothing(empty):
    _write(empty, "b.txt", "Een fietspad.")
    before = _everything(empty, "b.txt")
    with pytest.raises(RuntimeError):
        _exchange_and_fail(empty)
    assert _everything(empty, "b.txt") == before


@pytest.fixture(scope="module")
def wijk(tmp_path_factory):
    """A catalogue of a few passages about a neighbourhood."""
    catalogue = Catalogue.in_file(tmp_path_factory.mktemp("wijk") / "catalogus.sqlite", read_only=False)
    passages = [
        _passage(1, "Mensen in de wijk willen een ontmoeting."),
        _passage(2, "Groen in de wijk."),
        _passage(3, "Ieder kent z’n buurt en de werk-privé-balans."),
        _passage(4, "Wijk en mensen.", headings=("Wensen voor de toekomst",)),
    ]
    with catalogue.writing() as connection:
        catalogue.add_source(connection, _source("a.txt"), "t", **{**_small("a.txt"), "passages": passages})
    yield catalogue
    catalogue.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("ontmoetingen", {1}, id="another form of the word"),
        pytest.param("GROEN", {2}, id="capitals"),
        pytest.param("buurten", {3}, id="plural"),
        pytest.param("prive", {3}, id="accents and part of a compound"),
        pytest.param("ontmoet groen", {1, 2}, id="any of the words"),
        pytest.param("toekomst", {4}, id="a word of the heading"),
        pytest.param("zeppelin", set(), id="a word that is nowhere"),
        pytest.param("… – ?", set(), id="no words"),
        pytest.param('groen" OR stems : (x) NEAR *', {2}, id="signs of the query language"),
    ],
)
def test_full_text_finds_dutch_stems(wijk, question, expected):
    assert {key for key, _ in wijk.full_text(question, 9)} == {f"p-a.txt-{number}" for number in expected}


def test_full_text_puts_the_best_first_and_keeps_to_its_limit(empty):
    _write(
        empty, "a.txt", "Groen, groen en nog eens groen.", "Een bank in het groen langs een lange stille weg.", "Zorg."
    )
    scores = empty.full_text("groen", 9)
    assert [key for key, _ in scores] == ["p-a.txt-1", "p-a.txt-2"]
    assert scores[0][1] > scores[1][1]
    assert empty.full_text("groen", 1) == scores[:1]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        pytest.param("mensen in de wijk", {1}, id="in order"),
        pytest.param("‘Mensen in de WIJK’", {1}, id="marks and capitals"),
        pytest.param("wijk in de mensen", set(), id="out of order"),
        pytest.param("mensen de wijk", set(), id="a word left out"),
        pytest.param("mens in de wijk", set(), id="another form of a word"),
        pytest.param("in de wijk", {1, 2}, id="in two passages"),
        pytest.param("wensen", set(), id="only in the heading"),
        pytest.param("z’n buurt", {3}, id="apostrophe"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_a_phrase_is_found_word_for_word(wijk, phrase, expected):
    assert set(wijk.phrase(phrase, 9)) == {f"p-a.txt-{number}" for number in expected}


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("de vrijheid om zelf te bewegen", id="in a quotation"),
        pytest.param("Aa en Hunze", id="a name"),
        pytest.param("elkaar", id="one word"),
        pytest.param("z’n kinderen", id="nowhere"),
    ],
)
def test_a_phrase_finds_all_passages_of_the_corpus_that_hold_it(filled, phrase):
    wanted = f" {' '.join(words(phrase))} "
    holding = {passage.id for passage in filled.passages() if wanted in f" {' '.join(words(passage.text))} "}
    assert set(filled.phrase(phrase, 5000)) == holding


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"geen database" * 200, id="another kind of file"),
        pytest.param(b"SQLite format 3\x00" + b"\xff" * 5000, id="a damaged database"),
        pytest.param(b"", id="an empty file"),
    ],
)
def test_a_damaged_catalogue_is_told_with_what_to_do(path, content):
    path.write_bytes(content)
    catalogue = Catalogue.in_file(path, read_only=True)
    with pytest.raises(StateError, match="dialoog ingest"):
        catalogue.passages()
    catalogue.close()


def test_a_catalogue_that_is_cut_off_is_told_with_what_to_do(path, parsed):
    written = Catalogue.in_file(path, read_only=False)
    _add(written, parsed["vng-dialoogtafels.txt"])
    written.close()
    path.write_bytes(path.read_bytes()[:20_000])
    catalogue = Catalogue.in_file(path, read_only=True)
    with pytest.raises(StateError, match="dialoog ingest"):
        catalogue.full_text("dialoogtafel", 9)
    catalogue.close()


def test_a_catalogue_that_is_not_there_is_not_made_by_reading(path):
    catalogue = Catalogue.in_file(path, read_only=True)
    with pytest.raises(StateError, match="dialoog ingest"):
        catalogue.sources()
    catalogue.close()
    assert not path.exists()


def test_a_catalogue_to_read_refuses_to_be_written(path):
    Catalogue.in_file(path, read_only=False).close()
    catalogue = Catalogue.in_file(path, read_only=True)
    with pytest.raises(StateError, match="readonly"):
        _write(catalogue, "a.txt", "Een.")
    catalogue.close()


@pytest.mark.parametrize("name", ["mijn map", "stuk#1", "50% klaar", "wat?", "ideeën", "a&mode=memory", "100%25"])
def test_a_catalogue_may_lie_in_a_folder_with_any_name(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    written = Catalogue.in_file(folder / "catalogus.sqlite", read_only=False)
    _write(written, "a.txt", "Een.")
    written.close()
    assert [file.name for file in folder.iterdir()] == ["catalogus.sqlite"]
    catalogue = Catalogue.in_file(folder / "catalogus.sqlite", read_only=True)
    assert [source.name for source in catalogue.sources()] == ["a.txt"]
    catalogue.close()


def test_two_passages_with_one_id_are_refused(empty):
    with pytest.raises(StateError), empty.writing() as connection:
        empty.add_source(
            connection,
            _source("a.txt"),
            "t",
            **{**_small("a.txt"), "passages": [_passage(1, "Een."), _passage(1, "Een.")]},
        )
    assert empty.counts() == {"reports": 0, "passages": 0, "quotes": 0}
