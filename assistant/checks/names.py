"""Who and what a statement names: names of people, places and organisations, and the groups that speak."""

import re
from collections.abc import Sequence

from assistant import cues
from assistant.generation.evidence import Evidence
from kb.knowledge_base import KnowledgeBase
from kb.model import PassageKind
from kb.speakers import groups
from kb.text import fold, stem, stems, words

_NAME = re.compile(r"(?<![\w’'])[A-ZÀ-ÖØ-Þ][\w’'-]*|\b\w*[A-Z]{2,}\w*\b")
_SENTENCE_START = re.compile(r"^[\W_]*$|[.?!:][\W_]*$")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*", re.IGNORECASE)
# What all documents are about, and words that English writes with a capital.
_EVERYWHERE = frozenset(
    "nederland nederlands nederlandse nederlanders nederlander corona coronacrisis coronatijd covid covid-19 "
    "netherlands dutch dutchman i i'm i've english european january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday".split()
)
# "Rotterdamse" is of Rotterdam: names that share so many first letters are forms of one.
_FORM_MIN = 6
# A group that stands among the first words of a sentence is whom it is about; farther on it may be a subject.
_SUBJECT_WORDS = 5
# Parts of compounds that are words: "leraar", "boer" is too short to tell.
_PART_MIN = 5
_SOMEBODY = re.compile(
    r"^(?:volgens |according to )?(?:een|de|één|'n|an?|the) (?P<role>(?:[\w’'-]+ ){0,6}?[\w’'-]+)"
    r"(?P<says> (?:zegt|zei|vertelt|vindt|ziet|stelt|noemt|pleit|droomt|hoopt|wil|merkt|denkt|ervaart|beschrijft|"
    r"bedacht|waarschuwt|roept|verwacht|voelt|vraagt|says|said|tells|thinks|sees|hopes|dreams|wants|notes|describes|calls|feels|"
    r"warns|finds|expects|points)\b|$|(?= |,))",
    re.IGNORECASE,
)
_ANY_PERSON = frozenset(
    "deelnemer deelneemster burger inwoner inwoonster bewoner bewoonster man vrouw persoon spreker iemand andere ander "
    "participant citizen resident person speaker man woman someone other wetenschapper scientist organisatie".split()
)
# The group of speakers that anybody in a talk belongs to.
_ANYBODY = "groepen"


def uncovered_names(kb: KnowledgeBase, text: str, language: str, item: Evidence) -> list[str]:
    """The names and addresses of a statement that the passage and its context do not have.

    The first word of a Dutch sentence counts when the sources never write it with a small letter; of an English one
    when they know it as a name.
    """
    there = {part for word in item.context.split() for part in _parts(word)}
    missing = [address for address in _ADDRESS.findall(text) if address not in item.context]
    for match in _NAME.finditer(text):
        parts = _parts(match.group())
        is_first = bool(_SENTENCE_START.search(text[: match.start()]))
        if is_first and not _is_name(kb, parts, language):
            continue
        if not all(part in _EVERYWHERE or _is_there(part, there) for part in parts):
            missing.append(match.group())
    return missing


def is_wrong_speaker(kb: KnowledgeBase, text: str, item: Evidence) -> bool:
    """Whether a statement says who speaks, and the passage is of somebody else.

    The passage is a quotation with a speaker, or a text of its track.
    """
    spoken = " ".join(quote.speaker for quote in item.quotes if quote.speaker)
    is_quotation = item.passage.kind is PassageKind.QUOTE and bool(spoken)
    own = spoken if is_quotation else item.context
    start = " ".join(text.split()[:_SUBJECT_WORDS])
    for group in cues.GROUPS:
        named = group.cue.search(start)
        if named and group.track is not item.passage.track and not group.cue.search(own):
            return True
        if not group.track and group.cue.search(text) and not group.cue.search(item.context):
            return True
    folded, folded_own = fold(start), fold(own)
    for role in groups():
        is_another = role.track is not item.passage.track and role.slug != _ANYBODY
        if role.pattern and is_another and role.pattern.search(folded) and not role.pattern.search(folded_own):
            return True
    return is_quotation and _names_another(kb, text, spoken)


def _names_another(kb: KnowledgeBase, text: str, spoken: str) -> bool:
    """Whether a statement begins with a person by role, "Een huisarts zegt …", who is not the one who spoke."""
    match = _SOMEBODY.match(text)
    if not match:
        return False
    role = [word for word in words(match.group("role")) if word not in _ANY_PERSON]
    speaker = set(stems(spoken))
    if not role or any(_is_form(stem(word), other) for word in role for other in speaker):
        return False
    if any(group.cue.search(match.group("role")) and group.cue.search(spoken) for group in cues.GROUPS):
        return False
    return bool(match.group("says")) or any(stem(word) in kb.speaker_words for word in role[:1])


def _is_form(word: str, other: str) -> bool:
    """Whether two stems are forms or parts of one word: "leraar" in "basisschoolleraar"."""
    shorter, longer = sorted((word, other), key=len)
    return shorter == longer or (len(shorter) >= _PART_MIN and (longer.endswith(shorter) or longer.startswith(shorter)))


def _is_name(kb: KnowledgeBase, parts: Sequence[str], language: str) -> bool:
    if language == "nl":
        return not all(part in kb.common_words or stem(part) in kb.common_stems for part in parts)
    is_group = any(group.cue.search(" ".join(parts)) for group in cues.GROUPS)
    return not is_group and all(part in kb.proper_names for part in parts)


def _is_there(part: str, there: set[str]) -> bool:
    return part in there or any(
        len(part) >= _FORM_MIN and len(other) >= _FORM_MIN and part[:_FORM_MIN] == other[:_FORM_MIN] for other in there
    )


def _parts(word: str) -> list[str]:
    """The parts of a word with hyphens, folded, without marks around and a genitive behind."""
    return [re.sub(r"'s$", "", part) for part in re.findall(r"[^\W_]+(?:'[^\W_]+)*", fold(word))]
