"""Which statistics a selector names."""

from collections.abc import Sequence

from analysis.figures.model import Statistic


def select(statistics: Sequence[Statistic], selector: str) -> list[Statistic]:
    """Return the statistics that a selector names, in the store's order.

    `indicator` is its totals, `indicator/dimension` its categories, `indicator/dimension/category` one of
    them, `indicator/dimension/!category` all but one of them, `indicator/*` all.
    """
    indicator, *rest = selector.split("/", 2)
    if rest == ["*"]:
        return [s for s in statistics if s.indicator == indicator]
    dimension = rest[0] if rest else ""
    category = rest[1] if len(rest) > 1 else None
    found = [s for s in statistics if (s.indicator, s.dimension) == (indicator, dimension)]
    if category and category.startswith("!"):
        return [s for s in found if s.category != category[1:]]
    if category is not None:
        return [s for s in found if s.category == category]
    return found if dimension else [s for s in found if bool(s.category) == bool(rest)]
