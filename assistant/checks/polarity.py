"""Whether a statement turns round what a sentence of its passage says: denies it, says less for more, swaps two sides.

Words of both languages stand in one row, because statements may be English and the passages are Dutch.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.question import subject_words
from kb.text import fold, stem

_DENIES = re.compile(
    r"niet|geen|niks|niets|nooit|niemand|nergens|noch|evenmin|"
    r"not|no|never|nobody|nothing|nowhere|none|neither|nor|cannot|\w+n't"
)
# What may stand for a denial in other words: it asks for none on the other side, and answers one.
_LACKS = re.compile(
    r"zonder|nauwelijks|amper|ontbre\w+|ontbrak\w*|gebrek\w*|gemis|mist?|missen|gemist|weinig|kwijt|weg\w*|"
    r"verlo\w+|verlies\w*|verdw\w+|plaats|ondanks|hoewel|behalve|stop\w*|tegen\w*|gelijk|anders|on\w{4,}|"
    r"without|hardly|barely|lack\w*|miss\w*|few|little|lost|lose|loss|instead|despite|although|fail\w*|un\w{4,}"
)
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.;:!?]")
# How far a denial reaches, in words, before and after it.
_REACH = 4
# How far "meer" and "minder" reach.
_NEAR = 3
# "Niet alleen … maar ook" denies nothing.
_NO_DENIAL = frozenset({"alleen", "enkel", "slechts", "zozeer", "only", "just", "merely"})
# A statement that has so many of the words that a sentence denies speaks of the same.
_SPOKEN_OF = 2


def _row(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


# Two directions in which the same may go.
_OPPOSITES = (
    (_row(r"meer|groter|grotere|groei\w*|toe(?:name|genomen|nemen|neemt)|stij\w+|gestegen|more|bigger|larger|greater|"
          r"grow\w*|increas\w*|ris(?:e|es|ing)|rose"),
     _row(r"minder|kleiner|kleinere|krimp\w*|af(?:name|genomen|nemen|neemt)|dal\w+|gedaald|verminder\w*|fewer|less|"
          r"smaller|shrink\w*|decreas\w*|fell|fall\w*|reduc\w*")),
    (_row(r"beter|betere|verbeter\w*|makkelijk\w*|gemakkelijk\w*|ruimer|better|improv\w*|easier|easy"),
     _row(r"slechter|slechtere|verslechter\w*|erger|moeilijk\w*|lastig\w*|worse|worsen\w*|deteriorat\w*|harder|difficult")),
    (_row(r"sterker|sterke|sterk|versterk\w*|strong\w*"), _row(r"zwakker|zwakke|zwak|verzwak\w*|weinig|weak\w*")),
    (_row(r"hoger|hogere|hoge|higher|high"), _row(r"lager|lagere|lage|lower|low")),
    (_row(r"sneller|snelle?|faster|quick\w*"), _row(r"langzamer|langzame?|trager|trage?|slower|slow\w*")),
    (_row(r"vast(?:houden|hielden|gehouden)|bewaren|behoud\w*|blijven|keep\w*|preserv\w*|retain\w*"),
     _row(r"loslaten|losgelaten|opgeven|afschaffen|let go|abandon\w*|drop")),
    (_row(r"positie[fv]\w*|voordelen|positive\w*|benefits?"), _row(r"negatie[fv]\w*|nadelen|negative\w*|drawbacks?")),
    (_row(r"centrali\w+|gecentrali\w+"), _row(r"decentrali\w+|gedecentrali\w+")),
    (_row(r"groter|grotere|grote|large|larger|big|bigger"), _row(r"kleiner|kleinere|kleine|small|smaller")),
    (_row(r"eerst|vooraf|before"), _row(r"daarna|achteraf|after")),
    (_row(r"begin|start\w*|beginnen|begint"), _row(r"einde?|eindig\w*|stop\w*|end\w*")),
)  # fmt: skip
# What stands on either side of these may not change places.
_BETWEEN = re.compile(r"\b(?:in plaats van|rather than|instead of|dan|than|terwijl|whereas|while|naar|to)\b")


def turns_round(text: str, sentences: Sequence[str]) -> bool:
    """Whether a statement turns round what the sentences say that say most of the same."""
    folded, theirs = fold(text), [fold(sentence) for sentence in sentences]
    return _is_denied_otherwise(folded, theirs) or _goes_otherwise(folded, theirs) or _swaps(folded, theirs)


def _is_denied_otherwise(text: str, theirs: Sequence[str]) -> bool:
    own = list(_around(text, _DENIES))
    denied = [words for sentence in theirs for words in _around(sentence, _DENIES)]
    if own and not denied and not any(map(_lacks, theirs)):
        return True
    if _lacks(text):
        return False
    if not own:
        stems = _stems(text)
        drops = (len(words & stems) >= min(_SPOKEN_OF, len(words)) for words in _around(theirs[0], _DENIES))
        return any(drops)
    said = _stems(" ".join(theirs))
    return any(words & said and denied and not any(words & other for other in denied) for words in own)


def _goes_otherwise(text: str, theirs: Sequence[str]) -> bool:
    there = " ".join(theirs)
    for one, other in _OPPOSITES:
        for said, opposite in ((one, other), (other, one)):
            if said.search(text) and not said.search(there) and opposite.search(there) and not opposite.search(text):
                return True
            same, contrary = list(_of_what(there, said)), list(_of_what(there, opposite))
            for words in _of_what(text, said):
                if any(words & around for around in contrary) and not any(words & around for around in same):
                    return True
    return False


def _swaps(text: str, theirs: Sequence[str]) -> bool:
    """Whether what stands before "in plaats van", "dan" or "naar" stands after it there, and the other way round."""
    for match in _BETWEEN.finditer(text):
        before, after = _nearest(text[: match.start()], last=True), _nearest(text[match.end() :])
        for sentence in theirs:
            for other in re.finditer(rf"\b{match.group()}\b", sentence):
                there_before = _nearest(sentence[: other.start()], last=True)
                there_after = _nearest(sentence[other.end() :])
                if (before - there_before) & there_after and (after - there_after) & there_before:
                    return True
    return False


def _around(text: str, sought: re.Pattern[str]) -> Iterator[frozenset[str]]:
    """The stems of the content words around each word that is sought, as far as it reaches within its sentence."""
    tokens = _TOKEN.findall(text)
    for place, token in enumerate(tokens):
        follows = tokens[place + 1] if place + 1 < len(tokens) else ""
        if sought.fullmatch(token) and follows not in _NO_DENIAL:
            yield _stems(" ".join([*_reach(tokens[:place][::-1]), *_reach(tokens[place + 1 :])]))


def _of_what(text: str, sought: re.Pattern[str]) -> Iterator[frozenset[str]]:
    """The stems of what each word that is sought is said of: what comes after it, or before it when nothing does."""
    tokens = _TOKEN.findall(text)
    for place, token in enumerate(tokens):
        if sought.fullmatch(token):
            after = _stems(" ".join(_reach(tokens[place + 1 :])[:_NEAR]))
            yield after or _stems(" ".join(_reach(tokens[:place][::-1])[:_NEAR]))


def _reach(tokens: Sequence[str]) -> Sequence[str]:
    end = next((place for place, token in enumerate(tokens) if not token[0].isalnum()), len(tokens))
    return tokens[: min(end, _REACH)]


def _lacks(text: str) -> bool:
    return any(_LACKS.fullmatch(token) for token in _TOKEN.findall(text))


def _nearest(text: str, *, last: bool = False) -> frozenset[str]:
    """The stems of the content words nearest to a place."""
    words = subject_words(text)
    return frozenset(stem(word) for word in (words[-_REACH:] if last else words[:_REACH]))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in subject_words(text) if not _DENIES.fullmatch(word))
