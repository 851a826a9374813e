"""The resources under /v1: read, call, return."""

from collections.abc import AsyncIterator, Generator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.sse import format_sse_event

from assistant import as_json, certificate, engine, feedback
from assistant.answer import Statement
from assistant.api import schemas
from assistant.api.problems import ProblemError, content_of, documented, status_of
from assistant.api.work import Work
from assistant.filters import parse_filters, parse_quote_filters, parse_sort
from assistant.question import Question
from assistant.sources import source_url
from assistant.suggest import suggestions
from assistant.verify import verify
from kb.errors import DialoogError
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, Report, Source, Track
from kb.quote_search import QuotePage, Sort, find_quotes
from kb.text import Span
from kb.themes import themes

SEARCH_MAX = 500
PAGE_SIZE_MAX = 100
_EVENTS = "text/event-stream"
router = APIRouter()


def knowledge_base(request: Request) -> KnowledgeBase:
    """The knowledge base of the application."""
    kb: KnowledgeBase = request.app.state.kb
    return kb


def work(request: Request) -> Work:
    """Where the application does what takes time."""
    made: Work = request.app.state.work
    return made


Kb = Annotated[KnowledgeBase, Depends(knowledge_base)]
Worker = Annotated[Work, Depends(work)]
Search = Annotated[str | None, Query(max_length=SEARCH_MAX, description="Woorden of een onderwerp.")]
Name = Annotated[str | None, Query(max_length=200)]


@router.post(
    "/vragen",
    tags=["vragen"],
    summary="Stel een vraag",
    response_model=schemas.Answer,
    responses={
        200: {
            "description": "Een antwoord of een weigering; als text/event-stream: de vraag zoals begrepen (question), "
            "elke uitspraak zodra zij vaststaat (statement) en het hele antwoord (answer), of een fout (problem).",
            "content": {_EVENTS: {"schema": {"type": "string"}}},
        },
        **documented(400, 401, 413, 429, 503, 504),
    },
)
async def vragen(vraag: schemas.Vraag, kb: Kb, worker: Worker, accept: Annotated[str, Header()] = "*/*") -> Any:  # noqa: ANN401 - JSON or events
    """Beantwoord een vraag met de woorden van de bronnen, elke zin met een bronvermelding."""
    filters = parse_filters(vraag.track, vraag.theme, vraag.part)
    if _EVENTS not in accept:
        answer = await worker.run(lambda: engine.ask(kb, vraag.question, history=vraag.history, filters=filters))
        return JSONResponse(as_json.answer_json(answer))
    stages = engine.stream(kb, vraag.question, history=vraag.history, filters=filters)
    # The question alone, because what is wrong with it must be told before anything is sent.
    understood = await worker.run(lambda: next(stages))
    return StreamingResponse(_events(worker, understood, stages), media_type=_EVENTS)


async def _events(worker: Work, first: engine.Stage, stages: Generator[engine.Stage]) -> AsyncIterator[bytes]:
    """The question, each statement when it is final, and the whole answer, as events.

    What goes wrong once they have begun can only be told among them: as an event with a problem.
    """
    yield _event(first)
    try:
        async for stage in worker.each(stages):
            yield _event(stage)
    except (DialoogError, ProblemError) as error:
        yield format_sse_event(event="problem", data_str=as_json.text(content_of(status_of(error), str(error))))


def _event(stage: engine.Stage) -> bytes:
    match stage:
        case Question():
            name, value = "question", as_json.question_json(stage)
        case Statement():
            name, value = "statement", as_json.statement_json(stage)
        case _:
            name, value = "answer", as_json.answer_json(stage.answer)
    return format_sse_event(event=name, data_str=as_json.text(value))


@router.get(
    "/citaten",
    tags=["citaten"],
    summary="Zoek citaten",
    response_model=schemas.Citaten,
    responses=documented(400, 401, 429, 503, 504),
)
async def citaten(
    kb: Kb,
    worker: Worker,
    *,
    q: Search = None,
    track: Annotated[Track | None, Query()] = None,
    theme: Name = None,
    part: Annotated[Part | None, Query()] = None,
    group: Name = None,
    report: Name = None,
    dialogue: Name = None,
    speaker: Name = None,
    sort: Annotated[Sort | None, Query()] = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    size: Annotated[int, Query(ge=1, le=PAGE_SIZE_MAX)] = 20,
) -> Any:  # noqa: ANN401 - JSON
    """Citaten met precies deze woorden, dan de naaste in betekenis; met aantallen per facet."""
    filters = parse_quote_filters(
        kb, track=track, theme=theme, part=part, group=group, report=report, dialogue=dialogue, speaker=speaker
    )
    found = await worker.run(
        lambda: find_quotes(kb, q or None, filters=filters, sort=parse_sort(sort), page=page, size=size)
    )
    return _page(kb, found)


@router.get(
    "/citaten/{id}",
    tags=["citaten"],
    summary="Een citaat met zijn bewijs",
    response_model=schemas.Certificate,
    responses=documented(400, 401, 404, 429, 503),
)
def citaat(kb: Kb, quote_id: Annotated[str, Path(alias="id", max_length=40)]) -> Any:  # noqa: ANN401 - JSON
    """Bron, plaats, regels, sha256, versies en een verwijzing om over te nemen."""
    if quote_id not in kb.quote_of:
        raise ProblemError(404, f"Er is geen citaat {quote_id!r}.")
    return as_json.certificate_json(certificate.certify(kb, quote_id))


