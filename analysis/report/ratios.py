"""Ratio plots of a split by group: how each group's rate stands to that of all other groups, with its interval."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.charts.chart import Mark
from analysis.figures.model import Statistic
from analysis.figures.select import select
from analysis.measures.completion import NO_GROUP
from analysis.methods.checks import RefusedError
from analysis.methods.disparity import relative_rate_index
from analysis.release.release import Release

NOT_COMPARED = (*NO_GROUP, "other or indeterminate")
SAME = "Same rate as all other groups"
NOTE = (
    "Each group's rate over the rate of all other groups shown, {base}, with the 95% interval. "
    "An interval that leaves out one is a clear difference; it says nothing of the cause. "
    "Set beside another base, as a finding may, the ratio is another."
)
BASES = {
    "children": "for their number among children in the area",
    "adults": "for their number among adults in the area",
}
Sides = dict[str, tuple[float, float]]


def make_ratio(base: str, statistics: Sequence[Statistic], release: Release) -> tuple[list[Mark], dict[str, Any], str]:
    """Return marks, options and a note: the relative rate index of each group of a split.

    `base` is a population ("children", "adults") or selects the counts of the stage before. A group whose
    number or base isn't shown is left out of both sides. Raises RefusedError, whose message is for the reader,
    where fewer than two groups have both.
    """
    people = find_base(base, statistics[0].dimension, release)
    groups = [s for s in statistics if s.category.casefold() not in NOT_COMPARED]
    sides: Sides = {
        s.category: (s.value, people[s.category.casefold()])
        for s in groups
        if s.value is not None and people.get(s.category.casefold())
    }
    if len(sides) < 2:
        raise RefusedError("no ratio plot: fewer than two groups have a number and a base that are shown")
    marks = [make_mark(s, sides) for s in groups]
    note = NOTE.format(base=BASES.get(base, "for their number at the stage before"))
    none = [mark.label for mark in marks if mark.display == "[z]"]
    return marks, {"same": SAME}, note + (f" Without events there is no ratio: {', '.join(none)}." if none else "")


def find_base(name: str, dimension: str, release: Release) -> Mapping[str, float]:
    """Return the base of each category (in lower case): people, or published counts of the stage before."""
    if name in BASES:
        return release.populations.get(name, {}).get(dimension, {})
    counts = [s for s in select(release.statistics, name) if s.measure_type == "count" and s.of_year]
    return {s.category.casefold(): s.value for s in counts if s.value}


def make_mark(s: Statistic, sides: Sides) -> Mark:
    """Return a group's mark; the symbol in its place where it has no ratio."""
    if s.category not in sides:
        return Mark(s.label, None, s.display if s.value is None else "[x]")
    count, base = sides[s.category]
    others = [side for category, side in sides.items() if category != s.category]
    found = relative_rate_index(int(count), base, int(sum(n for n, _ in others)), sum(people for _, people in others))
    if not found.value or not found.lower or found.upper is None:
        return Mark(s.label, None, "[z]")
    return Mark(s.label, found.value, f"{found.value:.2f}", lower=found.lower, upper=found.upper)
