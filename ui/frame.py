"""What stands around every place: the way to the others, the language, the foot."""

from assistant import messages
from ui.address import Address, Place
from ui.markup import escape, link
from ui.texts import say

_OTHER = {"nl": ("en", "English"), "en": ("nl", "Nederlands")}


def framed(address: Address, inside: str, *, step: str = "") -> str:
    """A place with its frame. `step` tells the script how far an answer is: "begun", "busy" or nothing."""
    language, place = address.language, address.place
    title = f"{say(f'place {place.name}', language)} – Dialoogwijzer"
    return (
        f'<div class="dw" lang="{language}" data-title="{escape(title)}" data-step="{step}">'
        f'<a class="skip" href="#inhoud">{escape(say("skip", language))}</a>{_header(address)}'
        f'<div id="inhoud" class="place place-{place.name.lower()}" tabindex="-1">{inside}</div>'
        f'<p class="vh" role="status" data-told></p>{_footer(address)}</div>'
    )


def _header(address: Address) -> str:
    language = address.language
    places = "".join(
        f"<li>{link(address.at(place), say(f'place {place.name}', language), attributes=_current(place, address))}</li>"
        for place in Place
    )
    other, name = _OTHER[language]
    elsewhere = address.having({"taal": None if other == "nl" else other})
    switch = link(elsewhere, name, attributes=f' class="language" lang="{other}" hreflang="{other}"')
    return (
        f'<header class="top"><p class="brand">{link(address.at(Place.ASK), "Dialoogwijzer")}</p>'
        f'<nav aria-label="{escape(say("places", language))}"><ul>{places}</ul></nav>{switch}</header>'
    )


def _current(place: Place, address: Address) -> str:
    return ' aria-current="page"' if place is address.place else ""


def _footer(address: Address) -> str:
    language = address.language
    about = link(address.at(Place.ABOUT), say("about", language))
    guide = f'<a href="/handleiding" hreflang="nl">{escape(messages.text("guide", language))}</a>'
    sources = f'<a href="/bronnen">{escape(messages.text("all sources", language))}</a>'
    return f'<footer class="foot"><p>{escape(say("foot", language))} {about} · {guide} · {sources}</p></footer>'
