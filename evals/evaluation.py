"""All evaluations of an index: its quotations, their versions, verdicts on texts, and answers to questions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from evals import answers, dossiers, lineages, model_answers, quotations, ratchet, report, statements, systems, verdicts
from kb.knowledge_base import KnowledgeBase


class Part(Protocol):
    """The outcome of one evaluation."""

    @property
    def failures(self) -> list[str]:
        """The measures that fall short, in words."""

    def as_json(self) -> dict[str, Any]:
        """All measures."""

    def as_text(self) -> str:
        """Tables in Markdown."""


@dataclass(frozen=True)
class Evaluation:
    """The outcomes of all evaluations."""

    parts: tuple[Part, ...]
    answers: answers.AnswerReport

    def as_json(self) -> dict[str, Any]:
        """All measures."""
        measures = {name: value for part in self.parts for name, value in part.as_json().items()}
        return {**measures, "answers": report.as_json(self.answers)}

    def as_text(self) -> str:
        """Tables in Markdown."""
        return "\n\n".join([*(part.as_text() for part in self.parts), report.as_text(self.answers)])

    def failures(self, *, is_recorded: bool) -> list[str]:
        """The measures that fall short or, unless this outcome is recorded, differ from the recorded ones."""
        short = [line for part in self.parts for line in part.failures]
        return [*short, *self.answers.engine.failures, *([] if is_recorded else ratchet.differences(self.answers))]

    def record(self) -> None:
        """Store the measures that later ones are held against, and the summary."""
        ratchet.record(self.answers)
        report.write_summary(self.as_text())


def run(kb: KnowledgeBase, on_questions: Callable[[], None], *, with_baselines: bool = True) -> Evaluation:
    """All evaluations; `on_questions` is called before the questions are asked, which takes minutes.

    The questions are put to the sources alone and, where a language model is configured, to that as well; without the
    baselines it takes a minute.

    Raises:
        CorpusError: when a gold file cannot be read.
    """
    parts: list[Part] = [quotations.run(kb), lineages.run(kb), verdicts.run(kb), statements.run(kb)]
    parts.append(dossiers.run(kb))
    on_questions()
    if kb.settings.llm:
        parts.append(model_answers.run(kb))
    baselines = systems.BASELINES if with_baselines else {}
    return Evaluation(tuple(parts), answers.run(kb, baselines=baselines))
