"""What goes over HTTP: the contract's types with the meaning of each field, for the specification."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Reason, StatementKind, Status
from assistant.dossier.build import FOCUS_MAX
from assistant.dossier.files import Format
from assistant.dossier.subjects import SUBJECTS_MAX
from assistant.question import QUESTION_MAX
from assistant.verdict import Shortfall, VerdictKind
from assistant.verify import CHARACTERS_MAX
from kb.model import Part, Track

Span = Annotated[
    list[int],
    Field(
        min_length=2,
        max_length=2,
        description="Begin en eind (exclusief) in Unicode-tekens van het bronbestand.",
        examples=[[112340, 112665]],
    ),
]
Theme = Annotated[str | None, Field(description="De slug van een thema.", examples=["wonen-en-verkeer"])]
Published = Annotated[
    str | None, Field(description="De datum van het document, of alleen het jaar.", examples=["2021-07-12", "2021"])
]


class _Request(BaseModel):
    """A request: what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid")


class Vraag(_Request):
    """Een vraag, met de eerdere vragen van de gebruiker (oudste eerst) en filters."""

    question: Annotated[str, Field(min_length=1, max_length=QUESTION_MAX, examples=["Wat zeiden burgers over wonen?"])]
    history: Annotated[list[str], Field(max_length=50, examples=[["Wat zeiden burgers over verkeer?"]])] = []
    track: Track | None = None
    theme: Theme = None
    part: Part | None = None


class Citaatcontrole(_Request):
    """Een tekst om te controleren, en wie hem gezegd zou hebben."""

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=CHARACTERS_MAX,
            examples=["We zitten met zijn allen in dezelfde storm, maar in dezelfde boot"],
        ),
    ]
    speaker: Annotated[str | None, Field(max_length=200, examples=["student"])] = None


class Dossiervraag(_Request):
    """De onderwerpen van een dossier, waar het vooral om gaat, en welke delen en welk bestand het moet krijgen."""

    subjects: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=200)]],
        Field(
            min_length=1,
            max_length=SUBJECTS_MAX,
            description="Slugs van herstelopgaven of thema’s; bij een vergelijking één, of een paar eigen woorden.",
            examples=[["gezondheid"]],
        ),
    ]
    focus: Annotated[
        str | None, Field(max_length=FOCUS_MAX, description="Waar het vooral om gaat.", examples=["jongeren"])
    ] = None
    sections: Annotated[
        list[Annotated[str, Field(max_length=200)]],
        Field(max_length=50, description="Slugs van delen; zonder: alle delen."),
    ] = []
    compare: Annotated[bool, Field(strict=True, description="Zet naast elkaar wie wat over één onderwerp zei.")] = False
    format: Annotated[Format, Field(description="Het soort bestand.")] = Format.HTML


class Terugkoppeling(_Request):
    """Een oordeel over een antwoord of over een bronvermelding daarin. Er wordt geen vraag opgeslagen."""

    rating: Annotated[Literal["good", "bad"], Field(examples=["good"])]
    passage_id: Annotated[
        str | None, Field(max_length=40, description="De passage waarover het gaat.", examples=["p-0a1b2c3d4e5f"])
    ] = None
    comment: Annotated[str | None, Field(max_length=1000, examples=["De bron klopt."])] = None


class Citation(BaseModel):
    """Waar woorden staan: `text` is wat op `spans` staat in het bestand `source`."""

    number: Annotated[int, Field(examples=[1])]
    passage_id: str
    source: Annotated[str, Field(examples=["verslagen-dialogen-met-de-samenleving.txt"])]
    source_title: str
    report: str
    track: Track
    theme: Theme
    part: Part
    speaker: str | None
    dialogue: str | None
    spans: list[Span]
    text: str
    url: Annotated[str, Field(description="De plaats in de bronweergave.", examples=["/bronnen/a.txt?van=1&tot=9"])]


class Statement(BaseModel):
    """Een zin of meer van een antwoord; alleen een `note` heeft geen bron nodig."""

    text: str
    kind: StatementKind
    track: Track | None
    theme: Theme
    part: Part | None
    citations: list[int]


class AtTheTable(BaseModel):
    """Wie meededen aan de gesprekken van een aangehaald verslag."""

    report: str
    track: Track
    talks: int | None
    participants: int | None
    organisations: int | None
    municipalities: list[str]


