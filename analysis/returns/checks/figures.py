"""Rules about single figures that came counted: periods, percentages and their bases, the same fact given twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from analysis.measures.periods import MONTHS_OF_YEAR, Period, overlap
from analysis.methods.feasible import feasible_numerators, is_feasible
from analysis.returns.aggregate import Observation
from analysis.returns.checks.cells import Cell, cell_of, context_of, is_exact, list_shares
from analysis.returns.checks.rule import Case, Spot, notes, stops, told, warns
from analysis.returns.checks.sent import overlaps
from analysis.returns.sheet import file_of

SHORTER = ("quarter", "month")


def spot(figure: Observation, column: str, message: str, allowed: str = "") -> Spot:
    """Return the place of a figure."""
    return Spot(figure.file, figure.row, column, message, allowed)


@notes("period_not_stated", "a figure states no period", "a start, an end and a basis")
def check_period_stated(case: Case) -> Iterator[Spot]:
    """Give each figure without a period: it is shown so, and never compared."""
    for figure in case.figures:
        if not figure.period.stated:
            yield spot(figure, "period_basis", "the period isn't stated")


@notes("outside_period", "a figure or a record lies outside the report's period", "the report's period")
def check_outside(case: Case) -> Iterator[Spot]:
    """Give each figure whose period shares no day with the report's."""
    for figure in case.figures:
        if figure.period.stated and not overlaps(figure.period, case.period):
            yield spot(figure, "period_end", _say_when(figure), case.period.label)


def _say_when(figure: Observation) -> str:
    return f"is {'' if figure.period.basis == 'snapshot' else 'for '}{figure.period.label}"


@stops("after_period", "a figure is of a time after the report's period", "the report's period; else its line says so")
def check_after(case: Case) -> Iterator[Spot]:
    """Give each figure that begins after the report's period, unless a line of its file covers such a time (a plan) or
    no section shows it."""
    for figure in (one for one in case.figures if _is_shown(one, case)):
        day = figure.period.end if figure.period.basis == "snapshot" else figure.period.start
        if figure.period.stated and day and day > (case.period.end or day) and not _is_covered(figure, case):
            yield spot(figure, "period_end", f"{_say_when(figure)}, after the report's period", case.period.label)


@warns("earlier_alone", "a figure came for an earlier year and not for the report's", "the report's year")
def check_earlier(case: Case) -> Iterator[Spot]:
    """Give each figure of before the report's period that didn't come for it, where the year before gave it another
    value or others of its measure and file are of the report's."""
    given = {_fact(one): one.value for one in case.earlier}
    now = [one for one in case.figures if overlaps(one.period, case.period)]
    came, measures = {cell_of(one) for one in now}, {(one.file, one.indicator) for one in now if one.period.stated}
    for figure in case.figures:
        before = figure.period.stated and figure.period.end and figure.period.end < (case.period.start or date.min)
        known = given.get(_fact(figure), figure.value) != figure.value or (figure.file, figure.indicator) in measures
        if before and known and cell_of(figure) not in came and not _is_covered(figure, case):
            yield spot(figure, "period_end", f"{_say_when(figure)}, and none came for the report's", case.period.label)


def _is_covered(figure: Observation, case: Case) -> bool:
    """Whether a line of a figure's file covers its time, which isn't the report's."""
    periods = (entry.stated_period for entry in case.entries if entry.file == file_of(figure.file))
    return any(period and overlaps(period, figure.period) for period in periods)


@warns("not_shown", "a figure is of no section of this report, and is left out", "figures of the report's sections")
def check_shown(case: Case) -> Iterator[Spot]:
    """Give each figure whose measure no section of the partnership's report tells of."""
    for figure in case.figures:
        if not _is_shown(figure, case):
            yield spot(figure, "indicator", "is of no section of this report, and is left out")


def _is_shown(figure: Observation, case: Case) -> bool:
    return bool(case.partnership.home_of(case.catalogue.measures[figure.indicator].sections))


