"""Citaat controleren: is this what the documents say, and who said it?"""

from collections.abc import Sequence

from assistant import messages
from assistant.answer import Citation
from assistant.suggest import suggestions
from assistant.verdict import Match, Verdict, VerdictKind
from assistant.verify import CHARACTERS_MAX, CHARACTERS_MIN, WORDS_MIN, verify
from kb.errors import DialoogError
from kb.knowledge_base import KnowledgeBase
from ui.address import Address, Place
from ui.frame import framed
from ui.markup import (
    alert,
    badge,
    copy_button,
    diff,
    escape,
    items,
    kept,
    link,
    open_source,
    said,
    versions,
    where,
)
from ui.references import of_match
from ui.texts import VERIFY_EXAMPLES, say

_SIGNS = {
    VerdictKind.VERBATIM: "✓",
    VerdictKind.TRIMMED: "✂",
    VerdictKind.ALTERED: "≠",
    VerdictKind.MISATTRIBUTED: "⚠",
    VerdictKind.NOT_FOUND: "✗",
}


def draw(kb: KnowledgeBase, address: Address) -> str:
    """The page, with the verdict when a text was given."""
    language = address.language
    lead = f'<p class="lead">{escape(say("verify lead", language))}</p>'
    outcome = _outcome(kb, address) if address.all("tekst") else _examples(address)
    return framed(
        address,
        f"<h1>{escape(say('verify title', language))}</h1>{lead}{_form(address)}"
        f'<div class="outcome" role="region" aria-live="polite" aria-label="{escape(say("outcome", language))}">'
        f"{outcome}</div>",
    )


def _form(address: Address) -> str:
    language = address.language
    return (
        f'<form action="/{Place.VERIFY}" class="verify" data-follows novalidate>{kept(address, ("taal",))}'
        f'<label class="field"><span>{escape(say("text to verify", language))}</span>'
        f'<textarea name="tekst" data-keep rows="5" maxlength="{CHARACTERS_MAX}">'
        f"{escape(address.one('tekst') or '')}</textarea></label>"
        f'<label class="field"><span>{escape(say("who said it", language))}</span>'
        f'<input type="text" name="spreker" value="{escape(address.one("spreker") or "")}" maxlength="200"></label>'
        f'<button type="submit" class="primary">{escape(say("verify", language))}</button></form>'
    )


def _examples(address: Address) -> str:
    language = address.language
    lines = [
        f'<span class="kind">{escape(say(f"example {kind}", language))}</span> '
        + link(address.at(Place.VERIFY, {"tekst": text, "spreker": speaker}), f"‘{text}’", here=True)
        for kind, text, speaker in VERIFY_EXAMPLES
    ]
    return f'<section class="examples"><h2>{escape(say("examples", language))}</h2>{items(lines)}</section>'


def _outcome(kb: KnowledgeBase, address: Address) -> str:
    try:
        verdict = verify(kb, address.one("tekst") or "", address.one("spreker"))
    except DialoogError as error:
        return alert(str(error))
    return verdict_markup(kb, verdict, suggestions(kb, verdict), address)


def verdict_markup(kb: KnowledgeBase, verdict: Verdict, meant: Sequence[Citation], address: Address) -> str:
    """What is true of a text, where it stands, how it differs from there, and what else may have been meant."""
    language = address.language
    if verdict.shortfall:
        return alert(messages.text(verdict.shortfall, language, words=WORDS_MIN, characters=CHARACTERS_MIN))
    head = f"{_SIGNS[verdict.kind]} {messages.text(verdict.kind, language)}"
    remarks = "".join(f"<p>{escape(remark)}</p>" for remark in messages.remarks(verdict, language))
    blocks = [f'<div class="verdict verdict-{verdict.kind}"><h2>{escape(head)}</h2>{remarks}</div>']
    blocks += [_place(kb, match, address) for match in verdict.matches]
    if meant:
        blocks.append(f'<p class="note">{escape(messages.text("meant", language))}</p>')
        blocks += [_meant(citation, address) for citation in meant]
    return "".join(blocks)


def _place(kb: KnowledgeBase, match: Match, address: Address) -> str:
    language = address.language
    by = messages.byline(match) or messages.text("no name" if match.quote else "report itself", language)
    changes = ""
    if any(change.op != "equal" for change in match.diff):
        changes = f'<p class="note">{escape(say("difference", language))}</p>{diff(match.diff, language)}'
    kind = badge(say("verbatim quote" if match.quote else "verbatim report", language), "quote" if match.quote else "")
    number = link(address.at(Place.QUOTES, {"id": match.quote.id}), match.quote.id) if match.quote else ""
    also = versions(kb.versions_of(match.quote), address) if match.quote else ""
    return (
        f'<article class="card"><h3 class="by"><span lang="nl">{escape(by)}</span></h3>{said(match.text)}'
        f'<p class="report">{kind} <span lang="nl">{escape(match.report)}</span></p>'
        f'{where(match, language)}{changes}<p class="actions">{open_source(match.url, language)} {number} '
        f"{copy_button(of_match(kb, match), language)}</p>{also}</article>"
    )


def _meant(citation: Citation, address: Address) -> str:
    language = address.language
    return (
        f'<article class="card">{said(citation.text)}'
        f'<p class="report"><span lang="nl">{escape(citation.report)}</span></p>{where(citation, language)}'
        f'<p class="actions">{open_source(citation.url, language)}</p></article>'
    )
