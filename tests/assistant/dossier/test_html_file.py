"""The web page: its structure, in a real browser, and printed by LibreOffice."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.dossier.content import Dossier
from assistant.dossier.html_file import as_html

CHROMIUM = shutil.which("chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
# The file axe.min.js of axe-core, as npm installs it.
AXE = os.environ.get("AXE_CORE")
SITE = "https://dialoog.example/"
LONG_WORD = (
    "Hottentottensoldatententententoonstellingsbouwterreinmeervoudigepersoonlijkheidsstoornissenbehandelaarsvergoeding"
)


@pytest.fixture(scope="module")
def written(dossier: Dossier) -> str:
    return as_html(dossier)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, written: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    path = tmp_path / "dossier.html"
    path.write_text(written, encoding="utf-8")
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.on("request", lambda asked: pytest.fail(asked.url) if asked.url != path.as_uri() else None)
    opened.goto(path.as_uri())
    yield opened
    context.close()


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.held: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.held.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.held if name == tag]


def test_it_asks_for_nothing_and_runs_nothing(written: str) -> None:
    elements = Elements(written)
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in elements.held}
    assert not re.search(r"url\(|@import", written)
    assert not [attributes for _, attributes in elements.held if "src" in attributes or "style" in attributes]
    assert not [one for one in elements.of("a") if not (one["href"] or "").startswith("#")]


def test_with_a_site_each_note_leads_to_the_source_viewer(dossier: Dossier) -> None:
    links = [one["href"] or "" for one in Elements(as_html(dossier, site=SITE)).of("a")]
    expected = [f"https://dialoog.example{note.url}" for note in dossier.notes]
    assert [link for link in links if not link.startswith("#")] == expected


def test_every_link_within_the_page_has_its_place(written: str, dossier: Dossier) -> None:
    elements = Elements(written)
    ids = Counter(attributes["id"] for _, attributes in elements.held if "id" in attributes)
    assert set(ids.values()) == {1}
    links = [(one["href"] or "").removeprefix("#") for one in elements.of("a")]
    assert set(links) <= set(ids)
    cited = [one for one in elements.of("a") if one.get("role") == "doc-noteref"]
    back = [one for one in elements.of("a") if one.get("role") == "doc-backlink"]
    assert len(cited) == 33
    assert {one["href"] for one in cited} == {f"#noot-{note.number}" for note in dossier.notes}
    assert sorted(f"#{one['id']}" for one in cited) == sorted(one["href"] or "" for one in back)


def test_its_outline_and_language_are_told(written: str, dossier: Dossier) -> None:
    elements = Elements(written)
    assert elements.of("html") == [{"lang": "nl"}]
    assert len(elements.of("h1")) == len(elements.of("main")) == len(elements.of("nav")) == 1
    assert len(elements.of("figure")) == len(elements.of("blockquote")) == len(dossier.quotations)
    assert [one.get("scope") for one in elements.of("th")] == 3 * ["col"] + 16 * ["row"]
    assert written.count("citaat (letterlijk)") == len(dossier.quotations)
    assert written.count("samenvatting (AI)") == 1
    assert written.count("Hier schrijft de gemeente:") == 4


def test_words_of_a_source_are_no_markup(page: Page, texts: list[str], squeeze: Callable[[str], str]) -> None:
    body = squeeze(page.evaluate("document.body.textContent"))
    assert [text for text in texts if text not in body] == []
    assert page.title() == "Herstelplan ‘Samen’ & <verder> in *Voorbeeldstad*"


@pytest.mark.parametrize("width", [1280, 360])
def test_it_fits_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # A table that stands as blocks on a narrow screen is a table all the same.
    assert page.get_by_role("table").count() == 1
    assert page.get_by_role("columnheader").count() == 3
    assert page.get_by_role("rowheader").count() == 16


@pytest.mark.skipif(not AXE, reason="AXE_CORE names no axe.min.js")
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(Path(AXE or "").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []


def test_printed_a_quotation_stays_whole_and_in_light_colours(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('figure')).breakInside") == "avoid"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 27, 27)"
    assert page.evaluate("getComputedStyle(document.querySelector('.back')).display") == "none"


def test_a_dossier_without_notes_has_no_place_for_them(empty: Dossier) -> None:
    assert "Noten" not in as_html(empty)


def test_printed_every_word_is_on_paper(
    page: Page, texts: list[str], read_pdf: Callable[[Path], str], tmp_path: Path
) -> None:
    path = tmp_path / "dossier.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    found = read_pdf(path)
    assert [text for text in texts if text not in found] == []


def test_libreoffice_prints_every_word(written: str, texts: list[str], printed: Callable[[str, bytes], str]) -> None:
    # LibreOffice has tables of web pages as wide as their longest word.
    page = written.replace(LONG_WORD, "woord")
    found = printed("dossier.html", page.encode())
    assert [text for text in texts if text.replace(LONG_WORD, "woord") not in found] == []
