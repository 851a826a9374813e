"""A draft of a language model → a statement that its passages bear out, or the reason why it is not shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.checks import entailment
from assistant.checks.figures import uncovered
from assistant.checks.grounds import grounds
from assistant.checks.names import is_wrong_speaker, uncovered_names
from assistant.checks.polarity import turns_round
from assistant.checks.quoted import in_exact_words, unquoted
from assistant.checks.support import covered, support
from assistant.generation.drafts import Draft
from assistant.generation.evidence import Evidence
from kb.embedders import Vectors
from kb.knowledge_base import KnowledgeBase
from kb.sentences import sentence_ranges
from kb.wording import words_of

_WORDS_MIN, _CHARACTERS_MAX = 3, 500
# A second passage is cited as well when it has so many words of the statement that the others have not.
_ADDS_MIN = 2
# A model that speaks of itself, of its orders or to the reader says nothing of the sources.
_OF_ITSELF = re.compile(
    r"\b(?:AI|[Tt]aalmodel\w*|[Cc]hatbot|[Aa]ls assistent|[Dd]it antwoord|[Dd]esgewenst|[Nn]egeer|[Ii]k|[Mm]ijn|[Uu]w?|"
    r"[Ll]anguage model|[Aa]s an assistant|[Tt]his answer|[Ii]gnore|I|[Mm]y|[Yy]ours?)\b"
)


class Fault(StrEnum):
    """Why a draft is not shown."""

    FORM = "form"
    NO_EVIDENCE = "no evidence"
    QUOTATION = "quotation"
    FIGURE = "figure"
    NAME = "name"
    SPEAKER = "speaker"
    POLARITY = "polarity"
    SUPPORT = "support"


@dataclass(frozen=True)
class Checked:
    """A draft with what the checks made of it: the passages that bear it out, or its fault.

    `text` has its quoted strings in the exact words of the passage. `is_verbatim` when all of it is.
    """

    text: str
    items: tuple[Evidence, ...]
    fault: Fault | None
    is_verbatim: bool = False


def check(kb: KnowledgeBase, draft: Draft, items: Sequence[Evidence], language: str) -> Checked:
    """Hold a draft against the passages that it cites.

    One of them must bear out all of it by itself: a sentence glued from two places says what neither says. Others that
    it cites are kept when they have no fault and something to add.
    """
    if not len(words_of(draft.text)) >= _WORDS_MIN or len(draft.text) > _CHARACTERS_MAX:
        return Checked(draft.text, (), Fault.FORM)
    numbered: Mapping[int, Evidence] = {item.number: item for item in items}
    cited = [numbered[number] for number in draft.numbers if number in numbered]
    if not cited:
        return Checked(draft.text, (), Fault.NO_EVIDENCE)
    whole = _verbatim(draft.text, cited)
    if whole:
        return whole
    exact = in_exact_words(draft.text, [item.passage.text for item in cited])
    if exact is None:
        return Checked(draft.text, (), Fault.QUOTATION)
    return _borne_out(kb, exact, language, cited)


def _borne_out(kb: KnowledgeBase, text: str, language: str, cited: Sequence[Evidence]) -> Checked:
    """Which passages bear out a statement whose quoted strings are right."""
    if _OF_ITSELF.search(unquoted(text)):
        return Checked(text, (), Fault.SUPPORT)
    vector = kb.embedder.embed_query(text)
    faults = [_fault(kb, text, language, vector, item) for item in cited]
    bearing = [item for item, fault in zip(cited, faults, strict=True) if fault is None]
    if not bearing:
        return Checked(text, (), faults[0])
    held = {word for item in bearing for word in covered(text, item)}
    adding = [
        item
        for item, fault in zip(cited, faults, strict=True)
        if fault is None or (fault is Fault.SUPPORT and len({*covered(text, item)} - held) >= _ADDS_MIN)
    ]
    return Checked(text, tuple(adding), None)


def fault_of_words(kb: KnowledgeBase, text: str, language: str, vector: Vectors, item: Evidence) -> Fault | None:
    """What is wrong with the figures, names, speakers or denials of a statement beside one passage.

    Its quoted strings are left out: they are the passage's.
    """
    own = unquoted(text)
    rests_on = grounds(kb, text, vector, item.passage, language)
    if uncovered(own, language, item.context, " ".join(rests_on)):
        return Fault.FIGURE
    if uncovered_names(kb, own, language, item):
        return Fault.NAME
    if is_wrong_speaker(kb, own, item):
        return Fault.SPEAKER
    return Fault.POLARITY if turns_round(own, rests_on) else None


def _fault(kb: KnowledgeBase, text: str, language: str, vector: Vectors, item: Evidence) -> Fault | None:
    """What is wrong with a statement beside one passage."""
    fault = fault_of_words(kb, text, language, vector, item)
    if fault:
        return fault
    is_borne_out = support(kb, text, language, vector, item) >= 0 and _is_entailed(kb, text, item)
    return None if is_borne_out else Fault.SUPPORT


def _is_entailed(kb: KnowledgeBase, text: str, item: Evidence) -> bool:
    if kb.settings.nli is None:
        return True
    return entailment.load(kb.settings.nli).probability(item.passage.text, text) >= entailment.ENTAILED_MIN


def _verbatim(text: str, cited: Sequence[Evidence]) -> Checked | None:
    """A draft that is nothing but whole sentences of one quotation or passage, in the writing of that."""
    wanted = [word.key for word in words_of(text)]
    for item in cited:
        for whole in (*(quote.text for quote in item.quotes), item.passage.text):
            ranges = sentence_ranges(whole)
            for first, (start, _) in enumerate(ranges):
                for _, end in ranges[first:]:
                    if [word.key for word in words_of(whole[start:end])] == wanted:
                        return Checked(whole[start:end], (item,), None, is_verbatim=True)
    return None
