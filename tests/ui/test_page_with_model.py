"""The page in a real browser, with a language model whose server plays a part."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.assistant.model_server import ModelServer, cuts_off, running, states
from tests.ui.test_page import AXE, CHROMIUM, FLAGS

PORT = 8139
ASKED = "/?vraag=Wat+vonden+burgers+van+thuiswerken%3F"
TRUE = "Burgers noemen bij thuiswerken meer flexibiliteit, rust en tijd als voordelen."
INVENTED = "Een student zei: ‘Thuiswerken heeft mijn leven compleet verwoest en niemand hielp mij.’"


@pytest.fixture(scope="module")
def model_server() -> Iterator[ModelServer]:
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def server(serve: Callable, home: Path, model_server: ModelServer) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIALOOG_LLM", "openai:scripted")
        patch.setenv("DIALOOG_LLM_BASE_URL", model_server.url)
        patch.setenv("DIALOOG_LLM_SECONDS", "10")
        with serve(home, PORT) as (address, _):
            yield address


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser.new_page()
        browser.close()


def test_a_summary_is_labelled_apart_from_what_people_said(server: str, page: Page, model_server: ModelServer) -> None:
    model_server.behaviour = states((TRUE, [1]), (INVENTED, [1]))
    page.goto(f"{server}{ASKED}")
    summary = page.locator("p.summary")
    expect(summary).to_have_count(1)
    expect(summary).to_contain_text("samenvatting (AI)")
    expect(summary).to_contain_text(TRUE)
    expect(page.locator(".answer")).to_contain_text("Weggelaten: 1 van de 2 zinnen")
    expect(page.locator("main, body").first).not_to_contain_text("compleet verwoest")
    page.get_by_text("Letterlijk in de verslagen").click()
    expect(page.get_by_text("citaat (letterlijk)").first).to_be_visible()
    assert AXE, "the tests of the page need axe-core: make pytest"
    page.add_script_tag(path=AXE)
    found = page.evaluate("() => axe.run().then(done => done.violations)")
    assert not [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_sentences_appear_one_by_one(server: str, page: Page, model_server: ModelServer) -> None:
    more = ["Er waren minder files.", "Mensen noemen milieuvoordelen: minder files."]
    model_server.behaviour = states((TRUE, [1]), *[(text, [1]) for text in more], pause=0.25)
    page.goto(f"{server}{ASKED}")
    expect(page.locator("p.summary")).to_have_count(1, timeout=15_000)
    expect(page.locator("section.sources")).to_have_count(0)
    expect(page.locator("section.sources")).to_have_count(1, timeout=15_000)


def test_a_model_that_breaks_off_leaves_the_words_of_the_sources(
    server: str, page: Page, model_server: ModelServer
) -> None:
    model_server.behaviour = cuts_off('{"statements": [{"text": "Burgers')
    page.goto(f"{server}{ASKED}")
    expect(page.locator(".answer")).to_contain_text("Zonder taalmodel verder")
    expect(page.locator(".answer")).to_contain_text("Dit staat hierover letterlijk in de verslagen:")


def test_the_page_tells_which_model_writes_and_where_questions_go(server: str, page: Page) -> None:
    page.goto(f"{server}/over")
    expect(page.get_by_text("Een taalmodel (openai:scripted) vat antwoorden samen")).to_be_visible()
    expect(page.get_by_text("Ze verlaten de computer waarop dit programma draait niet.")).to_be_visible()


def test_the_api_streams_what_is_checked_and_nothing_else(server: str, model_server: ModelServer) -> None:
    model_server.behaviour = states((INVENTED, [1]), (TRUE, [1]), pause=0.02)
    asked = {"question": "Wat vonden burgers van thuiswerken?"}
    headers = {"Accept": "text/event-stream"}
    with httpx.stream("POST", f"{server}/v1/vragen", json=asked, headers=headers, timeout=30) as response:
        events = response.read().decode()
    names = [line.removeprefix("event: ") for line in events.splitlines() if line.startswith("event: ")]
    assert names[0] == "question"
    assert names[-1] == "answer"
    assert set(names[1:-1]) == {"statement"}
    assert "compleet verwoest" not in events
    assert '"kind": "summary"' in events
