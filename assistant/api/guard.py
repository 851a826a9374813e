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
_STRICT = (f"{API}/", "/bronnen", "/handleiding")
# Gradio takes files here, which nothing on the page sends.
_CLOSED = "/gradio_api/upload"
# Where the page sends its questions.
_LIMITED = (f"{API}/", "/gradio_api/queue/join", "/gradio_api/run")


def hashed(token: str) -> str:
    """A token as it stands in the settings."""
    return hashlib.sha256(token.encode()).hexdigest()


class Guard:
    """The outermost layer of the server."""

    def __init__(
        self, app: ASGIApp, *, tokens: Sequence[str], rate: str | None, logs: bool, metrics: Metrics | None
    ) -> None:
        """`tokens` are hashes of those that may use the API (none: everybody may); `rate` is such as "60/minute"."""
        self._app = app
        self._tokens = tuple(tokens)
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
        resource = getattr(scope.get("route"), "path", "–")
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
            return problem(413, f"Een verzoek mag hoogstens {BODY_MAX} bytes groot zijn. Stuur een kortere tekst.")
        if path.startswith(_CLOSED):
            return problem(404, "Deze dienst neemt geen bestanden aan.")
        if not path.startswith(_LIMITED) or path in _OPEN_TO_ALL:
            return None
        token = headers.get("authorization", "").removeprefix("Bearer ")
        is_known = any(hmac.compare_digest(hashed(token), known) for known in self._tokens)
        if self._tokens and path.startswith(f"{API}/") and not is_known:
            detail = "Stuur een geldig token mee: Authorization: Bearer …"
            return problem(401, detail, {"WWW-Authenticate": "Bearer"})
        return self._limited(hashed(token) if is_known else (scope.get("client") or ("onbekend",))[0])

    def _limited(self, client: str) -> Response | None:
        if self._rate is None or self._limiter.hit(self._rate, client):
            return None
        reset = self._limiter.get_window_stats(self._rate, client).reset_time
        seconds = max(1, round(reset - time.time()))
        detail = f"Hoogstens {self._rate}. Probeer het over {seconds} seconden opnieuw."
        return problem(429, detail, {"Retry-After": str(seconds)})


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
        headers.setdefault("Cache-Control", "no-store")
