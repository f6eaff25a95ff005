"""What a published number tells the gate: the range in which the true value must lie."""

from math import ceil, floor, inf, isfinite

from analysis.disclosure.cells import Cell
from analysis.disclosure.policy import Policy, is_protected, threshold_of

Range = tuple[float, float]
NEARLY = 0.9  # "nearly" and "just under" are taken to be within a tenth, which favours the attacker
EVERYTHING: Range = (0.0, inf)


def get_value_range(cell: Cell) -> Range:
    """Return the range of the true value behind the printed one, before any rounding by us."""
    if cell.value is None:
        return EVERYTHING
    value, step = float(cell.value), 0.0 if _is_whole(cell) else 0.5 * 10.0**-cell.decimals
    if cell.qualifier == "exact":  # nearly all are
        return value - step, value + step
    least = 1.0 if cell.measure == "count" else 0.0
    return {
        "over": (value + least, inf),
        "at_least": (value, inf),
        "about": (value - _last_place(value), value + _last_place(value)),
        "nearly": (NEARLY * value, value - least),
        "just_under": (NEARLY * value, value - least),
        "up_to": (0.0, value),
        "under": (0.0, value - least),
    }[cell.qualifier]


def _is_whole(cell: Cell) -> bool:
    return cell.measure == "count"


def _last_place(value: float) -> float:
    """Half a unit of the last digit that isn't a zero: "about 250" is taken as 245 to 255."""
    unit = 1.0
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit / 2


def get_nominal(cell: Cell) -> float:
    """Return the one value that the printed one stands for: "over 5" is 6, "under 5" is 4. Nought without one."""
    if cell.value is None:
        return 0.0
    if cell.qualifier == "exact":
        return max(0.0, cell.value)
    step = 1.0 if cell.measure == "count" else 0.0
    shift = {"over": step, "under": -step, "nearly": -step, "just_under": -step}
    return max(0.0, cell.value + shift.get(cell.qualifier, 0.0))


def get_published_range(cell: Cell, policy: Policy) -> Range:
    """Return what a reader knows of a published count: that small ones are never shown."""
    low, high = get_value_range(cell)
    if not is_protected(cell, policy) or cell.qualifier != "exact" or cell.value is None:
        return max(0.0, low), high
    floor_ = threshold_of(cell, policy) if cell.value > 0 else 0
    return max(low, min(floor_, cell.value), 0.0), high


def get_scale(cell: Cell) -> float:
    """Return what a rate is per: 100 for a percent; for a rate the power of ten that its counts imply."""
    if cell.measure == "percent" or not (cell.numerator and cell.denominator and cell.value):
        return 100.0
    wanted = cell.value * cell.denominator / cell.numerator
    return min((10.0**power for power in range(7)), key=lambda scale: abs(scale - wanted) / scale)


def get_people_range(cell: Cell, base: Range) -> Range:
    """Return how many people a percent or rate stands for, given the range of its base.

    The printed precision bounds it; the numerator settles it where the return gives one.
    """
    if cell.numerator is not None:
        return float(cell.numerator), float(cell.numerator)
    scale, (least, most) = get_scale(cell), get_value_range(cell)
    low = max(0.0, least) / scale * base[0]
    high = most / scale * base[1] if isfinite(base[1]) and isfinite(most) else (base[1] if most else 0.0)
    return _whole_hull(low, high)


def _whole_hull(low: float, high: float) -> Range:
    """Return the whole numbers within a range; where there are none, those on either side of it."""
    inner = ceil(low - 1e-9), floor(high + 1e-9) if isfinite(high) else inf
    return inner if inner[0] <= inner[1] else (floor(low), ceil(high))
