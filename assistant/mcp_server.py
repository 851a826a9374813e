"""The knowledge base as an MCP server (https://modelcontextprotocol.io): four tools, which only read, for models.

Each tool gives what the command line and the API give, as JSON with its schema and as text. What goes wrong becomes a
result that says so in Dutch. `dialoog mcp` serves it on stdin and stdout, the web server at /mcp (`HttpEndpoint`).
"""

import logging
import traceback
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field, ValidationError, WithJsonSchema
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from assistant import engine, messages
from assistant.answer import Answer, Citation
from assistant.api import schemas
from assistant.api.guard import BODY_MAX, VERSION
from assistant.api.problems import ProblemError
from assistant.api.routes import PAGE_SIZE_MAX, SEARCH_MAX
from assistant.api.work import Work, work_for
from assistant.as_json import answer_json, quote_json, verdict_json
from assistant.filters import parse_filters, parse_quote_filters
from assistant.suggest import suggestions
from assistant.verdict import Match, Verdict
from assistant.verify import CHARACTERS_MIN, WORDS_MIN, verify
from kb.errors import DialoogError
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Quote, Track
from kb.quote_search import QuotePage, find_quotes
from kb.themes import Theme, themes

_log = logging.getLogger("dialoogwijzer")

_INSTRUCTIONS = """\
Dialoogwijzer zegt wat er in de dialogen ‘Nederland na de crisis’ (2021) is gezegd, in de woorden van de verslagen en \
met van elk woord de plaats in het bronbestand. Houd u hierbij aan het volgende.

1. Haal alleen aan wat in `citations` staat, of in een uitspraak van de soort `quote` of `verbatim`. Een uitspraak van \
de soort `summary` is van een taalmodel en een `note` van dit programma: dat zijn geen citaten.
2. Verander niets aan aangehaalde woorden: geen andere spelling, geen vertaling en geen inkorting zonder (…). Een \
vertaling staat ernaast, zonder aanhalingstekens.
3. Laat de nummers ([1], [2], …) staan bij de woorden waar ze bij horen, en noem bij elk nummer het verslag.
4. De deelnemers zijn geen steekproef van de Nederlanders: schrijf ‘deelnemers zeiden’, niet ‘Nederland vindt’, en \
maak er geen percentages van.
5. Bij `status` `no_answer` zeggen de verslagen er niets over. Zeg dat dan, en vul het niet aan uit eigen kennis.
6. Wilt u iets aanhalen dat niet uit deze gereedschappen komt, leg het dan eerst voor aan `controleer_citaat`.
"""
_READS_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_BROKEN = "Er ging iets mis. Probeer het opnieuw; houdt het aan, meld het dan aan de beheerder."


def _one_of(values: Sequence[str], description: str) -> WithJsonSchema:
    """Tells a model what it can choose from; `parse_filters` refuses the rest, in Dutch."""
    choice = {"anyOf": [{"type": "string", "enum": [str(value) for value in values]}, {"type": "null"}]}
    return WithJsonSchema({**choice, "description": description})


TrackName = Annotated[str | None, _one_of(list(Track), "Alleen wat in dit spoor is gezegd: wie er spreken.")]
PartName = Annotated[
    str | None,
    _one_of(
        list(Part),
        "Alleen dit onderdeel van de verslagen: wat in de knel kwam (knel), wat ontkiemde (kiem), dromen en wensen "
        "(droom), eerste stappen en ideeën (stap), over de gesprekken zelf (proces), inleiding (kader) of slot.",
    ),
]
ThemeName = Annotated[str | None, Field(description="Alleen dit thema, met de naam die `themas` ervan geeft.")]
Speaker = Annotated[str | None, Field(max_length=200)]


class Quotes(BaseModel):
    """De eerste citaten van `total`; de eerste `exact` van het geheel bevatten de gezochte woorden."""

    quotes: list[schemas.Quote]
    total: int
    exact: int


class Themes(BaseModel):
    """De thema’s van de verslagen."""

    themes: list[schemas.Thema]


