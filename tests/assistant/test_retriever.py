"""The retriever as a part of chains of LangChain."""

import asyncio

import pytest
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from langchain_core.tools import create_retriever_tool

from assistant import engine
from assistant.retriever import DialogueRetriever
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.model import Track
from kb.search import Filters
from kb.text import Span, render

QUESTION = "Wat zeiden burgers over eenzaamheid?"
COMPARISON = "Wat zeiden burgers en wat zeiden wetenschappers over vertrouwen in de overheid?"
METADATA = {
    "passage_id", "source", "source_title", "report", "track", "theme", "part", "speaker", "spans", "url", "score",
}  # fmt: skip


@pytest.fixture
def retriever(kb: KnowledgeBase) -> DialogueRetriever:
    return DialogueRetriever(kb=kb)


def test_the_documents_are_what_the_engine_finds_best_first(kb: KnowledgeBase, retriever: DialogueRetriever) -> None:
    (found,) = engine.explain(kb, QUESTION, with_model=False).found
    documents = retriever.invoke(QUESTION)
    assert [document.id for document in documents] == [hit.passage.id for hit in found.hits[:10]]
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)


def test_a_document_is_a_passage_word_for_word_with_its_place(kb: KnowledgeBase, retriever: DialogueRetriever) -> None:
    for document in retriever.invoke(QUESTION):
        assert set(document.metadata) == METADATA
        spans = tuple(Span(*pair) for pair in document.metadata["spans"])
        assert render(kb.text(document.metadata["source"]), spans) == document.page_content
        assert document.metadata["passage_id"] == document.id


def test_documents_survive_being_written_as_json(retriever: DialogueRetriever) -> None:
    for document in retriever.invoke(QUESTION):
        assert Document.model_validate_json(document.model_dump_json()) == document


def test_the_speaker_of_a_quotation_is_told(kb: KnowledgeBase) -> None:
    documents = DialogueRetriever(kb=kb, k=30).invoke("Geef citaten van studenten over onderwijs")
    assert any("student" in (document.metadata["speaker"] or "") for document in documents)


def test_groups_that_are_compared_take_turns(kb: KnowledgeBase) -> None:
    sides = engine.explain(kb, COMPARISON, with_model=False).found
    documents = DialogueRetriever(kb=kb, k=4).invoke(COMPARISON)
    assert len(sides) == 2
    assert [document.id for document in documents[:2]] == [side.hits[0].passage.id for side in sides]
    assert len({document.id for document in documents}) == 4


def test_filters_and_number_hold(kb: KnowledgeBase) -> None:
    retriever = DialogueRetriever(kb=kb, k=3, filters=Filters(track=Track.MIDDENVELD))
    documents = retriever.invoke("Wat is er gezegd over onderwijs?")
    assert [document.metadata["track"] for document in documents] == ["middenveld"] * 3


@pytest.mark.parametrize(
    ("question", "filters", "words"),
    [(" ", Filters(), "De vraag is leeg"), (QUESTION, Filters(theme="kaas"), "Onbekend thema")],
    ids=["no question", "unknown theme"],
)
def test_what_cannot_be_used_is_refused(kb: KnowledgeBase, question: str, filters: Filters, words: str) -> None:
    with pytest.raises(InputError, match=words):
        DialogueRetriever(kb=kb, filters=filters).invoke(question)


def test_it_answers_without_blocking_too(retriever: DialogueRetriever) -> None:
    assert asyncio.run(retriever.ainvoke(QUESTION)) == retriever.invoke(QUESTION)


def test_it_is_a_link_of_a_chain(retriever: DialogueRetriever) -> None:
    def joined(documents: list[Document]) -> str:
        return "\n".join(document.page_content for document in documents)

    seen: list[str] = []

    def look(prompt: object) -> object:
        seen.append(str(prompt))
        return prompt

    prompt = ChatPromptTemplate.from_template("Bronnen:\n{sources}\n\nVraag: {question}")
    chain = (
        {"sources": retriever | joined, "question": RunnablePassthrough()}
        | prompt
        | RunnableLambda(look)
        | FakeListChatModel(responses=["Zie de bronnen."])
        | StrOutputParser()
    )
    assert chain.invoke(QUESTION) == "Zie de bronnen."
    assert QUESTION in seen[0]
    assert retriever.invoke(QUESTION)[0].page_content[:60] in seen[0]


def test_it_is_a_tool_for_an_agent(retriever: DialogueRetriever) -> None:
    tool = create_retriever_tool(retriever, "zoek", "Zoek in de verslagen.")
    assert retriever.invoke(QUESTION)[0].page_content in tool.invoke({"query": QUESTION})


def test_the_knowledge_base_is_not_written_out(retriever: DialogueRetriever) -> None:
    assert "kb=" not in repr(retriever)
