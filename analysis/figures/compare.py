"""A statistic against the one before it: compared where that is fair, refused in words where not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from analysis.figures.display import display_gap, display_number, display_points, round_money
from analysis.figures.model import Comparison, Statistic
from analysis.figures.verdicts import Judged, Measures, judge_changes
from analysis.measures.measure import AVERAGES
from analysis.measures.periods import compare_periods
from analysis.methods.change import TOO_FEW, UNCHANGED
from analysis.methods.rounding import round_half_up
from analysis.partnership import Break
from analysis.returns.series import say_difference

MONEY = "gbp"
LEAST_OF_SHARE = 10  # of a smaller count a change is no percentage: "4 more (200%)"
DURATIONS = ("minutes", "hours", "days", "working_days", "weeks", "months", "years")
RELATIVE = ("count", "amount", "rate")
WAYS = {"count": ("more", "fewer"), "amount": ("more", "less")}
ALIKE = ("no difference", "the same number")
COMPARED_MEASURES = ("count", "percent", "rate", "mean", "median", "amount")


def compare_with_previous(
    statistics: Sequence[Statistic],
    history: Iterable[Statistic],
    breaks: Sequence[Break] = (),
    measures: Measures | None = None,
) -> list[Statistic]:
    """Return the statistics, those of the report's own year compared with the latest earlier figure: a part of the year
    with the same part of an earlier one.

    `history` are statistics of earlier years' returns; figures of this year's own returns that are about an
    earlier period count as earlier figures too. Both sides must have passed disclosure control already. `breaks` are
    those of the partnership's configuration; `measures`, the catalogue's, tell which counts hold a person twice.
    """
    earlier = _by_key([*statistics, *history])
    courses = {
        place: list_course(s, earlier, breaks)
        for place, s in enumerate(statistics)
        if s.measure_type in COMPARED_MEASURES and s.offset in (0, None)
    }
    judged = judge_changes({place: course for place, course in courses.items() if len(course) > 1}, measures or {})
    return [
        replace(s, comparisons=(compare(s, earlier, breaks, judged.get(place, Judged()), measures or {}),))
        if place in courses
        else s
        for place, s in enumerate(statistics)
    ]


def list_course(
    now: Statistic, earlier: Mapping[tuple, Sequence[Statistic]], breaks: Sequence[Break]
) -> list[Statistic]:
    """Return a figure and the comparable ones before it, newest first, as far as none is refused."""
    course = [now]
    for before in reversed(earlier.get(now.key, ())):
        if find_refusal(now, before, breaks):
            break
        course.append(before)
    return course


def _by_key(statistics: Iterable[Statistic]) -> dict[tuple, list[Statistic]]:
    groups: dict[tuple, list[Statistic]] = defaultdict(list)
    for statistic in statistics:
        if statistic.offset is not None and statistic.offset < 0:
            groups[statistic.key].append(statistic)
    return {key: sorted(group, key=lambda s: s.offset) for key, group in groups.items()}


def compare(
    statistic: Statistic,
    earlier: Mapping[tuple, Sequence[Statistic]],
    breaks: Sequence[Break],
    judged: Judged,
    measures: Measures,
) -> Comparison:
    """Return the comparison with the latest earlier figure, or the words that refuse it."""
    entry = measures.get(statistic.indicator)
    if found := earlier.get(statistic.key):
        before = found[-1]
        time = entry.say_time(before.period) if entry else before.period.told
        return _compare_pair(statistic, before, time, find_refusal(statistic, before, breaks), judged)
    for one in breaks:
        renamed = earlier.get((one.earlier, *statistic.key[1:])) if one.measure == statistic.indicator else None
        if renamed:
            refusal = Refusal(f"not comparable: {one.reason}", broken=True)
            return _refuse(renamed[-1], renamed[-1].period.told, refusal)
    return Comparison("previous", "", words="No earlier figure is held.")


class Refusal(NamedTuple):
    """Why two figures may not be compared, in words; `broken` where their definition or series parts them, `hidden`
    where one of them isn't shown."""

    reason: str
    broken: bool = False
    hidden: bool = False


