"""Before and after every request: security headers, tokens, rate limit, a line in the log without what was asked."""

import hashlib
import hmac
import sys
import time
from collections.abc import Sequence

import structlog
from fastapi.responses import Response
from limits import RateLimitItem
from limits import parse as parse_limit
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.metrics import Metrics
from assistant.api.problems import problem

VERSION = "1.0.0"
BODY_MAX = 400_000
API = "/v1"
MCP = "/mcp"
# Of the API and the source viewer. The page has its own, because Gradio needs scripts and styles in the page.
STRICT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_OPEN_TO_ALL = frozenset({f"{API}/gezondheid", f"{API}/openapi.json"})
# Where a program asks, which needs a token when there are any.
_PROGRAMS = (f"{API}/", MCP)
_STRICT = (*_PROGRAMS, "/bronnen", "/handleiding")
# Gradio takes files here, which nothing on the page sends.
_CLOSED = "/gradio_api/upload"
# And where the page sends its questions, and makes its dossiers.
_LIMITED = (*_PROGRAMS, "/gradio_api/queue/join", "/gradio_api/run", "/dossier.")


def hashed(token: str) -> str:
    """A token as it stands in the settings."""
    return hashlib.sha256(token.encode()).hexdigest()


class Guard:
    """The outermost layer of the server."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        tokens: Sequence[str],
        origins: Sequence[str],
        rate: str | None,
        logs: bool,
        metrics: Metrics | None,
    ) -> None:
        """`tokens` are hashes of those that may use the API (none: everybody may); `rate` is such as "60/minute".

        `origins` are the sites from which a browser may use MCP.
        """
        self._app = app
        self._tokens = tuple(tokens)
        self._origins = frozenset(origins)
        self._rate: RateLimitItem | None = parse_limit(rate) if rate else None
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._log = _logger() if logs else None
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        refused = self._refusal(scope)
        await (refused or self._app)(scope, receive, send_with_headers)
        seconds = time.perf_counter() - started
        # The name of the resource, without its query: there words that were looked for may stand.
        resource = getattr(scope.get("route"), "path", MCP if scope["path"].startswith(MCP) else "–")
        if self._log:
            self._log.info(
                "request", method=scope["method"], resource=resource, status=status, seconds=round(seconds, 4)
            )
        if self._metrics:
            self._metrics.count(scope["method"], resource, status, seconds)

    def _refusal(self, scope: Scope) -> Response | None:
        """The problem that ends a request before it reaches a resource."""
        path = scope["path"]
        headers = Headers(scope=scope)
        if int(headers.get("content-length") or 0) > BODY_MAX:
            return problem(
                413, f"Een verzoek mag hoogstens {BODY_MAX} bytes groot zijn. Stuur een kortere tekst.", path=path
            )
        if path.startswith(_CLOSED):
            return problem(404, "Deze dienst neemt geen bestanden aan.")
        if not path.startswith(_LIMITED) or path in _OPEN_TO_ALL:
            return None
        # A browser asks leave without a token; CORSMiddleware answers it, and nothing else does.
        if scope["method"] == "OPTIONS":
            return None
        if path.startswith(MCP) and self._is_of_other_site(headers):
            return problem(
                403, "Vanuit een browser kan dit alleen op adressen die de beheerder heeft ingesteld (origins)."
            )
        token = headers.get("authorization", "").removeprefix("Bearer ")
        is_known = any(hmac.compare_digest(hashed(token), known) for known in self._tokens)
        if self._tokens and path.startswith(_PROGRAMS) and not is_known:
            detail = "Stuur een geldig token mee: Authorization: Bearer …"
            return problem(401, detail, {"WWW-Authenticate": "Bearer"}, path=path)
        return self._limited(hashed(token) if is_known else (scope.get("client") or ("onbekend",))[0], path)

    def _is_of_other_site(self, headers: Headers) -> bool:
        """Whether a browser sends this for a page of a site that is not named in the settings.

        Browsers say so in Origin with every POST; other programs do not send it. This also stops a site whose name was
        made to point here (DNS rebinding), because Origin then has that name. Host is not checked: the name under which
        an operator serves, maybe behind a proxy, is not known here, and need not be. The server's own address gets no
        exception: its page does not use MCP.
        """
        origin = headers.get("origin")
        return origin is not None and origin not in self._origins and "*" not in self._origins

    def _limited(self, client: str, path: str) -> Response | None:
        if self._rate is None or self._limiter.hit(self._rate, client):
            return None
        reset = self._limiter.get_window_stats(self._rate, client).reset_time
        seconds = max(1, round(reset - time.time()))
        detail = f"Hoogstens {self._rate}. Probeer het over {seconds} seconden opnieuw."
        return problem(429, detail, {"Retry-After": str(seconds)}, path=path)


def _logger() -> structlog.typing.FilteringBoundLogger:
    """Lines of JSON on stderr."""
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[structlog.processors.TimeStamper(fmt="iso"), structlog.processors.JSONRenderer()],
    )
    return logger


def _add_headers(headers: MutableHeaders, path: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    is_strict = path.startswith(_STRICT)
    headers.setdefault("Content-Security-Policy", STRICT_POLICY if is_strict else PAGE_POLICY)
    if path.startswith(f"{API}/"):
        headers.setdefault("API-Version", VERSION)
    if path.startswith(_PROGRAMS):
        headers.setdefault("Cache-Control", "no-store")
