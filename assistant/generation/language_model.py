"""The language model that a user configures, through LangChain. The only module that imports LangChain's models.

Its calls run on an event loop of their own, so that one that takes too long is cut off, its connection included.
"""

import asyncio
import queue
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kb.errors import ModelError, SettingsError
from kb.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Where the server of a provider is unless its address is set.
_HOSTS = {"openai": "api.openai.com", "ollama": "127.0.0.1:11434"}
# Providers for which there is an extra of their name. Others are packages of LangChain that a user installs by hand.
_EXTRAS = frozenset({"openai", "ollama"})
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
# Servers of one's own mostly want no key, and the client does not start without one.
_NO_KEY = "geen"
_OPENAI = "openai:"
# One more try for a server that is busy; what is left of the time limit holds for both.
_RETRIES = 1
# How long after its time limit a call may take to end.
_GRACE_SECONDS = 5.0
# A model that writes more is no longer answering.
CHARACTERS_MAX = 30_000
_END = object()

Message = tuple[str, str]


class LanguageModel:
    """A chat model of LangChain. `name` is as configured, such as "openai:gpt-oss-20b".

    `writes_lines_only` is set once it shows that it cannot give structured output.
    """

    def __init__(self, settings: Settings) -> None:
        """Raises: SettingsError, when the provider or its package is not there."""
        self.name = settings.llm or ""
        self.host = _host(settings)
        self.writes_lines_only = False
        self._chat = _chat_model(settings)
        self._body = _limit(settings)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="language model", daemon=True).start()

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine, so that no question leaves it."""
        return urlsplit(f"//{self.host}").hostname in _HERE

    def pieces(
        self, messages: Sequence[Message], *, seconds: float, schema: Mapping[str, Any] | None = None
    ) -> Iterator[str]:
        """What the model writes, in pieces of text, up to `CHARACTERS_MAX`; with a schema, JSON that should fit it.

        Raises:
            ModelError: when the model or its server fails, or takes longer than `seconds`.
        """
        written = 0
        for chunk in self._stream(self._structured(schema) if schema else self._chat, messages, seconds):
            piece = str(chunk.text) or "".join(call["args"] or "" for call in chunk.tool_call_chunks)
            written += len(piece)
            if written > CHARACTERS_MAX:
                return
            yield piece

    def _structured(self, schema: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a Runnable
        """The model bound to a schema in the way of its provider; its own text, before LangChain parses it.

        LangChain's parser goes through all of the text for each piece of it, which a text without end turns into hours.
        """
        if self.name.startswith(_OPENAI):
            # In the body of the request, because its client would do the same.
            form = {"type": "json_schema", "json_schema": {"name": schema["title"], "schema": schema, "strict": True}}
            return self._chat.bind(extra_body={**self._body, "response_format": form})
        try:
            return self._chat.with_structured_output(dict(schema), method="json_schema").first  # type: ignore[attr-defined]
        except (NotImplementedError, ValueError, TypeError, AttributeError):
            return self._chat

    def _stream(self, runnable: Any, messages: Sequence[Message], seconds: float) -> Iterator[Any]:  # noqa: ANN401 - a Runnable
        """What a runnable gives, as long as the caller goes on asking and the time allows."""
        deadline = time.monotonic() + seconds
        pieces: queue.SimpleQueue[Any] = queue.SimpleQueue()
        future = asyncio.run_coroutine_threadsafe(_pump(runnable, list(messages), pieces, seconds), self._loop)
        future.add_done_callback(lambda _: pieces.put(_END))
        try:
            while (piece := pieces.get(timeout=seconds + _GRACE_SECONDS)) is not _END:
                yield piece
                if time.monotonic() > deadline:
                    raise TimeoutError
            future.result()
        except (TimeoutError, queue.Empty):
            raise ModelError("het taalmodel was niet op tijd klaar") from None
        except Exception as error:
            raise _translated(error) from error
        finally:
            future.cancel()


@lru_cache(maxsize=4)
def configured(settings: Settings) -> LanguageModel | None:
    """The language model of these settings; None when there is none.

    Raises:
        SettingsError: when it cannot be used as configured.
    """
    return LanguageModel(settings) if settings.llm else None


async def _pump(runnable: Any, messages: list[Message], pieces: queue.SimpleQueue[Any], seconds: float) -> None:  # noqa: ANN401 - a Runnable
    from langsmith.run_helpers import tracing_context

    # LangChain would send every question to its maker's service where the environment says so.
    with tracing_context(enabled=False):
        async with asyncio.timeout(seconds):
            async for piece in runnable.astream(messages):
                pieces.put(piece)


def _chat_model(settings: Settings) -> "BaseChatModel":
    provider, _, model = (settings.llm or "").partition(":")
    if not model or not provider:
        msg = f"DIALOOG_LLM={settings.llm!r}: geef aanbieder en model, bijvoorbeeld ollama:MODEL of openai:MODEL."
        raise SettingsError(msg)
    try:
        from langchain.chat_models import init_chat_model

        made: BaseChatModel = init_chat_model(model, model_provider=provider, **_options(provider, settings))
    except ImportError as error:
        package = f"dialoogwijzer[{provider}]" if provider in _EXTRAS else f"langchain-{provider}"
        msg = f"DIALOOG_LLM={settings.llm!r} heeft een pakket nodig: installeer met `pip install '{package}'`."
        raise SettingsError(msg) from error
    except Exception as error:
        msg = (
            f"DIALOOG_LLM={settings.llm!r} is niet te gebruiken: {error} Zet het adres van de server "
            "(DIALOOG_LLM_BASE_URL), een sleutel (DIALOOG_LLM_API_KEY of DIALOOG_LLM_API_KEY_FILE), of beide."
        )
        raise SettingsError(msg) from error
    return made


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    """What every provider takes, and what those of the extras call by another name."""
    key = _key(settings)
    options: dict[str, Any] = {"temperature": 0}
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
    if provider == "ollama":
        return {**options, "num_predict": settings.llm_tokens}
    if key or settings.llm_base_url:
        options["api_key"] = key or _NO_KEY
    options |= {"max_retries": _RETRIES, "timeout": settings.llm_seconds}
    if provider != "openai":
        return {**options, "max_tokens": settings.llm_tokens}
    # Other servers than OpenAI's know only the older interface.
    return {**options, "extra_body": _limit(settings), "use_responses_api": False}


def _limit(settings: Settings) -> dict[str, Any]:
    """How much a server of OpenAI's protocol may write; OpenAI's own has another name for it than all others."""
    return {"max_tokens" if settings.llm_base_url else "max_completion_tokens": settings.llm_tokens}


def _key(settings: Settings) -> str | None:
    if settings.llm_api_key:
        return settings.llm_api_key.get_secret_value()
    if settings.llm_api_key_file is None:
        return None
    try:
        return settings.llm_api_key_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        msg = f"DIALOOG_LLM_API_KEY_FILE: {settings.llm_api_key_file} is niet te lezen ({error.strerror})."
        raise SettingsError(msg) from error


def _host(settings: Settings) -> str:
    """The server that gets the questions, as far as it is known."""
    provider = (settings.llm or "").partition(":")[0]
    if settings.llm_base_url:
        return urlsplit(settings.llm_base_url).netloc or settings.llm_base_url
    return _HOSTS.get(provider, provider)


def _translated(error: Exception) -> ModelError:
    """An error of a provider in a few words: its own may repeat the question."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return ModelError(f"het taalmodel weigerde met status {status}", status)
    return ModelError(f"het taalmodel gaf geen antwoord ({type(error).__name__})")
