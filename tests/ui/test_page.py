"""The page in a real browser."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PORT = "8138"
BASE = f"http://127.0.0.1:{PORT}"


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    environment = {**os.environ, "DIALOOG_HOME": str(home)}
    with subprocess.Popen([sys.executable, "-m", "ui", "serve", "--port", PORT], env=environment) as process:
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(f"{BASE}/v1/gezondheid")
                break
            except httpx.ConnectError:
                assert time.monotonic() < deadline
                time.sleep(0.2)
        yield BASE
        process.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "these tests need Debian's chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)], ids=["desktop", "phone"])
def test_a_question_gets_its_cited_answer_and_no_other_host_is_asked(
    server: str, browser: Browser, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto(server)
    box = page.get_by_label("Uw vraag")
    box.fill("Wat zeiden burgers over wonen?")
    box.press("Enter")
    page.get_by_text("Bronnen").wait_for(timeout=30_000)
    assert page.get_by_text("verslagen-dialogen-met-de-samenleving.txt").count()
    assert page.get_by_text("geen steekproef").count()
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == {f"127.0.0.1:{PORT}"}
    page.close()


def test_bad_input_is_told_on_the_page(server: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(server)
    page.get_by_role("button", name="Vraag", exact=True).click()
    page.get_by_text("De vraag is leeg").wait_for(timeout=30_000)
    page.close()
