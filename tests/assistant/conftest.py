"""The knowledge base with a language model whose server plays a part."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from assistant.engine import ask
from kb import settings
from kb.knowledge_base import KnowledgeBase
from tests.assistant.model_server import ModelServer, running


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def warm(kb: KnowledgeBase) -> KnowledgeBase:
    """The knowledge base with all loaded that a question needs."""
    ask(kb, "Wat vonden burgers van thuiswerken?")
    return kb


@pytest.fixture
def with_model(warm: KnowledgeBase, model_server: ModelServer) -> Callable[..., KnowledgeBase]:
    """The knowledge base as it is with a language model, and other settings if given; what it has loaded is kept."""

    def make(**others: Any) -> KnowledgeBase:
        chosen = settings.load(
            home=warm.settings.home,
            llm="openai:scripted",
            llm_base_url=model_server.url,
            **{"llm_seconds": 5, **others},
        )
        made = replace(warm, settings=chosen)
        own = {one.name for one in fields(warm)}
        made.__dict__.update({name: value for name, value in warm.__dict__.items() if name not in own})
        return made

    return make
