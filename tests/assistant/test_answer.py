"""An answer that breaks the promise cannot be built."""

import pytest

from assistant.answer import Answer, Citation, Reason, Statement, StatementKind, Status
from kb.model import Part, Track
from kb.text import Span


def citation(number: int = 1) -> Citation:
    return Citation(
        number=number, passage_id="p", source="a.txt", source_title="A", report="R", track=Track.BURGERS, theme=None,
        part=Part.KNEL, speaker=None, dialogue=None, spans=(Span(0, 5),), text="woord", url="/bronnen/a.txt",
    )  # fmt: skip


def answer(**changes: object) -> Answer:
    values = {
        "question": "?", "standalone_question": "?", "language": "nl", "status": Status.ANSWERED, "reason": None,
        "text": "woord [1]", "statements": (Statement("woord", StatementKind.VERBATIM, citations=(1,)),),
        "shown": 1, "citations": (citation(),), "at_the_table": (),
        "engine": "x", "corpus_fingerprint": "f", "elapsed_ms": {},
    }  # fmt: skip
    return Answer(**{**values, **changes})


def test_a_whole_answer_can_be_built() -> None:
    assert answer().citations[0].text == "woord"


@pytest.mark.parametrize("kind", [StatementKind.VERBATIM, StatementKind.QUOTE, StatementKind.SUMMARY])
def test_words_of_others_without_a_citation_are_refused(kind: StatementKind) -> None:
    with pytest.raises(ValueError, match="must cite"):
        Statement("woord", kind)


def test_a_note_that_cites_is_refused() -> None:
    with pytest.raises(ValueError, match="must not"):
        Statement("woord", StatementKind.NOTE, citations=(1,))


@pytest.mark.parametrize(
    "changes",
    [
        {"citations": ()},
        {"citations": (citation(1), citation(2))},
        {"statements": (Statement("noot", StatementKind.NOTE),)},
        {"status": Status.NO_ANSWER},
        {"reason": Reason.OFF_TOPIC},
    ],
    ids=["cites-nothing", "uncited-citation", "no-statement-cites", "refusal-without-reason", "answer-with-reason"],
)
def test_an_answer_that_does_not_fit_together_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"citations|reason"):
        answer(**changes)


def test_a_citation_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="without words"):
        Citation(**{**{name: getattr(citation(), name) for name in Citation.__dataclass_fields__}, "spans": ()})
