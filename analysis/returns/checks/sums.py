"""Rules about figures together: parts and wholes, and the year before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from analysis.measures.periods import Period
from analysis.returns.checks.against import is_year_on, when_of
from analysis.returns.checks.cells import Cell, Fact, Range, cell_of, context_of, is_exact, list_facts, range_of
from analysis.returns.checks.figures import spot
from analysis.returns.checks.rule import Case, Spot, stops, warns

Cells = Mapping[Cell, Range]


@stops("parts_exceed_whole", "parts come to more than their whole", "the whole is the sum of its parts")
def check_excess(case: Case) -> Iterator[Spot]:
    """Give each whole that its parts together exceed, whether all of them are given or not."""
    for fact, cells in _given(case, "sum"):
        parts = [cells[cell] for cell in fact.parts if cell in cells]
        whole = cells[fact.whole]
        if sum(part.low for part in parts) > whole.high:
            yield spot(whole.figure, "value", f"is less than its {len(parts)} parts together ({_rows(parts)})")


@warns("parts_against_whole", "parts don't reach their whole", "the whole is the sum of its parts")
def check_sums(case: Case) -> Iterator[Spot]:
    """Give each whole that its parts don't reach although every part is given."""
    for fact, cells in _given(case, "sum"):
        parts = [cells[cell] for cell in fact.parts if cell in cells]
        whole = cells[fact.whole]
        if parts and len(parts) == len(fact.parts) and sum(part.high for part in parts) < whole.low:
            yield spot(whole.figure, "value", f"is more than its {len(parts)} parts together ({_rows(parts)})")


@warns("split_cut_short", "a file ends within a split that doesn't reach its whole", "every row of the split")
def check_end(case: Case) -> Iterator[Spot]:
    """Give the last figure of each file where it is a category of a split of which others didn't come, and all that did
    come to less than the whole, or than another split of the same: a file that was cut at the end of a line."""
    contexts, sums = _contexts(case), [fact for fact in list_facts(case.catalogue) if fact.kind == "sum"]
    for read in case.read.values():
        for last in sorted(read.observations, key=attrgetter("file", "row"))[-1:]:
            cells, cell = contexts.get(context_of(last), {}), cell_of(last)
            if cell in cells and any(cell in fact.parts and _is_cut_short(fact, cells, sums) for fact in sums):
                yield spot(
                    last, "category", f"is the last row, and {last.indicator} by {last.dimension} isn't complete"
                )


def _is_cut_short(fact: Fact, cells: Cells, sums: Sequence[Fact]) -> bool:
    wholes = [_add(other, cells) for other in sums if other.whole == fact.whole and other != fact]
    whole = cells[fact.whole].low if fact.whole in cells else max(wholes, default=0)
    return any(part not in cells for part in fact.parts) and _add(fact, cells) < whole


def _add(fact: Fact, cells: Cells) -> float:
    return sum(cells[part].high for part in fact.parts if part in cells)


def _rows(parts: list[Range]) -> str:
    files = sorted({part.figure.file for part in parts})
    return "; ".join(
        f"{file}, rows {', '.join(str(part.figure.row) for part in parts if part.figure.file == file)}"
        for file in files
    )


@stops("part_exceeds_whole", "a part is more than what it is a part of", "at most the whole")
def check_parts(case: Case) -> Iterator[Spot]:
    """Give each part that is more than its whole: children more than all, met more than asked."""
    for fact, cells in _given(case, "part"):
        whole = cells[fact.whole]
        for part in (cells[cell] for cell in fact.parts if cell in cells):
            if part.low > whole.high:
                yield spot(part.figure, "value", f"is more than the whole in row {whole.figure.row}")


@stops("part_of_year_exceeds_year", "quarters or months come to more than the year they are of", "at most the year's")
def check_year_parts(case: Case) -> Iterator[Spot]:
    """Give each flow less than a shorter one within it; of events, which lie in one quarter each, less than several
    apart from each other. People may be counted in each of several."""
    held: dict[tuple, list[Range]] = defaultdict(list)
    for figure in case.figures:
        if figure.measure_type == "count" and figure.period.stated and figure.period.months and range_of(figure):
            held[cell_of(figure), figure.unit, figure.geography].append(range_of(figure))
    for ranges in held.values():
        for whole in ranges:
            within = [one for one in ranges if _is_within(one.figure.period, whole.figure.period)]
            people = case.catalogue.measures[whole.figure.indicator].counts_people
            parts = max(_apart(within, people), key=_low, default=[])
            if _low(parts) > whole.high:
                yield spot(whole.figure, "value", f"is less than its parts of the year ({_rows(parts)})")


