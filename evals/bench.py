"""How long things take on this machine: medians and ratios of one run, never a test."""

import random
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
from assistant.verify import verify
from evals.load import QUESTIONS
from evals.synthetic import synthetic
from ingest.pipeline import ingest
from kb import settings
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.vectors import WHOLE

_ROUNDS = 5
# Quotations from which texts to verify are made, four of each.
_CHECKED = 75
_SYNTHETIC_QUOTES = 100_000


def run() -> str:
    """A table of medians in milliseconds; the last column is the ratio to one embedding and one vector query."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings.load(home=Path(folder))
        first = _seconds(lambda: ingest(chosen))
        unchanged = _median([_seconds(lambda: ingest(chosen)) for _ in range(_ROUNDS)])
        with closing(open_knowledge_base(chosen)) as kb:
            ask = partial(engine.ask, with_model=False)
            ask(kb, QUESTIONS[0])
            floor = _median([_seconds(partial(_bare, kb, text)) for text in QUESTIONS * _ROUNDS])
            asked = [_seconds(partial(ask, kb, text)) for text in QUESTIONS * _ROUNDS]
            checked = _checks(kb)
            checked_in_many = _checks(synthetic(kb, _SYNTHETIC_QUOTES))
    started = _median([_seconds(_help) for _ in range(_ROUNDS)])
    rows = [
        ("dialoog --help", started, None),
        ("first ingest (bundled vectors)", first, None),
        ("ingest, nothing changed", unchanged, None),
        ("one embedding + one vector query", floor, 1.0),
        *_spread("a warm question", asked, floor),
        *_spread("a text verified", checked, floor),
        *_spread(f"a text verified among {_SYNTHETIC_QUOTES} quotations", checked_in_many, floor),
    ]
    lines = ["| what | ms | × |", "|---|--:|--:|"]
    lines += [
        f"| {name} | {1000 * seconds:.0f} | {'' if ratio is None else f'{ratio:.1f}'} |"
        for name, seconds, ratio in rows
    ]
    return "\n".join(lines)


def _spread(name: str, seconds: list[float], floor: float) -> list[tuple[str, float, float]]:
    high = statistics.quantiles(seconds, n=20)[-1]
    return [
        (f"{name}, median", _median(seconds), _median(seconds) / floor),
        (f"{name}, 95th percentile", high, high / floor),
    ]


def _checks(kb: KnowledgeBase) -> list[float]:
    """The times to verify quotations as they are, cut, with two words changed, and shuffled with others."""
    chance = random.Random(0)  # noqa: S311 - the same texts every time, no secret
    texts = []
    for quote, other in zip(chance.choices(kb.quotes, k=_CHECKED), chance.choices(kb.quotes, k=_CHECKED), strict=True):
        words = quote.text.split()
        changed = [*words]
        for _ in range(2):
            changed[chance.randrange(len(words))] = "regenboog"
        mixed = [*words, *other.text.split()]
        chance.shuffle(mixed)
        texts += [quote.text, " ".join(words[1:-1]), " ".join(changed), " ".join(mixed[: len(words)])]
    verify(kb, texts[2])
    return [_seconds(partial(verify, kb, text)) for text in texts]


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
