"""A knowledge base of very many quotations that nobody said, to measure with."""

import itertools
import random
from collections import defaultdict
from dataclasses import replace

from kb.knowledge_base import KnowledgeBase
from kb.model import Part, Passage, PassageKind, Quote, Report, Source, Track
from kb.text import Span

_NAME = "verzonnen.txt"
_WORDS_MIN, _WORDS_MAX = 10, 80


def synthetic(kb: KnowledgeBase, count: int) -> KnowledgeBase:
    """As many quotations in one source, in memory: chains of words that follow one another in the sources of `kb`."""
    said = _sayings(kb, count)
    passages, quotes, lines, start = [], [], [], 0
    for number, words in enumerate(said):
        line = f"‘{words}’ (spreker {number})"
        place = (Span(start, start + len(line)),)
        passage = Passage(
            f"p-{number}", _NAME, _NAME, PassageKind.QUOTE, Track.BURGERS, None, Part.KNEL, (), line, place
        )
        inside = (Span(start + 1, start + 1 + len(words)),)
        quote = Quote(
            f"q-{number}", _NAME, _NAME, words, f"spreker {number}", None, Track.BURGERS, None, Part.KNEL, inside,
            passage.id, None,
        )  # fmt: skip
        passages.append(passage)
        quotes.append(quote)
        lines.append(line)
        start += len(line) + 1
    text = "\n".join(lines)
    made = replace(kb)
    made.__dict__.update(
        passages=passages,
        quotes=quotes,
        sources={_NAME: Source(_NAME, "Verzonnen", None, None, Track.BURGERS, None, "")},
        reports={_NAME: Report(_NAME, _NAME, "Verzonnen", Track.BURGERS, None, Span(0, len(text)))},
        _texts={_NAME: text},
    )
    return made


def _sayings(kb: KnowledgeBase, count: int) -> list[str]:
    followers: defaultdict[str, list[str]] = defaultdict(list)
    words = " ".join(kb.text(name) for name in sorted(kb.sources)).split()
    for word, following in itertools.pairwise(words):
        followers[word].append(following)
    chance = random.Random(0)  # noqa: S311 - the same quotations every time, no secret
    sayings = []
    for _ in range(count):
        word = chance.choice(words[:-1])
        chain = [word]
        for _ in range(chance.randint(_WORDS_MIN, _WORDS_MAX)):
            word = chance.choice(followers[word] or words)
            chain.append(word)
        sayings.append(" ".join(chain))
    return sayings
