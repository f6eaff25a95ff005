"""The direct answer to a clause of a question: a plain verdict of a closed set, or the figure, worked out from figures
and rows that the release shows, never typed."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from analysis.charts.chart import Mark
from analysis.figures.display import lower_first
from analysis.figures.model import Comparison, Statistic
from analysis.methods.change import CLEAR, FEW, MINIMUM_BASE, POSSIBLE, UNCLEAR
from analysis.report.detail import MONTH
from analysis.scrutiny.priorities import AHEAD, ALONE, FAILED, MET, MOVED, SHORT
from analysis.scrutiny.recommendations import BORNE_OUT, BY_WORD, UNTESTED

YES, NO, UNKNOWN, HIDDEN = "Yes", "No", "Can't be told", "Returned; not printed, to protect people"
HIGHER, LOWER, STEADY, SAME, BLANK = "Higher", "Lower", "No clear change", "The same", "Not recorded"
REPLIED = "Replied"
LATE, EARLY = "Missed by its day", "Not yet due"
VERDICTS = (YES, NO, UNKNOWN, HIDDEN, HIGHER, LOWER, STEADY, SAME, BLANK, REPLIED, LATE, EARLY)
STATES = {"Overdue": LATE, "Open": EARLY}
DONE, KEPT = "Done", (MOVED, SHORT)
UPWARDS = ("more", "higher", "longer")
MOST = 6  # parts of a split that a direct answer names; the rows below it name all
TIED = 3  # parts tied for the lowest or the highest that it names; of more it says how many


class Lead(NamedTuple):
    """A direct answer: what it answers of the question (empty where that asks one thing), its word, on what, and where
    its figures are shown, if no row below says so."""

    asked: str
    word: str
    gist: str = ""
    link: str = ""
    place: str = ""


def find_word(good: int, all: int) -> str:
    """Return yes where all are good, no where none is, else how many of how many."""
    return YES if good == all else f"{good:,} of {all:,}" if good else NO


def name_part(s: Statistic) -> str:
    """Return the name of a part of a split, a month by its name."""
    if s.dimension == MONTH and s.period.start:
        return f"{s.period.start:%B %Y}"
    name = s.label or s.category
    return f"{s.dimension} {name}" if name.isdigit() else name


def say_value(s: Statistic) -> str:
    """Return a figure with its numerator and base, where it is a share and both are known; of a small base these
    alone."""
    if s.measure_type != "percent" or None in (s.numerator, s.denominator):
        return s.display
    share = f"{s.numerator:,.0f} of {s.denominator:,.0f}"
    return share if s.denominator < MINIMUM_BASE else f"{s.display} ({share})"


def part_empty(shown: Sequence[Statistic]) -> tuple[list[Statistic], list[Statistic]]:
    """Return the parts of a split, and those of which nothing was recorded: no count, or no share of a base that all
    have (a code that nobody uses reads like this too)."""
    bases = {s.denominator for s in shown}
    one_base = len(bases) == 1 and (bases.pop() or 0) >= MINIMUM_BASE
    empty = [s for s in shown if not s.value and (s.measure_type == "count" or one_base)]
    return ([*shown], []) if len(empty) == len(shown) else ([s for s in shown if s not in empty], empty)


def _find_ends(shown: Sequence[Statistic]) -> str:
    """Return the lowest and the highest part, each with those that are tied with it as printed."""
    low, *_, high = sorted(shown, key=lambda s: s.value)
    if low.display == high.display:
        return f"all alike, {low.display}"
    return "; ".join(
        f"{word}: {_say_tied([s for s in shown if s.display == end.display])}"
        for word, end in (("lowest", low), ("highest", high))
    )


def _say_tied(tied: Sequence[Statistic]) -> str:
    if len(tied) > TIED:
        values = {say_value(s) for s in tied}
        return f"{len(tied)} of them, {values.pop() if len(values) == 1 else tied[0].display} each"
    return ", ".join(f"{name_part(s)} {say_value(s)}" for s in tied)


def _name(s: Statistic) -> str:
    return f"{lower_first(s.title)}{f', {name_part(s)}' if s.category else ''}"


def lead_all(shown: Sequence[Statistic]) -> tuple[str, str]:
    """Return whether shares are all of what should be."""
    first = shown[0]
    if len(shown) > 1:
        whole = sum(s.value == 100 for s in shown)
        if whole == len(shown):
            return YES, f"{lower_first(first.title)}, each of {whole} at 100%"
        none = "" if whole else f"none of {len(shown)} reaches 100%; "
        return (
            f"{whole} of {len(shown)} reach 100%" if whole else NO,
            f"{none}{lower_first(first.title)}, {_find_ends(shown)}",
        )
    if first.value in (0, 100) or None in (first.numerator, first.denominator):
        return {100: YES, 0: NO}.get(first.value, first.display), f"{_name(first)} {say_value(first)}"
    return f"{first.numerator:,.0f} of {first.denominator:,.0f}", f"{first.display}, {_name(first)}"


def lead_any(shown: Sequence[Statistic]) -> tuple[str, str]:
    """Return whether there is any, and how many."""
    return YES if any(s.value for s in shown) else NO, f"{lead_figure(shown)[0]}, {lower_first(shown[0].title)}"


def lead_figure(shown: Sequence[Statistic]) -> tuple[str, str]:
    """Return the figure itself, or the parts of a split, those of which nothing was recorded left out."""
    some, empty = part_empty(shown)
    if len(some) == 1:
        return say_was(some[0]), _name(some[0])
    if len(some) > MOST:
        return _find_ends(some), f"{lower_first(some[0].title)}, each below"
    none = f"; none recorded, or not collected: {', '.join(map(name_part, empty))}" if empty else ""
    return "; ".join(f"{name_part(s)} {say_was(s)}" for s in some) + none, lower_first(some[0].title)


def lead_change(shown: Sequence[Statistic]) -> tuple[str, str]:
    """Return which way figures went since the year before, and whether that is a clear change."""
    words = Counter(find_direction(s) for s in shown)
    if len(shown) == 1:
        return find_direction(shown[0]), f"{_name(shown[0])} {say_change(shown[0])}"
    word = next(iter(words)) if len(words) == 1 else "; ".join(f"{n} {lower_first(name)}" for name, n in words.items())
    sure = len(words) > 1
    told = (
        "; ".join(f"{name_part(s)} {say_change(s, sure=sure)}" for s in shown) if len(shown) <= MOST else "each below"
    )
    return word, f"{lower_first(shown[0].title)}: {told}"


def find_direction(s: Statistic) -> str:
    """Return how a figure stands to that of the year before: higher or lower where that is a clear change, a possible
    one, else no clear change; can't be told where the two can't be compared, or no test fits the difference."""
    before = _find_before(s)
    if before is None or before.refused or before.hidden or before.outcome == FEW:
        return UNKNOWN
    if not any(letter.isdigit() for letter in before.difference):
        return SAME
    if before.outcome == UNCLEAR:
        return STEADY
    if before.outcome not in (CLEAR, POSSIBLE):
        return UNKNOWN
    way = HIGHER if any(word in before.difference for word in UPWARDS) else LOWER
    return way if before.outcome == CLEAR else f"{way}, perhaps by chance"


def say_change(s: Statistic, *, sure: bool = False) -> str:
    """Return a figure, that of the year before and the difference, with `sure` also whether that is a clear change,
    which else the word before it says."""
    before = _find_before(s)
    if before is None:
        return f"{say_value(s)}, no earlier figure is held"
    if before.refused or before.hidden:
        return f"{say_value(s)}, {before.refused or 'the earlier figure is not shown'}"
    outcome = before.outcome if sure or before.outcome not in (POSSIBLE, UNCLEAR) else ""
    about = ", ".join(filter(None, (before.difference, outcome)))
    return f"{say_value(s)}, was {before.other} {before.earlier} ({about})"


def _find_before(s: Statistic) -> Comparison | None:
    return next((one for one in s.comparisons if one.kind == "previous" and (one.other or one.refused)), None)


def say_was(s: Statistic) -> str:
    """Return a figure with that of the year before, where both are shown and alike."""
    before = _find_before(s)
    return say_value(s) + (f", was {before.other}" if before and before.other and not before.hidden else "")


def lead_apart(marks: Sequence[Mark]) -> tuple[str, str]:
    """Return which groups differ from all others beyond chance, for the number of their people."""
    apart = _list_apart(marks)
    told = "; ".join(f"{mark.label} {mark.display}" for mark in (apart or marks))
    if not apart:
        return UNKNOWN, f"the groups can't be told apart (times the rate of all others: {told})"
    return f"{len(apart)} of {len(marks)} differ", f"times the rate of all others: {told}"


def lead_follows(needs: Sequence[Mark], helps: Sequence[Mark]) -> tuple[str, str]:
    """Return whether help is greater in groups whose need is greater than that of all others, and smaller where it is
    smaller: no where the two intervals of a group don't meet, and can't be told where help's includes one."""
    given = {mark.label: mark for mark in helps if mark.lower}
    pairs = [(need, given[need.label]) for need in _list_apart(needs) if need.label in given]
    if not pairs:
        return UNKNOWN, "no group's need differs from that of all others, or of none is both known"
    said = Counter(_judge_pair(*pair) for pair in pairs)
    told = "; ".join(f"{need.label} need {_say_ratio(need)}, help {_say_ratio(help)}" for need, help in pairs)
    words = "; ".join(f"{word} in {number}" for word, number in said.items())
    word = next(iter(said)) if len(said) == 1 else f"{words} of {len(pairs)}"
    return word, f"times the rate of all others: {told}"