@router.post(
    "/citaatcontroles",
    tags=["citaten"],
    summary="Controleer een citaat",
    response_model=schemas.Verdict,
    responses=documented(400, 401, 413, 429, 503, 504),
)
async def citaatcontroles(controle: schemas.Citaatcontrole, kb: Kb, worker: Worker) -> Any:  # noqa: ANN401 - JSON
    """Of de tekst zo in de bronnen staat, en of de spreker klopt."""

    def check() -> dict[str, Any]:
        verdict = verify(kb, controle.text, controle.speaker)
        return as_json.verdict_json(verdict, suggestions(kb, verdict))

    return await worker.run(check)


@router.get(
    "/themas",
    tags=["bronnen"],
    summary="De thema’s met aantallen",
    response_model=list[schemas.Thema],
    responses=documented(401, 429, 503),
)
def themas(kb: Kb) -> Any:  # noqa: ANN401 - JSON
    """Van elk thema de sporen en het aantal passages en citaten."""
    return [asdict(theme) for theme in themes(kb)]


@router.get(
    "/bronnen",
    tags=["bronnen"],
    summary="De brondocumenten",
    response_model=list[schemas.Bron],
    responses=documented(401, 429, 503),
)
def bronnen(kb: Kb) -> Any:  # noqa: ANN401 - JSON
    """Alle brondocumenten in deze index."""
    return [_source(source) for source in kb.sources.values()]


@router.get(
    "/bronnen/{id}",
    tags=["bronnen"],
    summary="Een brondocument met zijn tekst",
    response_model=schemas.BronMetTekst,
    responses=documented(400, 401, 404, 429, 503),
)
def bron(kb: Kb, source_id: Annotated[str, Path(alias="id", max_length=200)]) -> Any:  # noqa: ANN401 - JSON
    """De tekst, ongewijzigd: hierin wijzen alle posities de plaats aan."""
    if source_id not in kb.sources:
        raise ProblemError(404, f"Er is geen bron {source_id!r}.")
    reports = [_report(report) for report in kb.reports.values() if report.source == source_id]
    return {**_source(kb.sources[source_id]), "reports": reports, "text": kb.text(source_id)}


@router.get(
    "/passages/{id}",
    tags=["bronnen"],
    summary="Een passage",
    response_model=schemas.Passage,
    responses=documented(400, 401, 404, 429, 503),
)
def passage(kb: Kb, passage_id: Annotated[str, Path(alias="id", max_length=40)]) -> Any:  # noqa: ANN401 - JSON
    """Een passage met haar koppen en posities."""
    if passage_id not in kb.row_of:
        raise ProblemError(404, f"Er is geen passage {passage_id!r}.")
    return _passage(kb, kb.passages[kb.row_of[passage_id]])


@router.post(
    "/terugkoppelingen",
    tags=["dienst"],
    summary="Zeg wat u van een antwoord vindt",
    status_code=204,
    responses=documented(400, 401, 404, 413, 429, 503),
)
def terugkoppelingen(terugkoppeling: schemas.Terugkoppeling, kb: Kb) -> None:
    """Een oordeel, zonder de vraag. Alleen waar de beheerder het bewaren heeft aangezet; anders 404."""
    settings = kb.settings
    if not settings.feedback:
        raise ProblemError(404, "De beheerder van deze dienst bewaart geen terugkoppelingen.")
    feedback.keep(settings.home, **terugkoppeling.model_dump(), days=settings.feedback_days)


@router.get("/gezondheid", tags=["dienst"], summary="Werkt de dienst?", response_model=schemas.Gezondheid)
def gezondheid(kb: Kb) -> Any:  # noqa: ANN401 - JSON
    """Of de dienst antwoordt, en wat de index bevat."""
    return {"status": "ok", **kb.catalogue.counts()}


def _page(kb: KnowledgeBase, found: QuotePage) -> dict[str, Any]:
    return {
        "quotes": [as_json.quote_json(quote, kb.reports[quote.report_id]) for quote in found.quotes],
        "total": found.total,
        "exact": found.exact,
        "page": found.page,
        "pages": found.pages,
        "facets": {name: [asdict(value) for value in values] for name, values in found.facets.items()},
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.name,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.date,
        "reference": source.reference,
        "sha256": source.sha256,
        "url": f"/bronnen/{source.name}",
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": report.title,
        "track": report.track,
        "theme": report.theme,
        "span": _pair(report.span),
    }


def _passage(kb: KnowledgeBase, found: Passage) -> dict[str, Any]:
    return {
        "id": found.id,
        "source": found.source,
        "report": kb.reports[found.report_id].title,
        "track": found.track,
        "theme": found.theme,
        "part": found.part,
        "headings": list(found.headings),
        "text": found.text,
        "spans": [_pair(span) for span in found.spans],
        "url": source_url(found.source, found.spans),
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
