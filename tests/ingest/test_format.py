"""Rows that change need an index of another format: an older one is then made anew."""

import hashlib

from ingest.parse import ParsedSource
from kb.home import FORMAT

DIGEST = (2, "bcba9557390e9ebe")


def test_the_format_number_goes_up_when_the_rows_of_the_corpus_change(parsed: dict[str, ParsedSource]) -> None:
    rows = [
        repr((source.reports, source.sections, source.passages, source.quotes, source.facts))
        for _, source in sorted(parsed.items())
    ]
    digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
    assert (FORMAT, digest) == DIGEST, "raise kb.home.FORMAT when it was released, and write the new digest here"
