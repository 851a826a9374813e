"""The web page: a question, an answer, its sources. The only module that imports Gradio."""

import os
from typing import TYPE_CHECKING

from assistant import engine
from kb.errors import DialoogError
from kb.knowledge_base import KnowledgeBase
from ui.markup import answer_markdown

if TYPE_CHECKING:
    from fastapi import FastAPI

_EXAMPLES = ("Wat zeiden burgers over wonen?", "Wat ging er mis in het onderwijs?", "Wat is een sociaal-cultureel OMT?")


def mount(app: "FastAPI", kb: KnowledgeBase) -> "FastAPI":
    """Put the page on the root of the API's server."""
    # Read by Gradio when it is imported: no usage statistics, no request to another host.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    def answer(question: str) -> str:
        try:
            return answer_markdown(engine.ask(kb, question))
        except DialoogError as error:
            return f"⚠️ {error}"

    with gr.Blocks(title="Dialoogwijzer", analytics_enabled=False) as page:
        gr.Markdown("# Dialoogwijzer\nVraag wat er in de dialoog ‘Nederland na de crisis’ (2021) is gezegd.")
        question = gr.Textbox(label="Uw vraag", placeholder=_EXAMPLES[0], max_length=2000, autofocus=True)
        send = gr.Button("Vraag", variant="primary")
        gr.Examples([[example] for example in _EXAMPLES], question, label="Voorbeelden")
        shown = gr.Markdown(label="Antwoord")
        gr.on([send.click, question.submit], answer, question, shown, api_visibility="private")
    say_dutch = "() => { document.documentElement.lang = 'nl' }"
    # The system's own letters: those that Gradio ships lack a bold face, so that headings mix two fonts.
    look = gr.themes.Default(font=["system-ui", "sans-serif"], font_mono=["monospace"])
    mounted: FastAPI = gr.mount_gradio_app(app, page, path="/", footer_links=[], js=say_dutch, theme=look)
    return mounted
