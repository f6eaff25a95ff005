"""The direct answer to a question: yes, no, in part, the figure or not known, worked out from figures and rows that the
release shows, never typed."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from analysis.charts.chart import Mark
from analysis.figures.display import lower_first
from analysis.figures.model import Comparison, Statistic
from analysis.methods.change import FALLEN, LONGER, RISEN, UNCHANGED
from analysis.scrutiny.priorities import MOVED
from analysis.scrutiny.recommendations import TESTED

YES, NO, PART, UNKNOWN, HIDDEN = "Yes", "No", "In part", "Not known", "Not shown, to protect people"
UNTOLD = "No difference can be told"
UPWARDS = ("more", "higher", "longer")
BEGUN = ("Done", MOVED)
FEW = 6  # parts of a split that a direct answer names; the rows below it name all


class Lead(NamedTuple):
    """A direct answer: what it answers of the question (empty where that asks one thing), its word, and on what."""

    asked: str
    word: str
    gist: str = ""


def find_word(good: int, none: int, all: int) -> str:
    """Return yes where all are good, no where none is, else in part."""
    return YES if good == all else NO if none == all else PART


def _find_ends(shown: Sequence[Statistic]) -> tuple[str, str]:
    ranked = sorted(shown, key=lambda s: s.value)
    low, high = (f"{say_value(s)} ({s.label or s.category})" for s in (ranked[0], ranked[-1]))
    return low, high


def _name_ends(shown: Sequence[Statistic]) -> str:
    title, (low, high) = lower_first(shown[0].title), _find_ends(shown)
    return f"{title} {say_value(shown[0])}" if len(shown) == 1 else f"{title}, from {low} to {high}"


def say_value(s: Statistic) -> str:
    """Return a figure with its numerator and base, where it is a share and both are known."""
    known = s.measure_type == "percent" and None not in (s.numerator, s.denominator)
    return f"{s.display} ({s.numerator:,.0f} of {s.denominator:,.0f})" if known else s.display


def lead_share(shown: Sequence[Statistic], *, good: float) -> tuple[str, str]:
    """Return whether shares are all `good`: 100 of what should be, 0 of what shouldn't."""
    whole, none = (sum(s.value == value for s in shown) for value in (good, 100 - good))
    return find_word(whole, none, len(shown)), _name_ends(shown)


def lead_any(shown: Sequence[Statistic]) -> tuple[str, str]:
    """Return whether there is any."""
    return YES if any(s.value for s in shown) else NO, _name_ends(shown)


def lead_figure(shown: Sequence[Statistic]) -> tuple[str, str]:
    """Return the figure itself, or the parts of a split."""
    if len(shown) == 1:
        return say_value(shown[0]), lower_first(f"{shown[0].title}{f', {shown[0].label}' if shown[0].category else ''}")
    if len(shown) > FEW:
        low, high = _find_ends(shown)
        return f"from {low} to {high}", f"{lower_first(shown[0].title)}, each below"
    return "; ".join(f"{s.label or s.category} {s.display}" for s in shown), lower_first(shown[0].title)


def lead_change(shown: Sequence[Statistic], *, upwards: bool) -> tuple[str, str]:
    """Return whether figures rose, or fell, by more than chance since the year before."""
    words = {find_change(s, upwards) for s in shown}
    told = (f"{f'{s.label} ' if len(shown) > 1 else ''}{s.display}, {_say_before(s)}" for s in shown)
    return words.pop() if len(words) == 1 else PART, f"{lower_first(shown[0].title)} {'; '.join(told)}"


def find_change(s: Statistic, upwards: bool) -> str:
    """Return whether one figure moved that way, beyond chance where that can be tested: not known where the two can't
    be compared."""
    before = _find_before(s)
    if before is None or before.refused or before.hidden:
        return UNKNOWN
    went = YES if any(word in before.difference for word in UPWARDS) == upwards else NO
    if before.verdict in (RISEN, FALLEN, LONGER):
        return went
    if before.untested:
        return f"{went}, not tested against chance"
    same = before.verdict == UNCHANGED or not any(letter.isdigit() for letter in before.difference)
    return NO if same else "No more than chance could give"


def _find_before(s: Statistic) -> Comparison | None:
    return next((one for one in s.comparisons if one.kind == "previous" and (one.other or one.refused)), None)


def _say_before(s: Statistic) -> str:
    before = _find_before(s)
    if before is None:
        return "no earlier figure is held"
    return before.refused or f"against {before.other} {before.earlier}"


def lead_apart(marks: Sequence[Mark]) -> tuple[str, str]:
    """Return whether groups differ beyond chance, for the number of their people."""
    apart = [mark for mark in marks if mark.lower and (mark.lower > 1 or mark.upper < 1)]
    told = "; ".join(f"{mark.label} {mark.display} times the rate of all others" for mark in apart)
    return (YES, told) if apart else (UNTOLD, "no group's interval leaves out one")


def lead_state(rows: Sequence[Any]) -> tuple[str, str]:
    """Return whether all that is followed up was done and tested again, or moved as was expected."""
    states = Counter(getattr(one, "state", "") or one.verdict for one in rows)
    good, begun = states[TESTED] + states[MOVED], sum(states[name] for name in states if name.startswith(BEGUN))
    told = "; ".join(f"{number} {lower_first(name)}" for name, number in states.items())
    word = find_word(good, len(rows) - begun, len(rows))
    return word, f"of {len(rows)}, {told}" if len(rows) > 1 else lower_first(next(iter(states)))


def lead_has(rows: Sequence[Any], field: str) -> tuple[str, str]:
    """Return how many rows say something in a field."""
    has = sum(bool(getattr(one, field)) for one in rows)
    return find_word(has, len(rows) - has, len(rows)), f"{has} of {len(rows)}"


FIGURES: dict[str, Callable[[Sequence[Statistic]], tuple[str, str]]] = {
    "all": partial(lead_share, good=100),
    "none": partial(lead_share, good=0),
    "any": lead_any,
    "figure": lead_figure,
    "rose": partial(lead_change, upwards=True),
    "fell": partial(lead_change, upwards=False),
}