class Answer(BaseModel):
    """Een antwoord of een weigering."""

    question: str
    standalone_question: str
    language: Annotated[str, Field(examples=["nl"])]
    status: Status
    reason: Reason | None
    text: str
    statements: list[Statement]
    citations: list[Citation]
    at_the_table: list[AtTheTable]
    engine: Annotated[str, Field(examples=["extractief"])]
    corpus_fingerprint: str
    elapsed_ms: dict[str, float]


class Relation(BaseModel):
    """Een andere versie van een citaat."""

    id: str
    similarity: Annotated[float, Field(ge=0, le=1)]


class Quote(BaseModel):
    """Wat iemand zei, woord voor woord."""

    id: Annotated[str, Field(examples=["q-7a245e63e0a3"])]
    text: str
    speaker: str | None
    dialogue: str | None
    source: str
    report: str
    track: Track
    theme: Theme
    part: Part
    spans: list[Span]
    lineage: list[Relation]
    url: str


class Version(BaseModel):
    """Een versie van een citaat naast het origineel; `diff` leidt van het origineel hierheen."""

    id: str
    label: Annotated[str, Field(examples=["herschreven"])]
    other_speaker: bool | None
    source: str
    report: str
    speaker: str | None
    dialogue: str | None
    text: str
    diff: list[list[str]]


class Certificate(Quote):
    """Een citaat met het bewijs ervan."""

    source_title: str
    publisher: str | None
    published: Published
    sha256: str
    lines: list[Annotated[list[int], Field(description="Eerste en laatste regel.", examples=[[1788, 1790]])]]
    reference: Annotated[str, Field(description="Verwijzing om over te nemen.")]
    version: str | None
    versions: list[Version]


class FacetValue(BaseModel):
    """Een waarde van een facet, en hoeveel citaten die hebben van wat aan de andere filters voldoet."""

    value: str
    count: int


class Citaten(BaseModel):
    """Een bladzijde met citaten; de eerste `exact` van het geheel bevatten de gezochte woorden."""

    quotes: list[Quote]
    total: int
    exact: int
    page: int
    pages: int
    facets: dict[str, list[FacetValue]]


class Match(BaseModel):
    """Een plaats in de bronnen; `diff` leidt van daar naar de gegeven tekst."""

    quote_id: str | None = None
    passage_id: str | None = None
    source: str
    report: str
    speaker: str | None
    dialogue: str | None
    spans: list[Span]
    text: str
    similarity: Annotated[float, Field(ge=0, le=1)]
    diff: list[list[str]]
    url: str


class Verdict(BaseModel):
    """Het oordeel over een tekst."""

    text: str
    verdict: VerdictKind
    speaker_matches: bool | None
    matches: list[Match]
    reason: Shortfall | None
    suggestions: list[Citation]


class Thema(BaseModel):
    """Een thema met de aantallen passages en citaten per onderdeel."""

    slug: str
    tracks: list[Track]
    passages: int
    quotes: int
    parts: dict[str, int]


class Bron(BaseModel):
    """Een brondocument."""

    id: Annotated[str, Field(examples=["kamerbrief-2021-07-12.md"])]
    title: str
    publisher: str | None
    published: Published
    reference: str | None
    sha256: str
    url: str


class Bronverslag(BaseModel):
    """Een verslag in een brondocument."""

    id: str
    title: str
    track: Track
    theme: Theme
    span: Span


class BronMetTekst(Bron):
    """Een brondocument met zijn verslagen en zijn tekst, ongewijzigd."""

    reports: list[Bronverslag]
    text: str


class Passage(BaseModel):
    """Een passage van een verslag, met de koppen erboven."""

    id: str
    source: str
    report: str
    track: Track
    theme: Theme
    part: Part
    headings: list[str]
    text: str
    spans: list[Span]
    url: str


class Gezondheid(BaseModel):
    """Of de dienst werkt, en wat de index bevat."""

    status: Annotated[str, Field(examples=["ok"])]
    reports: int
    passages: int
    quotes: int


class Problem(BaseModel):
    """Een fout volgens RFC 9457; `detail` noemt alles wat er mis is."""

    status: Annotated[int, Field(examples=[400])]
    title: Annotated[str, Field(examples=["Ongeldig verzoek"])]
    detail: Annotated[str, Field(examples=["question: dit veld ontbreekt."])]


PROBLEM: dict[str, Any] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
