"""What a topic warns of: each caution where the figures that the topic shows make it true, and nowhere else."""

from collections.abc import Callable, Mapping, Sequence

from analysis.figures.display import CHANGE_MEASURES
from analysis.figures.model import SUPPRESSED, Statistic
from analysis.figures.published import Official
from analysis.figures.select import select
from analysis.measures.periods import MONTHS_OF_YEAR
from analysis.measures.topics import Caveat
from analysis.methods.evidence import MINIMUM_BASE

DIFFERS = "{title}: the return gives {ours}, the published figure is {own}. The two have not been reconciled."
REPEATED = 1.25  # events for each person, from which some must have several
Test = Callable[[Statistic], bool]


def is_share(s: Statistic) -> bool:
    """Whether a figure is a share that is shown."""
    return s.published and s.measure_type == "percent"


# What is asked of single figures: a caution stands where one of those shown, or of those that it names, is so.
OF_FIGURES: Mapping[str, Test] = {
    "shows": lambda _: True,
    "zero": lambda s: s.value == 0,
    "no_base": lambda s: is_share(s) and s.denominator is None,
    "few": lambda s: is_share(s) and s.denominator is not None and s.denominator < MINIMUM_BASE,
    "inexact": lambda s: s.published and s.qualifier != "exact",
    "returned": lambda s: s.published and not s.is_counted,
    "change": lambda s: s.published and s.measure_type in CHANGE_MEASURES,
    "hidden": lambda s: s.status == SUPPRESSED,
    "no_period": lambda s: not s.period.stated,
    "calendar_year": lambda s: s.period.basis == "calendar_year",
    "long_period": lambda s: (s.period.months or 0) > MONTHS_OF_YEAR,
    "next_year": lambda s: (s.offset or 0) > 0,
    "other_area": lambda s: not s.own_geography and s.geography != "unclear",
    "no_area": lambda s: s.geography == "unclear",
}


def list_cautions(caveats: Sequence[Caveat], shown: Sequence[Statistic], held: Sequence[Statistic]) -> list[str]:
    """Return the cautions that hold of the figures that a topic shows; `held` are all of the release."""
    return [one.say for one in caveats if not one.when or holds(one.when, shown, held)]


def holds(when: str, shown: Sequence[Statistic], held: Sequence[Statistic]) -> bool:
    """Whether a condition is true: one of `measures.topics.CONDITIONS` and the figures that it is about."""
    name, *selectors = when.split()
    about = [s for selector in selectors for s in select(shown, selector)] if selectors else shown
    if name == "lacks":
        return not any(s.published for selector in selectors for s in select(held, selector))
    if name == "no_share":
        return bool(about) and not any(map(is_share, about))
    if name == "repeats":
        events, people = (next((s.value for s in select(shown, one) if s.current), None) for one in selectors)
        return bool(events and people) and events >= REPEATED * people
    return any(map(OF_FIGURES[name], about))


def tell_differences(shown: Sequence[Statistic], officials: Sequence[Official]) -> list[str]:
    """Return each count of which the return and the council's published figure stand in one table and differ; nothing
    where the country's alone is published."""
    counts = {s.indicator: s for s in shown if s.of_year and s.own_geography and not s.dimension and not s.category}
    return [
        DIFFERS.format(title=s.title, ours=s.display, own=official.places[0].display)
        for official in officials
        if len(official.places) > 1
        if (s := counts.get(official.comparator)) and s.measure_type == "count" and s.period.label == official.period
        if s.published and official.places[0].value not in (None, s.value)
    ]


def warn(statistics: Sequence[Statistic], period: str) -> list[str]:
    """Return what a reader must be warned of, whatever the topic: no figure, another period, another area.

    `period` is the label of the report's own. Figures of other years stand with their own dates.
    """
    if not statistics:
        return ["No figure for this topic was returned."]
    current = [s for s in statistics if s.of_year and s.period.stated and s.period.basis != "snapshot"]
    other = dict.fromkeys(s.period.label for s in current if s.period.label != period and (s.period.months or 0) > 1)
    places = dict.fromkeys(s.geography for s in statistics if OF_FIGURES["other_area"](s))
    return [
        *(f"Some figures are for {label}, not for the report's own period ({period})." for label in other),
        *(f"Some figures are for {name}, not for the partnership's own area." for name in places),
    ]
