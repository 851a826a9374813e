"""The answers for programs that speak OpenAI's protocol: read, call, return."""

import time
import uuid
from collections.abc import AsyncIterator, Generator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.sse import format_sse_event

from assistant import as_json, chat_completion, engine
from assistant.api.chat_schemas import ChatCompletion, ChatModels, ChatRequest
from assistant.api.problems import ProblemError, documented, openai_error, status_of
from assistant.api.routes import Kb, Worker
from assistant.api.work import Work
from assistant.chat_completion import MODEL, Reply
from assistant.question import QUESTION_MAX
from kb.errors import DialoogError, InputError
from kb.text import collapse

HISTORY_MAX = 50
_EVENTS = "text/event-stream"
# A proxy such as nginx would keep the parts of a stream until its end.
_UNBUFFERED = {"X-Accel-Buffering": "no"}
_DONE = format_sse_event(data_str="[DONE]")
router = APIRouter(tags=["openai"])

Chunks = list[dict[str, Any]]


@router.get(
    "/models",
    summary="De modellen",
    response_model=ChatModels,
    responses=documented(401, 429, 503),
)
def models() -> Any:  # noqa: ANN401 - JSON
    """Het ene model dat hier te kiezen is."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}


@router.post(
    "/chat/completions",
    summary="Stel een vraag zoals aan een taalmodel",
    response_model=ChatCompletion,
    responses={
        200: {
            "description": "Een antwoord of een weigering; met `stream` in delen (chat.completion.chunk) tot [DONE]. "
            "Het laatste deel heeft `annotations` in zijn `delta`, en `dialoogwijzer`.",
            "content": {_EVENTS: {"schema": {"type": "string"}}},
        },
        **documented(400, 401, 413, 429, 503, 504),
    },
)
async def chat_completions(asked: ChatRequest, request: Request, kb: Kb, worker: Worker) -> Any:  # noqa: ANN401 - JSON or events
    """Beantwoord het laatste bericht van de gebruiker, in Markdown met bronvermelding. Andere rollen tellen niet."""
    question, history = _read(asked)
    reply = Reply(f"chatcmpl-{uuid.uuid4().hex}", int(time.time()), str(request.base_url).rstrip("/"))
    if asked.stream:
        chunks = chat_completion.chunks(reply, engine.stream(kb, question, history=history))
        first = await worker.run(lambda: next(chunks))
        return StreamingResponse(_events(first, chunks, worker), media_type=_EVENTS, headers=_UNBUFFERED)
    answer = await worker.run(lambda: engine.ask(kb, question, history=history))
    return JSONResponse(chat_completion.completion(reply, answer))


def _read(asked: ChatRequest) -> tuple[str, list[str]]:
    """The question, and the questions before it; what is too long for a question never was one.

    Raises:
        InputError: when the user says nothing.
    """
    if not asked.turns:
        msg = "messages: geen bericht met role 'user', en dus geen vraag."
        raise InputError(msg)
    *earlier, question = asked.turns
    return question, [turn for turn in earlier if len(collapse(turn)) <= QUESTION_MAX][-HISTORY_MAX:]


async def _events(first: Chunks, chunks: Generator[Chunks], worker: Work) -> AsyncIterator[bytes]:
    """The chunks as events. What goes wrong once they have begun can only be told among them."""
    for chunk in first:
        yield _event(chunk)
    try:
        async for ready in worker.each(chunks):
            for chunk in ready:
                yield _event(chunk)
    except (DialoogError, ProblemError) as error:
        yield _event({"error": openai_error(status_of(error), str(error))})
    else:
        yield _DONE


def _event(content: dict[str, Any]) -> bytes:
    return format_sse_event(data_str=as_json.text(content))
