"""Over: what it is and is not, how answers are made, privacy, accessibility, how good it is, versions."""

import re
from pathlib import Path
from urllib.parse import quote

from assistant.generation.language_model import configured
from assistant.markdown import escaped, rendered
from kb.knowledge_base import KnowledgeBase
from ui.address import Address, Place
from ui.frame import framed
from ui.markup import escape, items, link
from ui.texts import say

_FOLDER = Path(__file__).parent


def draw(kb: KnowledgeBase, address: Address) -> str:
    """The page."""
    language = address.language
    blocks = [f"<h1>{escape(say('about title', language))}</h1>"]
    text = (_FOLDER / f"about.{language}.md").read_text(encoding="utf-8").format(**_of_model(kb, language))
    blocks += [f"<section>{rendered(section)}</section>" for section in re.split(r"\n(?=## )", text)]
    return framed(address, "".join([*blocks, _documents(kb, address), _versions(kb, language)]))


def _of_model(kb: KnowledgeBase, language: str) -> dict[str, str]:
    """What the text says of a language model: that there is none, or which, and where the questions go."""
    model = configured(kb.settings)
    if model is None:
        return {"written": say("no model", language), "leaves": say("stays here", language)}
    names = {"model": escaped(model.name), "host": escaped(model.host)}
    stays = say("stays here" if model.is_here else "goes there", language, **names)
    return {"written": say("a model", language, **names), "leaves": stays}


def _documents(kb: KnowledgeBase, address: Address) -> str:
    language = address.language
    lines = []
    for source in kb.sources.values():
        published = ", ".join(filter(None, (source.publisher, source.date)))
        shown = link(f"/bronnen/{quote(source.name)}", source.title)
        lines.append(f'<span lang="nl">{shown}{f" ({escape(published)})" if published else ""}</span>')
    counts = say("counts", language, reports=len(kb.reports), passages=len(kb.passages), quotes=len(kb.quotes))
    all_quotes = link(address.at(Place.QUOTES), say("all quotes", language))
    return (
        f"<section><h2>{escape(say('documents', language))}</h2>{items(lines)}"
        f"<p>{escape(counts)} {all_quotes}</p></section>"
    )


def _versions(kb: KnowledgeBase, language: str) -> str:
    rows = {
        say("row fingerprint", language): kb.state.fingerprint,
        say("row embedder", language): kb.state.embedder,
    }
    listed = "".join(f"<dt>{escape(name)}</dt><dd><code>{escape(value)}</code></dd>" for name, value in rows.items())
    return f'<section><h2>{escape(say("row versions", language))}</h2><dl class="proof">{listed}</dl></section>'
