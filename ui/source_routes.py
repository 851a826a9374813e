"""The addresses of the pages of the sources."""

from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse, Response

from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.text import Span
from ui import viewer

_ENGLISH = "en"
Position = Annotated[str, Query(max_length=10)]


def add_viewer(app: FastAPI, kb: KnowledgeBase) -> None:
    """Put the pages of the sources on the server; they need no script."""

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
            return HTMLResponse(viewer.problem_page(f"Er is geen bron {source!r}.", language), 404)
        try:
            return HTMLResponse(viewer.source_page(kb, source, _marked(van, tot), language))
        except (InputError, ValueError) as error:
            return HTMLResponse(viewer.problem_page(f"van={van!r}, tot={tot!r}: {error}", language), 400)


def _marked(start: str, end: str) -> Span | None:
    return Span(int(start), int(end)) if start or end else None


def _language(taal: str) -> str:
    return _ENGLISH if taal == _ENGLISH else "nl"
