"""An answer as a chat completion: Markdown that shows just what was said, in one piece or in many."""

import json
import re

import pytest
from markdown_it import MarkdownIt

from assistant.answer import Answer, Citation, Reason, Statement, StatementKind, Status
from assistant.chat_completion import Reply, chunks, completion
from assistant.engine import Explanation
from assistant.question import understand
from kb.errors import InputError
from kb.model import Part, Track
from kb.text import Span

SITE = "https://dialoog.example.org"
REPLY = Reply("chatcmpl-1", 1_600_000_000, SITE)
INTRODUCTION = "Samenvatting (AI), geschreven door een model."
SAID = "Het gaat om *rust* en [tijd](http://kwaad.example) <b>."
SHOWN = (
    Statement(INTRODUCTION, StatementKind.NOTE),
    Statement("Burgers vinden rust.", StatementKind.SUMMARY, citations=(1, 2)),
    Statement("1. Meer rust", StatementKind.VERBATIM, citations=(2,)),
    Statement(SAID, StatementKind.QUOTE, citations=(3,)),
    Statement("Burgers vinden tijd.", StatementKind.SUMMARY, citations=(1,)),
    Statement("Aan tafel: 4 gesprekken.", StatementKind.NOTE),
)
MORE = (
    Statement("Meer hierover in de verslagen:", StatementKind.NOTE),
    Statement("Nog meer rust", StatementKind.VERBATIM, citations=(4,)),
)


def citation(number: int, speaker: str | None = None) -> Citation:
    spans = (Span(10 * number, 10 * number + 5),)
    return Citation(
        number, f"p-{number}", "een_bron.txt", "Een bron", "Verslag [A]", Track.BURGERS, None, Part.KNEL, speaker,
        "dialoog 2" if speaker else None, spans, "woord", f"/bronnen/een_bron.txt?van={10 * number}#aangehaald",
    )  # fmt: skip


def answer(
    *shown: Statement, more: tuple[Statement, ...] = (), question: str = "Rust?", language: str = "nl"
) -> Answer:
    statements = (*shown, *more)
    numbers = sorted({number for statement in statements for number in statement.citations})
    return Answer(
        question=question,
        standalone_question="Rust?",
        language=language,
        status=Status.ANSWERED if numbers else Status.NO_ANSWER,
        reason=None if numbers else Reason.OFF_TOPIC,
        text="",
        statements=statements,
        shown=len(shown),
        citations=tuple(citation(number, "student_1" if number == 3 else None) for number in numbers),
        at_the_table=(),
        engine="extractief",
        corpus_fingerprint="0",
        elapsed_ms={},
    )


ANSWER = answer(*SHOWN, more=MORE)


def content_of(made: Answer) -> str:
    return completion(REPLY, made)["choices"][0]["message"]["content"]


