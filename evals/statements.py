"""The evaluation of the checks on a language model's statements: which are kept and which are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.checks.statement import Checked, check
from assistant.generation.drafts import Draft
from evals.gold_statements import FILE, GoldStatement, read_statements
from kb.knowledge_base import KnowledgeBase

# Of what is said wrongly in a way that words alone can tell, none may get through.
_NEVER = ("invented_quote", "number", "name", "speaker")
_THROUGH_MAX = 0.06


@dataclass(frozen=True)
class Judged:
    """A statement with what the checks made of it."""

    statement: GoldStatement
    checked: Checked

    @property
    def is_kept(self) -> bool:
        return self.checked.fault is None


@dataclass(frozen=True)
class StatementReport:
    """All statements, judged."""

    judged: Sequence[Judged]

    @property
    def shares(self) -> dict[str, dict[str, dict[str, float]]]:
        """By half, then by kind: how many statements, how many of them good, and the share that is kept."""
        found: dict[str, dict[str, dict[str, float]]] = {}
        for half in sorted({one.statement.half for one in self.judged}, reverse=True):
            own = [one for one in self.judged if one.statement.half == half]
            kinds = sorted({(not one.statement.is_supported, one.statement.kind) for one in own})
            groups = {kind: [one for one in own if one.statement.kind == kind] for _, kind in kinds}
            good = [one for one in own if one.statement.is_supported]
            bad = [one for one in own if not one.statement.is_supported]
            found[half] = {name: _share(group) for name, group in {"all good": good, "all bad": bad, **groups}.items()}
        return found

    @property
    def failures(self) -> list[str]:
        """The kinds of bad statements that may not get through and do."""
        wrong = [one for one in self.judged if one.statement.kind in _NEVER]
        through = [one.statement.id for one in wrong if one.is_kept]
        if len(through) <= _THROUGH_MAX * len(wrong):
            return []
        return [f"statements: {', '.join(through)} got through, {len(through)} of {len(wrong)} {', '.join(_NEVER)}"]

    def as_json(self) -> dict[str, Any]:
        """All measures."""
        return {"statements": self.shares}

    def as_text(self) -> str:
        """A table in Markdown."""
        halves = list(self.shares)
        kinds = list(dict.fromkeys(kind for half in halves for kind in self.shares[half]))
        head = f"| statements of a model | {' | '.join(f'{half}: kept | of' for half in halves)} |"
        lines = [head, f"|---|{'--:|--:|' * len(halves)}"]
        for kind in kinds:
            shares = (self.shares[half].get(kind, {"kept": 0.0, "count": 0.0}) for half in halves)
            cells = (f"{share['kept']:.2f} | {share['count']:.0f}" for share in shares)
            lines.append(f"| {kind} | {' | '.join(cells)} |")
        return "\n".join(lines)


def run(kb: KnowledgeBase, file: Path = FILE) -> StatementReport:
    """Check every gold statement.

    Raises:
        CorpusError: when the gold file cannot be read.
    """
    return StatementReport([_judged(kb, one) for one in read_statements(file)])


def _judged(kb: KnowledgeBase, one: GoldStatement) -> Judged:
    items = one.items(kb)
    draft = Draft(one.text, tuple(item.number for item in items))
    return Judged(one, check(kb, draft, items, one.language))


def _share(group: Sequence[Judged]) -> dict[str, float]:
    return {"count": float(len(group)), "kept": sum(one.is_kept for one in group) / max(len(group), 1)}
