"""The answers to the gold questions: key points that reach the reader, evidence, refusals, and what may never happen.

A key point (a "nugget", as in the evaluations of TREC) has an anchor: words of the source that carry it. It is in a
text that holds these words nearly as they stand, so that the same words elsewhere in the sources count too.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from rapidfuzz import fuzz

from assistant.answer import Answer, Citation, StatementKind, Status
from assistant.engine import ask
from evals.lines import line_at
from kb import jsonl
from kb.knowledge_base import KnowledgeBase
from kb.text import render

QUESTIONS = Path(__file__).parent / "gold" / "questions.jsonl"
# Of 100: a footnote mark or a word at a page break may stand between the words.
_SAME = 90.0
_ALL = "all"


@dataclass(frozen=True)
class GoldQuestion:
    """A question with its evidence (source and lines) and the anchors of its key points, none when unanswerable."""

    id: str
    type: str
    question: str
    history: tuple[str, ...]
    answerable: bool
    evidence: tuple[tuple[str, int, int], ...]
    anchors: tuple[str, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether it belongs to the half that nobody looks at while tuning."""
        return hashlib.sha256(self.id.encode()).digest()[-1] % 2 == 1


@dataclass(frozen=True)
class AnswerScore:
    """One answer against its question; the shares are of the key points, the lengths in characters."""

    question: GoldQuestion
    is_refused: bool
    cited: float
    shown: float
    has_evidence: bool
    cited_length: int
    shown_length: int
    untraceable: int
    uncited: int


@dataclass(frozen=True)
class AnswerReport:
    """The scores of all questions."""

    scores: tuple[AnswerScore, ...]

    @property
    def failures(self) -> list[str]:
        """What may never happen and did."""
        return [
            f"{score.question.id}: {score.untraceable} untraceable, {score.uncited} uncited"
            for score in self.scores
            if score.untraceable or score.uncited
        ]

    def summary(self) -> dict[str, dict[str, dict[str, float]]]:
        """Measures by half (`tuning`, `held out`) and type; those of refusals under the type `refusals`."""
        halves: defaultdict[str, list[AnswerScore]] = defaultdict(list)
        for score in self.scores:
            halves["held out" if score.question.is_held_out else "tuning"].append(score)
        return {half: _by_type(scores) for half, scores in sorted(halves.items(), reverse=True)}

    def as_text(self) -> str:
        """Two tables in Markdown."""
        names = ["questions", "cited", "shown", "evidence", "cited_length", "shown_length"]
        lines = [f"| half | type | {' | '.join(names)} |", "|---|---|" + "--:|" * len(names)]
        refusals = ["", "| half | refused | refusal precision | refusal recall |", "|---|--:|--:|--:|"]
        for half, types in self.summary().items():
            for name, measures in types.items():
                if name == "refusals":
                    cells = [f"{measures[key]:.3g}" for key in ("refused", "precision", "recall")]
                    refusals.append(f"| {half} | {' | '.join(cells)} |")
                else:
                    lines.append(f"| {half} | {name} | {' | '.join(_cell(measures[key]) for key in names)} |")
        return "\n".join([*lines, *refusals])


def run(kb: KnowledgeBase, file: Path = QUESTIONS) -> AnswerReport:
    """Ask every gold question.

    Raises:
        CorpusError: when the file of questions cannot be read.
    """
    questions = read_questions(file)
    return AnswerReport(
        tuple(score(kb, question, ask(kb, question.question, history=question.history)) for question in questions)
    )


def read_questions(path: Path) -> list[GoldQuestion]:
    """The questions in a file.

    Raises:
        CorpusError: when a line cannot be used; it is named.
    """
    return jsonl.read(path, _question, invalid="geen geldige vraag")


def score(kb: KnowledgeBase, question: GoldQuestion, answer: Answer) -> AnswerScore:
    """What of its key points and evidence an answer holds, and whether all its words are traced."""
    said = [statement for statement in answer.statements if statement.kind is not StatementKind.NOTE]
    return AnswerScore(
        question=question,
        is_refused=answer.status is Status.NO_ANSWER,
        cited=_share(question.anchors, [citation.text for citation in answer.citations]),
        shown=_share(question.anchors, [statement.text for statement in said]),
        has_evidence=any(_is_evidence(kb, citation, question) for citation in answer.citations),
        cited_length=sum(len(citation.text) for citation in answer.citations),
        shown_length=len(answer.text),
        untraceable=sum(
            render(kb.text(citation.source), citation.spans) != citation.text for citation in answer.citations
        ),
        uncited=sum(not statement.citations for statement in said),
    )


def _question(entry: dict[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=entry["id"],
        type=entry["type"],
        question=entry["question"],
        history=tuple(entry["history"]),
        answerable=entry["answerable"],
        evidence=tuple((item["source"], *item["lines"]) for item in entry["evidence"]),
        anchors=tuple(nugget["anchor"] for nugget in entry["nuggets"]),
    )


def _share(anchors: Sequence[str], texts: Sequence[str]) -> float:
    """The share of the anchors that stand in one of the texts."""
    held = [any(len(anchor) <= len(text) and _holds(text, anchor) for text in texts) for anchor in anchors]
    return fmean(held) if held else 0.0


def _holds(text: str, anchor: str) -> bool:
    return anchor in text or fuzz.partial_ratio(anchor, text, score_cutoff=_SAME) > 0


def _is_evidence(kb: KnowledgeBase, citation: Citation, question: GoldQuestion) -> bool:
    """Whether a citation shares a line with the evidence."""
    text = kb.text(citation.source)
    first, last = line_at(text, citation.spans[0].start), line_at(text, citation.spans[-1].end - 1)
    return any(source == citation.source and first <= end and start <= last for source, start, end in question.evidence)


def _by_type(scores: Sequence[AnswerScore]) -> dict[str, dict[str, float]]:
    types: defaultdict[str, list[AnswerScore]] = defaultdict(list)
    for item in scores:
        if item.question.answerable:
            types[item.question.type].append(item)
            types[_ALL].append(item)
    refused = [item for item in scores if item.is_refused]
    unanswerable = [item for item in scores if not item.question.answerable]
    rightly = sum(not item.question.answerable for item in refused)
    refusals = {
        "refused": float(len(refused)),
        "precision": rightly / len(refused) if refused else 0.0,
        "recall": rightly / len(unanswerable) if unanswerable else 0.0,
    }
    return {**{name: _measures(items) for name, items in sorted(types.items())}, "refusals": refusals}


def _measures(scores: Sequence[AnswerScore]) -> dict[str, float]:
    return {
        "questions": float(len(scores)),
        "cited": fmean(item.cited for item in scores),
        "shown": fmean(item.shown for item in scores),
        "evidence": fmean(item.has_evidence for item in scores),
        "cited_length": float(median(item.cited_length for item in scores)),
        "shown_length": float(median(item.shown_length for item in scores)),
    }


def _cell(value: float) -> str:
    return f"{value:.0f}" if value > 1 else f"{value:.3f}"