def _low(parts: Sequence[Range]) -> float:
    return sum(part.low for part in parts)


def _is_within(part: Period, whole: Period) -> bool:
    return part.months < whole.months and whole.start <= part.start and part.end <= whole.end


def _apart(parts: Sequence[Range], people: bool) -> list[list[Range]]:
    """Return each part by itself; of events also all of one length, unless two of them overlap."""
    alone = [[part] for part in parts]
    lengths: dict[int, dict[Period, Range]] = defaultdict(dict)
    for part in parts if not people else ():
        lengths[part.figure.period.months].setdefault(part.figure.period, part)
    runs = [sorted(run.values(), key=lambda one: one.figure.period.start) for run in lengths.values()]
    return alone + [run for run in runs if all(a.figure.period.end < b.figure.period.start for a, b in pairwise(run))]


def _given(case: Case, kind: str) -> Iterator[tuple[Fact, Cells]]:
    """Give each fact of a kind with the cells of one day and area, where its whole is among them."""
    contexts = _contexts(case)
    for fact in list_facts(case.catalogue):
        for cells in contexts.values() if fact.kind == kind else ():
            if fact.whole in cells:
                yield fact, cells


def _contexts(case: Case) -> dict[tuple, Cells]:
    """Return the counts of each day and area. A cell given as both ends of a range is what both allow; one that is
    given twice differently belongs to another rule."""
    found: dict[tuple, dict[Cell, Range]] = defaultdict(dict)
    for figure in case.figures:
        values = range_of(figure) if figure.measure_type == "count" else None
        if values:
            cells, cell = found[context_of(figure)], cell_of(figure)
            before = cells.get(cell, values)
            cells[cell] = Range(max(before.low, values.low), min(before.high, values.high), before.figure)
    return found


@stops("shares_over_100", "shares of one whole come to more than 100 per cent", "100 per cent, and what rounding adds")
def check_shares(case: Case) -> Iterator[Spot]:
    """Give the last of the shares that together come to more than a whole, where a sum is said to hold for them."""
    parts = (part for fact in list_facts(case.catalogue) if fact.kind == "sum" for part in fact.parts)
    # shares that are figures of their own, like those in time, each have a base of their own and add up to nothing
    measures = case.catalogue.measures
    exclusive = {(p.indicator, p.dimension) for p in parts if measures[p.indicator].measure == "count"}
    sums: dict[tuple, list[Range]] = defaultdict(list)
    for figure in case.figures:
        values = range_of(figure) if figure.measure_type == "percent" and figure.dimension else None
        if values and (figure.indicator, figure.dimension) in exclusive:
            sums[context_of(figure), figure.indicator, figure.dimension].append(values)
    for parts in sums.values():
        rounding = sum(0.5 * 10**-part.figure.decimals for part in parts)
        if sum(part.low for part in parts) > 100 + rounding:
            yield spot(parts[-1].figure, "value", f"with {len(parts) - 1} other shares comes to more than 100 per cent")


@warns(
    "change_against_figures", "a stated change isn't that between the two years' figures", "the change of the figures"
)
def check_change(case: Case) -> Iterator[Spot]:
    """Give each change in per cent that the figures of the two years don't print as."""
    now = {when_of(one): one for one in case.figures if is_exact(one) and one.measure_type == "count"}
    before = {when_of(one): one for one in case.earlier if is_exact(one) and one.measure_type == "count"}
    for figure in case.figures:
        new, old = now.get(when_of(figure)), before.get(when_of(figure))
        stated = figure.measure_type == "change_percent" and is_exact(figure)
        if stated and new and old and old.value and new.unit == old.unit and is_year_on(old, new):
            change = (new.value - old.value) / old.value * 100
            if abs(change - figure.value) > 0.5 * 10**-figure.decimals + 1e-9:
                yield spot(figure, "value", f"isn't the change between row {old.row} of {old.file} and row {new.row}")
