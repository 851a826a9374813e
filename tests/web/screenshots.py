"""Pictures of every place of the page, wide and narrow, light and dark; `make screenshots` puts them in build.

With `--guide` it also renews those that the guide shows (docs/images).
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
    "controle": f"/citaat-controleren?tekst={quote(REWRITTEN)}&spreker={quote('freelance marketeer')}",
    "over": "/over",
    "bron": "/bronnen/perspectief-voor-en-door-de-samenleving.md?van=65299&tot=65594#aangehaald",
    "handleiding": "/handleiding",
}
SIZES = {"breed": (1280, 900), "smal": (360, 800)}
IN_THE_GUIDE = ("vraag", "controle", "themas")


def shoot(browser: Browser, folder: Path) -> None:
    """Every place in every size and colour scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in PLACES.items():
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.goto(BASE + path)
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(1500)
                page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
                page.close()


if __name__ == "__main__":
    made = ROOT / "build" / "screenshots"
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        shoot(playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags), made)
    if "--guide" in sys.argv:
        for name in IN_THE_GUIDE:
            shutil.copy(made / f"{name}-breed-light.png", ROOT / "docs" / "images" / f"{name}.png")
