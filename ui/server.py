"""The server: API, sources and page in one process."""

import uvicorn

from assistant.api.app import build_app
from kb.knowledge_base import KnowledgeBase
from ui.page import mount
from ui.plain_routes import add_plain_pages

_SHUTDOWN_SECONDS = 10


def run(kb: KnowledgeBase, host: str, port: int) -> None:
    """Serve until interrupted; what is being answered then is finished first."""
    app = build_app(kb)
    add_plain_pages(app, kb)
    uvicorn.run(
        mount(app, kb),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