def _compare_pair(now: Statistic, before: Statistic, time: str, refusal: Refusal | None, judged: Judged) -> Comparison:
    if refusal:
        return _refuse(before, time, refusal)
    difference = say_shown_difference(now, before)
    part = now.measure_type == "percent" and 0 < now.value < 100
    few = judged.verdict == TOO_FEW and part  # "all" and "none" are the same in words, whatever the bases
    alike = difference in ALIKE and not few  # of two that are the same chance has nothing to say
    made = Comparison(
        "previous",
        before.period.label,
        before.display,
        difference,
        "" if alike and judged.verdict != UNCHANGED else judged.verdict,
        judged.method,
        figure=before.statistic_id,
        untested="" if alike else judged.untested,
        earlier=time,
    )
    return replace(made, words=tell_outcome(made))


def tell_outcome(made: Comparison) -> str:
    """Return a comparison as a line: the other figure, the difference, what the test said."""
    said = f"; {made.outcome}" if made.outcome else ""
    return f"Against {made.other} {made.earlier}: {made.difference}{said}."


def find_refusal(now: Statistic, before: Statistic, breaks: Sequence[Break] = ()) -> Refusal | None:
    """Return why two figures may not be compared; None where they may."""
    for one in breaks:
        if one.measure == now.indicator and one.parts(now.period, before.period):
            return Refusal(f"not comparable: {one.reason}", broken=True)
    if not (now.published and before.published):
        return Refusal("not compared: a figure isn't shown", hidden=True)
    periods = compare_periods(now.period, before.period)
    if not periods.allowed:
        return Refusal(periods.reason)
    if now.definition_version != before.definition_version:
        difference = say_difference(now.definition_version, before.definition_version)
        return Refusal(f"not comparable: {difference}", broken=True)
    if now.unit != before.unit:
        return Refusal(f"not comparable: {now.unit} against {before.unit}")
    if (now.qualifier, before.qualifier) != ("exact", "exact"):
        both = "exact" not in (now.qualifier, before.qualifier)
        return Refusal(f"not comparable: {'both figures are' if both else 'one figure is'} approximate")
    return None


def _refuse(before: Statistic, time: str, refusal: Refusal) -> Comparison:
    words = f"Earlier figure: {before.display} {time}; {refusal.reason}."
    return Comparison(
        "previous",
        before.period.label,
        before.display,
        refused=refusal.reason,
        broken=refusal.broken,
        words=words,
        figure=before.statistic_id,
        earlier=time,
        hidden=refusal.hidden,
    )


def say_shown_difference(now: Statistic, before: Statistic) -> str:
    """Return a difference as a reader works it out, from the two figures as they are shown."""
    decimals = max(now.decimals, before.decimals)
    amounts = (now.value, before.value)
    shown = [round_money(value) if now.unit == MONEY else round_half_up(value, decimals) for value in amounts]
    gap = round_half_up(shown[0] - shown[1], decimals)
    if gap == 0:
        return ALIKE[now.measure_type != "percent"]
    number = display_gap(abs(gap), amounts) if now.unit == MONEY else display_number(abs(gap), decimals)
    if now.measure_type in AVERAGES and now.unit in DURATIONS:
        unit = max((one.display.partition(" ")[2] for one in (now, before)), key=len)
        unit = unit.removesuffix("s") if abs(gap) == 1 else unit
        return f"{number.removesuffix('.0')} {unit} {'longer' if gap > 0 else 'shorter'}"
    if now.measure_type == "percent":
        return f"{display_points(gap, decimals)} {'higher' if gap > 0 else 'lower'}"
    more, fewer = WAYS.get(now.measure_type, ("higher", "lower"))
    shares = {_share(abs(a / b)) for a, b in ((gap, shown[1]), (now.value - before.value, before.value)) if b}
    many = now.measure_type != "count" or shown[1] >= LEAST_OF_SHARE
    told = len(shares) == 1 and many and now.measure_type in RELATIVE  # none that rounding made
    relative = f" ({shares.pop()})" if told else ""
    return f"{number} {more if gap > 0 else fewer}{relative}"


def _share(share: float) -> str:
    return f"{share:.0%}" if share >= 0.005 else "under 1%"
