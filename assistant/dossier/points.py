"""What the reports themselves list, part by part, and who could act on it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from assistant.repetition import repeats, runs
from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, PassageKind, Report

_WORDS_MIN = 5
# A longer item of a list that ends in a colon says something before it leads to what follows.
_LEAD_IN_WORDS_MAX = 15
# A list that is so much shorter than another section of the same part is its summary.
_SUMMARY_MAX = 0.5


class Actor(StrEnum):
    """Who could act, in the order in which a municipality reads it."""

    GEMEENTE = "gemeente"
    RIJK = "rijk"
    ORGANISATIES = "organisaties"
    INWONERS = "inwoners"
    ONBENOEMD = "onbenoemd"


# The words with which the reports name who is to act. "De overheid" may be either: it stands under the Rijk, unless the
# municipality is named as well.
ACTORS: Mapping[Actor, re.Pattern[str]] = {
    one: re.compile(rf"\b(?:{cue})\b", re.IGNORECASE)
    for one, cue in (
        (Actor.GEMEENTE, r"gemeenten?|gemeentelijke?|lokale overhe\w+|wethouders?|burgemeesters?"),
        (Actor.RIJK, r"rijk|rijksoverheid|overheid|kabinet|ministeries?|landelijke?|regering|politiek"),
        (
            Actor.ORGANISATIES,
            (
                r"werkgevers?|bedrij(?:f|ven|fsleven)|ondernemers?|organisaties?|scholen|school|universiteiten|"
                r"(?:woning)?corporaties|verenigingen|clubs|media|zorgverzekeraars?|boeren"
            ),
        ),
        (Actor.INWONERS, r"burgers?|inwoners?|bewoners?|buren|buurt\w*|mensen zelf|onszelf|samen met"),
    )
}


def actor(passage: Passage) -> Actor:
    """The first in this order whom a passage names: one who could act, whatever it asks of him."""
    return next((one for one, cue in ACTORS.items() if cue.search(passage.text)), Actor.ONBENOEMD)


def of_part(kb: KnowledgeBase, report: Report, part: Part) -> list[Passage]:
    """What a report says in a part, in its order, each thing once.

    Not what leads to a list, not the quotations under it, and not the text boxes with examples.
    """
    own = [one for one in kb.passages if one.report_id == report.id and one.part is part and _is_point(one)]
    return told_once(sorted(_without_summaries(own), key=lambda passage: passage.spans[0].start))


def _without_summaries(passages: Sequence[Passage]) -> list[Passage]:
    """The passages of a part without the lists in which a summary repeats a longer section of it."""
    lengths = Counter[tuple[str, ...]]()
    for passage in passages:
        lengths[passage.headings[:1]] += len(passage.text)
    least = _SUMMARY_MAX * max(lengths.values(), default=0)
    return [one for one in passages if one.kind is not PassageKind.BULLET or lengths[one.headings[:1]] >= least]


def boxes(kb: KnowledgeBase, reports: Iterable[Report]) -> list[Passage]:
    """The concrete initiatives that reports give as examples: the text boxes under the first steps."""
    wanted = {report.id for report in reports}
    return [
        passage
        for passage in kb.passages
        if passage.report_id in wanted and passage.part is Part.STAP and passage.kind is PassageKind.BOX
    ]


def told_once(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without those that repeat a longer one; in the order given."""
    said: set[tuple[str, ...]] = set()
    kept = set()
    for passage in sorted(passages, key=lambda one: -len(one.text)):
        own = runs(passage.text)
        if not own or not repeats(own, said):
            kept.add(passage.id)
            said |= own
    return [passage for passage in passages if passage.id in kept]


def by_actor(passages: Sequence[Passage]) -> dict[Actor, list[Passage]]:
    """The passages under who could act, in the order of `Actor`."""
    found: defaultdict[Actor, list[Passage]] = defaultdict(list)
    for passage in passages:
        found[actor(passage)].append(passage)
    return {one: found[one] for one in Actor if found[one]}


def _is_point(passage: Passage) -> bool:
    is_text = passage.kind in (PassageKind.BULLET, PassageKind.PARAGRAPH, PassageKind.LIST)
    count, is_paragraph = len(passage.text.split()), passage.kind is PassageKind.PARAGRAPH
    leads = passage.text.rstrip().endswith(":") and (is_paragraph or count <= _LEAD_IN_WORDS_MAX)
    return is_text and not passage.boilerplate and not leads and count >= _WORDS_MIN
