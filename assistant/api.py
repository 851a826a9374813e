"""The HTTP API. Errors are `application/problem+json` (RFC 9457), bad input is status 400."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant import engine
from assistant.as_json import answer_json
from assistant.filters import parse_filters
from kb.errors import DialoogError, InputError
from kb.knowledge_base import KnowledgeBase

_BAD_REQUEST = 400
_UNAVAILABLE = 503


class Vraag(BaseModel):
    """A question with the user's earlier questions, oldest first, and filters."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(examples=["Wat zeiden burgers over wonen?"])
    history: list[str] = []
    track: str | None = None
    theme: str | None = None
    part: str | None = None


def build_app(kb: KnowledgeBase) -> FastAPI:
    """The API over an opened knowledge base."""
    app = FastAPI(title="Dialoogwijzer", version="1", openapi_url="/v1/openapi.json", docs_url=None, redoc_url=None)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DialoogError, _failed)

    @app.post("/v1/vragen")
    def vragen(vraag: Vraag) -> dict[str, Any]:
        filters = parse_filters(vraag.track, vraag.theme, vraag.part)
        return answer_json(engine.ask(kb, vraag.question, history=vraag.history, filters=filters))

    @app.get("/v1/gezondheid")
    def gezondheid() -> dict[str, Any]:
        return {"status": "ok", **kb.catalogue.counts()}

    return app


def _problem(status: int, title: str, detail: str, **more: Any) -> JSONResponse:  # noqa: ANN401 - members of a problem
    content = {"status": status, "title": title, "detail": detail, **more}
    return JSONResponse(content, status, media_type="application/problem+json")


def _invalid(_: Request, error: Exception) -> JSONResponse:
    """All that is wrong with a request at once."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    errors = [{"field": ".".join(map(str, item["loc"])), "detail": item["msg"]} for item in found]
    return _problem(_BAD_REQUEST, "Ongeldig verzoek", "Het verzoek past niet bij de specificatie.", errors=errors)


def _failed(_: Request, error: Exception) -> JSONResponse:
    if isinstance(error, InputError):
        return _problem(_BAD_REQUEST, "Ongeldige vraag", str(error))
    return _problem(_UNAVAILABLE, "De kennisbank is niet beschikbaar", str(error))
