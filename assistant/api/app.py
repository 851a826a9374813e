"""The server's application: resources under /v1, MCP at /mcp, and around them what holds for every request."""

from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from fastapi.telemetry import TelemetryConfig
from starlette.routing import Route

from assistant.api import chat, dossiers, metrics
from assistant.api.guard import API, BODY_MAX, MCP, VERSION, Guard
from assistant.api.problems import add_handlers
from assistant.api.routes import router
from assistant.api.schemas import Problem
from assistant.api.work import work_for
from assistant.mcp_server import HttpEndpoint, build_mcp
from kb.knowledge_base import KnowledgeBase

_REFERENCE = {"$ref": "#/components/headers/API-Version"}
_TAGS = [
    {"name": "vragen", "description": "Vragen en antwoorden met bronvermelding."},
    {"name": "citaten", "description": "Citaten zoeken, bewijzen en controleren."},
    {"name": "bronnen", "description": "De documenten, hun thema’s en passages."},
    {"name": "dossiers", "description": "Wat er over een onderwerp is gezegd, als bestand voor een plan of artikel."},
    {"name": "openai", "description": "Dezelfde antwoorden voor programma’s die het protocol van OpenAI spreken."},
    {"name": "dienst", "description": "De dienst zelf."},
]
# What clients of MCP send with every message.
_MCP_HEADERS = ("Mcp-Protocol-Version", "Mcp-Method", "Mcp-Name")
_DESCRIPTION = """Vraag wat er in de dialoog ‘Nederland na de crisis’ (2021) is gezegd. Elk antwoord is opgebouwd uit de
woorden van de verslagen, met van elk woord de plaats in het bronbestand. Er wordt geen vraag opgeslagen."""


def build_app(kb: KnowledgeBase) -> FastAPI:
    """The server over an opened knowledge base, as its settings have it; the page is mounted on it by its user."""
    settings = kb.settings
    counts = metrics.Metrics() if settings.metrics else None
    api = build_api(kb)
    endpoint = HttpEndpoint(build_mcp(kb, api.state.work))
    server = _application(openapi_url=None, lifespan=lambda _: endpoint.running())
    server.mount(API, api)
    # Routes rather than a mount, which would not have the address without a slash.
    server.routes.extend([Route(MCP, endpoint), Route(f"{MCP}/", endpoint)])
    if counts:
        server.add_api_route("/metrics", lambda: Response(counts.text(), media_type=metrics.CONTENT_TYPE))
    if settings.origins:
        server.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", *_MCP_HEADERS],
            expose_headers=["API-Version", "Retry-After"],
        )
    server.add_middleware(
        Guard,
        tokens=settings.tokens,
        origins=settings.origins,
        rate=settings.rate,
        logs=settings.log,
        metrics=counts,
    )
    return server


def _application(**options: Any) -> FastAPI:  # noqa: ANN401 - options of FastAPI
    """An application whose errors are problems and that reports to nobody."""
    silent: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
    app = FastAPI(docs_url=None, redoc_url=None, telemetry=silent, **options)
    add_handlers(app)
    return app


def build_api(kb: KnowledgeBase) -> FastAPI:
    """The resources, as they are mounted under /v1."""
    api = _application(
        title="Dialoogwijzer",
        version=VERSION,
        description=_DESCRIPTION,
        contact={
            "name": kb.settings.contact_name,
            "url": kb.settings.contact_url,
            "email": kb.settings.contact_email,
        },
        servers=[{"url": API, "description": "Deze server"}],
        root_path_in_servers=False,
        max_body_size=BODY_MAX,
    )
    api.state.kb = kb
    api.state.work = work_for(kb.settings)
    api.include_router(router)
    api.include_router(chat.router)
    api.include_router(dossiers.router)
    api.openapi = lambda: _specification(api)  # type: ignore[method-assign]
    return api


def _specification(api: FastAPI) -> dict[str, Any]:
    """The specification as the design rules want it: 400 for bad input, a version with every answer."""
    if api.openapi_schema is None:
        made = get_openapi(
            title=api.title,
            version=api.version,
            description=api.description,
            contact=api.contact,
            servers=api.servers,
            tags=_TAGS,
            routes=api.routes,
        )
        components = made["components"]
        schemas = components["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = Problem.model_json_schema()
        version = {"type": "string", "examples": [VERSION]}
        components["headers"] = {"API-Version": {"description": "De versie van deze API.", "schema": version}}
        for operation in (one for path in made["paths"].values() for one in path.values()):
            operation["responses"].pop("422", None)
            for response in operation["responses"].values():
                response.setdefault("headers", {})["API-Version"] = _REFERENCE
        api.openapi_schema = made
    return api.openapi_schema
