"""Who was at the table: talks, participants, organisations and host municipalities, each with its place."""

import re
from collections.abc import Iterable, Iterator

from kb.model import Fact, FactKind
from kb.text import Flow

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"), start=1
    )
}
_NUMBER = rf"(?P<number>\d+|{'|'.join(_NUMBER_WORDS)})"
_COUNTS = (
    (FactKind.TALKS, re.compile(rf"\b{_NUMBER}\s*(?:gesprekken|dialogen|themadialogen)\b", re.IGNORECASE)),
    (FactKind.PARTICIPANTS, re.compile(rf"\b{_NUMBER}\s*(?:deelnemers totaal|mensen meededen)", re.IGNORECASE)),
    (FactKind.PARTICIPANTS, re.compile(rf"\b{_NUMBER}\s*mensen van (?=\d+ verschillende organisaties)")),
    (FactKind.ORGANISATIONS, re.compile(rf"(?<=mensen van ){_NUMBER}\s*verschillende organisaties")),
)
_HOSTS = re.compile(r"Hosts kwamen uit de volgende gemeentes:\s*(?P<names>[^.]+?)\.?$")
_ORGANISATIONS = re.compile(r"volgende organisaties:\s*(?P<names>.+?)\.?$")
_PEOPLE = re.compile(r"(?:inhoudelijk experts|namen deel):$")
_NAME = r"(?P<name>[A-Z][\w-]+(?: [\w-]+){0,3} [A-Z][\w-]+)"
_CHAIRS = (
    re.compile(r"^Gespreksbegeleiding en verslag:\s*(?P<name>.+)$"),
    re.compile(rf", {_NAME}, (?:fungeerde|trad op)\b"),
    re.compile(rf"\bvoorzitterschap van {_NAME}, "),
)
_DATE = re.compile(
    r"^\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december) \d{4}$"
)
_COMMA = re.compile(r",\s+")
_COMMA_OR_AND_SIGN = re.compile(r",\s+|\s+&\s+")
_LAST_AND = re.compile(r"\s+en\s+(?=[A-Z])")
# "Ministerie van Onderwijs, Cultuur en Wetenschap (OCW)" is one name.
_MINISTRY_TAIL = re.compile(r"^[A-Z]\w+ en [A-Z]\w+(?: \([A-Z&]+\))?$")


def counts(report_id: str, flow: Flow) -> Iterator[Fact]:
    """The numbers of talks, participants and organisations that a text states."""
    for kind, pattern in _COUNTS:
        for match in pattern.finditer(flow.text):
            number = match["number"].casefold()
            value = _NUMBER_WORDS.get(number) or int(number)
            words = match[0].rstrip()
            yield Fact(report_id, kind, words, value, flow.locate(match.start(), match.start() + len(words)))


def names(report_id: str, flow: Flow) -> Iterator[Fact]:
    """The municipalities, organisations, chair and date that a list states."""
    hosts = _HOSTS.search(flow.text)
    if hosts:
        talks = [fact.number for fact in counts(report_id, flow) if fact.kind is FactKind.TALKS]
        yield from _named(report_id, FactKind.MUNICIPALITY, flow, _host_names(hosts, talks[0] if talks else None))
    organisations = _ORGANISATIONS.search(flow.text)
    if organisations:
        yield from _named(report_id, FactKind.ORGANISATION, flow, _organisation_names(organisations))
    chairs = [match.span("name") for pattern in _CHAIRS if (match := pattern.search(flow.text))]
    yield from _named(report_id, FactKind.CHAIR, flow, chairs)
    if _DATE.match(flow.text):
        yield from _named(report_id, FactKind.DATE, flow, [(0, len(flow.text))])


def people(report_id: str, introduction: str, items: Iterable[Flow]) -> Iterator[Fact]:
    """The experts and officials whom a list names, one to an item."""
    if _PEOPLE.search(introduction):
        for item in items:
            yield from _named(report_id, FactKind.PERSON, item, [(0, len(item.text))])


def _named(report_id: str, kind: FactKind, flow: Flow, places: list[tuple[int, int]]) -> Iterator[Fact]:
    for start, end in places:
        yield Fact(report_id, kind, flow.text[start:end], None, flow.locate(start, end))


def _host_names(match: re.Match[str], talks: int | None) -> list[tuple[int, int]]:
    """Each talk had one host: "en" before the last name separates only when a name is missing (Aa en Hunze)."""
    places = _cut(match["names"], match.start("names"), _COMMA_OR_AND_SIGN)
    if talks is None or len(places) < talks:
        start, end = places[-1]
        places[-1:] = _cut(match.string[start:end], start, _LAST_AND)
    return places


def _organisation_names(match: re.Match[str]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for start, end in _cut(match["names"], match.start("names"), _COMMA):
        previous = match.string[places[-1][0] : places[-1][1]] if places else ""
        is_ministry = previous.startswith("Ministerie") and _MINISTRY_TAIL.match(match.string[start:end])
        if is_ministry or previous.count("‘") > previous.count("’"):
            places[-1] = (places[-1][0], end)
        else:
            places.append((start, end))
    return places


def _cut(text: str, offset: int, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """The places of the pieces of `text` between separators; `offset` is where `text` starts."""
    places = []
    start = 0
    for match in separator.finditer(text):
        places.append((offset + start, offset + match.start()))
        start = match.end()
    places.append((offset + start, offset + len(text.rstrip())))
    return places
