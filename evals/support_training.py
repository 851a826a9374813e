"""Learn when a passage bears out a statement: `python -m evals.support_training` writes the weights for the embedder.

It learns from the statements of the tuning lots that no other check finds fault with, each beside one passage; the bar
lies where so many of the good ones are kept. The last lot is left for the evaluation.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.checks.quoted import in_exact_words
from assistant.checks.statement import fault_of_words
from assistant.checks.support import Likeness, Weights, likeness, weights_file
from evals.gold_statements import TUNING, GoldStatement, read_statements
from evals.logistic import Flags, Floats, auc, fit, logit
from kb import settings
from kb.knowledge_base import KnowledgeBase, open_knowledge_base

_NAMES = tuple(Likeness.__dataclass_fields__)
_KEPT = 0.9
_RIDGE = 0.01


@dataclass(frozen=True, eq=False)
class Table:
    """What is seen of each statement beside a passage, shape `(pairs, features)`, and whether it is borne out."""

    seen: Floats
    is_supported: Flags


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn and write the weights; print how well they tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=None)
    options = parser.parse_args(arguments)
    kb = open_knowledge_base(settings.load(home=options.home) if options.home else settings.load())
    table = observe(kb, [one for one in read_statements() if one.half == TUNING])
    weights = learn(table)
    written = json.dumps(asdict(weights), indent=2) + "\n"
    weights_file(kb.settings.embedder).write_text(written, encoding="utf-8")
    scores = np.array([weights.score(Likeness(*row)) for row in table.seen])
    kept, wrongly = (scores[group] >= 0 for group in (table.is_supported, ~table.is_supported))
    told = f"AUC {auc(scores, table.is_supported):.3f}, kept {kept.mean():.2f} of {len(kept)} good, "
    sys.stdout.write(f"{weights}\n{told}{wrongly.mean():.2f} of {len(wrongly)} bad\n")


def observe(kb: KnowledgeBase, statements: Sequence[GoldStatement]) -> Table:
    """The statements without another fault beside their passages; of a good one the passage that has most of it."""
    rows, labels = [], []
    for one in statements:
        items = one.items(kb)
        text = in_exact_words(one.text, [item.passage.text for item in items])
        if text is None:
            continue
        vector = kb.embedder.embed_query(text)
        faultless = [item for item in items if not fault_of_words(kb, text, one.language, vector, item)]
        seen = [likeness(kb, text, one.language, vector, item) for item in faultless]
        if one.is_supported:
            seen = sorted(seen, key=lambda found: -found.sentence)[:1]
        rows += [[getattr(found, name) for name in _NAMES] for found in seen]
        labels += [one.is_supported] * len(seen)
    return Table(np.array(rows, dtype=np.float64), np.array(labels, dtype=np.bool_))


def learn(table: Table) -> Weights:
    """The weights, good and bad statements counting alike, and the bar."""
    shares = np.ones(len(table.seen))
    for group in (table.is_supported, ~table.is_supported):
        shares[group] /= 2 * group.sum()
    fitted = fit(table.seen, table.is_supported, shares, ridge=_RIDGE)
    bar = float(np.quantile(logit(table.seen, fitted)[table.is_supported], 1 - _KEPT))
    return Weights(
        constant=round(float(fitted[-1]), 4),
        weights={name: round(float(weight), 4) for name, weight in zip(_NAMES, fitted[:-1], strict=True)},
        bar=round(bar, 4),
    )


if __name__ == "__main__":
    main()
