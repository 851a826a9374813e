"""Ranking measures of what search found, by ir-measures (https://ir-measur.es)."""

from collections.abc import Collection, Mapping, Sequence


def ranking_scores(
    found: Mapping[str, Sequence[str]], relevant: Mapping[str, Collection[str]]
) -> dict[str, dict[str, float]]:
    """nDCG@10, R@10 and RR@10 of each question by its id; `found` has passages best first, `relevant` those wanted."""
    import ir_measures
    from ir_measures import RR, R, ScoredDoc, nDCG

    wanted = [ir_measures.Qrel(key, passage, 1) for key in found for passage in sorted(relevant[key])]
    run = [
        ScoredDoc(key, passage, float(len(passages) - place))
        for key, passages in found.items()
        for place, passage in enumerate(passages)
    ]
    scores: dict[str, dict[str, float]] = {}
    for metric in ir_measures.iter_calc([nDCG @ 10, R @ 10, RR @ 10], wanted, run) if wanted and run else ():
        scores.setdefault(metric.query_id, {})[str(metric.measure)] = float(metric.value)
    return scores