def read_by_a_person(markdown: str) -> str:
    """The text that a reader sees of Markdown."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    return "\n".join("".join(part.content for part in token.children) for token in tokens if token.children)


def stages(made: Answer) -> list:
    """What the engine gives of an answer."""
    return [understand("Rust?"), *made.statements, Explanation(None, (), None, False, None, made)]


def test_each_kind_of_statement_is_written_in_its_own_way() -> None:
    told, sources = content_of(ANSWER).split("\n\n**Bronnen**\n\n")
    assert told.split("\n") == [
        INTRODUCTION,
        "",
        "- *samenvatting (AI):* Burgers vinden rust. [1] [2]",
        "- 1\\. Meer rust [2]",
        "- ‘Het gaat om \\*rust\\* en \\[tijd\\](http://kwaad.example) &lt;b&gt;.’ (student\\_1, dialoog 2) [3]",
        "- *samenvatting (AI):* Burgers vinden tijd. [1]",
        "",
        "Aan tafel: 4 gesprekken.",
        "",
        f"Meer hierover in de verslagen: [[4]]({SITE}/bronnen/een_bron.txt?van=40#aangehaald)",
    ]
    assert sources.split("\n") == [
        f"- [1] Verslag \\[A\\], een\\_bron.txt, [tekens 10–15]({SITE}/bronnen/een_bron.txt?van=10#aangehaald)",
        f"- [2] Verslag \\[A\\], een\\_bron.txt, [tekens 20–25]({SITE}/bronnen/een_bron.txt?van=20#aangehaald)",
        f"- [3] student\\_1, dialoog 2: Verslag \\[A\\], een\\_bron.txt, [tekens 30–35]({SITE}{citation(3).url})",
    ]


def test_a_reader_sees_the_words_as_they_were_said() -> None:
    seen = read_by_a_person(content_of(ANSWER))
    assert f"‘{SAID}’ (student_1, dialoog 2) [3]" in seen
    assert "1. Meer rust [2]" in seen
    assert "Meer hierover in de verslagen: [4]" in seen
    assert "[3] student_1, dialoog 2: Verslag [A], een_bron.txt, tekens 30–35" in seen


@pytest.mark.parametrize("text", ["- streepje", "2) haakje", "# kop", "> hap", "a\n\nb", "    ver naar rechts", "---"])
def test_no_text_of_a_source_becomes_markup(text: str) -> None:
    made = answer(Statement("Gevonden:", StatementKind.NOTE), Statement(text, StatementKind.VERBATIM, citations=(1,)))
    assert f"{' '.join(text.split())} [1]" in read_by_a_person(content_of(made)).split("\n")


def test_each_annotation_points_at_its_marker_and_leads_to_the_source() -> None:
    message = completion(REPLY, ANSWER)["choices"][0]["message"]
    cited = [one["url_citation"] for one in message["annotations"]]
    assert [message["content"][one["start_index"] : one["end_index"]] for one in cited] == [
        "[1]", "[2]", "[2]", "[3]", "[1]", "[4]"
    ]  # fmt: skip
    assert cited[3]["url"] == f"{SITE}/bronnen/een_bron.txt?van=30#aangehaald"
    assert cited[3]["title"] == "Verslag [A], tekens 30–35"


def test_an_answer_in_english_has_english_labels() -> None:
    content = content_of(answer(*SHOWN, language="en"))
    assert "- *summary (AI):* Burgers vinden rust." in content
    assert "**Sources**" in content
    assert "[characters 10–15]" in content


def test_a_refusal_has_no_list_of_sources() -> None:
    assert content_of(answer(Statement("Niets gevonden.", StatementKind.NOTE))) == "Niets gevonden."


def test_a_question_that_was_taken_for_another_is_told_first() -> None:
    made = answer(*SHOWN, question="En *rust*?")
    assert content_of(made).startswith(f"Begrepen als: Rust?\n\n{INTRODUCTION}")


def test_the_parts_of_a_stream_are_the_whole() -> None:
    given = [chunk for ready in chunks(REPLY, stages(ANSWER)) for chunk in ready]
    whole = completion(REPLY, ANSWER)
    deltas = [chunk["choices"][0]["delta"] for chunk in given]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert "".join(delta.get("content", "") for delta in deltas) == whole["choices"][0]["message"]["content"]
    assert deltas[-1] == {"annotations": whole["choices"][0]["message"]["annotations"]}
    assert given[-1]["dialoogwijzer"] == whole["dialoogwijzer"]
    assert [chunk["choices"][0]["finish_reason"] for chunk in given] == [*[None] * (len(given) - 1), "stop"]
    assert {(chunk["id"], chunk["object"]) for chunk in given} == {("chatcmpl-1", "chat.completion.chunk")}


def test_what_is_certain_is_given_before_the_rest_is_known() -> None:
    """Up to the quotation: who said it is known at the end."""
    unfinished = stages(ANSWER)[:-1]
    given = [[chunk["choices"][0]["delta"]["content"] for chunk in ready] for ready in chunks(REPLY, unfinished)]
    assert given == [
        [""],
        [INTRODUCTION],
        ["\n\n- *samenvatting (AI):* Burgers vinden rust. [1] [2]"],
        ["\n- 1\\. Meer rust [2]"],
    ]


def test_bad_input_is_known_before_anything_is_given() -> None:
    def fail():
        raise InputError("De vraag is leeg.")
        yield

    with pytest.raises(InputError):
        next(chunks(REPLY, fail()))


def test_a_completion_has_the_answer_as_data_and_no_invented_counts() -> None:
    made = completion(REPLY, ANSWER)
    assert made["usage"] is None
    assert [one["number"] for one in made["dialoogwijzer"]["citations"]] == [1, 2, 3, 4]
    assert set(re.findall(r"\[(\d)\]", made["choices"][0]["message"]["content"])) == {"1", "2", "3", "4"}
    assert json.loads(json.dumps(made)) == made
