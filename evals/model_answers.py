"""The gold questions put to the engine with the language model that is configured: what it writes and what is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles
from typing import Any

from assistant.engine import Explanation, explain
from evals.answer_metrics import key_points, share
from evals.gold_questions import GoldQuestion, read_questions
from kb.knowledge_base import KnowledgeBase

Measures = dict[str, float]


@dataclass(frozen=True)
class ModelAnswer:
    """A question with its answer by the model, and that of the sources alone to hold it against."""

    question: GoldQuestion
    written: Explanation
    bare: Explanation

    @property
    def seconds(self) -> float:
        return self.written.answer.elapsed_ms["total"] / 1000

    @property
    def pointed_at(self) -> float | None:
        """The share of the key points that stand in the passages which the shown sentences of the model cite."""
        summary = self.written.summary
        return share(key_points(self.question.nuggets, [one.text for one in summary.citations] if summary else []))

    @property
    def pointed_at_without(self) -> float | None:
        """The same of the passages that the answer of the sources shows first."""
        answer = self.bare.answer
        numbers = {number for one in answer.statements[: answer.shown] for number in one.citations}
        return share(key_points(self.question.nuggets, [one.text for one in answer.citations if one.number in numbers]))


@dataclass(frozen=True)
class ModelReport:
    """All answers of one model."""

    model: str
    answers: tuple[ModelAnswer, ...]

    @property
    def measures(self) -> dict[str, Measures]:
        """By half of the gold questions."""
        halves = sorted({one.question.half for one in self.answers}, reverse=True)
        return {half: _measures([one for one in self.answers if one.question.half == half]) for half in halves}

    @property
    def faults(self) -> dict[str, int]:
        """How many sentences were dropped for which fault."""
        found = Counter(
            str(draft.fault) for one in self.answers if one.written.summary for draft in one.written.summary.drafts
        )
        del found["None"]
        return dict(found.most_common())

    @property
    def failures(self) -> list[str]:
        """None: a model is the user's choice."""
        return []

    def as_json(self) -> dict[str, Any]:
        """All measures."""
        return {"model": {"name": self.model, "faults": self.faults, **self.measures}}

    def as_text(self) -> str:
        """A table in Markdown."""
        measures = self.measures
        names = list(next(iter(measures.values()), {}))
        lines = [f"| with {self.model} | {' | '.join(measures)} |", f"|---|{'--:|' * len(measures)}"]
        lines += [f"| {name} | {' | '.join(f'{one[name]:.3g}' for one in measures.values())} |" for name in names]
        lines.append(f"\nDropped: {', '.join(f'{count} {fault}' for fault, count in self.faults.items()) or 'none'}.")
        return "\n".join(lines)


def run(kb: KnowledgeBase, questions: Sequence[GoldQuestion] | None = None) -> ModelReport:
    """Put every answerable gold question, or those given, to the engine with and without the model.

    Raises:
        CorpusError: when the file of questions cannot be read.
        SettingsError: when the language model cannot be used as configured.
    """
    asked = [one for one in questions or read_questions() if one.answerable]
    return ModelReport(kb.settings.llm or "", tuple(_answered(kb, one) for one in asked))


def _answered(kb: KnowledgeBase, question: GoldQuestion) -> ModelAnswer:
    written, bare = (
        explain(kb, question.question, history=question.history, with_model=with_model) for with_model in (True, False)
    )
    return ModelAnswer(question, written, bare)


def _measures(answers: Sequence[ModelAnswer]) -> Measures:
    summaries = [one.written.summary for one in answers if one.written.summary]
    drafts = [draft for summary in summaries for draft in summary.drafts]
    seconds = [one.seconds for one in answers]
    return {
        "questions": float(len(answers)),
        "answers by the model": sum(summary.is_enough for summary in summaries) / len(answers),
        "errors": float(sum(summary.error is not None for summary in summaries)),
        "sentences": float(len(drafts)),
        "faithful (kept by the checks)": sum(draft.fault is None for draft in drafts) / max(len(drafts), 1),
        "key points in what it cites": _mean([one.pointed_at for one in answers]),
        "key points in what is shown without it": _mean([one.pointed_at_without for one in answers]),
        "characters shown": float(median(len(one.written.answer.text) for one in answers)),
        "characters shown without it": float(median(len(one.bare.answer.text) for one in answers)),
        "seconds, median": median(seconds),
        "seconds, 95th percentile": quantiles([*seconds, *seconds], n=20)[-1],
    }


def _mean(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return fmean(known) if known else 0.0
