"""What is installed and configured here, and whether it works: a finding for each thing an operator may ask about."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from assistant.generation.language_model import LanguageModel, configured
from kb.errors import DialoogError
from kb.knowledge_base import open_knowledge_base
from kb.settings import Settings

_SECONDS_MAX = 30.0


@dataclass(frozen=True)
class Finding:
    """Something that was looked at: what was found, and whether it is as it should be."""

    name: str
    found: str
    is_well: bool = True


def examine(settings: Settings) -> Iterator[Finding]:
    """The findings in order; each as soon as it is there, because a language model may take its time."""
    yield Finding("map van de index", str(settings.home))
    yield _index(settings)
    yield Finding("model voor betekenis", settings.embedder)
    if settings.reranker:
        yield Finding("tweede beoordelaar", settings.reranker)
    yield from _language_model(settings)


def _index(settings: Settings) -> Finding:
    try:
        with closing(open_knowledge_base(settings)) as kb:
            counts = kb.catalogue.counts()
    except DialoogError as error:
        return Finding("index", str(error), is_well=False)
    found = f"{counts['reports']} verslagen, {counts['passages']} passages, {counts['quotes']} citaten"
    return Finding("index", found)


def _language_model(settings: Settings) -> Iterator[Finding]:
    """Whether one is configured, where the questions go then, and whether it answers."""
    try:
        model = configured(settings)
    except DialoogError as error:
        yield Finding("taalmodel", str(error), is_well=False)
        return
    if model is None:
        yield Finding("taalmodel", "geen (niet nodig); antwoorden zijn letterlijk uit de bronnen")
        return
    limits = f"tot {settings.llm_seconds:g} s, {settings.llm_context} tekens bewijs, {settings.llm_tokens} tokens"
    rewrites = ", ook voor het begrijpen van de vraag" if settings.llm_rewrite else ""
    yield Finding("taalmodel", f"{model.name} ({limits}{rewrites})")
    where = "deze computer" if model.is_here else f"{model.host}: vragen en passages gaan daarheen"
    yield Finding("taalmodel draait op", where)
    yield _answers(model)
    yield Finding("tweede toets (NLI)", settings.nli or "geen")


def _answers(model: LanguageModel) -> Finding:
    started = time.monotonic()
    try:
        said = "".join(model.pieces([("user", "Antwoord met het woord: ja")], seconds=_SECONDS_MAX))
    except DialoogError as error:
        return Finding("taalmodel antwoordt", f"nee: {error}", is_well=False)
    seconds = time.monotonic() - started
    if not said.strip():
        return Finding("taalmodel antwoordt", "nee: het antwoord was leeg", is_well=False)
    return Finding("taalmodel antwoordt", f"ja, in {seconds:.1f} s")
