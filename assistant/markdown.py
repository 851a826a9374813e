"""Text that stands in Markdown as it is."""

import html
import re

_MARKS = re.compile(r"([\\`*_\[\]#+|~])")


def escaped(text: str) -> str:
    """`text` as Markdown that shows just these characters."""
    return _MARKS.sub(r"\\\1", html.escape(text, quote=False))
