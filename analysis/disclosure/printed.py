"""What the attacker reads out of one printed number: its words and its precision. For the audit alone."""

from math import inf

from analysis.disclosure.cells import Cell

TENTH = 0.1


def get_meant(cell: Cell) -> float:
    """Return the number that a printed count means: "over 5" is at least 6."""
    moves = {"over": 1, "under": -1, "nearly": -1, "just_under": -1}
    return 0.0 if cell.value is None else max(0.0, cell.value + moves.get(cell.qualifier, 0))


def get_spread(cell: Cell) -> tuple[float, float]:
    """Return the lowest and highest number of people that the words before a count allow."""
    value, kind = cell.value, cell.qualifier
    if value is None:
        return 0.0, inf
    if kind == "about":
        digits = len(str(int(value))) - len(str(int(value)).rstrip("0")) if value else 0
        return max(0.0, value - 10**digits / 2), value + 10**digits / 2
    low = {"over": value + 1, "at_least": value, "nearly": value * (1 - TENTH), "just_under": value * (1 - TENTH)}
    high = {"up_to": value, "under": value - 1, "nearly": value - 1, "just_under": value - 1}
    if kind == "exact":
        return value, value
    return max(0.0, low.get(kind, 0.0)), max(0.0, high.get(kind, inf))


def get_limits(cell: Cell) -> tuple[float, float]:
    """Return the lowest and highest value that a printed percent, rate or change allows."""
    half, kind, value = 0.5 * 10**-cell.decimals, cell.qualifier, cell.value
    if kind == "about":
        digits = len(str(int(abs(value)))) - len(str(int(abs(value))).rstrip("0")) if float(value).is_integer() else 0
        half = max(10**digits / 2 if value else half, half)
    if kind in ("exact", "about"):
        return value - half, value + half
    low = {"over": value, "at_least": value, "nearly": value * (1 - TENTH), "just_under": value * (1 - TENTH)}
    high = {"up_to": value, "under": value, "nearly": value, "just_under": value}
    return low.get(kind, -inf if value < 0 else 0.0), high.get(kind, inf)
