"""Citaten: search, filters with counts, cards, pages, files, and each quotation by its own link."""

from collections.abc import Mapping, Sequence

from assistant import messages
from assistant.certificate import Certificate, certify, reference
from assistant.export import Format, export
from assistant.filters import parse_quote_filters, parse_sort
from kb import speakers
from kb.errors import DialoogError
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Quote, Track
from kb.quote_search import FACETS, FacetValue, QuotePage, Sort, find_quotes
from ui.address import Address, Place
from ui.frame import framed
from ui.markup import (
    alert,
    badge,
    choice,
    copy_button,
    escape,
    kept,
    link,
    open_source,
    quoted,
    url_of,
    versions,
)
from ui.texts import say

_PAGE_QUOTES = 10
# The Dutch names of the facets in addresses.
_NAMES = {
    "track": "spoor",
    "theme": "thema",
    "part": "onderdeel",
    "group": "groep",
    "report": "verslag",
    "dialogue": "dialoog",
}


def draw(kb: KnowledgeBase, address: Address) -> str:
    """The page."""
    language = address.language
    try:
        inside = _certificate(kb, address) if address.one("id") else _found(kb, address)
    except DialoogError as error:
        back = link(address.at(Place.QUOTES), say("all quotes", language), here=True)
        inside = f"{alert(str(error))}<p>{back}</p>"
    lead = f'<p class="lead">{escape(say("quotes lead", language))}</p>'
    return framed(address, f"<h1>{escape(say('quotes title', language))}</h1>{lead}{inside}")


def file(kb: KnowledgeBase, address: Address, form: Format) -> str:
    """All quotations that fit the address, as the text of a file."""
    found = _search(kb, address, size=None)
    return export((certify(kb, quote.id) for quote in found.quotes), form)


def _search(kb: KnowledgeBase, address: Address, *, size: int | None) -> QuotePage:
    chosen = {name: address.one(word) for name, word in _NAMES.items()}
    filters = parse_quote_filters(kb, speaker=address.one("spreker"), **chosen)
    page = address.number("blz") if size else 1
    order = parse_sort(address.one("sorteer"))
    return find_quotes(kb, address.one("q"), filters=filters, sort=order, page=page, size=size)


def _found(kb: KnowledgeBase, address: Address) -> str:
    language = address.language
    found = _search(kb, address, size=_PAGE_QUOTES)
    count = say("one quote" if found.total == 1 else "number of quotes", language, number=found.total)
    if address.one("q") and found.total:
        count += f" {say('exact', language, number=found.exact)}"
    cards = "".join(card(kb, quote, address) for quote in found.quotes)
    return (
        f'<div class="columns search">{_form(kb, address, found)}<div class="results">'
        f'<div role="status"><h2>{escape(count)}</h2></div>{_files(address) if found.total else ""}'
        f"{cards or _nothing(address)}{_pages(address, found)}</div></div>"
    )


def _nothing(address: Address) -> str:
    language = address.language
    everything = link(address.at(Place.QUOTES), say("all quotes", language), here=True)
    return f"<p>{escape(say('no quotes', language))} {everything}</p>"


def _form(kb: KnowledgeBase, address: Address, found: QuotePage) -> str:
    language = address.language
    lists = "".join(_facet(kb, name, found.facets[name], address) for name in FACETS)
    orders = {str(order): say(f"order {order}", language) for order in Sort if order is not Sort.RELEVANCE}
    order = choice("sorteer", say("order", language), orders, address.one("sorteer"), say("order relevantie", language))
    return (
        f'<form action="/citaten" class="filters" data-follows>{kept(address, ("taal",))}'
        f'<label class="field"><span>{escape(say("search quotes", language))}</span>'
        f'<input type="search" name="q" value="{escape(address.one("q") or "")}" maxlength="2000"></label>'
        f'<label class="field"><span>{escape(say("speaker as written", language))}</span>'
        f'<input type="text" name="spreker" value="{escape(address.one("spreker") or "")}" maxlength="200"></label>'
        f'<button type="submit" class="primary">{escape(say("search", language))}</button>'
        f'<details class="more" data-wide><summary>{escape(say("more filters", language))}</summary>'
        f"{lists}{order}</details><p>{link(address.at(Place.QUOTES), say('clear', language), here=True)}</p></form>"
    )


