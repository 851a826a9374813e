"""A source is shown whole and as it is, with just the cited words marked."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.text import Span, collapse, render
from kb.wording import words_of
from ui.plain_routes import add_plain_pages
from ui.viewer import blocks, problem_page, source_page, sources_page, style

VERSLAGEN = "verslagen-dialogen-met-de-samenleving.txt"
PERSPECTIEF = "perspectief-voor-en-door-de-samenleving.md"


def marked_in(kb: KnowledgeBase, source: str, span: Span) -> str:
    pieces = (piece for block in blocks(kb, source, span) for piece in block.pieces)
    return collapse(" ".join(piece.text for piece in pieces if piece.is_marked))


def test_of_every_quotation_just_its_words_are_marked(kb: KnowledgeBase) -> None:
    for quote in kb.quotes[::10]:
        assert marked_in(kb, quote.source, Span(quote.spans[0].start, quote.spans[-1].end)) == quote.text


def test_of_every_kind_of_passage_just_its_words_are_marked(kb: KnowledgeBase) -> None:
    for passage in [*kb.passages[::60], *(one for one in kb.passages if len(one.spans) > 1)][:60]:
        span = Span(passage.spans[0].start, passage.spans[-1].end)
        assert marked_in(kb, passage.source, span) == passage.text


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 60))
def test_any_words_of_a_passage_can_be_marked(kb: KnowledgeBase, number: int, first: int, count: int) -> None:
    passage = kb.passages[number % len(kb.passages)]
    (span, *more) = passage.spans
    words = words_of(kb.text(passage.source)[span.start : span.end])
    if more or not words:
        return
    chosen = words[first % len(words) :][:count]
    place = Span(span.start + chosen[0].start, span.start + chosen[-1].end)
    assert marked_in(kb, passage.source, place) == render(kb.text(passage.source), [place])


@pytest.mark.parametrize("source", [VERSLAGEN, PERSPECTIEF, "kamerbrief-2021-07-12.md", "vng-dialoogtafels.txt"])
def test_every_word_of_a_source_is_on_its_page(kb: KnowledgeBase, source: str) -> None:
    shown = {
        word.key
        for block in blocks(kb, source, None)
        for text in (*(piece.text for piece in block.pieces), block.item or "")
        for word in words_of(text)
    }
    assert {word.key for word in words_of(kb.text(source))} - shown == set()


def test_headings_come_in_levels_below_the_title(kb: KnowledgeBase) -> None:
    page = source_page(kb, VERSLAGEN, None)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert levels.count(2) == sum(report.source == VERSLAGEN for report in kb.reports.values())
    assert "Knelpunten en kiemen uit de coronatijd</h3>" in page


def test_beside_a_quotation_stand_its_reference_and_versions(kb: KnowledgeBase) -> None:
    quote = next(quote for quote in kb.quotes if quote.text.startswith("Corona bewijst"))
    page = source_page(kb, PERSPECTIEF, Span(quote.spans[0].start, quote.spans[-1].end))
    assert page.count('id="aangehaald"') == 1
    assert "Over dit citaat" in page
    assert "in: Perspectief voor en door de samenleving, 2021)" in page
    assert "herschreven (deze)" in page
    assert "<del>" in page
    assert "bewijst de innovatiedrang" in page
    assert "<script" not in page


def test_what_a_source_holds_is_shown_as_text() -> None:
    assert "<b>&" not in problem_page("<b>&")
    assert "&lt;b&gt;" in problem_page("<b>&")


def test_the_pages_speak_english_when_asked(kb: KnowledgeBase) -> None:
    assert "All sources" in sources_page(kb, "en")
    assert 'lang="en"' in source_page(kb, PERSPECTIEF, None, "en")


def test_positions_past_the_end_are_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(InputError, match="tekens"):
        source_page(kb, PERSPECTIEF, Span(0, 10**7))


@pytest.fixture(scope="module")
def client(kb: KnowledgeBase) -> TestClient:
    app = FastAPI()
    add_plain_pages(app, kb)
    return TestClient(app)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/bronnen", 200, "Alle bronnen"), (f"/bronnen/{PERSPECTIEF}", 200, "Perspectief voor en door"),
        (f"/bronnen/{PERSPECTIEF}?van=10&tot=20", 200, "aangehaald"), ("/bronnen/niets.txt", 404, "niets.txt"),
        (f"/bronnen/{PERSPECTIEF}?van=x&tot=20", 400, "van="), (f"/bronnen/{PERSPECTIEF}?van=30&tot=20", 400, "30"),
        (f"/bronnen/{PERSPECTIEF}?van=0&tot=99999999", 400, "tekens"), ("/bronnen/stijl.css", 200, "--accent"),
        ("/handleiding", 200, "Een journalist"),
        ("/handleiding/niets.png", 404, "niets.png"), ("/handleiding/..%2Fhandleiding.md", 404, ""),
    ],
)  # fmt: skip
def test_every_address_gets_a_page(client: TestClient, path: str, status: int, said: str) -> None:
    response = client.get(path)
    assert (response.status_code, said in response.text) == (status, True)


def test_the_style_asks_for_no_other_file() -> None:
    assert "url(" not in style()
    assert "@import" not in style()
