"""Questions in a file, one JSON object a line."""

import json
from dataclasses import dataclass
from pathlib import Path

from assistant.question import understand
from kb.errors import InputError


@dataclass(frozen=True)
class Turn:
    """A question with the user's earlier questions, oldest first."""

    question: str
    history: tuple[str, ...]


def read_batch(path: Path) -> list[Turn]:
    """The questions in a file; all are checked before the first is answered.

    Raises:
        InputError: when the file or a line of it cannot be used; it names every such line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: niet te lezen ({error})."
        raise InputError(msg) from error
    turns, problems = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            turns.append(_turn(line))
        except InputError as error:
            problems.append(f"{path}, regel {number}: {error}")
    if problems:
        raise InputError("\n".join(problems))
    return turns


def _turn(line: str) -> Turn:
    try:
        value = json.loads(line)
    except ValueError as error:
        msg = f"geen geldige JSON ({error})."
        raise InputError(msg) from error
    history = value.get("history") or [] if isinstance(value, dict) else None
    is_turn = isinstance(value, dict) and isinstance(value.get("question"), str) and isinstance(history, list)
    if not is_turn or not all(isinstance(turn, str) for turn in history or ()):
        msg = 'verwacht {"question": "…", "history": ["…"]}.'
        raise InputError(msg)
    understand(value["question"])
    return Turn(value["question"], tuple(history or ()))
