"""The few fixed words of a dossier that are the same in every file format."""

from collections.abc import Mapping
from typing import Final

from assistant import messages
from assistant.dossier.content import Note

LABELS: Final[Mapping[str, str]] = {
    "contents": "Inhoud",
    "notes": "Noten",
    "note": "noot",
    "quotation": "citaat (letterlijk)",
    "summary": messages.text("ai label"),
    "field": "Hier schrijft de gemeente:",
    "why": "Waarom dit citaat:",
    "back": "terug",
    "skip": "Naar de inhoud",
    "page": "Bladzijde",
    "of pages": "van",
}


def place(note: Note) -> str:
    """Where the words of a note stand in their file, with which they can be found without the source viewer."""
    return f"{note.source}, {messages.place(note)}"


def link(note: Note, site: str) -> str:
    """The address of the words of a note on the server at `site`; empty when there is no server to link to."""
    return f"{site.rstrip('/')}{note.url}" if site else ""
