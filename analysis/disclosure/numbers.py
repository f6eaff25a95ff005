"""What each figure counts: the numbers of people or things behind it, each one unknown wherever it's printed.

A count is a number; a share stands for two, above its line and below it; a rate for one, a mean or a median for its
base. By their records two figures may be of the same number: that they are is known once both are counted. A number
that no figure prints by itself, such as a base that several shares have in common, is a cell of its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.disclosure.cells import OF_PEOPLE, Cell, Fact
from analysis.figures.model import Statistic
from analysis.measures.completion import MONTH
from analysis.measures.measure import AVERAGES, Measure
from analysis.measures.relations import parse

ABOVE, BELOW = "above", "below"


class Number(NamedTuple):
    """A number of the catalogue: of which measure's people or events, which of them, when and where."""

    name: str
    dimension: str
    category: str
    when: str
    place: str


class Side(NamedTuple):
    """One number of a figure as the return gives it, None where it doesn't, by all the names that it may go by."""

    statistic: Statistic
    role: str
    value: float | None
    names: tuple[Number, ...]


@dataclass
class Numbers:
    """The sides of all figures; the cells of numbers that no figure prints alone, and the facts that tie figures to
    numbers; by name the cell of each number, by cell the number, by figure the cells above and below its line, and that
    of its base alone."""

    sides: Sequence[Side] = ()
    cells: list[Cell] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    at: dict[Number, str] = field(default_factory=dict)
    truth: dict[str, float] = field(default_factory=dict)
    views: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    base: dict[str, str] = field(default_factory=dict)


def list_numbers(statistics: Sequence[Statistic], measures: Mapping[str, Measure]) -> Numbers:
    """Return the numbers behind the statistics, and what ties these to them."""
    found = Numbers([side for s in statistics for side in read_sides(s, measures[s.indicator])])
    groups = list(_group([side for side in found.sides if side.value is not None]))
    for group in groups:
        _note(group, measures, found)
    for side in (side for group in groups for side in group if side.role == BELOW):
        for name in side.names[:2]:
            found.at.setdefault(name, found.base[side.statistic.statistic_id])
    for side in found.sides:
        if side.value is None:
            _tie_unsaid(side, found)
    return found


def read_sides(s: Statistic, measure: Measure) -> Iterator[Side]:
    """Give the numbers of one figure. A printed count that isn't exact is one that no other figure equals."""
    exact = s.qualifier == "exact" and s.value is not None
    if s.measure_type == "count":
        yield Side(s, ABOVE, s.value if exact else None, tuple(_name_above(s, measure)))
    elif s.measure_type in OF_PEOPLE:
        yield Side(s, ABOVE, s.numerator if exact else None, tuple(_name_above(s, measure)))
    if s.measure_type in ("percent", *AVERAGES):
        yield Side(s, BELOW, s.denominator if exact else None, tuple(_name_below(s, measure)))


def _name_above(s: Statistic, measure: Measure) -> Iterator[Number]:
    """Give its own name; of a stock's whole that of the month at whose end it stands; and those that its record gives
    for the same number."""
    own = name_number(s, s.indicator)
    yield own
    if measure.stock and not s.dimension and s.period.end:
        yield own._replace(when=f"{s.period.end:%Y-%m}")
    for selector in (measure.same_as, *(measure.numerator if len(measure.numerator) == 1 else ())):
        yield from name_selected(own, selector)


def _name_below(s: Statistic, measure: Measure) -> Iterator[Number]:
    """Give the names of a base: of a share of a count's own whole; else what the record says it is of, for the same
    category and for all of them together."""
    own = name_number(s, s.indicator)
    if measure.measure == "count" and s.measure_type == "percent" and own.dimension:
        yield own._replace(dimension="", category="")
    elif measure.of:
        yield own._replace(name=f"{measure.of} {measure.of_only}".strip())
        yield own._replace(name=measure.of)
        yield own._replace(name=measure.of, dimension="", category="")
    for selector in measure.base if len(measure.base) == 1 else ():
        yield from name_selected(own, selector)


def name_selected(own: Number, selector: str) -> Iterator[Number]:
    """Give the number that a selector of a record names beside a number: that of the same category, or one of another
    split beside a whole."""
    name, dimension, category = parse(selector)
    if name and not dimension:
        yield own._replace(name=name)
    elif name and not own.dimension:
        yield own._replace(name=name, dimension=dimension, category=category)


def name_number(s: Statistic, name: str) -> Number:
    """Return the number of a measure for the same people or events, time and place as a statistic's. A month is a time,
    not a part."""
    if s.dimension == MONTH:
        return Number(name, "", "", s.category, s.geography)
    if s.period.months == 1:
        return Number(name, s.dimension, s.category, f"{s.period.end:%Y-%m}", s.geography)
    when = f"{s.period.end:%Y-%m}" if s.part and s.period.basis == MONTH else f"{s.offset or 0:+d}{s.part}"
    when = "" if s.offset is None else when
    return Number(name, s.dimension, s.category, when, s.geography)


def _group(sides: Sequence[Side]) -> Iterator[list[Side]]:
    """Give the sides that are the same number: one name and one value in common, or so through others."""
    parent = list(range(len(sides)))

    def find(one: int) -> int:
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        return one

    first: dict[tuple[Number, float], int] = {}
    for place, side in enumerate(sides):
        for name in side.names:
            parent[find(place)] = find(first.setdefault((name, side.value), place))
    groups = defaultdict(list)
    for place, side in enumerate(sides):
        groups[find(place)].append(side)
    yield from groups.values()


def _note(group: Sequence[Side], measures: Mapping[str, Measure], found: Numbers) -> None:
    """Note one number: which cell stands for it, and what ties the figures that print it to that cell."""
    ids = [side.statistic.statistic_id for side in group]
    counts = [id for side, id in zip(group, ids, strict=True) if side.statistic.measure_type == "count"]
    if not counts and (len(group) > 1 or group[0].role == BELOW):
        counts = [f"{group[0].role} the line of {ids[0]}"]
        found.cells.append(_make_cell(counts[0], group, measures))
    number, *same = counts or ids
    found.truth[number] = group[0].value
    found.facts += [Fact("sum", number, (other,)) for other in same]
    for side, id in zip(group, ids, strict=True):
        if id not in counts and id != number:
            found.facts.append(Fact("share" if side.role == BELOW else "numerator", number, (id,)))
        found.views[id][side.role] = number
        if side.role == BELOW:
            found.base[id] = number
        else:
            found.truth[id] = side.value
            found.at.setdefault(side.names[0], number)


def _make_cell(id: str, group: Sequence[Side], measures: Mapping[str, Measure]) -> Cell:
    """Return the cell of a number that no count prints: it costs nothing to hide but what must be hidden with it."""
    named = [measures[name.name] for side in group for name in side.names if name.name in measures]
    owners = [measure for measure in named if measure.shown] or [side.statistic for side in group]
    protected = [one.protects for one in owners]
    return Cell(
        id=id,
        value=group[0].value,
        measure="count",
        protects="people" if "people" in protected else protected[0],
        sensitive=any(side.statistic.sensitive for side in group),
        loss=0.0,
    )


def _tie_unsaid(side: Side, found: Numbers) -> None:
    """Tie a share or rate that gives no numbers to the count that has its name, or the first of its names."""
    id, kind = side.statistic.statistic_id, "share" if side.role == BELOW else "numerator"
    number = next((found.at[name] for name in side.names if name in found.at), id)
    if side.statistic.measure_type != "count" and number != id:
        found.facts.append(Fact(kind, number, (id,)))
