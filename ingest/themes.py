"""The theme that a title names: one of the six herstelopgaven, or the theme of a dialogue table."""

import re

from kb.text import fold, slug

# The six herstelopgaven as the perspectief and the news item of the VNG call them, with their short names.
HERSTELOPGAVEN = {
    "nieuwe ongelijkheden": "nieuwe-ongelijkheden",
    "duurzaam economisch herstel": "duurzaam-economisch-herstel",
    "gezonde mensen in een groene leefomgeving": "gezonde-mensen-groene-leefomgeving",
    "gezonde leefstijl en de directe leefomgeving": "gezonde-mensen-groene-leefomgeving",
    "sociale en mentale veerkracht": "sociale-en-mentale-veerkracht",
    "nieuwe werken en leven": "nieuwe-werken-en-leven",
    "bestuurlijke verhoudingen": "bestuurlijke-verhoudingen",
}
_TABLE = re.compile(r"^(?:dialoogtafel|themadialoog)\s+(?:over\s+)?(?P<theme>.+)$", re.IGNORECASE)


def theme_of_title(title: str) -> str | None:
    """The slug of the theme that a title names; None when it names none."""
    table = _TABLE.match(title)
    if table:
        return slug(table["theme"])
    folded = fold(title)
    return next((theme for phrase, theme in HERSTELOPGAVEN.items() if phrase in folded), None)
