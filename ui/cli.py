"""The command line `dialoog`.

    dialoog ingest [PATH…]      build or update the index (without PATH: the bundled reports)
    dialoog ask QUESTION        a cited answer; --json, or --batch FILE.jsonl for many
    dialoog quotes [TEXT]       quotations, all or those that fit; --export csv, jsonl or md
    dialoog certificate ID      where a quotation stands and how to refer to it
    dialoog verify TEXT         is this in the sources, in these words? or --batch FILE.jsonl for many
    dialoog lineage             quotations that stand in the sources in several versions
    dialoog dossier THEME…      what was said of themes, as a file for a plan: --out FILE.(docx|md|html)
    dialoog serve               web page, API and MCP
    dialoog mcp                 MCP server on stdin and stdout
    dialoog eval                the measures against the gold files
    dialoog bench               how long things take
    dialoog doctor              what is configured, and whether it works

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
# A narrower table breaks its words off.
_TABLE_WIDTH_MIN = 130

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
    with_model: Annotated[
        bool, typer.Option("--model/--no-model", help="Met of zonder het ingestelde taalmodel, als er een is.")
    ] = True,
    sought: Annotated[
        str | None, typer.Option("--seek", help="Met --explain: waar passages met deze woorden bleven.")
    ] = None,
) -> None:
    """Stel een vraag en krijg een antwoord in de woorden van de bronnen."""
    from assistant import engine
    from assistant.as_json import answer_json
    from assistant.filters import parse_filters
    from kb.errors import InputError
    from ui.batch import read_turns
    from ui.render import answer_text, explanation_text

    filters = parse_filters(track, theme, part)
    if (question is None) == (batch is None):
        raise InputError("Geef één vraag, of een bestand met vragen (--batch).")
    turns = read_turns(batch) if batch else []
    with _knowledge_base() as kb:
        for turn in turns:
            made = engine.ask(kb, turn.question, history=turn.history, filters=filters, with_model=with_model)
            _print_json(answer_json(made))
        if question is not None:
            explained = engine.explain(kb, question, filters=filters, with_model=with_model)
            _print_json(answer_json(explained.answer)) if as_json else print(answer_text(explained.answer))
            if explain:
                _say(explanation_text(explained, sought))


@app.command()
def quotes(
    text: Annotated[str | None, typer.Argument(help="Woorden of een onderwerp; zonder: alle citaten.")] = None,
    *,
    as_json: AsJson = False,
    track: Track = None,
    theme: Theme = None,
    part: Part = None,
    speaker: Annotated[str | None, typer.Option(help="Een deel van de spreker zoals die er staat.")] = None,
    group: Annotated[str | None, typer.Option(help="Groep sprekers, zoals studenten-en-scholieren.")] = None,
    report: Annotated[str | None, typer.Option(help="Een deel van de titel van het verslag.")] = None,
    dialogue: Annotated[str | None, typer.Option(help="Zoals die er staat, bijvoorbeeld ‘dialoog 3’.")] = None,
    sort: Annotated[str | None, typer.Option(help="relevantie, bron, spreker, thema of lengte.")] = None,
    page: Annotated[int, typer.Option(min=1, help="Welke bladzijde, met --size.")] = 1,
    size: Annotated[int | None, typer.Option(min=1, help="Citaten per bladzijde; zonder: alle.")] = None,
    facets: Annotated[bool, typer.Option("--facets", help="Tel de citaten per spoor, thema, groep …")] = False,
    form: Annotated[str | None, typer.Option("--export", help="csv (voor Excel), jsonl of md.")] = None,
    out: Annotated[Path | None, typer.Option(help="Met --export: het bestand; zonder: op het scherm.")] = None,
) -> None:
    """Zoek citaten: eerst met precies deze woorden, dan naar betekenis."""
    from assistant.as_json import quote_json
    from assistant.certificate import certify
    from assistant.export import export, parse_format
    from assistant.filters import parse_quote_filters, parse_sort
    from kb.quote_search import find_quotes
    from ui.render import facets_text, quotes_text

    order, chosen = parse_sort(sort), parse_format(form)
    with _knowledge_base() as kb:
        filters = parse_quote_filters(
            kb, track=track, theme=theme, part=part, group=group, report=report, dialogue=dialogue, speaker=speaker
        )
        found = find_quotes(kb, text, filters=filters, sort=order, page=page, size=size)
        if chosen:
            _write(export((certify(kb, quote.id) for quote in found.quotes), chosen), out)
        elif as_json:
            for quote in found.quotes:
                _print_json(quote_json(quote, kb.reports[quote.report_id]))
        elif found.quotes:
            print(quotes_text(found.quotes, kb))
        if facets:
            (_say if as_json or chosen else print)(facets_text(found, kb))
    _say(f"{found.total} citaten{f', bladzijde {page} van {found.pages}' if size else ''}.")


@app.command()
def certificate(
    quote_id: Annotated[str, typer.Argument(metavar="ID", help="Het nummer van een citaat (q-…).")],
    *,
    as_json: AsJson = False,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="Als BibTeX.")] = False,
    csl: Annotated[bool, typer.Option("--csl", help="Als CSL-JSON, voor Zotero en andere.")] = False,
) -> None:
    """Toon van een citaat de bron, de plaats, andere versies en een verwijzing om over te nemen."""
    from assistant import certificate as certificates
    from assistant.as_json import certificate_json
    from ui.render import certificate_text

    with _knowledge_base() as kb:
        certified = certificates.certify(kb, quote_id)
    if as_json:
        _print_json(certificate_json(certified))
    elif csl:
        print(json.dumps([certificates.csl(certified)], ensure_ascii=False, indent=1))
    else:
        print(certificates.bibtex(certified) if bibtex else certificate_text(certified))


@app.command()
def verify(
    text: Annotated[str | None, typer.Argument(help="De tekst om te controleren.")] = None,
    *,
    speaker: Annotated[str | None, typer.Option(help="Wie het gezegd zou hebben.")] = None,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None, typer.Option(help='Regels {"text": …, "speaker": …}; per regel één oordeel als JSON.')
    ] = None,
) -> None:
    """Controleer of een tekst zo in de bronnen staat, en of de spreker klopt."""
    from assistant.as_json import verdict_json
    from assistant.suggest import suggestions
    from assistant.verify import verify as check
    from kb.errors import InputError
    from ui.batch import Claim, read_claims
    from ui.render import verdict_text

    if (text is None) == (batch is None):
        raise InputError("Geef één tekst, of een bestand met teksten (--batch).")
    claims = read_claims(batch) if batch else [Claim(text or "", speaker)]
    with _knowledge_base() as kb:
        for claim in claims:
            verdict = check(kb, claim.text, claim.speaker)
            meant = suggestions(kb, verdict)
            if as_json or batch:
                _print_json(verdict_json(verdict, meant))
            else:
                print(verdict_text(kb, verdict, meant))


@app.command()
def lineage(as_json: AsJson = False) -> None:
    """Toon de citaten die in meer dan één versie in de bronnen staan, en wat eraan is veranderd."""
    from rich.console import Console

    from assistant.as_json import family_json
    from ui.render import lineage_table

    with _knowledge_base() as kb:
        if as_json:
            for family in kb.families:
                _print_json(family_json(family))
        else:
            console = Console()
            console.width = max(console.width, _TABLE_WIDTH_MIN)
            console.print(lineage_table(kb.families))
    _say(f"{len(kb.families)} citaten met {sum(len(family.variants) for family in kb.families)} andere versies.")


@app.command()
def dossier(
    subjects: Annotated[
        list[str] | None, typer.Argument(metavar="THEME…", help="Herstelopgaven of thema’s; --list toont ze.")
    ] = None,
    *,
    out: Annotated[Path | None, typer.Option(help="Het bestand: .docx (Word), .html of .md.")] = None,
    focus: Annotated[str | None, typer.Option(help="Waar het vooral om gaat, bijvoorbeeld ‘jongeren’.")] = None,
    section: Annotated[list[str] | None, typer.Option(help="Alleen dit deel; mag vaker. Zonder: alle delen.")] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Zet naast elkaar wie wat over één onderwerp zei, ook in eigen woorden.")
    ] = False,
    site: Annotated[str, typer.Option(help="Adres van een server: noten leiden dan naar de bronnen daar.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Toon de onderwerpen en de delen.")] = False,
) -> None:
    """Maak een dossier voor een herstelplan: wat er is gezegd, met van elk woord de bron."""
    from assistant.dossier.files import format_of, written
    from assistant.dossier.request import DossierRequest, dossier_of
    from kb.errors import InputError
    from ui.render import dossier_choices_text

    if listed:
        with _knowledge_base() as kb:
            print(dossier_choices_text(kb))
        return
    if out is None:
        raise InputError("Noem het bestand waarin het dossier komt: --out NAAM.docx (of .html, .md).")
    form = format_of(out)
    wanted = DossierRequest(tuple(subjects or ()), focus, tuple(section or ()), is_comparison=compare)
    with _knowledge_base() as kb:
        made = dossier_of(kb, wanted)
    _replace(written(made, form, site=site), out)
    _say(f"{out}: {len(made.sections)} delen, {len(made.notes)} noten, {len(made.quotations)} citaten.")


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


@app.command()
def mcp() -> None:
    """Bied de kennisbank aan als MCP-server, op stdin en stdout."""
    import signal

    from assistant.mcp_server import build_mcp

    # The SDK would end only after one more line on stdin; there is nothing here that an abrupt end can harm.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with _knowledge_base() as kb:
        build_mcp(kb).run("stdio")


@app.command(name="eval")
def evaluate(
    as_json: AsJson = False,
    html: Annotated[Path | None, typer.Option(help="Schrijf een pagina met elke vraag en elk antwoord.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Eindig met code 1 als een maat daalt of onder de eis ligt.")
    ] = False,
    baselines: Annotated[
        bool, typer.Option("--baselines/--no-baselines", help="Stel de vragen ook aan de vergelijkingssystemen.")
    ] = True,
    record: Annotated[
        bool, typer.Option("--record", help="Leg de uitkomsten vast in evals/ (voor ontwikkelaars).")
    ] = False,
) -> None:
    """Meet de kwaliteit tegen de met de hand gemaakte bestanden."""
    from evals import evaluation, report
    from kb.home import replace_file

    with _knowledge_base() as kb:
        result = evaluation.run(
            kb,
            lambda: _say("De vragen worden gesteld; dat duurt een paar minuten."),
            with_baselines=baselines or record,
        )
    print(json.dumps(result.as_json(), ensure_ascii=False, indent=1) if as_json else result.as_text())
    if html:
        replace_file(html, report.as_html(result.answers))
    if record:
        result.record()
    failures = result.failures(is_recorded=record)
    if check and failures:
        _say("\n".join(failures))
        raise SystemExit(1)


@app.command()
def bench(
    url: Annotated[str | None, typer.Option(help="Adres van een draaiende dienst: meet die met veel vragers.")] = None,
    clients: Annotated[int, typer.Option(min=1, help="Met --url: hoeveel vragers tegelijk.")] = 50,
    seconds: Annotated[int, typer.Option(min=1, help="Met --url: hoelang.")] = 60,
) -> None:
    """Meet hoe lang dingen duren op deze computer, een paar minuten lang."""
    from evals import bench as benchmarks
    from evals import load

    print(load.run(url, clients=clients, seconds=seconds) if url else benchmarks.run())


@app.command()
def doctor() -> None:
    """Toon wat er is ingesteld en of het werkt, ook het taalmodel. Eindigt met code 1 als iets niet werkt."""
    from assistant.doctor import examine
    from kb import settings

    findings = []
    for finding in examine(settings.load()):
        print(f"{'✓' if finding.is_well else '✗'} {finding.name}: {finding.found}", flush=True)
        findings.append(finding)
    if not all(finding.is_well for finding in findings):
        raise SystemExit(1)


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
    from assistant.as_json import text

    print(text(value), flush=True)


def _write(text: str, file: Path | None) -> None:
    """To a file, or to stdout; the bytes are those of the text, line ends included."""
    if file is None:
        sys.stdout.buffer.write(text.encode())
        return
    with _writing(file):
        file.write_bytes(text.encode())


def _replace(content: bytes, file: Path) -> None:
    """To a file that is seen either as it was or as it becomes."""
    from kb.home import replace_file

    with _writing(file):
        replace_file(file, content)


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    from kb.errors import InputError

    try:
        yield
    except OSError as error:
        msg = f"{file}: niet te schrijven ({error.strerror}). Kies een andere plaats."
        raise InputError(msg) from error


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
