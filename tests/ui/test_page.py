"""The page in a real browser."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kb.knowledge_base import KnowledgeBase
from ui.address import Address, Place
from ui.page import drawn

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PORT = 8138
# The file axe.min.js of axe-core, as npm installs it.
AXE = os.environ.get("AXE_CORE")
QUESTION = "Wat zeiden burgers over wonen?"
ANSWERED = "/?vraag=Wat+zeiden+burgers+over+wonen%3F"
SAID = "Mijn droom is dat we met een light rail verbinding de plaatsen hier in de buurt beter met elkaar verbinden."
PLACES = {
    "ask": "/",
    "answer": ANSWERED,
    "refusal": "/?vraag=Wat+zeiden+deelnemers+over+kernenergie%3F",
    "quotes": "/citaten?thema=gezondheid",
    "themes": "/themas",
    "cell": "/themas?thema=gezondheid&onderdeel=droom",
    "dossier": "/dossier",
    "dossier chosen": "/dossier?onderwerp=gezondheid&onderwerp=samen-leven&focus=jongeren&deel=knel&deel=citaten",
    "verify": f"/citaat-controleren?tekst={SAID.replace('light rail', 'snelle bus')}",
    "about": "/over",
    "english": "/themas?taal=en",
}


@pytest.fixture(scope="module")
def server(serve: Callable, home: Path) -> Iterator[str]:
    with serve(home, PORT) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "these tests need Debian's chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(server: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=server, accept_downloads=True)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def open_place(page: Page, address: str) -> None:
    page.goto(address)
    wait_until_whole(page)


def wait_until_whole(page: Page) -> None:
    page.wait_for_selector(".dw[data-step='']:not([aria-busy])")


def ask(page: Page, question: str) -> None:
    box = page.get_by_label("Uw vraag")
    box.fill(question)
    box.press("Enter")
    page.get_by_role("heading", name=question, exact=True).wait_for()
    wait_until_whole(page)


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 800)], ids=["desktop", "phone"])
def test_a_question_gets_its_cited_answer_and_no_other_host_is_asked(
    server: str, browser: Browser, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, base_url=server)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    open_place(page, "/")
    ask(page, QUESTION)
    assert page.get_by_text("Bronnen").count()
    assert page.get_by_text("verslagen-dialogen-met-de-samenleving.txt").count()
    assert page.get_by_text("geen steekproef").count()
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == {f"127.0.0.1:{PORT}"}
    page.close()


def test_an_error_of_ours_is_told_on_the_page_and_to_the_operator(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> Iterator[str]:
        raise RuntimeError

    monkeypatch.setattr("ui.page._DRAW", {Place.ABOUT: fail})
    (shown,) = drawn(kb, Address(Place.ABOUT))
    assert 'role="alert"' in shown
    assert "Er ging iets mis" in shown
    assert "a place could not be drawn: ABOUT" in caplog.text


def test_bad_input_is_told_on_the_page(page: Page) -> None:
    open_place(page, "/")
    page.get_by_role("button", name="Vraag", exact=True).click()
    expect(page.get_by_text("De vraag is leeg")).to_be_visible()


def test_a_marker_leads_to_its_source_and_on_to_the_document(page: Page) -> None:
    open_place(page, ANSWERED)
    marker = page.locator("a.marker").first
    statement = page.locator(".statement").first.inner_text()
    marker.click()
    entry = page.locator(".source").first
    expect(entry).to_be_focused()
    assert entry.locator("mark").first.inner_text() in statement
    link = entry.get_by_role("link", name="Open in bron")
    assert re.match(r"/bronnen/[\w.-]+\?van=\d+&tot=\d+", link.get_attribute("href") or "")
    assert link.get_attribute("target") == "_blank"


def test_open_in_bron_lands_on_the_words_of_the_citation_without_a_script(
    server: str, browser: Browser, page: Page
) -> None:
    answer = httpx.post(f"{server}/v1/vragen", json={"question": QUESTION}).json()
    open_place(page, ANSWERED)
    links = [link.get_attribute("href") for link in page.get_by_role("link", name="Open in bron").all()]
    assert links == [citation["url"] for citation in answer["citations"]]
    context = browser.new_context(base_url=server, java_script_enabled=False)
    source = context.new_page()
    for citation in answer["citations"][:5]:
        source.goto(citation["url"])
        marked = " ".join(" ".join(source.locator("mark").all_inner_texts()).split())
        assert marked == citation["text"]
        expect(source.locator("#aangehaald")).to_be_in_viewport()
    context.close()


def test_a_reloaded_or_shared_address_shows_the_same_answer(page: Page) -> None:
    open_place(page, "/")
    ask(page, QUESTION)
    ask(page, "En wat kwam er in de knel?")
    assert parse_qs(urlsplit(page.url).query)["vraag"] == [QUESTION, "En wat kwam er in de knel?"]
    answers = page.locator(".turn").all_inner_texts()
    assert len(answers) == 2
    page.reload()
    wait_until_whole(page)
    assert page.locator(".turn").all_inner_texts() == answers


def test_going_back_takes_the_last_question_away(page: Page) -> None:
    open_place(page, "/")
    ask(page, QUESTION)
    ask(page, "En wat kwam er in de knel?")
    page.go_back()
    expect(page.locator(".turn")).to_have_count(1)


def test_the_transcript_is_in_the_accessibility_tree(page: Page) -> None:
    open_place(page, ANSWERED)
    tree = page.get_by_role("log").aria_snapshot()
    assert f'heading "{QUESTION}"' in tree
    assert "krapte op de woningmarkt" in tree
    assert "bron 1" in tree
    assert "letterlijk" in tree


def test_everything_to_ask_and_read_can_be_reached_by_keyboard(page: Page) -> None:
    open_place(page, "/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Uw vraag")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("a.marker").first.wait_for()
    wait_until_whole(page)
    page.locator(".question").focus()
    page.keyboard.press("Tab")
    expect(page.locator("a.marker").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".source").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Open in bron").first).to_be_focused()


def test_a_reference_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_place(page, ANSWERED)
    page.get_by_role("button", name="Kopieer verwijzing").first.click()
    expect(page.get_by_role("status").get_by_text("De verwijzing is gekopieerd.")).to_be_attached()
    assert "Verslagen dialogen met de samenleving, 2021)" in page.evaluate("navigator.clipboard.readText()")


def test_quotations_are_filtered_and_taken_along(page: Page) -> None:
    open_place(page, "/citaten")
    page.get_by_label("Groep sprekers").select_option("studenten-en-scholieren")
    page.wait_for_url("**/citaten?groep=studenten-en-scholieren")
    wait_until_whole(page)
    count = int(page.locator(".results h2").inner_text().split()[0])
    assert 0 < count < 100
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename == "citaten.csv"
    written = Path(taken.value.path()).read_text(encoding="utf-8-sig")
    assert len(re.findall(r"^q-[0-9a-f]{12};", written, re.MULTILINE)) == count
    page.get_by_role("link", name="Volgende").click()
    expect(page.get_by_text("Bladzijde 2 van")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Bladzijde 2 van")).to_be_visible()
    expect(page.get_by_label("Groep sprekers")).to_have_value("studenten-en-scholieren")


def test_a_quotation_opens_by_its_own_link(page: Page) -> None:
    open_place(page, "/citaten?q=light+rail")
    page.get_by_role("link", name="Vaste link").first.click()
    expect(page.get_by_role("heading", name="Bewijs")).to_be_visible()
    assert "light rail" in page.locator(".card blockquote").inner_text()
    assert "id=q-" in page.url


def test_a_cell_of_the_matrix_opens_what_is_behind_it(page: Page) -> None:
    open_place(page, "/themas")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Gezondheid", exact=True))
    row.get_by_role("link", name="19", exact=True).click()
    expect(page.get_by_role("heading", name="Dromen en wensen")).to_be_visible()
    assert "onderdeel=droom" in page.url
    page.go_back()
    expect(page.get_by_role("table").first).to_be_visible()


def test_a_sign_on_the_map_opens_its_quotation(page: Page) -> None:
    open_place(page, "/themas")
    page.locator("svg.map .dot").last.click()
    expect(page.get_by_role("heading", name="Bewijs")).to_be_visible()


def test_the_legend_singles_out_a_theme_without_moving_the_page(page: Page) -> None:
    open_place(page, "/themas")
    page.get_by_role("link", name="Wonen en verkeer").last.click()
    page.locator(".dot.faint").first.wait_for()
    assert "kaart=wonen-en-verkeer" in page.url
    assert page.evaluate("scrollY") > 0


def test_a_dossier_is_chosen_seen_and_taken_along(page: Page) -> None:
    open_place(page, "/dossier")
    page.get_by_label("Nieuwe ongelijkheden").check()
    page.get_by_label("Waar het u vooral om gaat").fill("jongeren")
    page.get_by_role("button", name="Bekijk").click()
    expect(page.get_by_role("heading", name="Nieuwe ongelijkheden")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Word").click()
    assert taken.value.suggested_filename == "dossier-nieuwe-ongelijkheden.docx"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Lees het hele dossier").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Nieuwe ongelijkheden")
    page.reload()
    expect(page.get_by_label("Nieuwe ongelijkheden")).to_be_checked()
    expect(page.get_by_label("Waar het u vooral om gaat")).to_have_value("jongeren")


def test_a_text_is_checked(page: Page) -> None:
    open_place(page, "/citaat-controleren")
    page.get_by_label("De tekst").fill(SAID.replace("light rail", "snelle bus"))
    page.get_by_role("button", name="Controleer").click()
    expect(page.get_by_role("heading", name="Veranderd")).to_be_visible()
    assert "light rail" in page.locator("del").inner_text()
    assert "snelle bus" in page.locator("ins").inner_text()
    page.get_by_label("De tekst").fill(SAID)
    page.get_by_label("Wie het gezegd zou hebben").fill("student")
    page.get_by_role("button", name="Controleer").click()
    expect(page.get_by_role("heading", name="Spreker klopt niet")).to_be_visible()


def test_the_language_is_switched_and_kept(page: Page) -> None:
    open_place(page, ANSWERED)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Ask what was said")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    page.get_by_role("link", name="Quotations", exact=True).click()
    expect(page.get_by_role("heading", name="Quotations", exact=True)).to_be_visible()
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_role("heading", name="Citaten", exact=True)).to_be_visible()


def test_nothing_is_kept_in_the_browser(page: Page) -> None:
    open_place(page, ANSWERED)
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases()") == []


@pytest.mark.parametrize("name", PLACES)
def test_a_place_has_one_title_and_fits_a_narrow_screen(server: str, browser: Browser, name: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800}, base_url=server)
    open_place(page, PLACES[name])
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.title().endswith("– Dialoogwijzer")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.skipif(not AXE, reason="AXE_CORE names no axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PLACES)
def test_axe_finds_nothing_serious(server: str, browser: Browser, name: str, scheme: str) -> None:
    context = browser.new_context(base_url=server, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    open_place(page, PLACES[name])
    page.evaluate(Path(AXE or "").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    bad = [(one["id"], one["nodes"][0]["target"]) for one in found if one["impact"] in ("serious", "critical")]
    assert not bad
    context.close()


@pytest.mark.skipif(not AXE, reason="AXE_CORE names no axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/bronnen", "/handleiding", "/bronnen/perspectief-voor-en-door-de-samenleving.md?van=65299&tot=65594"]
)
def test_axe_finds_nothing_serious_on_the_pages_without_a_script(
    server: str, browser: Browser, path: str, scheme: str
) -> None:
    context = browser.new_context(base_url=server, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path)
    page.evaluate(Path(AXE or "").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert not [(one["id"], one["nodes"][0]["target"]) for one in found if one["impact"] in ("serious", "critical")]
    context.close()
