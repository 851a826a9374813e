"""Filters from what a user typed; what does not exist is refused with what does."""

from enum import StrEnum
from typing import TypeVar

from kb import speakers
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Track
from kb.quote_search import QuoteFilters, Sort
from kb.search import Filters
from kb.text import fold

Choice = TypeVar("Choice", bound=StrEnum)


def parse_filters(track: str | None = None, theme: str | None = None, part: str | None = None) -> Filters:
    """Filters of passages.

    Raises:
        InputError: when the track or part does not exist.
    """
    return Filters(_choice(Track, track, "spoor"), theme or None, _choice(Part, part, "onderdeel"))


def check_filters(kb: KnowledgeBase, filters: Filters) -> None:
    """Check that the theme is one that the index has.

    Raises:
        InputError: when it is not.
    """
    if filters.theme is not None and filters.theme not in kb.themes:
        raise _unknown("thema", filters.theme, kb.themes)


def parse_quote_filters(
    kb: KnowledgeBase,
    *,
    track: str | None = None,
    theme: str | None = None,
    part: str | None = None,
    group: str | None = None,
    report: str | None = None,
    dialogue: str | None = None,
    speaker: str | None = None,
) -> QuoteFilters:
    """Filters of quotations; `report` is the id of a report or a part of its title that no other has.

    Raises:
        InputError: when a value does not exist.
    """
    plain = parse_filters(track, theme, part)
    check_filters(kb, plain)
    slugs = [one.slug for one in speakers.groups()]
    if group and group not in slugs:
        raise _unknown("groep", group, slugs)
    return QuoteFilters(
        track=plain.track,
        theme=plain.theme,
        part=plain.part,
        group=group or None,
        report=_report(kb, report) if report else None,
        dialogue=dialogue or None,
        speaker=speaker or None,
    )


def parse_sort(sort: str | None) -> Sort:
    """The order of quotations.

    Raises:
        InputError: when there is no such order.
    """
    return _choice(Sort, sort, "volgorde") or Sort.RELEVANCE


def _report(kb: KnowledgeBase, wanted: str) -> str:
    found = [key for key, report in kb.reports.items() if fold(wanted) in fold(report.title)]
    if wanted in kb.reports:
        return wanted
    if len(found) != 1:
        titles = [kb.reports[key].title for key in found or kb.reports]
        raise _unknown("verslag", wanted, titles) if not found else _ambiguous(wanted, titles)
    return found[0]


def _choice(kind: type[Choice], value: str | None, name: str) -> Choice | None:
    if not value:
        return None
    try:
        return kind(value)
    except ValueError:
        raise _unknown(name, value, list(kind)) from None


def _unknown(name: str, value: str, known: list[str]) -> InputError:
    article = "Onbekende" if name in {"groep", "volgorde"} else "Onbekend"
    return InputError(f"{article} {name} {value!r}. Kies uit: {', '.join(known)}.")


def _ambiguous(value: str, titles: list[str]) -> InputError:
    return InputError(f"{value!r} past bij meer dan één verslag: {'; '.join(titles)}. Noem meer van de titel.")
