"""Pictures of every place of the page, wide and narrow, light and dark; `make screenshots` puts them in build.

With `--guide` it renews those that the guide shows (docs/images) instead.
"""

import shutil
import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
BASE = "http://127.0.0.1:8000"
REWRITTEN = (
    "Corona bewijst de innovatiedrang van de mens: ik ben gaan roller skaten, gaan wandelen, doe kledingruilhandeltjes "
    "met vrienden...er werd echt gedacht in mogelijkheden in mijn vriendengroep."
)
PLACES = {
    "vraag": f"/?vraag={quote('Wat zeiden burgers over wonen?')}",
    "weigering": f"/?vraag={quote('Hoe bak ik een appeltaart?')}",
    "citaten": f"/citaten?q={quote('eenzaamheid')}",
    "themas": "/themas",
    "dossier": "/dossier?onderwerp=gezondheid&focus=jongeren",
    "controle": f"/citaat-controleren?tekst={quote(REWRITTEN)}&spreker={quote('freelance marketeer')}",
    "over": "/over",
    "bron": "/bronnen/perspectief-voor-en-door-de-samenleving.md?van=65299&tot=65594#aangehaald",
    "handleiding": "/handleiding",
}
SIZES = {"breed": (1280, 900), "smal": (360, 800)}
# The places that the guide shows, and how high.
IN_THE_GUIDE = {"vraag": 900, "controle": 1500, "themas": 1000}


def shoot(browser: Browser, folder: Path) -> None:
    """Every place in every size and colour scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PLACES:
        for size, dimensions in SIZES.items():
            for scheme in ("light", "dark"):
                take(browser, name, dimensions, scheme, folder / f"{name}-{size}-{scheme}.png")


def take(browser: Browser, name: str, size: tuple[int, int], scheme: str, file: Path) -> None:
    """A picture of one place."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page.goto(BASE + PLACES[name])
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    page.screenshot(path=file)
    page.close()


if __name__ == "__main__":
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        if "--guide" in sys.argv:
            for name, height in IN_THE_GUIDE.items():
                take(browser, name, (1280, height), "light", ROOT / "docs" / "images" / f"{name}.png")
        else:
            shoot(browser, ROOT / "build" / "screenshots")