def build_mcp(kb: KnowledgeBase, work: Work | None = None) -> MCPServer[Any]:
    """The server over an opened knowledge base. Give the `work` of an API to take turns with its questions."""
    tools = _Tools(kb, work or work_for(kb.settings))
    with _log_left_alone():
        server = _Server(
            "dialoogwijzer",
            title="Dialoogwijzer",
            description="Wat er in de dialogen ‘Nederland na de crisis’ is gezegd, met van elk woord de bron.",
            instructions=_INSTRUCTIONS,
            version=VERSION,
            log_level="WARNING",
            # Nothing here changes, so nobody needs a stream of changes, which would keep a connection open.
            subscriptions=False,
        )
    # At its lower levels the SDK logs messages, and with them questions.
    logging.getLogger("mcp").setLevel(logging.WARNING)
    # It would report each call to whatever OpenTelemetry is set up for. By name, because its module is the SDK's own.
    server.middleware[:] = [one for one in server.middleware if type(one).__name__ != "OpenTelemetryMiddleware"]
    for tool, title in (
        (tools.vraag, "Stel een vraag"),
        (tools.zoek_citaten, "Zoek citaten"),
        (tools.controleer_citaat, "Controleer een citaat"),
        (tools.themas, "De thema’s"),
    ):
        server.add_tool(tool, title=title, annotations=_READS_ONLY, structured_output=True)
    return server


@contextmanager
def _log_left_alone() -> Iterator[None]:
    """The SDK sets up the log of the whole process where nobody did; that is for who runs it."""
    nowhere = logging.NullHandler()
    logging.getLogger().addHandler(nowhere)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(nowhere)


class HttpEndpoint:
    """The server as a resource of a web server, while `running`. It keeps nothing from one request to the next.

    Who may ask is for the `Guard` of the web server to say.
    """

    def __init__(self, server: MCPServer[Any]) -> None:
        self._server = server

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer requests while the context is open, in the event loop that opened it."""
        self._server.streamable_http_app(
            stateless_http=True,
            json_response=True,
            max_request_body_size=BODY_MAX,
            # The SDK compares Host with a list of names, which a server behind a proxy does not know. To the same end
            # Guard checks Origin.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with self._server.session_manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A GET would open a stream of messages from the server; there are none.
        if scope["method"] != "POST":
            raise HTTPException(405, headers={"Allow": "POST"})
        await self._server.session_manager.handle_request(scope, receive, send)


class _Server(MCPServer[Any]):
    """The SDK's server, with errors in Dutch; of what was asked nothing gets into the log."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        known = {tool.name: tool.input_schema["properties"] for tool in await self.list_tools()}
        if name not in known:
            return _failed(f"Onbekend gereedschap {name!r}. Kies uit: {', '.join(known)}.")
        # The SDK would pass over a filter with a wrong name, and the answer would not be what was asked for.
        if unknown := [argument for argument in arguments if argument not in known[name]]:
            return _failed(f"{name} kent niet: {', '.join(unknown)}. Wel: {', '.join(known[name]) or 'niets'}.")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            return _failed(_told(name, error))


def _told(name: str, error: ToolError) -> str:
    """What to say of an error of a tool; one of ours goes to the operator, without its message."""
    cause = error.__cause__
    if isinstance(cause, DialoogError | ProblemError):
        return str(cause)
    if isinstance(cause, ValidationError) and not isinstance(error, UnexpectedToolError):
        return "; ".join(_wrong(item) for item in cause.errors()) + f". Kijk in het schema van {name} wat kan."
    # The message of an exception may hold the question; where it was raised does not.
    places = "".join(traceback.format_tb((cause or error).__traceback__))
    _log.error("the tool %s failed: %s\n%s", name, type(cause or error).__name__, places)
    return _BROKEN


def _wrong(item: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in item["loc"])
    return f"{place}: {'dit veld ontbreekt' if item['type'] == 'missing' else 'is ongeldig'}"