def _list_apart(marks: Sequence[Mark]) -> list[Mark]:
    """Return the groups whose ratio to all others isn't 1, beyond chance."""
    return [mark for mark in marks if mark.lower and (mark.lower > 1 or mark.upper < 1)]


def _judge_pair(need: Mark, given: Mark) -> str:
    """Return whether the help that a group is given goes the way of its need."""
    follows = given.lower > 1 if need.lower > 1 else given.upper < 1
    if follows:
        return YES
    return NO if given.upper < need.lower or given.lower > need.upper else UNKNOWN


def _say_ratio(mark: Mark) -> str:
    return f"{mark.display} ({mark.lower:.2f} to {mark.upper:.2f})"


def lead_state(rows: Sequence[Any]) -> tuple[str, str]:
    """Return how what is followed up stood on the report's day: of one its state, of several how many were done, or
    moved as expected, and of each state how many."""
    first, plans = rows[0], hasattr(rows[0], "verdict")
    states = Counter(one.verdict if plans else one.state for one in rows)
    if len(rows) == 1:
        state = next(iter(states))
        return STATES.get(state, state), "" if plans else lower_first(f"{first.words}{_say_since(first)}")
    good = sum(number for state, number in states.items() if (state in KEPT if plans else state.startswith(DONE)))
    told = "; ".join(f"{number} {lower_first(state)}" for state, number in states.items())
    later = sum(bool(one.since) for one in rows) if not plans else 0
    since = f"; since that day {later} moved on" * bool(later)
    return f"{good} of {len(rows)} {'moved as expected' if plans else 'done'}", f"{told}{since}"


