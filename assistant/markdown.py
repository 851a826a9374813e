"""Text that stands in Markdown as it is, and texts of our own in Markdown as markup."""

import html
import re

_MARKS = re.compile(r"([\\`*_\[\]#+|~])")


def escaped(text: str) -> str:
    """`text` as Markdown that shows just these characters."""
    return _MARKS.sub(r"\\\1", html.escape(text, quote=False))


def rendered(text: str) -> str:
    """Markdown of our own as HTML; HTML in it is passed on, so it is not for what others wrote."""
    from markdown_it import MarkdownIt

    made: str = MarkdownIt("commonmark").enable("table").render(text)
    return made
