"""Rows and vectors that change need an index of another format: an older one is then made anew."""

import hashlib

from ingest.parse import ParsedSource
from kb import adapter, expansion
from kb.embedders import BUNDLED
from kb.home import FORMAT

DIGEST = (3, "033ba1432dbb168c")


def test_the_format_number_goes_up_when_the_corpus_gives_another_index(parsed: dict[str, ParsedSource]) -> None:
    rows = [
        repr((source.reports, source.sections, source.passages, source.quotes, source.facts))
        for _, source in sorted(parsed.items())
    ]
    made_with = (adapter.shipped_file(BUNDLED), expansion.FILE, expansion.SECTIONS_FILE)
    rows += [hashlib.sha256(file.read_bytes()).hexdigest() for file in made_with]
    digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
    assert (FORMAT, digest) == DIGEST, "raise kb.home.FORMAT when it was released, and write the new digest here"
