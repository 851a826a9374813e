"""An answer as a chat completion of OpenAI's protocol: Markdown, with annotations that tell where each marker leads.

Indices are of Unicode characters, 0-based, end exclusive.
"""

import re
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile
from typing import Any

from assistant import messages
from assistant.answer import Answer, Citation, Statement, StatementKind
from assistant.as_json import answer_json
from assistant.engine import Explanation, Stage
from assistant.markdown import escaped
from assistant.question import Question
from kb.text import collapse

MODEL = "dialoogwijzer"
# `escaped` puts a backslash before each bracket of a source or a model, so these are all our own.
_MARKER = re.compile(r"\[(\d+)\]")
# What would make a list of the text after it.
_LIST_SIGN = re.compile(r"^(\d*)([-.)])")


@dataclass(frozen=True)
class Reply:
    """What all parts of one completion share. `created` is in seconds since 1970, `site` the address before links."""

    id: str
    created: int
    site: str


def completion(reply: Reply, answer: Answer) -> dict[str, Any]:
    """The answer as a whole."""
    message = {
        "role": "assistant",
        "content": "".join(pieces(answer, reply.site)),
        "refusal": None,
        "annotations": annotations(answer, reply.site),
    }
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {
        **_shared(reply, "chat.completion"),
        "choices": [choice],
        "usage": None,
        "dialoogwijzer": answer_json(answer),
    }


def chunks(reply: Reply, stages: Iterable[Stage]) -> Generator[list[dict[str, Any]]]:
    """The answer in parts, from what `engine.stream` gives: all that can be told before the next stage, at once.

    The content of all parts together is that of the whole completion.

    Raises:
        DialoogError: what `stages` raises, an InputError before anything is given.
    """
    said: list[Statement] = []
    understood: Sequence[Statement] = ()
    language = ""
    given = 0
    for stage in stages:
        if isinstance(stage, Explanation):
            made = pieces(stage.answer, reply.site)
            last = _chunk(reply, {"annotations": annotations(stage.answer, reply.site)}, finish_reason="stop")
            yield [*_contents(reply, made[given:]), {**last, "dialoogwijzer": answer_json(stage.answer)}]
            return
        if isinstance(stage, Question):
            language = stage.language
            understood = _understood(stage.text, stage.standalone, language)
            made = _pieces(understood, {}, language)
            yield [_chunk(reply, {"role": "assistant", "content": ""}), *_contents(reply, made)]
        else:
            said.append(stage)
            made = _pieces((*understood, *_certain(said)), {}, language)
            if made[given:]:
                yield _contents(reply, made[given:])
        given = len(made)


def pieces(answer: Answer, site: str) -> list[str]:
    """The Markdown of an answer, cut where a stream may pause: its statements, more markers, its sources."""
    return [*_told(answer, site), *_sources(answer, site)]


def annotations(answer: Answer, site: str) -> list[dict[str, Any]]:
    """Where each marker in the text leads; those in the list of sources have their link beside them."""
    citations = _by_number(answer)
    return [
        _annotation(match, citations[int(match[1])], site, answer.language)
        for match in _MARKER.finditer("".join(_told(answer, site)))
    ]


def _annotation(match: re.Match[str], citation: Citation, site: str, language: str) -> dict[str, Any]:
    cited = {
        "start_index": match.start(),
        "end_index": match.end(),
        "url": f"{site}{citation.url}",
        "title": f"{citation.report}, {messages.place(citation, language)}",
    }
    return {"type": "url_citation", "url_citation": cited}


def _shared(reply: Reply, kind: str) -> dict[str, Any]:
    return {"id": reply.id, "object": kind, "created": reply.created, "model": MODEL}


def _chunk(reply: Reply, delta: dict[str, Any], *, finish_reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}
    return {**_shared(reply, "chat.completion.chunk"), "choices": [choice]}


def _contents(reply: Reply, made: Iterable[str]) -> list[dict[str, Any]]:
    return [_chunk(reply, {"content": piece}) for piece in made]


def _certain(said: Sequence[Statement]) -> list[Statement]:
    """The first statements of an answer that can be written before its end.

    What is not shown starts with a note that is not the first; a quotation needs its citation, for the speaker.
    """
    waits = (StatementKind.NOTE, StatementKind.QUOTE)
    return [*said[:1], *takewhile(lambda one: one.kind not in waits, said[1:])]


def _told(answer: Answer, site: str) -> list[str]:
    """The statements that are shown, and of the others the markers, which are links: no source is listed for them."""
    citations = _by_number(answer)
    understood = _understood(answer.question, answer.standalone_question, answer.language)
    told = _pieces((*understood, *answer.statements[: answer.shown]), citations, answer.language)
    others = answer.statements[answer.shown :]
    linked = "".join(f" [[{number}]]({site}{citations[number].url})" for number in _numbers(others))
    return [*told, f"\n\n{_plain(others[0].text)}{linked}"] if linked else told


def _understood(question: str, standalone: str, language: str) -> Sequence[Statement]:
    """What a question was taken for, when that is another."""
    if question == standalone:
        return ()
    return (Statement(f"{messages.text('understood', language)} {standalone}", StatementKind.NOTE),)


def _pieces(statements: Sequence[Statement], citations: Mapping[int, Citation], language: str) -> list[str]:
    """The statements in Markdown, each with the white space that parts it from the one before it."""
    lines = [_line(statement, citations, language) for statement in statements]
    gaps = ["\n\n" if StatementKind.NOTE in (one.kind, other.kind) else "\n" for one, other in pairwise(statements)]
    return [f"{gap}{line}" for gap, line in zip(["", *gaps], lines, strict=False)]


def _line(statement: Statement, citations: Mapping[int, Citation], language: str) -> str:
    text = _plain(statement.text)
    markers = "".join(f" [{number}]" for number in statement.citations)
    match statement.kind:
        case StatementKind.NOTE:
            return text
        case StatementKind.QUOTE:
            by = messages.byline(citations[statement.citations[0]])
            return f"- ‘{text}’{f' ({_plain(by)})' if by else ''}{markers}"
        case StatementKind.SUMMARY:
            return f"- *{messages.text('ai label', language)}:* {text}{markers}"
        case StatementKind.VERBATIM:
            return f"- {text}{markers}"


def _sources(answer: Answer, site: str) -> list[str]:
    """The list of the sources of what is shown; none for an answer that cites nothing."""
    citations = _by_number(answer)
    numbers = sorted(_numbers(answer.statements[: answer.shown]))
    listed = "\n".join(_source(citations[number], site, answer.language) for number in numbers)
    return [f"\n\n**{messages.text('sources', answer.language)}**\n\n{listed}"] if listed else []


def _source(citation: Citation, site: str, language: str) -> str:
    by = messages.byline(citation)
    told = f"{by}: {citation.report}, {citation.source}" if by else f"{citation.report}, {citation.source}"
    place = f"[{messages.place(citation, language)}]({site}{citation.url})"
    return f"- [{citation.number}] {_plain(told)}, {place}"


def _by_number(answer: Answer) -> dict[int, Citation]:
    return {citation.number: citation for citation in answer.citations}


def _numbers(statements: Iterable[Statement]) -> list[int]:
    """The citations of these statements, each once, in order."""
    return list(dict.fromkeys(chain.from_iterable(statement.citations for statement in statements)))


def _plain(text: str) -> str:
    """Text of a source, a model or a user as Markdown that shows just that text, in one line."""
    return _LIST_SIGN.sub(r"\1\\\2", escaped(collapse(text)))
