"""The API over the knowledge base of the bundled corpus, without a network."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import build_app
from kb.knowledge_base import KnowledgeBase


@pytest.fixture(scope="session")
def client(kb: KnowledgeBase) -> TestClient:
    """A client of a server with the default settings."""
    return TestClient(build_app(kb), raise_server_exceptions=False)


@pytest.fixture
def client_with(kb: KnowledgeBase) -> Callable[..., TestClient]:
    """Makes a client of a server with other settings."""

    def make(**settings: object) -> TestClient:
        changed = replace(kb, settings=kb.settings.model_copy(update=settings))
        # What was already read is not read again.
        changed.__dict__.update({key: value for key, value in kb.__dict__.items() if key not in changed.__dict__})
        return TestClient(build_app(changed), raise_server_exceptions=False)

    return make
