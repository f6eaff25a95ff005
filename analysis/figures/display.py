"""How a value reads: "253", "over 25,000", "11.86%", "about 250 a week", "over 100 fewer"."""

import re
from collections.abc import Sequence
from typing import Any

from analysis.figures.model import Statistic
from analysis.measures.terms import COUNTED, Unit
from analysis.methods.rounding import round_half_up, to_decimal

QUALIFIER_WORDS = {
    "exact": "",
    "over": "over ",
    "at_least": "at least ",
    "about": "about ",
    "nearly": "nearly ",
    "just_under": "just under ",
    "up_to": "up to ",
    "under": "under ",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NAMED = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]")  # "Your Choice", "Operation Encompass"
CHANGE_MEASURES = ("change_absolute", "change_percent")
TENTHS = 100  # a percentage of a smaller base is told without decimals


def display_value(
    value: float | None, *, measure_type: str, unit: Unit, qualifier: str, decimals: int, symbol: str = ""
) -> str:
    """Return a value as a reader sees it, with its qualifier and unit; the symbol where there is no value."""
    if value is None:
        return symbol
    words = QUALIFIER_WORDS[qualifier]
    if measure_type in CHANGE_MEASURES:
        return words + _change(value, measure_type, unit, decimals)
    return words + _amount(value, unit, decimals)


def display_number(value: float, decimals: int) -> str:
    """Return a number with commas in its thousands, rounded half up to some decimals: 92.5 is 93, as official releases
    round and a reader expects."""
    rounded = to_decimal(value, decimals)
    return f"{rounded if rounded else abs(rounded):,}"  # no "-0.0"


def _amount(value: float, unit: Unit, decimals: int) -> str:
    number = display_number(value, decimals)
    if unit.kind == "percent":
        return number + "%"
    if unit.kind == "money":
        return _money(value)
    if unit.kind in COUNTED:
        return number
    return f"{number} {unit.singular if value == 1 else unit.plural}"


def _money(value: float) -> str:
    if abs(value) >= 1_000_000:
        return f"£{display_number(value / 1_000_000, 1)} million".replace(".0 million", " million")
    return f"£{display_number(value, 0)}"


def display_points(gap: float, decimals: int) -> str:
    """Return a difference of percentages without its sign: "0.5 percentage points"."""
    return f"{display_number(abs(gap), decimals)} percentage point{'s' * (abs(gap) != 1)}"


def round_money(value: float) -> float:
    """Return an amount as it is shown: in whole pounds, or tenths of a million."""
    return round_half_up(value / 1_000_000, 1) * 1_000_000 if abs(value) >= 1_000_000 else round_half_up(value)


def display_gap(gap: float, amounts: Sequence[float]) -> str:
    """Return a difference of money as finely as the amounts themselves are shown: £4.1 and £4.2 million don't differ
    by "£1,438", as nobody could see."""
    if max(map(abs, amounts)) >= 1_000_000 > abs(gap):
        return f"£{display_number(gap / 1_000_000, 1)} million" if gap >= 50_000 else "under £0.1 million"
    return _money(gap)


def _change(value: float, measure_type: str, unit: Unit, decimals: int) -> str:
    number = display_number(abs(value), decimals)
    if measure_type == "change_percent":
        return f"{number}% {'less' if value < 0 else 'more'}"
    words = "fewer" if value < 0 else "more"
    return f"{number} {words}" if unit.kind in COUNTED else f"{number} {words} {unit.plural}"


def display_range(ends: Sequence[Statistic]) -> str:
    """Return both ends of a range as they read together, the lower first: "5% to 6%", "24 to 48 hours"."""
    lower, upper = (s.display.removeprefix(QUALIFIER_WORDS[s.qualifier]) for s in sorted(ends, key=lambda s: s.bound))
    unit = upper[upper.find(" ") :] if " " in upper else ""
    return f"{lower.removesuffix(unit)} to {upper}"


def display_fact(fact: Sequence[Statistic]) -> str:
    """Return a fact as it reads: one statistic, or both ends of a range; the symbol of what isn't shown."""
    return display_range(fact) if len(fact) > 1 and fact[0].published else fact[0].display


def count_decimals(*figures: Statistic) -> int:
    """Return to how many decimals percentages are told: none where one of the bases is small."""
    small = any(s.denominator is not None and s.denominator < TENTHS for s in figures)
    return 0 if small else min(1, max(s.decimals for s in figures))


def tell_level(statement: str) -> str:
    """Return the first sentence of a statement: the figure, without what it may be compared with."""
    return re.split(r"(?<=\.) (?=[A-Z])", statement)[0]


def upper_first(text: str) -> str:
    """Return words as they begin a sentence or a label."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return a title as it stands inside a sentence; an abbreviation and a name of two words keep their capitals."""
    return text if text[1:2].isupper() or NAMED.match(text) else text[:1].lower() + text[1:]


def place_words(statistic: Statistic) -> str:
    """Return the area of a figure as it follows a noun, in brackets; nothing for the partnership's own area."""
    if statistic.own_geography:
        return ""
    return f" ({statistic.place})"


def inert(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula. Numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