@notes("period_length", "a figure's period is longer or shorter than the report's", "as many months as the report")
def check_length(case: Case) -> Iterator[Spot]:
    """Give each figure over another number of months than the report; quarters and months may be shorter."""
    for figure in case.figures:
        months = figure.period.months
        flow = _is_flow_within(figure.period, case.period) and figure.period.basis not in SHORTER
        if flow and months != case.period.months:
            length = f"{months} month{'s' * (months != 1)}" if months else "no whole number of months"
            yield spot(figure, "period_start", f"covers {length}", f"{case.period.months} months")


@notes("other_period", "a figure is of a year with another beginning than the report's", "the report's period")
def check_shifted(case: Case) -> Iterator[Spot]:
    """Give each figure of as many months as the report that begins on another day (a calendar year)."""
    for figure in case.figures:
        same = figure.period.months == case.period.months
        if _is_flow_within(figure.period, case.period) and same and figure.period.start != case.period.start:
            yield spot(figure, "period_start", f"is for {figure.period.label}", case.period.label)


def _is_flow_within(period: Period, report: Period) -> bool:
    """Whether a figure counts over time, from a day to a day, in what is the report's period in part or in whole."""
    both = period.start is not None and period.end is not None
    return period.stated and period.basis != "snapshot" and both and overlaps(period, report)


@warns("stock_without_day", "a snapshot is said to be of a stretch of time", "the day it was taken, as start and end")
def check_snapshot(case: Case) -> Iterator[Spot]:
    """Give each snapshot with a start that isn't its end."""
    for figure in case.figures:
        period = figure.period
        if period.basis == "snapshot" and period.start not in (None, period.end):
            yield spot(figure, "period_start", "a snapshot over a stretch of time")


@notes("other_area", "a figure is about another area than the partnership's", "the partnership's own area")
def check_area(case: Case) -> Iterator[Spot]:
    """Give the first figure of each other area in a file."""
    seen: dict[tuple[str, str], Observation] = {}
    for figure in case.figures:
        if figure.geography not in ("", case.partnership.geography):
            seen.setdefault((file_of(figure.file), figure.geography), figure)
    for (_, area), figure in seen.items():
        said = "doesn't say which area it is about" if area == "unclear" else "is about another area"
        yield spot(figure, "geography", said, case.partnership.geography)


@stops("percent_against_numbers", "a percentage isn't that of its numerator and denominator", "their quotient")
def check_quotient(case: Case) -> Iterator[Spot]:
    """Give each percentage that its own numerator and denominator don't print as."""
    for figure in _percentages(case):
        top, base = figure.numerator, figure.denominator
        if top is None or not base or not (float(top).is_integer() and float(base).is_integer()):
            continue
        if top not in feasible_numerators(_printed(figure), int(base)):
            yield spot(figure, "value", "isn't the percentage of the numerator and denominator beside it")


@warns(
    "impossible_percentage", "no whole number out of the base gives this percentage", "a percentage of whole numbers"
)
def check_possible(case: Case) -> Iterator[Spot]:
    """Give each percentage that no whole number out of its base rounds to (the GRIM test); see methods.feasible."""
    bases = _bases(case)
    for figure in _percentages(case):
        base = figure.denominator or bases.get(_key(figure))
        plain = figure.numerator is None and base and float(base).is_integer()
        if plain and not is_feasible(_printed(figure), int(base)):
            yield spot(figure, "value", f"no whole number out of {told(base)} gives a percentage printed so")


@notes("percentage_without_base", "a percentage comes without what it is a share of", "a numerator and a denominator")
def check_base(case: Case) -> Iterator[Spot]:
    """Give each percentage without a denominator whose base no other figure of the year gives."""
    bases = _bases(case)
    for figure in case.figures:
        is_percent = figure.measure_type == "percent" and figure.value is not None
        if is_percent and not figure.denominator and _key(figure) not in bases:
            yield spot(figure, "denominator", "no base is given")


def _percentages(case: Case) -> Iterator[Observation]:
    for figure in case.figures:
        if figure.measure_type == "percent" and is_exact(figure):
            yield figure


