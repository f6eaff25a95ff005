"""Number axes: how far they run, where their ticks stand, how a tick reads."""

from collections.abc import Callable, Iterable, Sequence

from matplotlib.ticker import MaxNLocator

from analysis.charts.chart import Mark
from analysis.charts.marks import unit_of
from analysis.charts.style import SMALL
from analysis.charts.text import width_of

MOST_TICKS = 5
TICK_GAP = 0.15
# An axis leaves zero out only where all values lie close together, far from it.
CLOSE = 0.6


def numbers_of(marks: Iterable[Mark]) -> list[float]:
    """Return every number that the marks draw."""
    return [number for mark in marks for number in mark.numbers]


def ticks_for(numbers: Sequence[float], zero: bool = False, most: int = MOST_TICKS) -> list[float]:
    """Return ticks that span the numbers; zero among them unless all lie close together far from it."""
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    if zero or low <= 0 <= high or low < CLOSE * high or (low == high):
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1.0
    return [float(tick) for tick in MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]


def fitting_ticks(marks: Sequence[Mark], room: float) -> tuple[list[float], Callable[[float], str]]:
    """Return as many ticks, up to the most, as stand clear of each other in `room` inches, and their words."""
    for most in range(MOST_TICKS, 0, -1):
        ticks = ticks_for(numbers_of(marks), most=most)
        words = tick_words(marks, ticks)
        if max(width_of(words(tick), SMALL) for tick in ticks) + TICK_GAP <= room / (len(ticks) - 1):
            break
    return ticks, words


def tick_words(marks: Sequence[Mark], ticks: Sequence[float]) -> Callable[[float], str]:
    """Return how a tick reads: commas, no more decimals than needed, the unit of the displays."""
    unit = next((unit_of(mark) for mark in marks if unit_of(mark)), "")
    decimals = next((n for n in range(6) if all(abs(tick - round(tick, n)) < 1e-9 for tick in ticks)), 6)

    def words(tick: float) -> str:
        number = f"{abs(tick):,.{decimals}f}"
        sign = "\u2212" if tick < 0 else ""
        return f"{sign}£{number}" if unit == "£" else f"{sign}{number}{unit}"

    return words
