"""What kinds and words ask of marks: what is shown, what is qualified, shares of the first, refusals."""

import re
from collections.abc import Iterable, Sequence
from math import isfinite

from analysis.charts.chart import Mark
from analysis.charts.text import clean
from analysis.errors import DataError

SYMBOLS = {
    "[c]": "number withheld",
    "[x]": "not available",
    "[z]": "not applicable",
    "[low]": "rounds to zero",
    "[u]": "too unreliable to show",
}
OPEN_ENDED = ("over ", "more than ", "just over ", "at least ", "well over ")
FROM_ZERO = ("bars", "ordered_bars", "flow", "pairs")
ONE_CELL = ("pairs", "trend", "control", "funnel")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
PLAIN = re.compile(r"[+\-\u2212]?£?\d[\d,]*(?:\.\d+)?%?")


def shown(mark: Mark) -> str:
    """Return what is written at a mark: its display; for a hidden one its symbol and what that means."""
    display = clean(mark.display)
    return f"{display} {SYMBOLS[display]}" if mark.is_hidden else display


def is_open_ended(mark: Mark) -> bool:
    """Whether the display says that the true value is larger than the one drawn."""
    return mark.display.lower().startswith(OPEN_ENDED)


def is_exact(mark: Mark) -> bool:
    """Whether the display is a bare number, without a qualifier."""
    return mark.value is not None and PLAIN.fullmatch(clean(mark.display)) is not None


def shares_of_first(marks: Sequence[Mark]) -> list[str]:
    """Return each mark's share of the first in whole per cent, "" where there is none to give.

    There is none for the first itself, for marks of another cohort, for percentages,
    and where either number is hidden, qualified, or larger than a first that isn't zero.
    """
    first = marks[0]
    if not (is_exact(first) and first.value) or unit_of(first) == "%":
        return [""] * len(marks)
    return [""] + [_share(mark, first) for mark in marks[1:]]


def _share(mark: Mark, first: Mark) -> str:
    if not mark.whole or not is_exact(mark) or mark.value > first.value:
        return ""
    percent = 100 * mark.value / first.value
    return "under 1%" if 0 < percent < 0.5 else f"{percent:.0f}%"


def unit_of(mark: Mark) -> str:
    """Return the unit that the display shows: "%", "£" or none."""
    return "%" if "%" in mark.display else "£" if "£" in mark.display else ""


def ordered(names: Iterable[str]) -> list[str]:
    """Return the names once each, in order of first appearance."""
    return list(dict.fromkeys(names))


def ranked(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks from largest to smallest; hidden ones last, in the order given.

    A hidden mark's place then says nothing of its size.
    """
    return sorted(marks, key=lambda mark: (mark.is_hidden, -mark.reach))


def bounds(mark: Mark) -> str:
    """Return lower and upper bound in words, with the decimals and the unit of the display; "" where there are none."""
    if mark.value is None or mark.lower is None or mark.upper is None:
        return ""
    return f"{like(mark.lower, mark)} to {like(mark.upper, mark)}"


def like(number: float, mark: Mark) -> str:
    """Return a number with the decimals and the unit of a mark's display: "1,234", "12.5%"."""
    decimals = max((len(found.partition(".")[2]) for found in NUMBER.findall(mark.display)), default=0)
    pound, percent = ("£" if unit_of(mark) == "£" else ""), ("%" if unit_of(mark) == "%" else "")
    return f"{pound}{number:,.{decimals}f}{percent}".replace("-", "\u2212")


def check_marks(marks: Sequence[Mark], kind: str, name: str) -> None:
    """Raise DataError where the marks make no honest chart: too few, two units, a number behind a symbol."""
    if len(marks) < 2:
        raise DataError(f"chart {name!r} has {len(marks)} marks; allowed: two or more")
    units = sorted({unit_of(mark) or "a count" for mark in marks if not mark.is_hidden})
    if len(units) > 1:
        raise DataError(f"chart {name!r} mixes units: {', '.join(units)}; allowed: one unit")
    for mark in marks:
        if fault := _fault(mark) or _fault_in_kind(mark, kind):
            raise DataError(f"chart {name!r}, mark {mark.label!r}: {fault}")
    cells = [(mark.label, mark.group) for mark in marks if kind in ONE_CELL]
    if twice := next((cell for cell in cells if cells.count(cell) > 1), None):
        raise DataError(f"chart {name!r} has two marks for {twice[0]!r}, {twice[1]!r}; allowed: one")


def _fault_in_kind(mark: Mark, kind: str) -> str:
    """Return what a kind can't draw about a mark, or an empty string."""
    if kind in FROM_ZERO and min(mark.numbers, default=0) < 0:
        return "below zero in bars; allowed: zero or more (draw it as dots)"
    if kind == "pairs" and not clean(mark.group):
        return f"no group; allowed in {kind}: a group for every mark"
    if kind == "ratio" and min(mark.numbers, default=1) <= 0:
        return "a ratio of zero or less; allowed: above zero"
    return ""


def _fault(mark: Mark) -> str:
    """Return what is wrong with one mark, or an empty string."""
    if clean(mark.display) in SYMBOLS and mark.numbers:
        return f"a number behind {clean(mark.display)}; allowed: neither value nor bounds"
    if mark.is_hidden and clean(mark.display) not in SYMBOLS:
        return f"display {mark.display!r} without a value; allowed: {', '.join(SYMBOLS)}"
    if not all(isfinite(number) for number in mark.numbers):
        return "a value or bound that is no number"
    if not mark.is_hidden and not clean(mark.display):
        return "no display for its value"
    if mark.lower is not None and mark.upper is not None and mark.lower > mark.upper:
        return "lower bound above the upper"
    if not mark.whole and not clean(mark.note):
        return "another geography, period or cohort without a note that says which"
    return "" if clean(mark.label) else "no label"
