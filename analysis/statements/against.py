"""A figure against the one before it, as the sentence tells it."""

import re

from analysis.figures.compare import ALIKE
from analysis.figures.display import CHANGE_MEASURES, count_decimals, display_number, display_points, upper_first
from analysis.figures.model import NOT_TESTED, Comparison, Statistic
from analysis.methods.rounding import round_half_up
from analysis.statements.words import COHORT, Telling

REASON = 10  # words: a longer reason is a sentence of its own


def set_against(s: Statistic, comparison: Comparison, telling: Telling, *, worded: bool, known: bool = False) -> str:
    """Return a figure against the earlier one; nothing where there is none, one of the two isn't shown, or both are
    zero and may not be compared. What begins with a comma ends the figure's own sentence. A share that is `worded`
    ("all") has no digits to repeat; a count that tells that something is `known` of everybody isn't told as one."""
    nothing = s.value == 0 and comparison.other == s.display and comparison.refused
    change = s.measure_type in CHANGE_MEASURES
    if not comparison.against or comparison.hidden or nothing or change:
        return ""
    before = telling.earlier.get(comparison.figure)
    other, difference = _say_pair(s, before, comparison)
    form = comparison.outcome or NOT_TESTED
    if comparison.refused:
        form = "refused"
    elif difference in ALIKE and comparison.outcome in ("", NOT_TESTED):
        form = "alike" if worded or s.measure_type != "percent" else "alike_share"
    earlier = comparison.earlier.strip("()").replace("; ", ", ")
    if form == "alike" and earlier.startswith("at "):  # "at 31 March 2024, as at 31 March 2023" would read as two days
        count = s.measure_type == "count" and not known
        form = "alike_day" if not count else "alike_number" if s.value else "alike_none"
    if _follows_up(s, before, telling):
        earlier = "a year earlier"
    rough = before is not None and s.measure_type == "percent" and not count_decimals(s, before)
    reason = comparison.refused.removeprefix("not comparable: ")
    form = "refused_long" if form == "refused" and len(reason.split()) > REASON else form
    phrases = telling.phrases["against"] | (telling.phrases["against_rough"] if rough else {})
    return phrases[form].format(
        other=other,
        earlier=earlier,
        when=re.sub(r"^(in or|in|at|from|up to) ", "", earlier),
        difference=difference,
        reason=reason,
        Reason=upper_first(reason),
    )


def _follows_up(s: Statistic, before: Statistic | None, telling: Telling) -> bool:
    """Whether a figure is of those of the year before its own, and so is the one of a year earlier."""
    entry = telling.catalogue.measures[s.indicator]
    split = entry.by.get(s.dimension)
    cohort = any(COHORT in entry.words(split, name) for name in ("noun", "share"))
    return cohort and before is not None and before.offset == (s.offset or 0) - 1


def _say_pair(s: Statistic, before: Statistic | None, comparison: Comparison) -> tuple[str, str]:
    """Return the earlier figure and the difference as the sentence has room for: a rate or mean whose unit was said
    without it, "59 days" for "59.0 days", percentages to the decimals that their bases carry."""
    if before and s.measure_type == "percent" and s.value is not None and before.value is not None:
        decimals = count_decimals(s, before)
        now, then = (round_half_up(one.value, decimals) for one in (s, before))
        gap = round_half_up(now - then, decimals)
        difference = f"{display_points(gap, decimals)} {'higher' if gap > 0 else 'lower'}" if gap else ALIKE[0]
        return f"{display_number(then, decimals)}%", difference
    unit = s.display.partition(" ")[2] if s.measure_type in ("rate", "mean") and "£" not in comparison.other else ""
    if comparison.other == "0":
        return "none", comparison.difference
    other = comparison.other.removesuffix(f" {unit}") if unit else comparison.other
    return re.sub(r"\.0 ", " ", other), comparison.difference.removesuffix(" (under 1%)")
