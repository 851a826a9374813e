"""What the page shows is escaped, and tells where a quotation stands too."""

from assistant.engine import ask
from assistant.markdown import escaped
from kb.knowledge_base import KnowledgeBase
from ui.markup import answer_markdown


def test_a_source_tells_where_its_quotation_stands_too(kb: KnowledgeBase) -> None:
    shown = answer_markdown(ask(kb, "Wie ging er roller skaten en kledingruilhandeltjes doen met vrienden?"))
    assert "Dit citaat staat ook in: Perspectief voor en door de samenleving" in shown
    assert "(herschreven)" in shown


def test_signs_that_mean_something_in_markdown_are_shown_as_they_are() -> None:
    assert escaped("*a* _b_ [c](d) # <e> `f`") == "\\*a\\* \\_b\\_ \\[c\\](d) \\# &lt;e&gt; \\`f\\`"
