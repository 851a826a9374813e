"""The evaluations: quotations in the index against the gold file."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.quote_metrics import FoundQuote, GoldQuote, QuoteScores, score
from kb import jsonl
from kb.knowledge_base import KnowledgeBase
from kb.lines import line_at
from kb.text import render

GOLD = Path(__file__).parent / "gold" / "quotes.jsonl"
# What the quotations must reach over the whole gold file.
REQUIRED = {"recall": 0.96, "precision": 0.96, "text": 0.93, "speaker": 0.95, "dialogue": 0.97, "part": 0.85}


@dataclass(frozen=True)
class QuoteReport:
    """The scores by report and over all."""

    by_report: dict[str, QuoteScores]

    @property
    def total(self) -> QuoteScores:
        return sum(self.by_report.values(), QuoteScores(0, 0, 0, 0, 0, 0, 0, 0))

    @property
    def failures(self) -> list[str]:
        """The measures that fall short, in words."""
        shares = self.total.shares()
        short = [
            f"{name}: {shares[name]} < {wanted}" for name, wanted in REQUIRED.items() if (shares[name] or 0) < wanted
        ]
        untraceable = self.total.untraceable
        return [*short, *([f"untraceable: {untraceable} > 0"] if untraceable else [])]

    def as_json(self) -> dict[str, Any]:
        """All scores."""
        named = {**self.by_report, "all": self.total}
        return {"quotes": {name: {**vars(scores), "shares": scores.shares()} for name, scores in named.items()}}

    def as_text(self) -> str:
        """A table in Markdown."""
        measures = list(REQUIRED)
        lines = [
            f"| report | gold | found | {' | '.join(measures)} | untraceable |",
            "|---|" + "--:|" * (len(measures) + 3),
        ]
        for name, scores in [*self.by_report.items(), ("**all**", self.total)]:
            shares = scores.shares()
            cells = [_cell(shares[measure]) for measure in measures]
            lines.append(f"| {name} | {scores.gold} | {scores.found} | {' | '.join(cells)} | {scores.untraceable} |")
        return "\n".join(lines)


def run(kb: KnowledgeBase, gold_file: Path = GOLD) -> QuoteReport:
    """Compare the index with the gold file.

    Raises:
        CorpusError: when the gold file cannot be read.
    """
    gold = read_gold(gold_file)
    found = found_quotes(kb)
    names = _report_names(gold, found)
    wanted_by, found_by = defaultdict(list), defaultdict(list)
    for wanted in gold:
        wanted_by[wanted.report].append(wanted)
    for quote in found:
        found_by[names.get((quote.source, quote.report), quote.report)].append(quote)
    reports = dict.fromkeys([*wanted_by, *found_by])
    return QuoteReport({name: score(wanted_by[name], found_by[name]) for name in reports})


def read_gold(path: Path) -> list[GoldQuote]:
    """The gold quotations in a file.

    Raises:
        CorpusError: when a line cannot be used; it is named.
    """
    return jsonl.read(path, _gold_quote, invalid="geen geldig citaat")


def _gold_quote(entry: dict[str, Any]) -> GoldQuote:
    entry.pop("form", None)
    return GoldQuote(**{**entry, "lines": tuple(entry["lines"])})


def found_quotes(kb: KnowledgeBase) -> list[FoundQuote]:
    """The quotations of the index with the lines on which they start."""
    return [
        FoundQuote(
            source=quote.source,
            report=quote.report_id,
            line=line_at(kb.text(quote.source), quote.spans[0].start),
            text=quote.text,
            speaker=quote.speaker,
            dialogue=quote.dialogue,
            part=str(quote.part),
            is_traceable=render(kb.text(quote.source), quote.spans) == quote.text,
        )
        for quote in kb.catalogue.quotes()
    ]


def _report_names(gold: list[GoldQuote], found: list[FoundQuote]) -> dict[tuple[str, str], str]:
    """The gold file's short name of each report of the index: the one whose lines its quotations share."""
    by_line = {
        (wanted.source, line): wanted.report for wanted in gold for line in range(wanted.lines[0], wanted.lines[1] + 1)
    }
    names: dict[tuple[str, str], str] = {}
    for quote in found:
        name = by_line.get((quote.source, quote.line))
        if name:
            names.setdefault((quote.source, quote.report), name)
    return names


def _cell(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
