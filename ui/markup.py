"""Pieces of HTML that several places use: pure functions. What comes from a source or a user is escaped here."""

import html
from collections.abc import Iterable, Mapping, Sequence

from assistant import messages
from assistant.answer import Citation
from assistant.verdict import Match
from kb.model import Quote
from kb.versions import Label, Version
from kb.word_diff import Change
from ui.address import Address, Place
from ui.texts import say

escape = html.escape


def hidden(text: str) -> str:
    """Words for who hears the page and does not see it."""
    return f'<span class="vh">{escape(text)}</span>'


def link(address: Address | str, words: str, *, here: bool = False, attributes: str = "") -> str:
    """A link; with `here` the place draws itself anew instead of loading the page. `words` are escaped."""
    return f'<a href="{escape(str(address))}"{" data-here" if here else ""}{attributes}>{escape(words)}</a>'


def badge(words: str, kind: str = "") -> str:
    """A small label."""
    return f'<span class="badge {kind}">{escape(words)}</span>'


def folded(summary: str, inside: str, *, is_open: bool = False) -> str:
    """What can be folded out; `inside` is markup."""
    return f"<details{' open' if is_open else ''}><summary>{escape(summary)}</summary>{inside}</details>"


def items(lines: Iterable[str], kind: str = "") -> str:
    """A list of pieces of markup."""
    return f'<ul class="{kind}">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def quoted(quote: Quote) -> str:
    """A quotation between marks."""
    return said(quote.text, f"‘{escape(quote.text)}’")


def said(text: str, inside: str | None = None) -> str:
    """Words of a source: always Dutch, never translated; `inside` is their markup when it is more than the words."""
    return f'<blockquote lang="nl">{escape(text) if inside is None else inside}</blockquote>'


def open_source(url: str, language: str) -> str:
    """The link to the words in their source."""
    return (
        f'<a href="{escape(url)}" target="_blank" rel="noopener">{escape(say("open source", language))}'
        f"{hidden(say('new window', language))}</a>"
    )


def copy_button(text: str, language: str) -> str:
    """A button that copies a reference."""
    return (
        f'<button type="button" class="quiet" data-copy="{escape(text)}" '
        f'data-copied="{escape(say("copied", language))}">{escape(say("copy", language))}</button>'
    )


def where(item: Citation | Match | Quote, language: str) -> str:
    """The file and the characters of it where words stand."""
    return f'<p class="place">{escape(item.source)}, {escape(messages.place(item, language))}</p>'


def marked(text: str, parts: Iterable[str]) -> str:
    """A text with the parts that are in it marked; parts that overlap an earlier one are marked from its end."""
    places = sorted((text.find(part), len(part)) for part in parts if part and part in text)
    out, done = [], 0
    for start, length in places:
        first, last = max(start, done), start + length
        if first < last:
            out += [escape(text[done:first]), f"<mark>{escape(text[first:last])}</mark>"]
            done = last
    return "".join([*out, escape(text[done:])])


def diff(changes: Sequence[Change], language: str) -> str:
    """A difference in words, marked by more than colour."""
    return f'<p class="diff" lang="nl">{" ".join(_change(change, language) for change in changes)}</p>'


def _change(change: Change, language: str) -> str:
    words = escape(change.words)
    if change.op == "delete":
        return f"<del>{hidden(say('left out', language))} {words}{hidden(']')}</del>"
    if change.op == "insert":
        return f"<ins>{hidden(say('added', language))} {words}{hidden(']')}</ins>"
    return words


def versions(all_versions: Sequence[Version], address: Address) -> str:
    """The other versions of a quotation, folded: who said it, where, and how each differs from the original."""
    if not all_versions:
        return ""
    own, *others = all_versions
    language = address.language
    shown = [own, *others] if own.label is not Label.ORIGINAL else others
    lines = (_version(version, own, address) for version in shown)
    # The original comes first of the others.
    warning = messages.changed_version(own, others[0], language)
    told = f'<p class="changed">{escape(warning)}</p>' if warning else ""
    return told + folded(say("versions", language, number=len(others)), items(lines, "versions"), is_open=bool(warning))


def _version(version: Version, own: Version, address: Address) -> str:
    language, quote = address.language, version.quote
    label = say("this one", language) if version is own else ""
    head = " · ".join(
        filter(None, [label, messages.byline(quote) or messages.text("no name", language), version.report])
    )
    changes = any(change.op != "equal" for change in version.diff)
    body = diff(version.diff, language) if changes else quoted(quote)
    permanent = link(address.at(Place.QUOTES, {"id": quote.id}), quote.id)
    return (
        f"<p>{badge(messages.version_label(version, language), f'label-{version.label}')} {escape(head)}</p>{body}"
        f'<p class="actions">{permanent} {open_source(url_of(quote), language)}</p>'
    )


def url_of(quote: Quote) -> str:
    """Where a quotation is shown in its source."""
    from assistant.sources import source_url

    return source_url(quote.source, quote.spans)


def choice(name: str, label: str, options: Mapping[str, str], chosen: str | None, everything: str) -> str:
    """A list to choose one value from, with `everything` for none."""
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == (chosen or "") else ""}>{escape(words)}</option>'
        for value, words in {"": everything, **options}.items()
    )
    return f'<label class="field"><span>{escape(label)}</span><select name="{name}">{listed}</select></label>'


def kept(address: Address, names: Iterable[str]) -> str:
    """Hidden fields that hand on parameters of the address."""
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name in names
        for value in address.all(name)
        if value.strip()
    )


def name_of(slug: str) -> str:
    """A theme or group as a reader calls it."""
    words = slug.replace("-", " ")
    return words[:1].upper() + words[1:]


def alert(text: str) -> str:
    """What is wrong with what a user gave; errors are told in Dutch."""
    return f'<p class="alert" role="alert" lang="nl">{escape(text)}</p>'
