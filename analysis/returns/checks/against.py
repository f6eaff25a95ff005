"""Questions that figures raise beside those of the year before, and beside each other: jumps, gaps, too much alike."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from statistics import median

from analysis.measures.periods import Period, compare_periods
from analysis.returns.aggregate import Observation
from analysis.returns.checks.cells import cell_of, is_exact
from analysis.returns.checks.figures import spot
from analysis.returns.checks.rule import Case, Spot, told, warns

TIMES, STOCK, MORE = 2.0, 1.5, 20  # a figure jumps when it doubles or halves, a stock by less, by so many
POINTS, SWAPPED = 30.0, 3.0  # by which a percentage jumps; within which it is 100 less the one before
MANY, ALL, MIDDLE = 5, 0.8, 1.3  # figures that move together, the share of them that does, and by how much
ALL_SAME = 3  # figures of which all are as they were the year before, but by chance
LOST = 5  # a category of so many isn't 0 a year later by chance
SAID = 10  # a figure below it tells nothing by being the same
NEAR = 0.15  # of a number, within which it is about another
NEARLY_ALL = 0.9  # of the figures that came are ones of the year before
LEAST = 8  # figures that are never all rounded by chance

Pairs = list[tuple[Observation, Observation]]  # the year before's figure, this year's


def _measure(figure: Observation) -> tuple:
    """Return what a figure is of, whatever the year: a quarter is of the same quarter."""
    return *when_of(figure), figure.measure_type, figure.unit, figure.geography


def when_of(figure: Observation) -> tuple:
    """Return the cell that a figure fills, and which part of a year it is of."""
    return cell_of(figure), figure.period.months, figure.period.end and figure.period.end.month


def is_year_on(old: Observation, new: Observation) -> bool:
    """Whether two figures are of periods of one kind a year apart."""
    apart = bool(old.period.end and new.period.end) and (new.period.end - old.period.end).days in (365, 366)
    return apart and compare_periods(old.period, new.period).allowed


def _pairs(case: Case) -> Mapping[str, Pairs]:
    """Return the exact figures of each file with those of the year before."""
    before = {_measure(one): one for one in case.earlier if is_exact(one)}
    found: dict[str, Pairs] = defaultdict(list)
    for figure in case.figures:
        old = before.get(_measure(figure))
        if old and is_exact(figure) and is_year_on(old, figure):
            found[figure.file].append((old, figure))
    return found


def _counts(pairs: Pairs) -> Pairs:
    return [(old, new) for old, new in pairs if new.measure_type == "count"]


@warns("implausible_jump", "a figure is more than twice, or less than half, of the year before", "an explanation")
def check_jumps(case: Case) -> Iterator[Spot]:
    """Give each count that jumps against the comparable figure that came for the year before."""
    for pairs in _pairs(case).values():
        for old, new in _counts(pairs):
            if _jumps(old.value, new.value, STOCK if new.period.basis == "snapshot" else TIMES):
                message = f"{told(new.value)}, and {told(old.value)} the year before ({old.file}, row {old.row})"
                yield spot(new, "value", message)


def _jumps(old: float, new: float, times: float) -> bool:
    return abs(new - old) >= MORE and max(old, new) >= times * min(old, new)


@warns("percentage_jumps", "a percentage is far from that of the year before", "an explanation")
def check_percentages(case: Case) -> Iterator[Spot]:
    """Give each percentage that moved by 30 points, or became what was left of 100 the year before."""
    for pairs in _pairs(case).values():
        for old, new in pairs:
            moved = abs(new.value - old.value)
            if new.measure_type == "percent" and moved >= MORE and abs(100 - new.value - old.value) <= SWAPPED:
                yield spot(new, "value", "is what the year before left of 100: perhaps the others were counted")
            elif new.measure_type == "percent" and moved >= POINTS:
                yield spot(new, "value", f"is {moved:.0f} points from the year before ({old.file}, row {old.row})")


@warns("all_moved", "nearly all figures of a file went one way, and far", "an explanation")
def check_together(case: Case) -> Iterator[Spot]:
    """Give each file of which four fifths of the counts rose, or fell, by three tenths at the middle."""
    for file, pairs in _pairs(case).items():
        ratios = [new.value / old.value for old, new in _counts(pairs) if old.value >= SAID]
        middle = median(ratios) if len(ratios) >= MANY else 1
        moved = [ratio for ratio in ratios if (ratio > 1 if middle > 1 else ratio < 1)]
        if len(moved) >= ALL * len(ratios) and not 1 / MIDDLE < middle < MIDDLE:
            words = (
                f"{'higher' if middle > 1 else 'lower'} than the year before, by {abs(middle - 1):.0%} at the middle"
            )
            yield Spot(file, None, "value", f"{len(moved)} of {len(ratios)} counts are {words}")


@warns("categories_exchanged", "two categories have each other's number of the year before", "an explanation")
def check_exchanged(case: Case) -> Iterator[Spot]:
    """Give each pair of categories of a split of which each now has about what the other had."""
    for pairs in _pairs(case).values():
        splits: dict[tuple[str, str], Pairs] = defaultdict(list)
        for old, new in _counts(pairs):
            splits[new.indicator, new.dimension if old.value >= SAID else ""].append((old, new))
        for (_, dimension), found in splits.items():
            for (old, new), (other_old, other_new) in combinations(found, 2) if dimension else ():
                if _is_exchange(old.value, new.value, other_old.value, other_new.value):
                    yield spot(
                        other_new, "value", f"it and row {new.row} have about each other's number of the year before"
                    )


def _is_exchange(old: float, new: float, other_old: float, other_new: float) -> bool:
    apart = max(old, other_old) > MIDDLE * min(old, other_old)
    return apart and all(abs(one - two) <= NEAR * max(one, two) for one, two in ((new, other_old), (other_new, old)))


@warns("figures_of_before", "figures are those of the year before", "this year's figures")
def check_same(case: Case) -> Iterator[Spot]:
    """Give each file of which four fifths of the counts, and at least five, are what they were the year before, or all
    of three."""
    for file, pairs in _pairs(case).items():
        told = [(old, new) for old, new in _counts(pairs) if max(old.value, new.value) >= SAID]
        same = [new for old, new in told if old.value == new.value]
        if len(same) >= max(MANY, ALL * len(told)) or len(same) == len(told) >= ALL_SAME:
            yield Spot(file, None, "value", f"{len(same)} of {len(told)} counts are the same as the year before")


@warns("figures_missing", "figures of the year before didn't come again", "as many figures as before, or a note")
def check_missing(case: Case) -> Iterator[Spot]:
    """Give each agency without figures that it sent the year before: a fifth of them, or a category of a split."""
    sent = _by_agency(case.earlier)
    for agency, now in _by_agency(case.figures).items():
        new, old = ({_measure(one)[:-2]: one for one in figures} for figures in (now, sent.get(agency, ())))
        lost = [old[key] for key in old if key not in new]
        cells, before = ({cell for cell, *_ in keys} for keys in (new, old))  # in a quarter, where the year came before
        if len(cells & before) >= NEARLY_ALL * len(cells) and len(lost) >= max(2, len(old) / 5):
            yield Spot(now[0].file, None, None, f"{len(lost)} figures of the year before are missing")
            continue
        splits = {(one.indicator, one.dimension) for one in now if one.dimension not in ("", "month")}
        for one in lost:
            if (one.indicator, one.dimension) in splits and is_exact(one) and one.value >= LOST:
                message = f"{one.indicator} by {one.dimension} lacks {one.category!r}, which came the year before"
                yield Spot(now[0].file, None, "category", message)


def _by_agency(figures: Sequence[Observation]) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = defaultdict(list)
    for one in figures:
        found[one.agency].append(one)
    return found


@warns("figures_of_another", "figures of two files are the same", "each agency's own figures")
def check_copies(case: Case) -> Iterator[Spot]:
    """Give each file whose counts, five at least, stand in the same order in another file of the year."""
    seen: dict[tuple, str] = {}
    for file, read in case.read.items():
        values = tuple(one.value for one in read.observations if is_exact(one) and one.value >= SAID)
        if len(values) >= MANY and len(set(values)) >= MANY and (other := seen.setdefault(values, file)) != file:
            yield Spot(file, None, "value", f"its {len(values)} figures are those of {other}")


@warns("all_alike", "all categories of a split have one number", "the number of each category")
def check_alike(case: Case) -> Iterator[Spot]:
    """Give each split of which four categories or more have the same count, and each run of quarters or months."""
    groups = [(f"{indicator} by {dimension}", found) for (_, indicator, dimension), found in _splits(case).items()]
    flows = ([one for one in run if one.measure_type == "count" and is_exact(one)] for run in _runs(case))
    for what, found in [*groups, *((f"its {run[0].period.basis}s", run) for run in flows if run)]:
        values = {one.value for one in found}
        if len(found) >= 4 and len(values) == 1 and min(values) >= SAID:
            yield spot(found[0], "value", f"all {len(found)} of {what} are the same number")


@warns("adds_up_as_it_goes", "months or quarters rise one after the other, as sums to date do", "each one's own number")
def check_sums_to_date(case: Case) -> Iterator[Spot]:
    """Give each run of months or quarters that never falls and at its end is three times the first."""
    for run in _runs(case):
        values = [one.value for one in run if one.measure_type == "count" and is_exact(one)]
        if len(values) >= 4 and values == sorted(values) and values[-1] >= 3 * max(values[0], SAID):
            yield spot(run[-1], "value", f"the {len(values)} figures never fall, as sums to date do")


@warns("periods_repeated", "two quarters or months have the same figures", "each one's own figures")
def check_periods_alike(case: Case) -> Iterator[Spot]:
    """Give each quarter or month whose figures, three at least, are all those of one before it in the file."""
    parts: dict[tuple, dict[Period, dict]] = defaultdict(dict)
    for one in case.figures:
        if one.period.basis in ("month", "quarter") and is_exact(one) and one.value >= SAID:
            held = parts[one.file, one.period.basis, one.geography].setdefault(one.period, {})
            held[cell_of(one), one.measure_type] = one
    for periods in parts.values():
        seen: dict[tuple, Period] = {}
        for period, held in periods.items():
            values = tuple(sorted((key, one.value) for key, one in held.items()))
            if len({value for _, value in values}) >= ALL_SAME and seen.setdefault(values, period) != period:
                yield spot(next(iter(held.values())), "value", f"its figures are those of {seen[values].label}")


@warns("periods_missing", "quarters or months of a figure are missing", "every quarter or month of the year, or a note")
def check_runs(case: Case) -> Iterator[Spot]:
    """Give each figure that came by quarter or by month and not for all of them: a file that was cut."""
    runs = list(_runs(case))
    several = {run[0].file for run in runs if len(run) > 1}
    for run in runs:
        held, whole = len({one.period for one in run}), (case.period.months or 0) // (run[0].period.months or 1)
        if run[0].file in several and held < whole:
            message = f"{run[0].indicator} has {held} of the {whole} {run[0].period.basis}s of the year"
            yield spot(run[-1], "period_end", message)


def _runs(case: Case) -> Iterator[list[Observation]]:
    """Give the figures of each file that are of one thing by month or by quarter, in the order of time."""
    runs: dict[tuple, list[Observation]] = defaultdict(list)
    for one in case.figures:
        if one.period.basis in ("month", "quarter") and one.period.end:
            runs[one.file, cell_of(one), one.measure_type, one.period.basis, one.geography].append(one)
    return (sorted(run, key=lambda one: one.period.end) for run in runs.values())


def _splits(case: Case) -> Mapping[tuple[str, str, str], list[Observation]]:
    found: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for one in case.figures:
        if one.dimension and one.measure_type == "count" and is_exact(one):
            found[one.file, one.indicator, one.dimension].append(one)
    return found


@warns("all_zero", "nearly all counts of a file are 0", "the number, or a symbol for what isn't known")
def check_zeros(case: Case) -> Iterator[Spot]:
    """Give each file of counts, eight at least, of which nine tenths are 0: a form that was filled in with noughts."""
    for file, read in case.read.items():
        counts = [one for one in read.observations if one.measure_type == "count" and is_exact(one)]
        if len(counts) >= LEAST and sum(one.value == 0 for one in counts) >= NEARLY_ALL * len(counts):
            yield Spot(file, None, "value", f"nearly all of its {len(counts)} counts are 0")


@warns("all_rounded", "all counts of a file end in 0 or 5", "exact numbers, or the qualifier about")
def check_rounded(case: Case) -> Iterator[Spot]:
    """Give each file of which all exact counts, eight at least, are multiples of five."""
    for file, read in case.read.items():
        counts = [one.value for one in read.observations if one.measure_type == "count" and is_exact(one)]
        large = [value for value in counts if value > 2 * SAID]
        if len(large) >= LEAST and all(value % 5 == 0 for value in large):
            yield Spot(file, None, "value", f"all {len(large)} counts above 20 are multiples of five, said to be exact")