class _Tools:
    """The tools; their names, parameters and descriptions are what a model sees of them."""

    def __init__(self, kb: KnowledgeBase, work: Work) -> None:
        self._kb = kb
        self._work = work

    async def vraag(
        self,
        question: Annotated[str, Field(description="De vraag, in het Nederlands of Engels.")],
        *,
        history: Annotated[
            tuple[str, ...],
            Field(
                max_length=50,
                description="De eerdere vragen van de gebruiker, de oudste eerst, als dit een vervolgvraag is.",
            ),
        ] = (),
        track: TrackName = None,
        theme: ThemeName = None,
        part: PartName = None,
    ) -> Annotated[CallToolResult, schemas.Answer]:
        """Beantwoord een vraag met de woorden van de verslagen en hun bron, of zeg dat ze er niets over zeggen."""
        filters = parse_filters(track, theme, part)
        answer = await self._work.run(lambda: engine.ask(self._kb, question, history=history, filters=filters))
        return _result(answer_json(answer), _answer_text(answer))

    async def zoek_citaten(
        self,
        *,
        text: Annotated[
            str | None, Field(max_length=SEARCH_MAX, description="Woorden of een onderwerp; zonder: alle citaten.")
        ] = None,
        track: TrackName = None,
        theme: ThemeName = None,
        part: PartName = None,
        speaker: Annotated[Speaker, Field(description="Een deel van de spreker zoals die er staat.")] = None,
        size: Annotated[int, Field(ge=1, le=PAGE_SIZE_MAX, description="Ten hoogste zoveel citaten.")] = 20,
    ) -> Annotated[CallToolResult, Quotes]:
        """Zoek wat deelnemers woordelijk zeiden: eerst met precies deze woorden, dan wat er in betekenis op lijkt."""
        kb = self._kb
        filters = parse_quote_filters(kb, track=track, theme=theme, part=part, speaker=speaker)
        found = await self._work.run(lambda: find_quotes(kb, text or None, filters=filters, size=size))
        made = [quote_json(quote, kb.reports[quote.report_id]) for quote in found.quotes]
        return _result({"quotes": made, "total": found.total, "exact": found.exact}, _quotes_text(kb, found))

    async def controleer_citaat(
        self,
        text: Annotated[str, Field(description="De tekst, zonder wie hem zei.")],
        *,
        speaker: Annotated[Speaker, Field(description="Wie het gezegd zou hebben.")] = None,
    ) -> Annotated[CallToolResult, schemas.Verdict]:
        """Controleer of een tekst zo in de verslagen staat en of de spreker klopt; zo niet, wat er wel staat."""

        def check() -> tuple[Verdict, list[Citation]]:
            verdict = verify(self._kb, text, speaker)
            return verdict, suggestions(self._kb, verdict)

        verdict, meant = await self._work.run(check)
        return _result(verdict_json(verdict, meant), _verdict_text(verdict, meant))

    async def themas(self) -> Annotated[CallToolResult, Themes]:
        """Noem de thema’s van de verslagen, met wie erover spreken en hoeveel passages en citaten er zijn."""
        found = await self._work.run(lambda: themes(self._kb))
        return _result({"themes": [asdict(theme) for theme in found]}, "\n".join(map(_theme_text, found)))


def _result(made: dict[str, Any], text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=text)], structured_content=made)


def _failed(message: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=message)], is_error=True)


# --- results as text --------------------------------------------------------------------------------------------------


def _answer_text(answer: Answer) -> str:
    """The text of an answer, with where the words stand to which its markers refer."""
    is_follow_up = answer.standalone_question != answer.question
    understood = f"{messages.text('understood', answer.language)} {answer.standalone_question}" if is_follow_up else ""
    sources = [f"[{one.number}] {_place_text(one, answer.language)}" for one in answer.citations]
    listed = "\n".join([messages.text("sources", answer.language), *sources]) if sources else ""
    return "\n\n".join(filter(None, (understood, answer.text, listed)))


def _quotes_text(kb: KnowledgeBase, found: QuotePage) -> str:
    quotes = (f"‘{quote.text}’\n{_quote_place_text(kb, quote)}" for quote in found.quotes)
    return "\n\n".join([f"{found.total} citaten; hieronder staan er {len(found.quotes)}.", *quotes])


def _quote_place_text(kb: KnowledgeBase, quote: Quote) -> str:
    who = messages.byline(quote) or messages.text("no name")
    return f"{who} — {kb.reports[quote.report_id].title} — {quote.source}, {messages.place(quote)} — {quote.id}"


def _verdict_text(verdict: Verdict, meant: Sequence[Citation]) -> str:
    if verdict.shortfall:
        return messages.text(verdict.shortfall, words=WORDS_MIN, characters=CHARACTERS_MIN)
    blocks = ["\n".join([messages.text(verdict.kind), *messages.remarks(verdict)])]
    blocks += [f"‘{match.text}’\n{_place_text(match)}" for match in verdict.matches]
    blocks += [messages.text("meant")] if meant else []
    return "\n\n".join([*blocks, *(f"{citation.text}\n{_place_text(citation)}" for citation in meant)])


def _place_text(item: Citation | Match, language: str = "nl") -> str:
    place = f"{item.source}, {messages.place(item, language)}"
    return " — ".join(filter(None, (messages.byline(item), item.report, place)))


def _theme_text(theme: Theme) -> str:
    return f"{theme.slug}: {theme.passages} passages, {theme.quotes} citaten ({', '.join(theme.tracks)})"
