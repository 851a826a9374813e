"""Vraag: a conversation. The questions stand in the address, so that the same page can be opened again."""

from collections.abc import Iterator, Sequence

from assistant import messages
from assistant.answer import Answer, AtTheTable, Citation, Statement, StatementKind, Status
from assistant.engine import Explanation, stream
from assistant.filters import parse_filters
from kb.errors import DialoogError
from kb.knowledge_base import KnowledgeBase
from kb.model import Track
from ui.address import Address, Place
from ui.frame import framed
from ui.markup import (
    alert,
    badge,
    choice,
    copy_button,
    escape,
    folded,
    hidden,
    items,
    kept,
    link,
    marked,
    name_of,
    open_source,
    said,
    versions,
    where,
)
from ui.references import of_citation
from ui.texts import EXAMPLES, say

# The last questions of a conversation are answered again when it is opened; those before them only give it a subject.
_TURNS_SHOWN = 6


def draw(kb: KnowledgeBase, address: Address) -> Iterator[str]:
    """The page, first with the question alone, then with more and more of the answer; the last is whole."""
    given = address.all("vraag")
    asked = [question for question in given[:-1] if question.strip()] + given[-1:]
    first = max(0, len(asked) - _TURNS_SHOWN)
    turns = [_answered(kb, address, number, asked) for number in range(first, len(asked) - 1)]
    if not asked:
        yield _page(kb, address, turns)
        return
    busy = f'<p class="note">{escape(say("searching", address.language))}</p>'
    yield _page(kb, address, [*turns, _turn(asked[-1], len(asked), busy)], step="begun")
    yield from (
        _page(kb, address, [*turns, turn], step=step) for turn, step in _growing(kb, address, len(asked) - 1, asked)
    )


def _answered(kb: KnowledgeBase, address: Address, number: int, asked: Sequence[str]) -> str:
    *_, (turn, _) = _growing(kb, address, number, asked)
    return turn


