"""How often a stage comes about for one group beside the others: candidates for a signal."""

from collections.abc import Mapping, Sequence

from analysis.figures.model import Statistic
from analysis.findings.signal import Signal, list_stages
from analysis.measures.catalogue import Catalogue
from analysis.measures.completion import NO_GROUP
from analysis.methods.disparity import relative_rate_index
from analysis.methods.evidence import DISPARITY, judge_groups

DISPARITY_DIMENSIONS = ("ethnicity", "sex")


def list_disparities(statistics: Sequence[Statistic], catalogue: Catalogue) -> list[Signal]:
    """Return, for every group of a split, how often the stage comes about beside all other groups known.

    The base is the group's part of the nearest stage before that is split likewise (the relative rate index of
    decision points): referrals for enquiries, enquiries for plans.
    """
    counts = {
        (s.indicator, s.dimension, s.category): s
        for s in statistics
        if s.measure_type == "count" and s.of_year and s.published and s.dimension in DISPARITY_DIMENSIONS
    }
    found = []
    for (indicator, dimension, category), s in counts.items():
        stages = list_stages(indicator, catalogue)
        stage = next((one for one in stages if (one, dimension, category) in counts), "")
        if stage and category.lower() not in NO_GROUP:
            found.append(_disparity(s, stage, counts))
    return [one for one in found if one]


def _disparity(s: Statistic, stage: str, held: Mapping[tuple[str, str, str], Statistic]) -> Signal | None:
    pairs = [
        (other, held[stage, s.dimension, category])
        for (indicator, dimension, category), other in held.items()
        if (indicator, dimension) == (s.indicator, s.dimension) and (stage, dimension, category) in held
        and category.lower() not in NO_GROUP and category != s.category
    ]  # fmt: skip
    base = held[stage, s.dimension, s.category]
    sides = (s.value, base.value, sum(one.value for one, _ in pairs), sum(one.value for _, one in pairs))
    evidence = judge_groups(*sides)
    if evidence is None:
        return None
    index = relative_rate_index(int(sides[0]), sides[1], int(sides[2]), sides[3])
    if index.lower is None or index.upper is None:
        return None
    counts = dict(zip(("count", "base", "other_count", "other_base"), sides, strict=True))
    values = {"ratio": index.value, "lower": index.lower, "upper": index.upper, **counts}
    return Signal(s, DISPARITY, evidence.direction, s.period.start, evidence.p, (base,), values)