def _facet(kb: KnowledgeBase, name: str, values: Sequence[FacetValue], address: Address) -> str:
    language, chosen = address.language, address.one(_NAMES[name])
    counts = {one.value: one.count for one in values}
    if chosen:
        counts.setdefault(chosen, 0)
    options = {value: f"{_facet_words(kb, name, value, language)} ({count})" for value, count in counts.items()}
    return choice(_NAMES[name], say(f"facet {name}", language), options, chosen, say("everything", language))


def _facet_words(kb: KnowledgeBase, name: str, value: str, language: str) -> str:
    if name == "report":
        return kb.reports[value].title if value in kb.reports else value
    if name == "track" and value in list(Track):
        return messages.track_label(Track(value), language)
    if name == "part" and value in list(Part):
        return messages.part_label(Part(value), language)
    if name == "group" and language == "en":
        return _groups().get(value, value)
    return value


def _groups() -> Mapping[str, str]:
    return {group.slug: group.en for group in speakers.groups()}


def _files(address: Address) -> str:
    language = address.language
    query = address.having({"blz": None}).query
    links = " ".join(
        f'<a class="button" download href="/citaten.{form}?{escape(query)}">{escape(say(f"file {form}", language))}</a>'
        for form in Format
    )
    return f'<p class="files">{escape(say("download", language))} {links}</p>'


def _pages(address: Address, found: QuotePage) -> str:
    if found.pages <= 1:
        return ""
    language = address.language
    around = {"previous": found.page - 1, "next": found.page + 1}
    links = {
        name: link(address.having({"blz": str(number)}), say(name, language), here=True)
        for name, number in around.items()
        if 1 <= number <= found.pages
    }
    which = escape(say("page of", language, page=found.page, pages=found.pages))
    return (
        f'<nav class="pages" aria-label="{escape(say("pages", language))}">{links.get("previous", "")} '
        f"<span>{which}</span> {links.get('next', '')}</nav>"
    )


def card(kb: KnowledgeBase, quote: Quote, address: Address, *, heading: str = "h3") -> str:
    """A quotation with who said it, where it stands, its versions and its own link."""
    language = address.language
    own = kb.versions_of(quote)
    label = f" {badge(messages.version_label(own[0], language), f'label-{own[0].label}')}" if own else ""
    by = messages.byline(quote) or messages.text("no name", language)
    report, part = kb.reports[quote.report_id].title, messages.part_label(quote.part, language)
    kind = badge(say("verbatim quote", language), "quote")
    permanent = link(address.at(Place.QUOTES, {"id": quote.id}), say("permanent", language))
    return (
        f'<article class="card" id="{escape(quote.id)}">'
        f'<{heading} class="by"><span lang="nl">{escape(by)}</span></{heading}>'
        f"{quoted(quote)}"
        f'<p class="report">{kind}{label} <span lang="nl">{escape(report)}</span> · {escape(part)}</p>'
        f'<p class="actions">{open_source(url_of(quote), language)} {permanent} '
        f"{copy_button(reference(kb, quote), language)}</p>{versions(own, address)}</article>"
    )


def _certificate(kb: KnowledgeBase, address: Address) -> str:
    language = address.language
    certificate = certify(kb, address.one("id") or "")
    back = link(address.at(Place.QUOTES), say("all quotes", language), here=True)
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in _rows(certificate, language).items())
    return (
        f'<p>{back}</p><div class="one">{card(kb, certificate.quote, address, heading="h2")}'
        f'<h2>{escape(say("proof", language))}</h2><dl class="proof">{rows}</dl></div>'
    )


def _rows(certificate: Certificate, language: str) -> dict[str, str]:
    source = certificate.source
    published = ", ".join(filter(None, (source.title, source.publisher, source.date)))
    place = f"{messages.lines(certificate.lines, language)}, {messages.place(certificate.quote, language)}"
    return {
        say("row id", language): f"<code>{escape(certificate.quote.id)}</code>",
        say("row source", language): f'<span lang="nl">{escape(published)}</span>',
        say("row place", language): escape(f"{source.name}, {place}"),
        "sha256": f"<code>{escape(source.sha256)}</code>",
        say("row reference", language): f'<span lang="nl">{escape(certificate.reference)}</span>',
    }
