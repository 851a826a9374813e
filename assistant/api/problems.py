"""Errors as `application/problem+json` (https://www.rfc-editor.org/rfc/rfc9457) in Dutch; bad input is status 400."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.api.schemas import PROBLEM, Problem
from kb.errors import DialoogError, InputError

MEDIA_TYPE = "application/problem+json"
_TITLES: Mapping[int, str] = {
    400: "Ongeldig verzoek",
    401: "Niet aangemeld",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    406: "Deze vorm is er niet",
    413: "Te groot verzoek",
    429: "Te veel verzoeken",
    500: "Interne fout",
    503: "De dienst is niet beschikbaar",
    504: "Het duurt te lang",
}
_DETAILS: Mapping[int, str] = {
    404: "Dit adres bestaat niet. De specificatie staat op /v1/openapi.json.",
    405: "Kijk in /v1/openapi.json welke methoden dit adres kent.",
    413: "Het verzoek is groter dan deze dienst aanneemt. Stuur een kortere tekst.",
    500: "Er ging iets mis. Probeer het opnieuw; houdt het aan, meld het dan aan de beheerder.",
}
# What pydantic finds, in words of ours; the names in braces are those of its context.
_FOUND: Mapping[str, str] = {
    "missing": "dit veld ontbreekt",
    "extra_forbidden": "dit veld is onbekend",
    "json_invalid": "geen geldige JSON",
    "string_type": "moet tekst zijn",
    "string_too_short": "is leeg",
    "string_too_long": "is te lang, ten hoogste {max_length} tekens",
    "too_short": "heeft te weinig waarden, ten minste {min_length}",
    "too_long": "heeft te veel waarden, ten hoogste {max_length}",
    "list_type": "moet een lijst zijn",
    "bool_type": "moet true of false zijn",
    "enum": "kies uit {expected}",
    "literal_error": "kies uit {expected}",
    "int_parsing": "moet een geheel getal zijn",
    "greater_than_equal": "moet minstens {ge} zijn",
    "less_than_equal": "mag hoogstens {le} zijn",
    "model_attributes_type": "moet een JSON-object zijn",
    "dict_type": "moet een JSON-object zijn",
}

# Programs that speak OpenAI's protocol call these, and look for what is wrong in a member `error`.
_OPENAI_PATHS = ("/chat/completions", "/models")


class ProblemError(Exception):
    """A request that cannot be answered, with its status and what is wrong."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, *, path: str = "") -> JSONResponse:
    """The response that tells of a problem with a request to `path`."""
    content = content_of(status, detail)
    if path.endswith(_OPENAI_PATHS):
        content["error"] = openai_error(status, detail)
    return JSONResponse(content, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def content_of(status: int, detail: str) -> dict[str, Any]:
    """A problem as JSON."""
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    return Problem(status=status, title=title, detail=detail).model_dump()


def openai_error(status: int, detail: str) -> dict[str, Any]:
    """What is wrong, as OpenAI's protocol tells it."""
    kind = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
    return {"message": detail, "type": kind, "param": None, "code": str(status)}


def status_of(error: DialoogError | ProblemError) -> int:
    """The status of a request that ends in this error."""
    if isinstance(error, ProblemError):
        return error.status
    return 400 if isinstance(error, InputError) else 503


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These errors as responses in the specification."""
    return {status: {"description": _TITLES[status], "content": PROBLEM} for status in statuses}


def add_handlers(app: FastAPI) -> None:
    """Make every error of an application a problem."""
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(DialoogError)(_failed)
    app.exception_handler(ProblemError)(_stopped)
    app.exception_handler(HTTPException)(_refused)
    app.exception_handler(Exception)(_broken)


def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    """All that is wrong with a request at once."""
    return problem(400, "; ".join(_found(item) for item in error.errors()) + ".", path=request.url.path)


def _found(item: Mapping[str, Any]) -> str:
    place = ".".join(part for part in item["loc"][1:] if isinstance(part, str)) or "verzoek"
    found = _FOUND.get(item["type"], "is ongeldig").format(**item.get("ctx", {}))
    return f"{place}: {found.replace(' or ', ' of ')}"


def _failed(request: Request, error: DialoogError) -> JSONResponse:
    return problem(status_of(error), str(error), path=request.url.path)


def _stopped(request: Request, error: ProblemError) -> JSONResponse:
    return problem(error.status, error.detail, error.headers, path=request.url.path)


def _refused(request: Request, error: HTTPException) -> JSONResponse:
    detail = _DETAILS.get(error.status_code, str(error.detail))
    return problem(error.status_code, detail, error.headers, path=request.url.path)


def _broken(request: Request, _: Exception) -> JSONResponse:
    return problem(500, _DETAILS[500], path=request.url.path)
