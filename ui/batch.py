"""Questions and texts in a file, one JSON object a line."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from assistant.question import understand
from kb.errors import InputError

Item = TypeVar("Item")


@dataclass(frozen=True)
class Turn:
    """A question with the user's earlier questions, oldest first."""

    question: str
    history: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """A text to check, and who is said to have said it."""

    text: str
    speaker: str | None


def read_turns(path: Path) -> list[Turn]:
    """The questions in a file; all are checked before the first is answered.

    Raises:
        InputError: when the file or a line of it cannot be used; it names every such line.
    """
    return _read(path, _turn)


def read_claims(path: Path) -> list[Claim]:
    """The texts in a file; all lines are read before the first is checked.

    Raises:
        InputError: when the file or a line of it cannot be used; it names every such line.
    """
    return _read(path, _claim)


def _read(path: Path, make: Callable[[dict[str, Any]], Item]) -> list[Item]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: niet te lezen ({error})."
        raise InputError(msg) from error
    items, problems = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            items.append(make(_object(line)))
        except InputError as error:
            problems.append(f"{path}, regel {number}: {error}")
    if problems:
        raise InputError("\n".join(problems))
    return items


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        msg = f"geen geldige JSON ({error})."
        raise InputError(msg) from error
    return value if isinstance(value, dict) else {}


def _turn(value: dict[str, Any]) -> Turn:
    question, history = value.get("question"), value.get("history") or []
    is_list = isinstance(history, list) and all(isinstance(turn, str) for turn in history)
    if not isinstance(question, str) or not is_list:
        raise InputError('verwacht {"question": "…", "history": ["…"]}.')
    understand(question)
    return Turn(question, tuple(history))


def _claim(value: dict[str, Any]) -> Claim:
    text, speaker = value.get("text"), value.get("speaker")
    if not isinstance(text, str) or not (speaker is None or isinstance(speaker, str)):
        raise InputError('verwacht {"text": "…", "speaker": "…" of null}.')
    return Claim(text, speaker)
