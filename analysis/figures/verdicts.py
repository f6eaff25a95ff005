"""Which changes of a report may be called a rise or a fall: by a test that fits, corrected over all of them at once."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.counting.definitions import get_definitions
from analysis.figures.model import Statistic
from analysis.measures.measure import Measure
from analysis.methods.change import (
    AMONG,
    CHANCE,
    FALLEN,
    MINIMUM_BASE,
    RISEN,
    TOO_FEW,
    UNCHANGED,
    VARIED,
    Change,
    change_between_counts,
    change_between_proportions,
    change_between_rates,
    is_alike,
)
from analysis.methods.evidence import (
    YEARS_OF_SPREAD,
    judge_pair,
    judge_two_shares,
    select_beyond_chance,
    spread_of_counts,
    spread_of_shares,
)

Measures = Mapping[str, Measure]
BATCHES = "such counts vary by more than chance, and fewer than three earlier years tell by how much"


class Judged(NamedTuple):
    """A verdict, or why there is none (`untested`), with its method."""

    verdict: str = ""
    untested: str = ""
    method: str = ""


class Tested(NamedTuple):
    """A change with its p-value and by how much such figures vary more than chance."""

    change: Change
    p: float
    spread: float


def judge_changes(courses: Mapping[int, Sequence[Statistic]], measures: Measures) -> dict[int, Judged]:
    """Return the verdict on each figure's change since the year before, by the place of its course.

    A course is the figure and the comparable ones before it, newest first. A rise or fall is called by a score test,
    widened where earlier years vary more than chance, and corrected (Benjamini and Hochberg) over all totals and, apart
    from these, over all parts of splits: a report has ten parts to a total, whose noise would drown it.
    """
    reasons = {place: find_unfit(course, measures.get(course[0].indicator)) for place, course in courses.items()}
    tested = {place: measure(course) for place, course in courses.items() if not reasons[place]}
    fit = {place: one for place, one in tested.items() if one.change.verdict != TOO_FEW}
    families = ([place for place in fit if bool(courses[place][0].dimension) == parts] for parts in (False, True))
    beyond = {place for family in families for place in choose_beyond_chance(family, fit)}
    unfit = {
        place: Judged(TOO_FEW) if is_of_few(*courses[place][:2], events=reason == BATCHES) else Judged(untested=reason)
        for place, reason in reasons.items()
        if reason
    }
    judged = unfit | {place: _judge(one, beyond=place in beyond) for place, one in tested.items()}
    parts_first = sorted(judged, key=lambda place: (not courses[place][0].dimension, -place))
    firsts = {_name_pair(courses[place]): place for place in parts_first}  # of the same numbers the last: a total
    return {place: judged[firsts[_name_pair(courses[place])]] for place in judged}


def _name_pair(course: Sequence[Statistic]) -> tuple:
    """Return what two figures of a measure have in common that are the same numbers in both years: of a total and a
    part that is all of it one can't have changed and the other not."""
    pair = ((s.value, s.numerator, s.denominator, s.period) for s in course[:2])
    return (course[0].indicator, course[0].measure_type, *pair)


def choose_beyond_chance(family: Sequence[int], fit: Mapping[int, Tested]) -> set[int]:
    """Return those of a family of tests that are beyond chance."""
    chosen = select_beyond_chance([fit[place].p for place in family])
    return {place for place, news in zip(family, chosen, strict=True) if news}


def _judge(one: Tested, *, beyond: bool) -> Judged:
    change = one.change
    if change.verdict == TOO_FEW:
        return Judged(TOO_FEW, method=change.method)
    if beyond:
        return Judged(RISEN if change.difference > 0 else FALLEN, method=change.method)
    if is_alike(change, spread=one.spread):
        return Judged(UNCHANGED, method=change.method)
    if change.verdict in (RISEN, FALLEN):  # beyond chance by itself, but not beyond the years before, or among so many
        return Judged(VARIED if one.spread > 1 else AMONG, method=change.method)
    return Judged(CHANCE, method=change.method)


def is_of_few(*pair: Statistic, events: bool = False) -> bool:
    """Whether one of two figures is a share of a base smaller than any share is compared on, tested or not, or is
    smaller than that itself where they count `events`."""
    bases = (s.denominator or 0 for s in pair if s.measure_type == "percent")
    return any(0 < base < MINIMUM_BASE for base in bases) or (events and any(s.value < MINIMUM_BASE for s in pair))


def find_unfit(course: Sequence[Statistic], measure: Measure | None) -> str:
    """Return why no test fits a figure; nothing where one does."""
    now, before = course[0], course[1]
    sides = (now.numerator, now.denominator, before.numerator, before.denominator)
    if now.measure_type in ("percent", "rate"):
        if None not in sides and before.denominator and now.denominator:
            return ""
        return "no base was given" if now.denominator is None else "no test fits what isn't counted one by one"
    definition = get_definitions().get(now.indicator)
    if now.measure_type != "count" or (definition is not None and definition.method == "total"):
        return "a sum, mean or median, whose spread is not known"
    if measure and measure.is_arranged:
        return "how many there are is decided, not left to chance"
    if measure is None or measure.counts_people or len(course) > YEARS_OF_SPREAD:
        return ""
    return BATCHES


def measure(course: Sequence[Statistic]) -> Tested:
    """Return the change between the first two figures of a course that can be tested."""
    now, before = course[0], course[1]
    based = [s for s in course[1:] if s.numerator is not None and s.denominator]
    sides = (before.numerator, before.denominator, now.numerator, now.denominator)
    if now.measure_type == "percent":
        spread = spread_of_shares([s.numerator for s in based], [s.denominator for s in based])
        change = change_between_proportions(*(int(side) for side in sides))
        return Tested(change, judge_two_shares(*sides, spread=spread), spread)
    if now.measure_type == "rate":
        spread = spread_of_counts([s.numerator for s in based])
        change = change_between_rates(int(sides[0]), sides[1], int(sides[2]), sides[3])
    else:
        spread = spread_of_counts([s.value for s in course[1:]])
        sides = (before.value, 1, now.value, 1)
        change = change_between_counts(int(before.value), int(now.value))
    return Tested(change, judge_pair(*sides, spread=spread) if sides[0] + sides[2] else 1.0, spread)
