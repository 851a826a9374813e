"""Refusals are learned from examples; what an example was learned from does not judge it."""

import numpy as np
import pytest

from evals.gold_questions import read_questions
from evals.refusal_training import FILE, Table, _cut, _folds, learn, read_examples
from kb.text import fold

RANDOM = np.random.default_rng(2)


def table(count: int = 200) -> Table:
    is_answerable = np.arange(count) % 2 == 0
    seen = RANDOM.normal(size=(count, 5))
    seen[:, 0] += 3 * is_answerable
    readers = np.array([("gold", "a", "b")[number // 2 % 3] for number in range(count)])
    kinds = np.where(is_answerable, "answerable", np.where(RANDOM.random(count) < 0.2, "offtopic", "nearby"))
    return Table(seen, readers, kinds, is_answerable)


def test_what_tells_answers_apart_gets_the_weight() -> None:
    weights, judged = learn(made := table())
    assert weights.weights["answered"] > 3 * max(
        abs(value) for name, value in weights.weights.items() if name != "answered"
    )
    assert judged[made.is_answerable].mean() > 1 > -1 > judged[~made.is_answerable].mean()


def test_every_example_is_judged_once_and_not_by_its_own_reader() -> None:
    made = table()
    folds = _folds(made)
    assert (np.sum(folds, axis=0) == 1).all()
    for fold_ in folds:
        assert len(set(made.readers[fold_])) == 1


def test_the_cut_lies_where_refusing_goes_wrong() -> None:
    scores = np.array([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0])
    assert _cut(scores, np.array([False, False, False, True, True, True])) == pytest.approx(0.0)


def test_the_examples_are_many_and_no_gold_question_is_among_them() -> None:
    examples = read_examples(FILE)
    assert len({item.reader for item in examples}) == 10
    assert sum(item.is_answerable for item in examples) > 300
    assert sum(not item.is_answerable for item in examples) > 1500
    gold = {fold(question.question) for question in read_questions()}
    assert not gold & {fold(item.question) for item in examples}
