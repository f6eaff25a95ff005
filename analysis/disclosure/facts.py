"""What ties the figures of a release together: the relations of the catalogue, stated of figures that are there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.disclosure.cells import CHANGES, OF_PEOPLE, Cell, Fact
from analysis.disclosure.numbers import ABOVE, Numbers, name_number, name_selected
from analysis.disclosure.showing import OF_RATIOS
from analysis.disclosure.spans import tie_parts
from analysis.figures.model import Statistic
from analysis.measures.measure import Measure
from analysis.measures.relations import FactRow

MONTHLY, YEARLY = re.compile(r"\d{4}-\d{2}"), re.compile(r"[+-]\d+")
NEAR = 5  # people or events: a relation that is off by fewer will be believed
COUNTED, HOLDING = ("count", "percent"), ("part", "bound")
NO_FIGURES = (*CHANGES, "rate", "target", "threshold")
Index = dict[tuple[str, str], list[Statistic]]


def make_facts(statistics: Sequence[Statistic], rows: Iterable[FactRow]) -> list[Fact]:
    """Return the facts between the statistics of one year, or of one part of it, for each that has them."""
    years: dict[tuple, Index] = defaultdict(lambda: defaultdict(list))
    for s in statistics:
        years[s.offset, s.part][s.indicator, s.dimension].append(s)
    by_fact = defaultdict(list)
    for row in rows:
        by_fact[row.fact].append(row)
    return [fact for members in by_fact.values() for year in years.values() for fact in _facts_of(members, year)]


def _facts_of(rows: Sequence[FactRow], year: Index) -> list[Fact]:
    """Return one fact for each whole that the rows find; its parts are of the whole's area where they can be, else of
    areas of which there is no whole.

    A sum is a sum even where the returned figures don't add up: who knows by how much can still subtract. Parts that
    may overlap are taken to add up where they do, as any reader would find.
    """
    kind = rows[0].kind
    counted = COUNTED if kind in HOLDING else ("count",)
    measures = OF_RATIOS if kind in ("share", "numerator") else counted
    wholes = [s for row in rows if row.role == "whole" for s in _matching(row, year, counted)]
    parts = [s for row in rows if row.role == "part" for s in _matching(row, year, measures)]
    if kind == "within":
        return _facts_within(rows, wholes, parts)
    facts, places = [], {whole.geography for whole in wholes}
    elsewhere = [part for part in parts if part.geography not in places]
    for whole in wholes:
        near = [part for part in parts if part.geography == whole.geography] or elsewhere
        inner = [part for part in near if part.statistic_id != whole.statistic_id and _is_alike(part, whole, kind)]
        ids = tuple(part.statistic_id for part in inner)
        facts += [Fact(kind, whole.statistic_id, ids)] if ids else []
        if kind == "part" and len(ids) > 1 and sum(map(_get_people, inner)) == _get_people(whole):
            facts.append(Fact("sum", whole.statistic_id, ids))
    return facts


def _is_alike(part: Statistic, whole: Statistic, kind: str) -> bool:
    """Whether one can hold the other: counts, or shares of which the numbers above the line are given."""
    if kind not in HOLDING:
        return True
    shares = whole.measure_type == "percent" and None not in (part.numerator, whole.numerator)
    alike = part.measure_type == whole.measure_type and (whole.measure_type == "count" or shares)
    return alike and not (kind == "bound" and _get_people(part) > _get_people(whole))


def _get_people(s: Statistic) -> float:
    return (s.value if s.measure_type == "count" else s.numerator) or 0


def _facts_within(rows: Sequence[FactRow], wholes: Sequence[Statistic], parts: Sequence[Statistic]) -> list[Fact]:
    """Return one fact for each part that wholes hold together; none where one of the wholes is missing."""
    named = {(row.indicator, row.dimension, row.category) for row in rows if row.role == "whole"}
    facts = []
    for part in parts:
        near = [whole for whole in wholes if whole.geography == part.geography]
        if named == {(one.indicator, one.dimension, one.category) for one in near}:
            facts.append(Fact("within", part.statistic_id, tuple(one.statistic_id for one in near)))
    return facts


def _matching(row: FactRow, year: Index, measures: Sequence[str]) -> list[Statistic]:
    anything = row.dimension and not row.category
    return [
        s
        for s in year.get((row.indicator, row.dimension), ())
        if (anything or s.category == row.category) and s.measure_type in measures
    ]


def derive_facts(statistics: Sequence[Statistic], measures: Mapping[str, Measure], numbers: Numbers) -> Iterator[Fact]:
    """Give the facts between the numbers behind the statistics: bases that can't exceed what they are of, shares that
    add up, changes, stocks that grow and shrink."""
    for s in statistics:
        yield from _bound_base(s, measures[s.indicator], numbers)
        yield from _add_sides(s, measures[s.indicator], numbers)
    yield from _add_shares(statistics, numbers)
    yield from tie_parts(statistics, numbers)
    yield from _tie_changes(statistics)
    yield from _tie_stocks(measures, numbers)


def _bound_base(s: Statistic, measure: Measure, numbers: Numbers) -> Iterator[Fact]:
    """Tell that those of a measure at whom a share looks are no more than all of them."""
    base, whole = numbers.base.get(s.statistic_id), numbers.at.get(name_number(s, measure.of))
    if base and whole and base != whole and numbers.truth[base] <= numbers.truth[whole]:
        yield Fact("bound", whole, (base,))


def _add_sides(s: Statistic, measure: Measure, numbers: Numbers) -> Iterator[Fact]:
    """Tell that a share's part, or its base, is what its record names, several figures together, where it is."""
    base = numbers.base.get(s.statistic_id)
    for id, value, selectors in ((s.statistic_id, s.numerator, measure.numerator), (base, s.denominator, measure.base)):
        names = [name for one in selectors for name in name_selected(name_number(s, s.indicator), one)]
        found = [numbers.at.get(name) for name in names]
        told = id and len(found) == len(selectors) > 1 and None not in found
        if told and sum(numbers.truth[part] for part in found) == value:
            yield Fact("sum", id, tuple(found))


