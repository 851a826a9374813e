"""The server: API, sources and page in one process."""

from threading import Thread

import uvicorn

from assistant import engine
from assistant.api.app import build_app
from assistant.verify import verify
from kb.knowledge_base import KnowledgeBase
from ui.page import mount
from ui.plain_routes import add_plain_pages

_SHUTDOWN_SECONDS = 10


def run(kb: KnowledgeBase, host: str, port: int) -> None:
    """Serve until interrupted; what is being answered then is finished first."""
    app = build_app(kb)
    add_plain_pages(app, kb)
    Thread(target=_warm, args=(kb,), daemon=True).start()
    uvicorn.run(
        mount(app, kb),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )


def _warm(kb: KnowledgeBase) -> None:
    """Read what the first question and the first check need, so that nobody waits for it."""
    engine.ask(kb, "Wat zeiden burgers over wonen?", with_model=False)
    verify(kb, "Ik droom over betaalbare woningen en voldoende ruimte")
