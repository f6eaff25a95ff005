"""What a chart's title may say that it shows: from statistics and marks, in phrases that are data, or nothing.

Nothing is said of hidden, qualified or foreign figures, nor where chance could give the difference.
"""

from collections.abc import Sequence
from math import log

from analysis.charts.chart import Mark
from analysis.charts.marks import is_exact, shares_of_first
from analysis.figures.model import Comparison, Statistic
from analysis.findings.finding import Finding
from analysis.methods.change import FALLEN, MINIMUM_EVENTS, RISEN, UNCHANGED, change_between_counts
from analysis.statements.titles import Phrases, say

MOVES = {RISEN: "risen", FALLEN: "fallen", UNCHANGED: "unchanged"}
FEW_MONTHS = 3


def tell_highest(marks: Sequence[Mark], statistics: Sequence[Statistic], phrases: Phrases) -> str:
    """Return which category of one split is the highest, where that is beyond chance; else nothing."""
    one_split = len({(s.indicator, s.dimension) for s in statistics}) == 1 and all(s.category for s in statistics)
    fit = all(mark.whole and is_exact(mark) and not mark.group for mark in marks)
    if not (one_split and fit):
        return ""
    second, first = sorted(marks, key=lambda mark: mark.value)[-2:]
    if not _is_beyond(first, second, statistics[0].measure_type):
        return ""
    return say(phrases, "split", "highest", label=first.label, display=first.display)


def _is_beyond(first: Mark, second: Mark, measure: str) -> bool:
    """Whether the first is larger than the second by more than chance: by their intervals, or as counts."""
    if first.lower is not None and second.upper is not None:
        return first.lower > second.upper
    if measure != "count" or {first.value % 1, second.value % 1} != {0.0}:
        return False
    return change_between_counts(int(second.value), int(first.value)).verdict == RISEN


def tell_share(marks: Sequence[Mark], phrases: Phrases) -> str:
    """Return the share of the first stage that reached the second; nothing where none can be given."""
    share = shares_of_first(marks)[1]
    if not share:
        return ""
    first, second = marks[:2]
    return say(phrases, "stages", "share", label=second.label, display=second.display, first=first.display, share=share)


def tell_change(statistics: Sequence[Statistic], phrases: Phrases) -> str:
    """Return how the latest year stands to the one before, by the verdict that the statistic carries.

    Of several series the one that moved is named; where several did, nothing is said.
    """
    now = [(s, c) for s in statistics if s.of_year for c in s.comparisons if c.verdict in MOVES]
    if len({s.key for s in statistics}) == 1:
        return _say_change(*now[0], phrases) if now else ""
    moved = [(s, c) for s, c in now if c.verdict != UNCHANGED]
    if len(moved) != 1:
        return ""
    return say(phrases, "change", "of_one", label=moved[0][0].label, change=_say_change(*moved[0], phrases))


def _say_change(s: Statistic, comparison: Comparison, phrases: Phrases) -> str:
    return say(phrases, "change", MOVES[comparison.verdict], display=s.display, before=comparison.other)


def tell_months(flagged: Sequence[str], phrases: Phrases) -> str:
    """Return which months of a control chart break a rule."""
    if len(flagged) > FEW_MONTHS:
        return say(phrases, "months", "many")
    form = ("none", "one", "few", "few")[len(flagged)]
    return say(phrases, "months", form, months=" and ".join(flagged))


def tell_step(step: Finding, phrases: Phrases) -> str:
    """Return that a series moved to another level, as the finding of the same series says."""
    return say(phrases, "months", step.direction, since=f"{step.since:%B %Y}")


def tell_apart(marks: Sequence[Mark], events: float, phrases: Phrases) -> str:
    """Return the group whose rate lies farthest from that of all others, of those whose interval leaves one out.

    `events` is the number of events in all groups; under the least that a verdict needs nothing is said.
    """
    apart = [mark for mark in marks if mark.value and (mark.lower > 1 or mark.upper < 1)]
    if not apart or events < MINIMUM_EVENTS:
        return ""
    farthest = max(apart, key=lambda mark: abs(log(mark.value)))
    return say(phrases, "groups", "apart", label=farthest.label, display=farthest.display)
