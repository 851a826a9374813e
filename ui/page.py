"""The web page. The only module that imports Gradio: it gives each place its address and draws it when asked to."""

import logging
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.dossier import files
from assistant.dossier.request import dossier_of
from assistant.export import Format
from kb.errors import DialoogError
from kb.knowledge_base import KnowledgeBase
from ui import about_place, ask_place, dossier_place, quotes_place, themes_place, verify_place
from ui.address import Address, Place, read_address
from ui.frame import framed
from ui.markup import alert
from ui.texts import say

if TYPE_CHECKING:
    from fastapi import FastAPI

_log = logging.getLogger("dialoogwijzer")
_FOLDER = Path(__file__).parent
# Users who are answered at the same time: a question takes some 50 ms of one core, and with a language model a wait.
_AT_ONCE, _AT_ONCE_WAITING = 4, 32
# A dossier as a web page has its style in it, and nothing else that a browser would run or ask for.
_DOSSIER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Draw = Callable[[KnowledgeBase, Address], Iterator[str]]


def _whole(draw: Callable[[KnowledgeBase, Address], str]) -> Draw:
    def once(kb: KnowledgeBase, address: Address) -> Iterator[str]:
        yield draw(kb, address)

    return once


_DRAW: Mapping[Place, Draw] = {
    Place.ASK: ask_place.draw,
    Place.QUOTES: _whole(quotes_place.draw),
    Place.THEMES: _whole(themes_place.draw),
    Place.DOSSIER: _whole(dossier_place.draw),
    Place.VERIFY: _whole(verify_place.draw),
    Place.ABOUT: _whole(about_place.draw),
}


def drawn(kb: KnowledgeBase, address: Address) -> Iterator[str]:
    """A place as markup, first in part when it takes time; what goes wrong is told there, and to the operator."""
    try:
        yield from _DRAW[address.place](kb, address)
    except Exception:  # noqa: BLE001 - the outermost border of the page
        _log.exception("a place could not be drawn: %s", address.place.name)
        yield framed(address, f"<h1>Dialoogwijzer</h1>{alert(say('broken', address.language))}")


def mount(app: "FastAPI", kb: KnowledgeBase) -> "FastAPI":
    """Put the page on the root of the API's server, and the files of quotations and dossiers beside it."""
    # Read by Gradio when it is imported: no usage statistics, no request to another host.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    _add_files(app, kb)
    _add_dossiers(app, kb)
    script = (_FOLDER / "page.js").read_text(encoding="utf-8")

    def add(place: Place) -> None:
        def draw(event: gr.EventData) -> Iterator[str]:
            yield from drawn(kb, read_address(place, event.query))

        shown = gr.HTML(js_on_load=script, apply_default_css=False, elem_classes="place-holder")
        shown.submit(
            draw,
            outputs=shown,
            api_visibility="private",
            show_progress="hidden",
            concurrency_limit=_AT_ONCE_WAITING if kb.settings.llm else _AT_ONCE,
            trigger_mode="multiple",
        )

    with gr.Blocks(title="Dialoogwijzer", analytics_enabled=False, fill_width=True) as page:
        add(Place.ASK)
    for place in list(Place)[1:]:
        with page.route(say(f"place {place.name}"), f"/{place}", show_in_navbar=False):
            add(place)
    with warnings.catch_warnings():
        # Gradio says that it does not draw several places on the server, which nobody asked for.
        warnings.filterwarnings("ignore", "SSR mode is not supported", UserWarning)
        mounted: FastAPI = gr.mount_gradio_app(
            app,
            page,
            path="/",
            footer_links=[],
            show_error=False,
            # Gradio would take files from anybody; the page has no use for any.
            max_file_size=1,
            # Gradio would keep every question in the browser.
            run_history=False,
            css_paths=_FOLDER / "theme.css",
            js="() => { document.documentElement.lang = 'nl' }",
            # The system's own letters: those that Gradio ships lack a bold face, so that headings mix two fonts.
            theme=gr.themes.Default(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        )
    return mounted


def _add_files(app: "FastAPI", kb: KnowledgeBase) -> None:
    """The quotations that an address of the place Citaten finds, as files: /citaten.csv and so on."""
    from fastapi import Request, Response

    def add(form: Format) -> None:
        def answer(request: Request) -> Response:
            try:
                text = quotes_place.file(kb, read_address(Place.QUOTES, request.url.query), form)
            except DialoogError as error:
                return Response(str(error), status_code=400, media_type="text/plain")
            kinds = {
                Format.CSV: "text/csv",
                Format.JSON_LINES: "application/x-ndjson",
                Format.MARKDOWN: "text/markdown",
            }
            headers = {"Content-Disposition": f'attachment; filename="citaten.{form}"'}
            return Response(text.encode(), media_type=f"{kinds[form]}; charset=utf-8", headers=headers)

        app.add_route(f"/{Place.QUOTES}.{form}", answer, include_in_schema=False)

    for form in Format:
        add(form)


def _add_dossiers(app: "FastAPI", kb: KnowledgeBase) -> None:
    """The dossier that an address of the place Dossier asks for, as files: /dossier.docx and so on."""
    from fastapi import Request, Response

    def add(form: files.Format) -> None:
        def answer(request: Request) -> Response:
            wanted = dossier_place.wanted(read_address(Place.DOSSIER, request.url.query))
            try:
                content = files.written(dossier_of(kb, wanted), form, site=str(request.base_url).rstrip("/"))
            except DialoogError as error:
                return Response(str(error), status_code=400, media_type="text/plain")
            # A web page opens; a link with `download` keeps it as a file all the same.
            shown = "inline" if form is files.Format.HTML else "attachment"
            name = files.file_name(wanted.subjects, form)
            headers = {
                "Content-Disposition": f'{shown}; filename="{name}"',
                "Content-Security-Policy": _DOSSIER_POLICY,
            }
            return Response(content, media_type=form.media_type, headers=headers)

        app.add_route(f"/{Place.DOSSIER}.{form}", answer, include_in_schema=False)

    for form in files.Format:
        add(form)