def _printed(figure: Observation) -> str:
    return f"{figure.value:.{figure.decimals}f}"


def _key(figure: Observation) -> tuple:
    return (context_of(figure), cell_of(figure))


def _bases(case: Case) -> Mapping[tuple, float]:
    """Return the base of each percentage that is a share of another figure of the same day and area."""
    counts: dict[tuple, set[float]] = defaultdict(set)
    for figure in case.figures:
        if figure.measure_type == "count" and is_exact(figure):
            counts[_key(figure)].add(figure.value)
    found, shares = {}, list_shares(case.catalogue)
    for figure in case.figures:
        wholes = [counts.get((context_of(figure), whole), set()) for whole in shares.get(cell_of(figure), ())]
        if figure.measure_type == "percent" and wholes and all(len(values) == 1 for values in wholes):
            found[_key(figure)] = next(iter(wholes[0])) if len(wholes) == 1 else 0.0
    return found


@warns("fact_differs", "the same fact was returned twice with different values", "one value for one fact")
def check_twice(case: Case) -> Iterator[Spot]:
    """Give each exact figure that contradicts an earlier one of the same fact."""
    first: dict[tuple, Observation] = {}
    for figure in case.figures:
        before = first.setdefault(_fact(figure), figure) if is_exact(figure) else figure
        if before.value != figure.value:
            yield spot(figure, "value", f"is another value than row {before.row} of {before.file} gives for this fact")


@stops(
    "overlapping_periods", "a figure was returned for two periods that overlap", "periods apart, or one in the other"
)
def check_overlaps(case: Case) -> Iterator[Spot]:
    """Give each flow whose period begins or ends inside another of the same figure, or is one of two years that share
    days: a calendar year beside the financial one."""
    held: dict[tuple, list[Observation]] = defaultdict(list)
    for figure in case.figures:
        if figure.period.stated and figure.period.months:
            held[_fact(figure)[0], figure.measure_type, figure.geography].append(figure)
    for figures in held.values():
        ordered = sorted(figures, key=lambda one: (one.period.start, one.period.end))
        for first, second in combinations(ordered, 2):
            if _collide(first.period, second.period):
                if second.period == case.period:
                    first, second = second, first
                whose = f"that of row {first.row} of {first.file} ({first.period.label})"
                yield spot(second, "period_start", f"its period ({second.period.label}) overlaps {whose}")


def _collide(first: Period, second: Period) -> bool:
    """Whether two flows, in the order of their beginnings, share days without one being a part of a year within the
    other."""
    within = second.end <= first.end or first.start == second.start
    part = min(first.months, second.months) < MONTHS_OF_YEAR
    return first != second and overlap(first, second) and not (within and part)


@notes("figure_repeated", "the same figure stands twice in one file", "once")
def check_repeated(case: Case) -> Iterator[Spot]:
    """Give each row that repeats a fact and its value within its file."""
    first: dict[tuple, int] = {}
    for figure in case.figures:
        key = (figure.file, _fact(figure), figure.qualifier, figure.value, figure.symbol)
        before = first.setdefault(key, figure.row)
        if before != figure.row:
            yield spot(figure, "indicator", f"repeats row {before}")


@warns("count_against_records", "an agency's own count isn't what its records give", "the count of the records")
def check_records(case: Case) -> Iterator[Spot]:
    """Give each exact figure that differs from what is counted here from the agency's records."""
    ours = {_fact(one): one for one in case.counted if one.value is not None}
    for figure in case.figures:
        mine = ours.get(_fact(figure))
        if mine is not None and is_exact(figure) and figure.value != mine.value:
            way = "more" if figure.value > mine.value else "less"
            yield spot(figure, "value", f"is {way} than the records give ({mine.file.removeprefix('counted from ')})")


def _fact(figure: Observation) -> tuple[Cell, tuple]:
    return cell_of(figure), (figure.measure_type, figure.unit, figure.period, figure.geography)
