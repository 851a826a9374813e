"""The adapter learns to bring questions to their passages; its slopes are those of what it minimises."""

import numpy as np

from ingest.adapter_training import TrainingSettings, _gradients, _unit, train, train_breadth

RANDOM = np.random.default_rng(1)
PASSAGES = _unit(RANDOM.normal(size=(12, 6)).astype(np.float32))[0]
OWNERS = np.tile(np.arange(12), 10)
# Each question is its passage turned over and disturbed: without learning it is far from it.
QUESTIONS = _unit(-PASSAGES[OWNERS][:, ::-1] + 0.2 * RANDOM.normal(size=(120, 6)).astype(np.float32))[0]


def rank_one(questions: np.ndarray, passages: np.ndarray) -> float:
    return float(np.mean((questions @ passages.T).argmax(axis=1) == OWNERS))


def test_it_learns_what_brings_a_question_to_its_passage() -> None:
    learned = train(QUESTIONS, PASSAGES, OWNERS, TrainingSettings(epochs=200, batch=32, rate=0.02, decay=0.0))
    before = rank_one(QUESTIONS, PASSAGES)
    after = rank_one(learned.of_queries(QUESTIONS), learned.of_documents(PASSAGES))
    assert before < 0.3
    assert after > 0.9


def test_the_same_questions_teach_the_same() -> None:
    settings = TrainingSettings(epochs=2)
    first, second = (train(QUESTIONS, PASSAGES, OWNERS, settings) for _ in range(2))
    assert np.array_equal(first.query, second.query)
    assert np.array_equal(first.document, second.document)


def test_with_much_decay_it_stays_near_to_changing_nothing() -> None:
    learned = train(QUESTIONS, PASSAGES, OWNERS, TrainingSettings(epochs=50, decay=100.0))
    assert np.abs(learned.query - np.eye(6)).max() < 0.05


def test_the_slopes_are_those_of_the_cross_entropy() -> None:
    query, document = np.eye(6) + 0.1 * RANDOM.normal(size=(2, 6, 6))
    questions, passages, owners = QUESTIONS[:7].astype(float), PASSAGES.astype(float), OWNERS[:7]

    def loss(query: np.ndarray, document: np.ndarray) -> float:
        logits = _unit(questions @ query)[0] @ _unit(passages @ document)[0].T / 0.5
        shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        return float(-np.log(shares[np.arange(7), owners]).mean())

    slopes = _gradients(query, document, questions, passages, owners, 0.5)
    step = np.zeros((6, 6))
    for place in [(0, 0), (2, 5), (4, 1)]:
        step[:] = 0
        step[place] = 1e-5
        for slope, up, down in (
            (slopes[0], loss(query + step, document), loss(query - step, document)),
            (slopes[1], loss(query, document + step), loss(query, document - step)),
        ):
            assert np.isclose(slope[place], (up - down) / 2e-5, atol=1e-4)


def test_breadth_parts_two_kinds_of_vectors() -> None:
    narrow = _unit(np.array([1.0, 0, 0]) + 0.1 * RANDOM.normal(size=(40, 3)))[0].astype(np.float32)
    broad = _unit(np.array([1.0, 0.5, 0]) + 0.1 * RANDOM.normal(size=(10, 3)))[0].astype(np.float32)
    weights = train_breadth(narrow, broad)
    assert ((narrow @ weights[:-1] + weights[-1]) < 0).mean() > 0.9
    assert ((broad @ weights[:-1] + weights[-1]) > 0).mean() > 0.9
