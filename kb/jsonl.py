"""Data files that lie beside the program: one JSON object a line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kb.errors import CorpusError

Item = TypeVar("Item")


def read(path: Path, make: Callable[[dict[str, Any]], Item], *, invalid: str) -> list[Item]:
    """What `make` makes of each line; `invalid` says what is wrong when it cannot.

    Raises:
        CorpusError: when a line cannot be used; it is named.

    """
    items = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            items.append(make(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            msg = f"{path}, regel {number}: {invalid} ({error})."
            raise CorpusError(msg) from error
    return items
