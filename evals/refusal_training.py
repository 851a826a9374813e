"""Learn when to refuse: `python -m evals.refusal_training` writes the weights that `assistant.refusal` reads.

The training file holds questions by reader, one JSON object a line: `reader`, `kind` ("answerable", or why the sources
do not answer it) and `question`. Those without an answer are shipped as vectors too: a question near one of them
probably has none either. A question is never compared with those of its own reader, so that what is learned holds for
questions of people who saw none of these. The tuning half of the gold questions is learned from as well; the cut is
chosen on it, each question judged by weights that it had no part in.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.engine import explain
from assistant.refusal import Signals, Unanswerable, Weights, known_unanswerable, observed, shipped_file
from evals.gold_questions import TUNING, read_questions
from evals.logistic import Flags, Floats, auc, fit, logit
from kb import jsonl, settings
from kb.knowledge_base import KnowledgeBase, open_knowledge_base

FILE = Path(__file__).parent / "refusal" / "questions.jsonl"
_GOLD = "gold"
_NAMES = ("answered", "unanswerable", "coverage", "asks_figure", "asks_why")
# A gold question counts as this many; they are fewer, and asked in words farther from the sources.
_GOLD_WEIGHT = 2.0
_RIDGE = 0.003
_FOLDS = 10
# Precision counts this many times as much as recall: a wrong refusal costs more than a missed one.
_PRECISION = 2.0


@dataclass(frozen=True)
class Example:
    """A question and whether the sources answer it; `kind` tells why not."""

    reader: str
    kind: str
    question: str
    history: tuple[str, ...]
    is_answerable: bool


@dataclass(frozen=True, eq=False)
class Table:
    """What is seen of each example, shape `(examples, signals)`, and what is known of it."""

    seen: Floats
    readers: npt.NDArray[np.str_]
    kinds: npt.NDArray[np.str_]
    is_answerable: Flags

    @property
    def is_gold(self) -> Flags:
        """Which are gold questions."""
        return np.asarray(self.readers == _GOLD)


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn and write the weights and the vectors; print how well they tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, default=FILE)
    parser.add_argument("--home", type=Path, default=None)
    options = parser.parse_args(arguments)
    kb = open_knowledge_base(settings.load(home=options.home) if options.home else settings.load())
    weights_file = shipped_file("refusal", kb.settings.embedder, "json")
    examples = [*read_examples(options.questions), *_gold()]
    shipped = [item for item in examples if not item.is_answerable and item.reader != _GOLD]
    embedded = kb.embedder.embed_queries([item.question for item in shipped]).astype(np.float16)
    kinds = np.array([item.kind for item in shipped])
    np.savez_compressed(shipped_file("unanswerable", kb.settings.embedder, "npz"), vectors=embedded, kinds=kinds)
    table = _table(kb, examples, known_unanswerable(kb), np.array([item.reader for item in shipped]))
    weights, judged = learn(table)
    written = json.dumps(asdict(weights), indent=2) + "\n"
    weights_file.write_text(written, encoding="utf-8")
    sys.stdout.write(f"{report(table, judged, weights)}\n")


def read_examples(path: Path) -> list[Example]:
    """The questions in a training file.

    Raises:
        CorpusError: when a line cannot be used; it is named.
    """
    return jsonl.read(
        path,
        lambda entry: Example(entry["reader"], entry["kind"], entry["question"], (), entry["kind"] == "answerable"),
        invalid="geen geldige vraag",
    )


def learn(table: Table) -> tuple[Weights, Floats]:
    """The weights, and the log-odds above the cut of each example by weights that it had no part in."""
    judged = np.zeros(len(table.readers))
    for held_out in _folds(table):
        judged[held_out] = logit(table.seen[held_out], _fit(table, ~held_out))
    cut = _cut(judged[table.is_gold], table.is_answerable[table.is_gold])
    fitted = _fit(table, np.ones(len(judged), dtype=np.bool_))
    weights = Weights(
        constant=round(float(fitted[-1]), 4),
        weights={name: round(float(weight), 4) for name, weight in zip(_NAMES, fitted[:-1], strict=True)},
        cut=round(cut, 4),
        off_topic=round(_off_topic(table, judged < cut), 4),
    )
    return weights, judged - cut


def report(table: Table, judged: Floats, weights: Weights) -> str:
    """How well answerable and unanswerable are told apart, and what is refused at the cut and around it."""
    lines = [f"weights: {weights.weights}"]
    for name, group in (("readers", ~table.is_gold), (_GOLD, table.is_gold)):
        lines.append(f"{name}: AUC {auc(judged[group], table.is_answerable[group]):.3f}")
        for shift in (-1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0):
            refused = group & (judged < shift)
            rightly = int((refused & ~table.is_answerable).sum())
            wrongly = int(refused.sum()) - rightly
            recall = rightly / int((group & ~table.is_answerable).sum())
            precision = rightly / max(rightly + wrongly, 1)
            lines.append(f"  cut {shift:+.2f}: {wrongly} wrongly, precision {precision:.2f}, recall {recall:.2f}")
    for kind in sorted(set(table.kinds[~table.is_gold])):
        group = ~table.is_gold & (table.kinds == kind)
        lines.append(f"refused of {kind}: {(judged[group] < 0).mean():.2f}")
    return "\n".join(lines)


def _gold() -> list[Example]:
    return [
        Example(_GOLD, item.type, item.question, item.history, item.answerable)
        for item in read_questions()
        if item.half == TUNING
    ]


def _table(
    kb: KnowledgeBase, examples: Sequence[Example], unanswerable: Unanswerable, readers: npt.NDArray[np.str_]
) -> Table:
    """What is seen of each example, the questions of its own reader left out; without content words it says nothing."""
    rows, kept = [], []
    for example in examples:
        found = explain(kb, example.question, history=example.history, with_model=False)
        is_others = readers != example.reader
        others = Unanswerable(unanswerable.vectors[is_others], unanswerable.kinds[is_others])
        first = found.found[0]
        seen = observed(kb, found.asked.question, first.hits, first.vector, others)
        if found.asked.question.subject:
            rows.append(_row(seen))
            kept.append(example)
    return Table(
        seen=np.array(rows, dtype=np.float64),
        readers=np.array([item.reader for item in kept]),
        kinds=np.array([item.kind for item in kept]),
        is_answerable=np.array([item.is_answerable for item in kept]),
    )


def _row(seen: Signals) -> list[float]:
    return [getattr(seen, name) for name in _NAMES]


def _folds(table: Table) -> list[Flags]:
    """Which examples are judged together: those of one reader, or every tenth gold question with or without answer."""
    number = np.zeros(len(table.readers), dtype=np.int64)
    for is_answerable in (True, False):
        group = np.flatnonzero(table.is_gold & (table.is_answerable == is_answerable))
        number[group] = np.arange(len(group)) % _FOLDS
    of_readers = [table.readers == reader for reader in sorted(set(table.readers)) if reader != _GOLD]
    return [*of_readers, *(table.is_gold & (number == fold) for fold in range(_FOLDS))]


def _fit(table: Table, used: Flags) -> Floats:
    """Weights for the signals as they are and a constant: logistic regression, answerable and not counting alike."""
    seen, answerable = table.seen[used], table.is_answerable[used]
    share = np.where(table.is_gold[used], _GOLD_WEIGHT, 1.0)
    for group in (answerable, ~answerable):
        share[group] /= 2 * share[group].sum()
    return fit(seen, answerable, share, ridge=_RIDGE)


def _cut(scores: Floats, answerable: Flags) -> float:
    """The place between two scores below which refusing has the best mean of precision and recall."""
    order = np.argsort(scores)
    ranked = scores[order]
    right = np.cumsum(~answerable[order])[:-1]
    refused = np.arange(1, len(scores))
    # The weighted harmonic mean, F with a beta of 1 / _PRECISION.
    weight = 1 / _PRECISION**2
    mean = (1 + weight) * right / (weight * (~answerable).sum() + refused)
    best = int(np.argmax(mean))
    return float((ranked[best] + ranked[best + 1]) / 2)


def _off_topic(table: Table, refused: Flags) -> float:
    """The nearness of answered questions that best parts those refused on another subject from the other refused."""
    answered = table.seen[refused, _NAMES.index("answered")]
    is_off = table.kinds[refused] == "offtopic"
    places = np.sort(answered)
    shares = [2 * (is_off & (answered < place)).sum() / ((answered < place).sum() + is_off.sum()) for place in places]
    return float(places[int(np.argmax(shares))])


if __name__ == "__main__":
    main()
