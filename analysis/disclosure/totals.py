"""Totals that no figure prints by itself: a reader knows them from another split, the base of a share or a rate."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.numbers import ABOVE, Number, Numbers, Side, name_number
from analysis.figures.model import Statistic
from analysis.measures.completion import MONTH
from analysis.measures.measure import Measure
from analysis.measures.relations import adds_up

MONTHS, AREAS, AT_END = 12, "areas", "a stock at the end of its last month"
Splits = dict[tuple, dict[str, Side]]


def list_totals(
    statistics: Sequence[Statistic], measures: Mapping[str, Measure], numbers: Numbers
) -> tuple[list[Cell], list[Fact]]:
    """Return cells of the totals that splits of counts make and nothing prints, and facts that tie splits to a total
    that is known under one of its names, or to such a cell."""
    cells: dict[str, Cell] = {}
    facts = []
    rates = {name_number(s, s.indicator): s for s in statistics if s.measure_type == "rate" and not s.dimension}
    for (total, role, kind, *_, way), sides in _list_splits(statistics, measures, numbers).items():
        value, ids = sum(side.value for side in sides.values()), tuple(_get_ids(sides, role, numbers))
        whole = numbers.at.get(total)
        if (
            kind == "count"
            and way not in (AREAS, AT_END)
            and numbers.truth.get(whole) != value
            and _is_own(total, sides)
        ):
            whole = f"all {total.name} {total.when} {total.place}: {value:g}"
            one = next(iter(sides.values())).statistic
            cells[whole] = Cell(whole, value, "count", one.protects, one.sensitive, loss=0.0)
            facts += [Fact("numerator", whole, (rates[total].statistic_id,))] if total in rates else []
        if whole in cells or numbers.truth.get(whole) == value:
            facts.append(Fact("sum", whole, ids))
    return list(cells.values()), facts


def _list_splits(statistics: Sequence[Statistic], measures: Mapping[str, Measure], numbers: Numbers) -> Splits:
    """Return the sides of each split whose total no figure of its own prints, by each name of that total."""
    printed = {(name_number(s, s.indicator), s.measure_type) for s in statistics}
    home = next((s.geography for s in statistics if s.own_geography), "")
    splits: Splits = defaultdict(dict)
    for side in (side for side in numbers.sides if side.value is not None):
        s = side.statistic
        for way, rename in _list_ways(s, measures[s.indicator], home):
            own = rename(name_number(s, s.indicator))
            known = way != AT_END and (own, s.measure_type) in printed
            for name in map(rename, side.names) if not known else ():
                splits[name, side.role, s.measure_type, s.indicator, s.dimension, way][s.statistic_id] = side
    return {key: sides for key, sides in splits.items() if len(sides) >= (MONTHS if key[-1] == MONTH else 2)}


def _list_ways(s: Statistic, measure: Measure, home: str) -> Iterator[tuple[str, Callable[[Number], Number]]]:
    """Give the ways in which a figure is a part: by its split or month, or by its area; with the name of the total."""
    if s.dimension and adds_up(measure, s.dimension):
        year = {"when": f"{s.offset or 0:+d}{s.part}"} if s.dimension == MONTH else {"dimension": "", "category": ""}
        yield s.dimension, lambda name: name._replace(**year)
        if measure.stock and s.period.end:
            yield AT_END, lambda name: name._replace(**year, when=f"{s.period.end:%Y-%m}")
    if not s.own_geography:
        yield AREAS, lambda name: name._replace(place=home)


def _get_ids(sides: Mapping[str, Side], role: str, numbers: Numbers) -> list[str]:
    return [id if role == ABOVE else numbers.base[id] for id in sides]


def _is_own(total: Number, sides: Mapping[str, Side]) -> bool:
    return all(total.name == side.statistic.indicator for side in sides.values())