def _growing(kb: KnowledgeBase, address: Address, number: int, asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The turn of a question with more and more of its answer, and how far it is."""
    question = asked[number]
    try:
        filters = parse_filters(address.one("spoor"), address.one("thema"))
        ready: list[Statement] = []
        for stage in stream(kb, question, history=asked[:number], filters=filters):
            if isinstance(stage, Explanation):
                yield _turn(question, number + 1, answer_markup(kb, stage.answer, number + 1, address)), ""
            elif isinstance(stage, Statement):
                ready.append(stage)
                # What a language model writes comes slowly; the rest is ready at once.
                if stage.kind is StatementKind.SUMMARY:
                    lines = "".join(_statement(one, (), number + 1, address.language) for one in ready)
                    yield _turn(question, number + 1, f'<div class="answer">{lines}</div>'), "busy"
    except DialoogError as error:
        yield _turn(question, number + 1, alert(str(error))), ""


def _page(kb: KnowledgeBase, address: Address, turns: Sequence[str], *, step: str = "") -> str:
    language = address.language
    has_turns = bool(turns)
    lead = "" if has_turns else escape(say("ask lead", language))
    name = escape(say("conversation", language))
    # The same elements stand at the same places with and without questions, so that the field keeps the focus.
    inside = (
        f'<h1>{escape(say("ask title", language))}</h1><p class="lead">{lead}</p>'
        f'<div role="log" aria-live="polite" aria-label="{name}">{"".join(turns)}</div>'
        f"{_form(kb, address, has_turns)}{_examples(address, has_turns)}"
    )
    return framed(address, inside, step=step)


def _form(kb: KnowledgeBase, address: Address, has_turns: bool) -> str:
    language = address.language
    tracks = {str(track): messages.track_label(track, language) for track in Track}
    themes = {slug: name_of(slug) for slug in kb.themes}
    everything = say("everything", language)
    filters = (
        f'<div class="fields">{choice("spoor", say("track", language), tracks, address.one("spoor"), everything)}'
        f"{choice('thema', say('theme', language), themes, address.one('thema'), everything)}</div>"
    )
    is_filtered = bool(address.one("spoor") or address.one("thema"))
    anew = link(address.at(Place.ASK), say("anew", language), here=True) if has_turns else ""
    label = say("next question" if has_turns else "your question", language)
    return (
        f'<form action="/" class="ask" novalidate>{kept(address, ("vraag", "taal"))}'
        f'<label class="field"><span>{escape(label)}</span>'
        f'<input type="text" name="vraag" data-keep data-clear maxlength="2000" autocomplete="off"></label>'
        f'<button type="submit" class="primary">{escape(say("ask", language))}</button>'
        f'{folded(say("narrow", language), filters, is_open=is_filtered)}<p class="anew">{anew}</p></form>'
    )


def _examples(address: Address, has_turns: bool) -> str:
    language = address.language
    lines = []
    for kind, questions in EXAMPLES[language]:
        shown = link(address.at(Place.ASK, {"vraag": questions}), " → ".join(questions), here=True)
        lines.append(f'<span class="kind">{escape(kind)}</span> {shown}')
    if has_turns:
        return f'<section class="examples">{folded(say("examples", language), items(lines))}</section>'
    return f'<section class="examples"><h2>{escape(say("examples", language))}</h2>{items(lines)}</section>'


def _turn(question: str, number: int, inside: str) -> str:
    return (
        f'<article class="turn" aria-labelledby="vraag-{number}">'
        f'<h2 id="vraag-{number}" class="question" tabindex="-1">{escape(question)}</h2>{inside}</article>'
    )


def answer_markup(kb: KnowledgeBase, answer: Answer, number: int, address: Address) -> str:
    """A whole answer: what is said first, what folds out, the sources, and who was at the table."""
    if answer.status is Status.NO_ANSWER:
        return _refusal(kb, answer, address)
    more = answer.statements[answer.shown :]
    rest = ""
    if more:
        inside = "".join(_statement(one, answer.citations, number, answer.language) for one in more[1:])
        cited = len({key for one in more for key in one.citations})
        rest = folded(f"{more[0].text.rstrip(':')} ({cited})", inside)
    table = _table(answer.at_the_table, address.language)
    told = _said(answer, number, answer.shown, after=f"{rest}{table}")
    return f'<div class="columns">{told}{_sources(kb, answer, number, address)}</div>' if answer.citations else told


def _said(answer: Answer, number: int, shown: int, *, after: str = "") -> str:
    lines = [_statement(one, answer.citations, number, answer.language) for one in answer.statements[:shown]]
    return f'<div class="answer" lang="{answer.language}">{_understood(answer)}{"".join(lines)}{after}</div>'


def _understood(answer: Answer) -> str:
    """How a follow-up was read."""
    if answer.standalone_question == answer.question:
        return ""
    understood = f"{messages.text('understood', answer.language)} {answer.standalone_question}"
    return f'<p class="understood">{escape(understood)}</p>'


def _refusal(kb: KnowledgeBase, answer: Answer, address: Address) -> str:
    """Why there is no answer; the questions that it offers instead are links."""
    told = [one.text for one in answer.statements]
    made = [messages.suggestion(theme, part) for theme in kb.themes for part in messages.SUGGESTED]
    near = {question: text for text in told for question in made if question in text}
    first, *others = [f"<p>{escape(text)}</p>" for text in told if text not in near.values()]
    links = [link(address.at(Place.ASK, {"vraag": question}), question, here=True) for question in near]
    tries = f"<p>{escape(say('try', address.language))}</p>{items(links)}" if near else ""
    inside = f"{_understood(answer)}{first}{tries}{''.join(others)}"
    return f'<div class="answer refusal" lang="{answer.language}">{inside}</div>'


def _statement(statement: Statement, citations: Sequence[Citation], number: int, language: str) -> str:
    markers = "".join(
        f' <a class="marker" href="#bron-{number}-{key}">[{hidden(say("source", language) + " ")}{key}]</a>'
        for key in statement.citations
    )
    if statement.kind is StatementKind.NOTE:
        if statement.part:
            return f"<h3>{escape(statement.text)}</h3>"
        return f'<p class="note">{escape(statement.text)}</p>'
    if statement.kind is StatementKind.QUOTE:
        by = next((messages.byline(one) for one in citations if one.number == statement.citations[0]), "")
        label = badge(say("verbatim quote", language), "quote")
        return (
            f'<figure class="quoted"><blockquote lang="nl">‘{escape(statement.text)}’</blockquote>'
            f"<figcaption>{label} {escape(by)}{markers}</figcaption></figure>"
        )
    if statement.kind is StatementKind.SUMMARY:
        label = badge(messages.text("ai label", language), "ai")
        words = f'<span lang="{language}">{escape(statement.text)}</span>'
        return f'<p class="statement summary">{label} {words}{markers}</p>'
    return f'<p class="statement"><span lang="nl">{escape(statement.text)}</span>{markers}</p>'


def _table(table: Sequence[AtTheTable], language: str) -> str:
    if not table:
        return ""
    lines = [_at_the_table(one, language) for one in table]
    inside = f"{items(lines)}<p>{escape(say('no sample', language))}</p>"
    return folded(say("table", language), inside)


def _at_the_table(one: AtTheTable, language: str) -> str:
    counts = {"talks": one.talks, "participants": one.participants, "organisations": one.organisations}
    listed = [messages.text(key, language, number=number) for key, number in counts.items() if number]
    places = f" ({', '.join(one.municipalities)})" if one.municipalities else ""
    return f'<span lang="nl">{escape(one.report)}</span>: {escape(", ".join(listed))}{escape(places)}'


def _sources(kb: KnowledgeBase, answer: Answer, number: int, address: Address) -> str:
    language = answer.language
    quoted = {key for one in answer.statements if one.kind is StatementKind.QUOTE for key in one.citations}
    listed = "".join(
        _source(kb, one, number, address, is_quote=one.number in quoted, parts=_parts(answer, one))
        for one in answer.citations
    )
    label = f"bronnen-{number}"
    return (
        f'<section class="sources" aria-labelledby="{label}" aria-live="off">'
        f'<h3 id="{label}">{escape(messages.text("sources", language))} ({len(answer.citations)})</h3>'
        f"<ol>{listed}</ol></section>"
    )


def _parts(answer: Answer, citation: Citation) -> list[str]:
    """What the answer says with a citation."""
    return [one.text for one in answer.statements if citation.number in one.citations]


def _source(
    kb: KnowledgeBase, citation: Citation, number: int, address: Address, *, is_quote: bool, parts: Sequence[str]
) -> str:
    language = address.language
    label = badge(say("verbatim quote" if is_quote else "verbatim report", language), "quote" if is_quote else "")
    by = messages.byline(citation) if is_quote else ""
    track, part = messages.track_label(citation.track, language), messages.part_label(citation.part, language)
    return (
        f'<li id="bron-{number}-{citation.number}" class="source" tabindex="-1" value="{citation.number}">'
        f'<p class="by"><span class="number">[{citation.number}]</span> {label} {escape(by)}</p>'
        f'<p class="report">{escape(track)} · <span lang="nl">{escape(citation.report)}</span> · {escape(part)}</p>'
        f"{said(citation.text, marked(citation.text, parts))}{where(citation, language)}"
        f'<p class="actions">{open_source(citation.url, language)} '
        f"{copy_button(of_citation(kb, citation), language)}</p>{versions(citation.versions, address)}</li>"
    )
