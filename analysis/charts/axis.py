"""Number axes: how far they run, where their ticks stand, how a tick reads."""

from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor, log2

from matplotlib.ticker import MaxNLocator

from analysis.charts.chart import Mark
from analysis.charts.marks import unit_of
from analysis.charts.style import SMALL
from analysis.charts.text import width_of

MOST_TICKS = 5
TICK_GAP = 0.15
# An axis leaves zero out only where all values lie close together, far from it: sooner for dots with intervals,
# which show how much of a difference is noise, than for lines; never for dots alone.
CLOSE, CLOSE_DOTS, NEVER = 0.85, 0.5, float("inf")


def numbers_of(marks: Iterable[Mark]) -> list[float]:
    """Return every number that the marks draw."""
    return [number for mark in marks for number in mark.numbers]


def ticks_for(numbers: Sequence[float], most: int = MOST_TICKS, close: float = CLOSE) -> list[float]:
    """Return ticks that span the numbers; zero among them unless the lowest is `close` times the highest."""
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    if low <= 0 <= high or low < close * high or low == high:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = low + 1.0
    return [float(tick) for tick in MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]


def fitting_ticks(
    marks: Sequence[Mark], room: float, others: Sequence[float] = ()
) -> tuple[list[float], Callable[[float], str]]:
    """Return as many ticks, up to the most, as stand clear of each other in `room` inches, and their words."""
    close = CLOSE_DOTS if any(len(mark.numbers) == 3 for mark in marks) else NEVER
    for most in range(MOST_TICKS, 0, -1):
        ticks = ticks_for([*numbers_of(marks), *others], most, close)
        words = tick_words(marks, ticks)
        if max(width_of(words(tick), SMALL) for tick in ticks) + TICK_GAP <= room / (len(ticks) - 1):
            break
    return ticks, words


def ratio_ticks(marks: Sequence[Mark], room: float) -> tuple[list[float], Callable[[float], str]]:
    """Return ticks at powers of two (or four, eight, ...) that span the ratios and one, and their words."""
    powers_of_two = [log2(number) for number in numbers_of(marks)] or [1.0]
    low, high = min(0.0, *powers_of_two), max(0.0, *powers_of_two)
    step = ceil(max(1, ceil(max(-low, high) - 1e-9)) / 3)
    powers = range(step * floor(min(low, -1e-9) / step), step * ceil(max(high, 1e-9) / step) + 1, step)
    return [2.0**power for power in powers], _ratio_words


def _ratio_words(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 1 else f"1/{1 / ratio:,.0f}"


def tick_words(marks: Sequence[Mark], ticks: Sequence[float]) -> Callable[[float], str]:
    """Return how a tick reads: commas, no more decimals than needed, the unit of the displays."""
    unit = next((unit_of(mark) for mark in marks if unit_of(mark)), "")
    decimals = next((n for n in range(6) if all(abs(tick - round(tick, n)) < 1e-9 for tick in ticks)), 6)

    def words(tick: float) -> str:
        number = f"{abs(tick):,.{decimals}f}"
        sign = "\u2212" if tick < 0 else ""
        return f"{sign}£{number}" if unit == "£" else f"{sign}{number}{unit}"

    return words
