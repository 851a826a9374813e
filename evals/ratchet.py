"""Stored results that later ones are held against: a fall fails, and a rise must be recorded."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.answers import AnswerReport

FILE = Path(__file__).parent / "results.json"
_HELD = ("cited", "shown", "evidence")
_HELD_REFUSALS = ("refusal_precision", "refusal_recall")
# The arithmetic of another processor may tip one question and part of another; one that goes wrong altogether is noise.
_QUESTIONS_OF_NOISE = 1.5


def record(report: AnswerReport, file: Path = FILE) -> None:
    """Store the measures that are held."""
    file.write_text(json.dumps(_held(report), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def differences(report: AnswerReport, file: Path = FILE) -> list[str]:
    """Which measures differ from the stored ones by more than noise, in words."""
    stored = json.loads(file.read_text(encoding="utf-8"))
    found = _held(report)
    return [line for half, groups in sorted(stored.items()) for line in _of_half(half, groups, found.get(half, {}))]


def _of_half(half: str, stored: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    for group, measures in sorted(stored.items()):
        noise = _QUESTIONS_OF_NOISE / measures["questions"]
        for name in (*_HELD, *_HELD_REFUSALS):
            before, after = measures.get(name), found.get(group, {}).get(name)
            if before is None:
                continue
            # Refusals are few: one more or less moves their shares by much more than one question of all.
            allowed = max(noise, 0.1) if name in _HELD_REFUSALS else noise
            where = f"{half}, {group}: {name} was {before:.3f}"
            if after is None or after < before - allowed:
                yield f"{where}, is {after if after is None else round(after, 3)}: a fall"
            elif after > before + allowed:
                yield f"{where}, is {after:.3f}: a rise; record it with `dialoog eval --record`"


def _held(report: AnswerReport) -> dict[str, dict[str, dict[str, float | None]]]:
    """The measures of the engine that are held, by half and group."""
    return {
        half: {
            group: {
                name: _rounded(measures[name])
                for name in ("questions", *_HELD, *(_HELD_REFUSALS if group == "all" else ()))
            }
            for group, measures in groups.items()
        }
        for half, groups in report.engine.summary.items()
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
