"""The command line `dialoog`.

    dialoog ingest [PATH…]      build or update the index (without PATH: the bundled reports)
    dialoog ask QUESTION        a cited answer; --json, or --batch FILE.jsonl for many
    dialoog quotes [TEXT]       quotations, all or those that fit
    dialoog serve               web page and API
    dialoog eval                the measures against the gold files
    dialoog bench               how long things take

Exit codes: 0 on an answer or a refusal, 2 on bad input. Results go to stdout, messages to stderr.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

_BAD_INPUT = 2
_PROGRESS_LINES = 10

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Vraag wat er in de dialoog ‘Nederland na de crisis’ is gezegd, met van elk woord de bron.",
)

Track = Annotated[str | None, typer.Option(help="Alleen dit spoor: burgers, middenveld, wetenschap of overheid.")]
Theme = Annotated[str | None, typer.Option(help="Alleen dit thema, bijvoorbeeld wonen-en-verkeer.")]
Part = Annotated[str | None, typer.Option(help="Alleen dit onderdeel: knel, kiem, droom, stap, proces, kader of slot.")]
AsJson = Annotated[bool, typer.Option("--json", help="Als JSON, voor andere programma’s.")]


def main() -> None:
    """Run the command line; errors of the user's become one message and exit code 2."""
    from kb.errors import DialoogError

    try:
        app()
    except DialoogError as error:
        _say(str(error))
        raise SystemExit(_BAD_INPUT) from None
    except KeyboardInterrupt:
        _say("Onderbroken.")
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]…", help="Eigen rapporten (.txt, .md) of mappen.")
    ] = None,
) -> None:
    """Maak de index, of werk hem bij. Zonder PATH: de meegeleverde documenten."""
    import time

    from ingest.pipeline import ingest as run
    from kb import settings

    started = time.monotonic()
    with _progress() as on_progress:
        result = run(settings.load(), paths or (), on_progress)
    seconds = time.monotonic() - started
    if result.changed or result.removed:
        _say(f"Bijgewerkt: {', '.join((*result.changed, *result.removed))}.")
    else:
        _say("De index is al bij; niets gewijzigd.")
    counts = f"{result.reports} rapporten, {result.passages} passages, {result.quotes} citaten"
    _say(f"{counts} ({seconds:.1f} s).")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="De vraag, in het Nederlands of Engels.")] = None,
    *,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None, typer.Option(help='Regels {"question": …, "history": […]}; per regel één antwoord.')
    ] = None,
    track: Track = None,
    theme: Theme = None,
    part: Part = None,
    explain: Annotated[bool, typer.Option("--explain", help="Toon ook hoe het antwoord tot stand kwam.")] = False,
    sought: Annotated[
        str | None, typer.Option("--seek", help="Met --explain: waar passages met deze woorden bleven.")
    ] = None,
) -> None:
    """Stel een vraag en krijg een antwoord in de woorden van de bronnen."""
    from assistant import engine
    from assistant.as_json import answer_json
    from kb.errors import InputError
    from ui.batch import read_batch
    from ui.render import answer_text, explanation_text

    filters = engine.parse_filters(track, theme, part)
    if (question is None) == (batch is None):
        raise InputError("Geef één vraag, of een bestand met vragen (--batch).")
    turns = read_batch(batch) if batch else []
    with _knowledge_base() as kb:
        for turn in turns:
            _print_json(answer_json(engine.ask(kb, turn.question, history=turn.history, filters=filters)))
        if question is not None:
            explained = engine.explain(kb, question, filters=filters)
            _print_json(answer_json(explained.answer)) if as_json else print(answer_text(explained.answer))
            if explain:
                _say(explanation_text(explained, sought))


@app.command()
def quotes(
    text: Annotated[str | None, typer.Argument(help="Woorden of een onderwerp; zonder: alle citaten.")] = None,
    as_json: AsJson = False,
    track: Track = None,
    theme: Theme = None,
    part: Part = None,
    speaker: Annotated[str | None, typer.Option(help="Een deel van de spreker zoals die er staat.")] = None,
) -> None:
    """Zoek citaten: eerst met precies deze woorden, dan naar betekenis."""
    from assistant import engine
    from assistant.as_json import quote_json
    from kb.quote_search import find_quotes
    from ui.render import quotes_text

    filters = engine.parse_filters(track, theme, part)
    with _knowledge_base() as kb:
        engine.check_filters(kb, filters)
        found = find_quotes(kb, text, filters=filters, speaker=speaker)
        if as_json:
            for quote in found:
                _print_json(quote_json(kb, quote))
        else:
            print(quotes_text(found, kb.reports))
    _say(f"{len(found)} citaten.")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adres; standaard alleen deze computer.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort.")] = 8000,
) -> None:
    """Start de webpagina en de API."""
    from ui.server import run

    with _knowledge_base() as kb:
        _say(f"Dialoogwijzer staat op http://{host}:{port} (stoppen: Ctrl-C).")
        run(kb, host, port)


@app.command(name="eval")
def evaluate(
    as_json: AsJson = False,
    html: Annotated[Path | None, typer.Option(help="Schrijf een pagina met elke vraag en elk antwoord.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Eindig met code 1 als een maat daalt of onder de eis ligt.")
    ] = False,
    record: Annotated[
        bool, typer.Option("--record", help="Leg de uitkomsten vast in evals/ (voor ontwikkelaars).")
    ] = False,
) -> None:
    """Meet de kwaliteit tegen de met de hand gemaakte bestanden."""
    from evals import answers, ratchet, report, run
    from kb.home import replace_file

    with _knowledge_base() as kb:
        quotes = run.run(kb)
        _say("De vragen worden gesteld, ook aan de vergelijkingssystemen: een paar minuten.")
        asked = answers.run(kb)
    both = {**quotes.as_json(), "answers": report.as_json(asked)}
    tables = f"{quotes.as_text()}\n\n{report.as_text(asked)}"
    print(json.dumps(both, ensure_ascii=False, indent=1) if as_json else tables)
    if html:
        replace_file(html, report.as_html(asked))
    if record:
        ratchet.record(asked)
        report.write_summary(tables)
    failures = [*quotes.failures, *asked.engine.failures, *([] if record else ratchet.differences(asked))]
    if check and failures:
        _say("\n".join(failures))
        raise SystemExit(1)


@app.command()
def bench() -> None:
    """Meet hoe lang dingen duren op deze computer."""
    from evals.bench import run

    print(run())


@contextmanager
def _knowledge_base() -> "Iterator[KnowledgeBase]":
    from kb import settings
    from kb.knowledge_base import open_knowledge_base

    with closing(open_knowledge_base(settings.load())) as kb:
        yield kb


@contextmanager
def _progress() -> "Iterator[Callable[[Any], None]]":
    """A bar with the time left on a terminal, else a line now and then; nothing when there is nothing to compute."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("nog {task.fields[left]}"),
    )
    shown = -1

    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Vectoren berekenen", total=None, visible=False, left="…")

        def on_progress(progress: Any) -> None:  # noqa: ANN401 - its type is imported with the pipeline
            nonlocal shown
            left = f"{progress.seconds_left:.0f} s"
            bar.update(task, completed=progress.done, total=progress.total, visible=True, left=left)
            tenth = progress.done * _PROGRESS_LINES // progress.total
            if not console.is_terminal and tenth != shown:
                shown = tenth
                _say(f"Vectoren berekenen: {progress.done} van {progress.total}, nog {left}")

        yield on_progress


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
