"""The four rules of an XmR chart, in their order of precedence.

Source: NHSRplotthedots 0.2.0. All points of one stretch are judged together and never with another's.
"""

from collections.abc import Sequence

RUN = 7
OUTSIDE, TREND, NEAR_LIMIT, SHIFT = "outside limits", "trend", "two of three", "shift"
RULES = (OUTSIDE, TREND, NEAR_LIMIT, SHIFT)
RULE_WORDS = {
    (OUTSIDE, "high"): "above the upper process limit",
    (OUTSIDE, "low"): "below the lower process limit",
    (TREND, "high"): "one of 7 or more points in a row that rise",
    (TREND, "low"): "one of 7 or more points in a row that fall",
    (NEAR_LIMIT, "high"): "one of two in three points close to the upper process limit",
    (NEAR_LIMIT, "low"): "one of two in three points close to the lower process limit",
    (SHIFT, "high"): "one of 7 or more points in a row above the mean",
    (SHIFT, "low"): "one of 7 or more points in a row below the mean",
}


def mark_rules(
    values: Sequence[float], mean: float, limits: tuple[float, float], near: tuple[float, float]
) -> list[tuple[str, str]]:
    """Return for each value the first rule that marks it and the side it lies to, both empty if none does."""
    sides = [(value > mean) - (value < mean) for value in values]
    outside = [value < limits[0] or value > limits[1] for value in values]
    close = [(value < near[0] or value > near[1]) and not out for value, out in zip(values, outside, strict=True)]
    steps = [(later > earlier) - (later < earlier) for earlier, later in zip(values, values[1:], strict=False)]
    directions = _trend_directions(steps)
    two_of_three, shifts = _two_of_three(close, sides), _in_runs(sides, RUN)
    return [_first_rule(outside[i], directions[i], two_of_three[i], shifts[i], sides[i]) for i in range(len(values))]


def _first_rule(outside: bool, direction: int | None, two_of_three: bool, shift: bool, side: int) -> tuple[str, str]:
    place = "high" if side > 0 else "low"
    if outside:
        return OUTSIDE, place
    if direction is not None:
        return TREND, "high" if direction > 0 else "low"
    if two_of_three:
        return NEAR_LIMIT, place
    return (SHIFT, place) if shift else ("", "")


def _in_runs(signs: Sequence[int], length: int) -> list[bool]:
    """Return which signs belong to `length` or more equal ones in a row; 0 belongs to no run."""
    inside = [False] * len(signs)
    for start in range(len(signs) - length + 1):
        window = set(signs[start : start + length])
        if len(window) == 1 and 0 not in window:
            inside[start : start + length] = [True] * length
    return inside


def _trend_directions(steps: Sequence[int]) -> list[int | None]:
    """Return for each point the direction of the trend of 7 points that it belongs to, else None.

    A point of two trends takes the direction of the step after it. So does the last point of a trend
    whose neighbour begins another one: after a tie that counts as falling, as in NHSRplotthedots.
    """
    long = _in_runs(steps, RUN - 1)
    part = [before or after for before, after in zip([False, *long], [*long, False], strict=True)]
    return [_direction(steps, part, i) if inside else None for i, inside in enumerate(part)]


def _direction(steps: Sequence[int], part: Sequence[bool], i: int) -> int:
    followed = i + 1 < len(part) and part[i + 1]
    return steps[i] if followed else steps[i - 1]


def _two_of_three(close: Sequence[bool], sides: Sequence[int]) -> list[bool]:
    """Return which points are one of two close to a limit among three in a row on one side of the mean."""
    marked = [False] * len(close)
    for start in range(len(close) - 2):
        window = range(start, start + 3)
        if abs(sum(sides[i] for i in window)) == 3 and sum(close[i] for i in window) >= 2:
            for i in window:
                marked[i] = marked[i] or close[i]
    return marked
