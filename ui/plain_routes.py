"""The addresses of the pages that need no script: the sources and the guide."""

from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import FileResponse, HTMLResponse, Response

from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.text import Span
from ui import viewer

_ENGLISH = "en"
Position = Annotated[str, Query(max_length=10)]


def add_plain_pages(app: FastAPI, kb: KnowledgeBase) -> None:
    """Put these pages on the server."""

    @app.get("/bronnen/stijl.css")
    def style() -> Response:
        return Response(viewer.style(), media_type="text/css")

    @app.get("/bronnen")
    def sources(taal: str = "nl") -> HTMLResponse:
        return HTMLResponse(viewer.sources_page(kb, _language(taal)))

    @app.get("/bronnen/{source}")
    def source(source: str, van: Position = "", tot: Position = "", taal: str = "nl") -> HTMLResponse:
        language = _language(taal)
        if source not in kb.sources:
            return _problem(f"Er is geen bron {source!r}.", 404, language)
        try:
            return HTMLResponse(viewer.source_page(kb, source, _marked(van, tot), language))
        except (InputError, ValueError) as error:
            return _problem(f"van={van!r}, tot={tot!r}: {error}", 400, language)

    @app.get("/handleiding")
    def guide() -> HTMLResponse:
        return HTMLResponse(viewer.guide_page())

    @app.get("/handleiding/{image}")
    def guide_image(image: str) -> Response:
        files = {file.name: file for file in viewer.GUIDE.with_name("images").glob("*.png")}
        return FileResponse(files[image]) if image in files else _problem(f"Er is geen beeld {image!r}.", 404)


def _problem(message: str, status: int, language: str = "nl") -> HTMLResponse:
    return HTMLResponse(viewer.problem_page(message, language), status)


def _marked(start: str, end: str) -> Span | None:
    return Span(int(start), int(end)) if start or end else None


def _language(taal: str) -> str:
    return _ENGLISH if taal == _ENGLISH else "nl"
