"""Rounding as a policy of everything printed: what stands beside rounded counts is made of what is then known.

A percentage or rate is that of its rounded numbers, and so is its interval; a mean keeps no more digits than any of the
numbers of people that its rounded one may stand for allows; a change is that of the rounded figures.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil, floor, log10

from analysis.disclosure.cells import CHANGES, Cell, Fact
from analysis.disclosure.policy import round_count
from analysis.figures.build import reword
from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue
from analysis.measures.terms import PER_HEAD
from analysis.methods.rounding import round_half_up


def _round_down(count: float, base: int) -> int:
    return base * floor(count / base)


def _round_up(count: float, base: int) -> int:
    return base * ceil(count / base)


# "At least 604" says no more than it did, and nothing untrue, as "at least 600".
SIDES = dict.fromkeys(("over", "at_least"), _round_down) | dict.fromkeys(
    ("up_to", "under", "nearly", "just_under"), _round_up
)
Counts = Mapping[str, tuple[float, ...]]  # by figure: the base that it doesn't give; of a change, figure now and before


def list_counts(cells: Sequence[Cell], facts: Iterable[Fact]) -> Counts:
    """Return the counts that a reader sets beside a share without a base and beside a returned change."""
    value = {cell.id: cell.value for cell in cells if cell.measure == "count" and cell.value is not None}
    counts: dict[str, tuple[float, ...]] = {}
    for fact in facts:
        if fact.kind == "share" and fact.whole in value:
            counts |= dict.fromkeys(fact.parts, (value[fact.whole],))
        elif fact.kind == "change" and {fact.whole, fact.parts[0]} <= value.keys():
            counts[fact.parts[1]] = (value[fact.whole], value[fact.parts[0]])
    return counts | {cell.id: (cell.denominator,) for cell in cells if cell.denominator is not None}


def round_figure(s: Statistic, base: int, counts: Counts, catalogue: Catalogue) -> Statistic:
    """Return a printed figure about people as it reads where counts are rounded to a base; without its value where the
    rounded numbers give none."""
    if s.measure_type == "count":
        value = SIDES.get(s.qualifier, round_count)(s.value, base)
        rounded = replace(s, value=float(value), numerator=None, denominator=None)
    elif s.qualifier != "exact":
        printed = (
            s.denominator if s.denominator is None or s.unit in PER_HEAD else float(round_count(s.denominator, base))
        )
        rounded = replace(s, numerator=None, denominator=printed)
    elif s.measure_type in CHANGES:
        rounded = replace(s, value=_round_change(s, base, counts.get(s.statistic_id)))
    elif s.measure_type in ("percent", "rate", "mean", "median"):
        rounded = _round_ratio(s, base, s.denominator or next(iter(counts.get(s.statistic_id, ())), None))
    else:
        return s
    return replace(reword(rounded, catalogue), reconciled="")


def _round_change(s: Statistic, base: int, figures: tuple[float, ...] | None) -> float:
    """Return a change of rounded figures, or a rounded change where the earlier one is unknown."""
    if figures and len(figures) == 2:
        now, before = (round_count(figure, base) for figure in figures)
        by = float(now - before)
        return by if s.measure_type == "change_absolute" or not before else round_half_up(100 * by / before, s.decimals)
    absolute = s.measure_type == "change_absolute"
    return float(round_count(abs(s.value), base)) * (-1 if s.value < 0 else 1) if absolute else s.value


def _round_ratio(s: Statistic, base: int, of: float | None) -> Statistic:
    """Return a share, rate or average of a rounded number of people; a population, which is published, stays."""
    if not of:
        return replace(s, numerator=None)
    times = 100 if s.measure_type == "percent" else PER_HEAD.get(s.unit)
    below = of if s.unit in PER_HEAD else float(round_count(of, base))
    printed = None if s.denominator is None else below
    if not times:
        digits = floor(log10(max(1.0, of)))
        decimals = min(s.decimals, digits)
        return replace(
            s, value=round_half_up(s.value, decimals), decimals=decimals, numerator=None, denominator=printed
        )
    above = float(round_count(s.value * of / times if s.numerator is None else s.numerator, base))
    value = round_half_up(times * above / below, s.decimals) if below else None
    shown = None if s.numerator is None else above
    return replace(s, value=value, numerator=shown, denominator=printed)
