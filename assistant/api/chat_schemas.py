"""What goes over HTTP to and from programs that speak OpenAI's protocol, as far as it is used here.

What such a program sends besides (temperature, tools) is let through, for each sends something else.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, Discriminator, Field, StrictBool, Tag

from assistant.api.schemas import Answer
from assistant.chat_completion import MODEL

MESSAGES_MAX = 200
_PARTS_MAX = 100
_USER = "user"
_ANSWERS = "Wat zeiden burgers over wonen?"


class ChatPart(BaseModel):
    """Een deel van een bericht; alleen delen met tekst tellen."""

    type: Annotated[str, Field(max_length=50, examples=["text"])]
    text: Annotated[str | None, Field(examples=[_ANSWERS])] = None


def _form(content: object) -> str:
    return "delen" if isinstance(content, list) else "tekst"


# Told apart by hand, so that an error names one of them and not what both miss.
ChatContent = Annotated[
    Annotated[str, Tag("tekst")] | Annotated[list[ChatPart], Field(max_length=_PARTS_MAX), Tag("delen")],
    Discriminator(_form),
]


class ChatMessage(BaseModel):
    """Een bericht van het gesprek; alleen die met `role` "user" tellen."""

    role: Annotated[str, Field(max_length=50, examples=[_USER])]
    content: Annotated[ChatContent | None, Field(examples=[_ANSWERS])] = None

    @property
    def text(self) -> str:
        """What is written in it."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text" and part.text)
        return self.content or ""


class ChatRequest(BaseModel):
    """Een gesprek: het laatste bericht van de gebruiker is de vraag, eerdere zijn de geschiedenis."""

    messages: Annotated[list[ChatMessage], Field(max_length=MESSAGES_MAX)]
    model: Annotated[
        str, Field(max_length=200, description="Er is één model; elke naam geeft dat.", examples=[MODEL])
    ] = MODEL
    stream: Annotated[StrictBool | None, Field(description="Of het antwoord in delen komt.", examples=[False])] = None

    @property
    def turns(self) -> list[str]:
        """What the user wrote, oldest first."""
        return [message.text for message in self.messages if message.role == _USER]


class ChatUrlCitation(BaseModel):
    """De plaats van een bronnummer in de tekst, in Unicode-tekens vanaf 0 (eind exclusief), en waar het heen wijst."""

    start_index: int
    end_index: int
    url: Annotated[str, Field(examples=["https://example.org/bronnen/a.txt?van=1&tot=9#aangehaald"])]
    title: str


class ChatAnnotation(BaseModel):
    """Een bronvermelding bij de tekst."""

    type: Literal["url_citation"]
    url_citation: ChatUrlCitation


class ChatAnswer(BaseModel):
    """Het antwoord in Markdown, met bronnummers en een lijst van bronnen."""

    role: Literal["assistant"]
    content: str
    refusal: None
    annotations: list[ChatAnnotation]


class ChatChoice(BaseModel):
    """Het ene antwoord."""

    index: int
    message: ChatAnswer
    finish_reason: Literal["stop"]
    logprobs: None


class ChatCompletion(BaseModel):
    """Een antwoord zoals een taalmodel het geeft; `dialoogwijzer` is hetzelfde antwoord als van /vragen."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[ChatChoice]
    usage: Annotated[None, Field(description="Er worden geen tokens geteld.")]
    dialoogwijzer: Answer


class ChatModel(BaseModel):
    """Een model dat te kiezen is."""

    id: Annotated[str, Field(examples=[MODEL])]
    object: Literal["model"]
    created: Annotated[int, Field(description="Wordt niet bijgehouden, dus 0.", examples=[0])]
    owned_by: str


class ChatModels(BaseModel):
    """De modellen die te kiezen zijn: één."""

    object: Literal["list"]
    data: list[ChatModel]
