"""The results as tables, as JSON and as one page of HTML; computes no measure."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.answers import AnswerReport, Measures, Score, SystemReport

SUMMARY = Path(__file__).parent / "REPORT.md"
_TEMPLATE = "report.html.jinja"
# What stands above this line in the summary is written by hand.
_MADE = "<!-- below: `dialoog eval --record` -->"
_SHARES = ("cited", "cited_vital", "shown", "evidence", "citation_recall", "citation_precision", "nDCG@10", "R@10")
_COLUMNS = (*_SHARES, "cited_length", "shown_length")
_OVERALL = ("refused", "refusal_precision", "refusal_recall", "untraceable", "uncited", "ms_p50", "ms_p95")


def as_text(report: AnswerReport) -> str:
    """Tables in Markdown: the engine by group, refusals and times, then each baseline with the engine's ratio to it."""
    blocks = [_groups(report.engine), _overall(report.engine)]
    blocks += [_against(report.engine, baseline) for baseline in report.systems[1:]]
    return "\n\n".join("\n".join(block) for block in blocks)


def as_json(report: AnswerReport) -> dict[str, Any]:
    """All measures by system, half and group."""
    return {system.name: system.summary for system in report.systems}


def as_html(report: AnswerReport) -> str:
    """One self-contained page: the tables, and every question with its answer and what it missed."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)
    template = environment.get_template(_TEMPLATE)
    return template.render(
        systems=report.systems,
        columns=_COLUMNS,
        overall=_OVERALL,
        cell=cell,
        questions=[_question(score) for score in report.engine.scores],
    )


def write_summary(tables: str, file: Path = SUMMARY) -> None:
    """Put the tables into the summary, under what is written by hand."""
    by_hand = file.read_text(encoding="utf-8").partition(_MADE)[0]
    file.write_text(f"{by_hand}{_MADE}\n\n{tables}\n", encoding="utf-8")


def cell(value: float | None) -> str:
    """A share with three decimals, a count or length without."""
    if value is None:
        return "–"
    return f"{value:.0f}" if value > 1 or value == 0 else f"{value:.3f}"


def _groups(system: SystemReport) -> Iterator[str]:
    yield f"| half | questions about | n | {' | '.join(_COLUMNS)} |"
    yield "|---|---|" + "--:|" * (len(_COLUMNS) + 1)
    for half, groups in system.summary.items():
        for group, measures in groups.items():
            yield f"| {half} | {group} | {measures['questions']:.0f} | {_cells(measures, _COLUMNS)} |"


def _overall(system: SystemReport) -> Iterator[str]:
    yield f"| half | {' | '.join(_OVERALL)} |"
    yield "|---|" + "--:|" * len(_OVERALL)
    for half, groups in system.summary.items():
        yield f"| {half} | {_cells(groups['all'], _OVERALL)} |"


def _against(engine: SystemReport, baseline: SystemReport) -> Iterator[str]:
    yield f"Against: {baseline.name}"
    yield ""
    yield "| half | questions about | cited | × | evidence | × | cited_length | × |"
    yield "|---|---|" + "--:|" * 6
    for half, groups in baseline.summary.items():
        for group, measures in groups.items():
            own = engine.summary[half][group]
            pairs = (f"{cell(measures[key])} | {_ratio(own[key], measures[key])}" for key in _RATIOS)
            yield f"| {half} | {group} | {' | '.join(pairs)} |"


_RATIOS = ("cited", "evidence", "cited_length")


def _ratio(own: float | None, other: float | None) -> str:
    return f"{own / other:.1f}" if own is not None and other else "–"


def _cells(measures: Measures, names: Sequence[str]) -> str:
    return " | ".join(cell(measures.get(name)) for name in names)


def _question(score: Score) -> dict[str, Any]:
    question = score.question
    points = [
        {**asdict(nugget), "cited": cited, "shown": shown}
        for nugget, cited, shown in zip(question.nuggets, score.cited, score.shown, strict=True)
    ]
    return {"question": question, "score": score, "outcome": score.outcome, "points": points}
