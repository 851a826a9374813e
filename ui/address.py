"""Addresses within the page: a place and its parameters, all of which are in the address, so that it can be shared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from assistant.messages import LANGUAGES


class Place(StrEnum):
    """The places of the page; the value is their path without its slash."""

    ASK = ""
    QUOTES = "citaten"
    THEMES = "themas"
    DOSSIER = "dossier"
    VERIFY = "citaat-controleren"
    ABOUT = "over"


# Whatever else an address holds was not made by the page.
_PARAMETERS_MAX = 100


@dataclass(frozen=True)
class Address:
    """A place with its parameters, of which some may occur more than once."""

    place: Place
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def language(self) -> str:
        """The language of the interface."""
        chosen = self.one("taal")
        return chosen if chosen in LANGUAGES else LANGUAGES[0]

    def one(self, name: str) -> str | None:
        """The last value of a parameter; None when it has none or an empty one."""
        return (self.all(name) or [""])[-1].strip() or None

    def all(self, name: str) -> list[str]:
        """The values of a parameter in order."""
        return [value for key, value in self.parameters if key == name]

    def number(self, name: str) -> int:
        """The value of a parameter as a number from 1, which it is when there is none."""
        value = self.one(name) or ""
        return max(1, int(value)) if value.isascii() and value.isdecimal() and len(value) < 6 else 1  # noqa: PLR2004

    def at(self, place: Place, values: Mapping[str, str | Sequence[str] | None] | None = None) -> "Address":
        """Another place, in the same language."""
        return Address(place, self._language).having(values or {})

    def having(self, values: Mapping[str, str | Sequence[str] | None]) -> "Address":
        """The same address with other values of these parameters; None takes one away."""
        kept = tuple(pair for pair in self.parameters if pair[0] not in values)
        return Address(self.place, (*kept, *_pairs(values)))

    @property
    def _language(self) -> tuple[tuple[str, str], ...]:
        return () if self.language == LANGUAGES[0] else (("taal", self.language),)

    @property
    def query(self) -> str:
        """The parameters as they stand after the question mark."""
        return urlencode(self.parameters)

    def __str__(self) -> str:
        return f"/{self.place}{'?' if self.parameters else ''}{self.query}"


def read_address(place: Place, query: str) -> Address:
    """The address of a place with this query, with or without its question mark."""
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    return Address(place, tuple(pairs[:_PARAMETERS_MAX]))


def _pairs(values: Mapping[str, str | Sequence[str] | None]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        for one in [value] if isinstance(value, str) else value or ():
            yield name, one
