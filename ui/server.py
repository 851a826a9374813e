"""The server: API and page in one process."""

import uvicorn

from assistant.api.app import build_app
from kb.knowledge_base import KnowledgeBase
from ui.page import mount


def run(kb: KnowledgeBase, host: str, port: int) -> None:
    """Serve until interrupted."""
    uvicorn.run(mount(build_app(kb), kb), host=host, port=port, log_level="warning", access_log=False)
