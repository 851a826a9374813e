"""The gold questions put to the engine and to the baselines, and what each made of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, median, quantiles

from evals import systems
from evals.answer_metrics import key_points, refusal_scores, share
from evals.gold_questions import GoldQuestion, read_questions
from evals.ranking import ranking_scores
from evals.systems import Lines, Outcome, System
from kb.knowledge_base import KnowledgeBase

ENGINE = "dialoogwijzer"
_ALL = "all"
Measures = dict[str, float | None]
# By half, group of questions (a type, a track, a language or all) and measure.
Summary = dict[str, dict[str, Measures]]


@dataclass(frozen=True)
class Score:
    """An outcome against its question: which key points are cited and shown, which citations stand in the evidence."""

    question: GoldQuestion
    outcome: Outcome
    cited: tuple[bool, ...]
    shown: tuple[bool, ...]
    in_evidence: tuple[bool, ...]


@dataclass(frozen=True)
class SystemReport:
    """One system on all questions; `tracks` has those of each question's evidence, by its id."""

    name: str
    scores: tuple[Score, ...]
    tracks: Mapping[str, frozenset[str]]
    rankings: Mapping[str, Mapping[str, float]]

    def groups(self) -> Iterator[tuple[str, str, list[Score]]]:
        """Half, group and its scores: all questions, then by type, by track and by language."""
        for half in sorted({score.question.half for score in self.scores}, reverse=True):
            scores = [score for score in self.scores if score.question.half == half]
            answerable = [score for score in scores if score.question.answerable]
            yield half, _ALL, answerable
            for kind in sorted({score.question.type for score in answerable}):
                yield half, kind, [score for score in answerable if score.question.type == kind]
            for track in sorted({track for score in answerable for track in self.tracks[score.question.id]}):
                yield half, track, [score for score in answerable if track in self.tracks[score.question.id]]
            for language in sorted({score.question.language for score in answerable}):
                yield half, language, [score for score in answerable if score.question.language == language]

    @cached_property
    def summary(self) -> Summary:
        """The measures of every group; those of refusals stand with `all`."""
        made: Summary = {}
        for half, group, scores in self.groups():
            made.setdefault(half, {})[group] = self._measures(scores)
        for half, groups in made.items():
            own = [score for score in self.scores if score.question.half == half]
            refused = [score.outcome.is_refused for score in own]
            precision, recall = refusal_scores(refused, [not score.question.answerable for score in own])
            times = [score.outcome.milliseconds for score in own]
            groups[_ALL] |= {
                "refused": float(sum(refused)),
                "refusal_precision": precision,
                "refusal_recall": recall,
                "untraceable": float(sum(score.outcome.untraceable for score in own)),
                "uncited": float(sum(score.outcome.uncited for score in own)),
                "ms_p50": median(times),
                "ms_p95": quantiles([*times, *times], n=20)[-1],
            }
        return made

    def _measures(self, scores: Sequence[Score]) -> Measures:
        """Means over questions; lengths are medians in characters."""
        own = [(score, self.rankings.get(score.question.id, {})) for score in scores]
        measures: Measures = {
            "questions": float(len(scores)),
            "cited": _mean([share(score.cited) for score in scores]),
            "cited_vital": _mean([share(_vital(score)) for score in scores]),
            "shown": _mean([share(score.shown) for score in scores]),
            "evidence": _mean([float(any(score.in_evidence)) for score in scores]),
            "citation_recall": _mean([share(score.outcome.supported) for score in scores]),
            "citation_precision": _mean([share(score.in_evidence) for score in scores]),
            "cited_length": float(median(sum(map(len, score.outcome.cited)) for score in scores)),
            "shown_length": float(median(len(score.outcome.text) for score in scores)),
        }
        names = sorted({name for _, ranking in own for name in ranking})
        return measures | {name: _mean([ranking.get(name) for _, ranking in own]) for name in names}

    @property
    def failures(self) -> list[str]:
        """What may never happen and did."""
        return [
            f"{score.question.id}: {score.outcome.untraceable} untraceable, {score.outcome.uncited} uncited, "
            f"{score.outcome.supported.count(False)} not in what they cite"
            for score in self.scores
            if score.outcome.untraceable or score.outcome.uncited or not all(score.outcome.supported)
        ]


@dataclass(frozen=True)
class AnswerReport:
    """The engine first, then the baselines."""

    systems: tuple[SystemReport, ...]

    @property
    def engine(self) -> SystemReport:
        return self.systems[0]


def run(
    kb: KnowledgeBase,
    questions: Sequence[GoldQuestion] | None = None,
    *,
    baselines: Mapping[str, Callable[[KnowledgeBase], System]] = systems.BASELINES,
) -> AnswerReport:
    """Put every gold question, or those given, to the engine and to the baselines.

    Raises:
        CorpusError: when the file of questions cannot be read.
    """
    asked = read_questions() if questions is None else questions
    made = {ENGINE: systems.engine(kb), **{name: build(kb) for name, build in baselines.items()}}
    relevant = {question.id: _relevant(kb, question) for question in asked}
    tracks = {
        key: frozenset(str(passage.track) for passage in kb.passages if passage.id in found)
        for key, found in relevant.items()
    }
    reports = []
    for name, system in made.items():
        system(asked[0])  # The first question loads what the others find loaded.
        scores = tuple(score(question, system(question)) for question in asked)
        reports.append(SystemReport(name, scores, tracks, ranking_scores(scores_of(scores), relevant)))
    return AnswerReport(tuple(reports))


def scores_of(scores: Sequence[Score]) -> dict[str, tuple[str, ...]]:
    """The passages that each question found, by its id; without questions for which no passages are found."""
    return {score.question.id: score.outcome.ranked for score in scores if score.outcome.ranked is not None}


def score(question: GoldQuestion, outcome: Outcome) -> Score:
    """What of its key points and evidence an outcome holds."""
    return Score(
        question=question,
        outcome=outcome,
        cited=key_points(question.nuggets, outcome.cited),
        shown=key_points(question.nuggets, outcome.text.split("\n")),
        in_evidence=tuple(_is_evidence(place, question) for place in outcome.places),
    )


def _is_evidence(place: Lines, question: GoldQuestion) -> bool:
    """Whether a place shares a line with the evidence."""
    return any(
        source == place.source and place.first <= last and first <= place.last
        for source, first, last in question.evidence
    )


def _relevant(kb: KnowledgeBase, question: GoldQuestion) -> frozenset[str]:
    """The passages that share a line with the evidence."""
    return frozenset(
        passage.id
        for passage in kb.passages
        if _is_evidence(systems.lines_of(kb, passage.source, passage.spans), question)
    )


def _vital(score: Score) -> list[bool]:
    return [held for held, nugget in zip(score.cited, score.question.nuggets, strict=True) if nugget.is_vital]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
