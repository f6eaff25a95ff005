"""Counts that came far from what official statistics say of the same council: a question to who sent them."""

from collections.abc import Iterable, Iterator

from analysis.errors import Problem
from analysis.official.sets import comparators_for
from analysis.partnership import Partnership
from analysis.returns.aggregate import Observation
from analysis.settings import get_published_root

RULE = ("far_from_official", "warning")
TIMES, MORE = 3.0, 20  # by which a count is far from the published one; and by so many


def find_far(figures: Iterable[Observation], partnership: Partnership) -> Iterator[Problem]:
    """Give each exact count of the whole area and of a year, or of a day, that is three times the council's own latest
    official figure of that or an earlier year, or a third of it."""
    for one in figures:
        is_whole = one.measure_type == "count" and one.qualifier == "exact" and not one.dimension
        if not (is_whole and one.value and one.period.stated and one.geography == partnership.geography):
            continue
        beside = comparators_for(one.indicator, partnership.area_code, one.period, folder=get_published_root())
        official = beside.own and beside.unit == one.unit and beside.own.value
        if official and is_far(one.value, official):
            more = one.value > official
            times = f"{one.value / official:.0f} times" if more else f"a part (1 in {official / one.value:.0f}) of"
            said = f"{one.indicator} is {times} the council's own official figure of {beside.period.label}"
            file = one.file.removeprefix("counted from ").partition(", ")[0]
            yield Problem(file, one.row or None, "value", *RULE, f"{said} ({beside.source})", "an explanation")


def is_far(ours: float, official: float) -> bool:
    """Whether two counts are of another size."""
    return abs(ours - official) >= MORE and max(ours, official) >= TIMES * min(ours, official)
