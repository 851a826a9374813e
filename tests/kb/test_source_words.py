"""Every quotation and passage is found at its own place in the row of all words."""

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.wording import words_of


def keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


def test_every_quotation_is_found_where_it_stands(kb: KnowledgeBase) -> None:
    words = kb.source_words
    for quote in kb.quotes:
        run = keys(quote.text)
        found = {words.quote(first, first + len(run) - 1) for first in words.phrases.find(run)}
        assert quote in found, quote.text


def test_the_words_of_a_holder_stand_one_after_another(kb: KnowledgeBase) -> None:
    for holder in (*kb.quotes, *kb.passages):
        places = kb.source_words.places(holder)
        assert kb.source_words.keys(places) == keys(holder.text)
        assert kb.source_words.start(places[0]) >= holder.spans[0].start
        assert kb.source_words.end(places[-1]) <= holder.spans[-1].end


def test_a_passage_that_page_furniture_interrupts_is_found_as_it_is_read(kb: KnowledgeBase) -> None:
    interrupted = [passage for passage in kb.passages if len(passage.spans) > 1]
    assert interrupted
    for passage in interrupted:
        run = keys(passage.text)
        assert passage in {
            kb.source_words.passage(first, first + len(run) - 1) for first in kb.source_words.phrases.find(run)
        }


@pytest.mark.parametrize("source", ["kamerbrief-2021-07-12.md", "vng-dialoogtafels.txt"])
def test_words_outside_passages_are_in_the_row_too(kb: KnowledgeBase, source: str) -> None:
    run = keys(kb.text(source))[:8]
    assert any(kb.source_words.source(first) == source for first in kb.source_words.phrases.find(run))
