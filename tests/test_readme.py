"""The answer that the README shows is the one that the program gives."""

from pathlib import Path

from assistant.engine import ask
from kb.knowledge_base import KnowledgeBase
from kb.text import collapse
from ui.render import answer_text

README = Path(__file__).parents[1] / "README.md"


def test_the_answer_shown_is_the_answer_given(kb: KnowledgeBase) -> None:
    example = README.read_text(encoding="utf-8").split("dialoog ask ", 1)[1].split("```", 1)[0]
    command, shown = example.split("\n", 1)
    given = collapse(answer_text(ask(kb, command.strip().strip('"'))))
    stretches = [collapse(stretch) for stretch in shown.split("…\n")]
    assert len(stretches) > 2
    assert all(stretch in given for stretch in stretches)