def lead_tests(rows: Sequence[Any]) -> tuple[str, str]:
    """Return how many of what was done and tested again by the report's day were borne out, and what else is known."""
    states = Counter(one.state for one in rows)
    yes, part, no = (states[BORNE_OUT[word]] for word in ("yes", "in part", "no"))
    tested, later = yes + part + no, sum("tested again" in one.since for one in rows)
    told = f"{part} in part, {no} not; {states[UNTESTED] + states[BY_WORD]} done and not tested by the report's day"
    since = f"; {later} tested since" if later else ""
    return f"{yes} of {tested} tested {'was' if yes == 1 else 'were'} borne out", f"{told}{since}"


def lead_below(shown: Sequence[Statistic]) -> tuple[str, str]:
    """Return whether the first of some figures is below each other one; no test fits figures of unlike things."""
    first, *others = shown
    beside = "; ".join(f"{_name(s)} {say_value(s)}" for s in others)
    word = YES if all(first.value < s.value for s in others) else NO
    return (
        word,
        f"{_name(first)} {say_value(first)}; beside it {beside}. They count unlike things, so that no test fits",
    )


def lead_steps(rows: Sequence[Any]) -> tuple[str, str]:
    """Return how many of the milestones whose day has come were met, and what is known of the others."""
    steps = [step for one in rows for step in one.steps.split("; ") if step]
    met, alone, missed, ahead = (
        sum(f": {word} (" in step or step.endswith(f": {word}") for step in steps)
        for word in (MET, ALONE, FAILED, AHEAD)
    )
    told = f"{missed} missed, {ahead} not yet due, {len(steps) - met - alone - missed - ahead} can't be told"
    late = f"{alone} met in one month alone and not over its year, " * bool(alone)
    return f"{met} of {met + alone + missed} met", f"{late}{told}"


def _say_since(one: Any) -> str:
    return f". Since the report's day: {one.since}" if one.since else ""


def lead_has(rows: Sequence[Any], field: str) -> tuple[str, str]:
    """Return how many rows say something in a field, and which do, or which don't, whichever are fewer."""
    has = [one for one in rows if getattr(one, field)]
    without = [one for one in rows if one not in has]
    word, fewer = ("with", has) if 2 * len(has) < len(rows) else ("without", without)
    named = "; ".join(f"“{getattr(one, 'priority', '') or one.recommendation}”" for one in fewer)
    return find_word(len(has), len(rows)), f"{word} it: {named}" if has and without else ""


FIGURES: dict[str, Callable[[Sequence[Statistic]], tuple[str, str]]] = {
    "all": lead_all,
    "any": lead_any,
    "figure": lead_figure,
    "change": lead_change,
}