def _add_shares(statistics: Sequence[Statistic], numbers: Numbers) -> Iterator[Fact]:
    """Tell of a split of shares that their parts add up, and their bases: each to that of the whole, or the parts to
    the one base that they have in common."""
    percents = [s for s in statistics if s.measure_type == "percent" and s.numerator is not None]
    sided = [s for s in percents if numbers.base.get(s.statistic_id)]
    wholes = {_place(s): s for s in sided if not s.dimension}
    splits = defaultdict(list)
    for s in sided:
        if s.dimension:
            splits[s.dimension, *_place(s)].append(s)
    for (_, *place), parts in ((name, found) for name, found in splits.items() if len(found) > 1):
        whole, ids = wholes.get(tuple(place)), tuple(s.statistic_id for s in parts)
        bases = tuple(numbers.base[id] for id in ids)
        if whole and sum(s.numerator for s in parts) == whole.numerator:
            yield Fact("sum", whole.statistic_id, ids)
        if whole and sum(s.denominator for s in parts) == whole.denominator:
            yield Fact("sum", numbers.base[whole.statistic_id], bases)
        if len({s.denominator for s in parts}) == 1:
            yield from (Fact("sum", bases[0], (base,)) for base in dict.fromkeys(bases[1:]) if base != bases[0])
            if sum(s.numerator for s in parts) == parts[0].denominator:
                yield Fact("sum", bases[0], ids)


def _place(s: Statistic) -> tuple:
    return s.indicator, s.offset, s.part, s.geography


def _tie_changes(statistics: Sequence[Statistic]) -> Iterator[Fact]:
    """Tie a change, as it was returned, to the figure now and the figure a year before."""
    figures = {(*s.key[:3], s.part, s.geography, s.offset): s for s in statistics if s.measure_type not in NO_FIGURES}
    for s in statistics:
        now = figures.get((*s.key[:3], s.part, s.geography, s.offset)) if s.measure_type in CHANGES else None
        if now and s.offset is not None:
            before = figures.get((*s.key[:3], s.part, s.geography, s.offset - 1))
            name = before.statistic_id if before else f"{now.statistic_id} a year before"
            yield Fact("change", now.statistic_id, (name, s.statistic_id))


def _tie_stocks(measures: Mapping[str, Measure], numbers: Numbers) -> Iterator[Fact]:
    """Tell that what stands at the end of a month or year is what stood before it, and those who came, less those who
    went: of all together, and of each category of a split whose numbers show that hardly anybody changes theirs (as of
    sex or category of abuse, not of age)."""
    flows = defaultdict(list)
    for now, id in numbers.at.items():
        measure = measures.get(now.name)
        if measure and measure.grows_by and (before := _get_earlier(now.when)):
            names = (measure.id, before), (measure.grows_by, now.when), (measure.shrinks_by, now.when)
            parts = tuple(numbers.at.get(now._replace(name=name, when=when)) for name, when in names)
            if None not in parts:
                flows[now._replace(category="")].append((id, parts))
    for found in flows.values():
        if all(abs(_get_gap(id, *parts, numbers.truth)) < NEAR for id, parts in found):
            yield from (Fact("flow", id, parts) for id, parts in found)


def _get_gap(now: str, before: str, came: str, went: str, truth: Mapping[str, float]) -> float:
    return truth[before] + truth[came] - truth[went] - truth[now]


def _get_earlier(when: str) -> str:
    """Return the month before a month (2023-04), the year before a year (+0); nothing for another time."""
    if MONTHLY.fullmatch(when):
        year, month = map(int, when.split("-"))
        return f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}"
    return f"{int(when) - 1:+d}" if YEARLY.fullmatch(when) else ""


def list_elsewhere(statistics: Sequence[Statistic], numbers: Numbers) -> tuple[list[Cell], list[Fact]]:
    """Return what ties the numbers of parts of the area to that of the whole, and cells of those in none of them."""
    areas = defaultdict(list)
    for s in statistics:
        if s.qualifier == "exact" and s.value is not None and s.measure_type in ("count", *OF_PEOPLE):
            for role, number in numbers.views.get(s.statistic_id, {}).items():
                id = s.statistic_id if role == ABOVE else number
                areas[s.indicator, s.dimension, s.category, s.measure_type, s.period, role].append((s, id))
    cells, facts = [], []
    for found in areas.values():
        wholes, parts = [(s, id) for s, id in found if s.own_geography], [id for s, id in found if not s.own_geography]
        rest = numbers.truth[wholes[0][1]] - sum(numbers.truth[id] for id in parts) if wholes else -1
        if rest >= 0 and len(parts) > 1:
            whole, id = wholes[0]
            if rest:
                parts.append(f"{id} elsewhere")
                cells.append(Cell(parts[-1], rest, "count", whole.protects, whole.sensitive, loss=0.0))
            facts.append(Fact("sum", id, tuple(parts)))
    return cells, facts
