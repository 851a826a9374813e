"""How long things take on this machine: medians and ratios of one run, never a test."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from assistant import engine
from ingest.pipeline import ingest
from kb import settings
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.vectors import WHOLE

_QUESTIONS = (
    "Wat zeiden burgers over wonen?",
    "Wat ging er mis in het onderwijs?",
    "Welke zorgen hadden ouderen?",
    "Wat willen mensen met groen in de buurt?",
    "Wat vinden ondernemers van thuiswerken?",
    "What did students say about online lessons?",
)
_ROUNDS = 5


def run() -> str:
    """A table of medians in milliseconds; the last column is the ratio to one embedding and one vector query."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings.load(home=Path(folder))
        first = _seconds(lambda: ingest(chosen))
        unchanged = _median([_seconds(lambda: ingest(chosen)) for _ in range(_ROUNDS)])
        with closing(open_knowledge_base(chosen)) as kb:
            engine.ask(kb, _QUESTIONS[0])
            floor = _median([_seconds(partial(_bare, kb, text)) for text in _QUESTIONS * _ROUNDS])
            asked = [_seconds(partial(engine.ask, kb, text)) for text in _QUESTIONS * _ROUNDS]
    started = _median([_seconds(_help) for _ in range(_ROUNDS)])
    rows = [
        ("dialoog --help", started, None),
        ("first ingest (bundled vectors)", first, None),
        ("ingest, nothing changed", unchanged, None),
        ("one embedding + one vector query", floor, 1.0),
        ("a warm question, median", _median(asked), _median(asked) / floor),
        (
            "a warm question, 95th percentile",
            statistics.quantiles(asked, n=20)[-1],
            statistics.quantiles(asked, n=20)[-1] / floor,
        ),
    ]
    lines = ["| what | ms | × |", "|---|--:|--:|"]
    lines += [
        f"| {name} | {1000 * seconds:.0f} | {'' if ratio is None else f'{ratio:.1f}'} |"
        for name, seconds, ratio in rows
    ]
    return "\n".join(lines)


def _bare(kb: KnowledgeBase, text: str) -> None:
    kb.vectors.nearest(WHOLE, kb.embedder.embed_query(text), 10)


def _help() -> None:
    subprocess.run([sys.executable, "-m", "ui", "--help"], check=True, capture_output=True)


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _median(values: list[float]) -> float:
    return statistics.median(values)
