"""The signals of own years and groups as candidates for a finding, with the words of their sentences."""

from collections.abc import Mapping

from analysis.figures.display import display_number, tell_level, upper_first
from analysis.findings.finding import Bar, Candidate, FindingChart
from analysis.findings.signal import BREAK, Signal
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period
from analysis.methods.evidence import DISPARITY, FELL, HIGHER, ROSE

NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WAYS = {("count", True): "more", ("count", False): "fewer", ("percent", True): "higher", ("percent", False): "lower"}
BETTER = {"higher_is_better": True, "lower_is_better": False}
UNTESTED = "sure"


def from_signal(one: Signal, catalogue: Catalogue, statement: str = "") -> Candidate:
    """Return a signal, of whose figure a statement tells, as a candidate: its kind is its fact, and being the wrong way
    another."""
    s = one.statistic
    measure = catalogue.measures[s.indicator]
    better = _is_better(one, measure.polarity)
    return Candidate(
        kind=one.kind,
        section=s.section,
        measures=(s.indicator,),
        title=s.title,
        facts=(one.kind, *(["worse"] if better is False else [])),
        words=_words(one, catalogue) | {"statement": tell_level(statement)},
        size=-one.p,
        sure=(UNTESTED,) if one.kind == BREAK else (),
        chart=_draw(one, catalogue),
        statistic=s,
        direction=one.direction,
        better=better,
        since=one.since,
        p=one.p,
        echoes=one.echoes,
        numbers={s.when: s.display},
    )


def _is_better(one: Signal, polarity: str) -> bool | None:
    if polarity not in BETTER or one.direction not in (ROSE, FELL):
        return None
    return BETTER[polarity] == (one.direction == ROSE)


def _words(one: Signal, catalogue: Catalogue) -> dict[str, str]:
    s = one.statistic
    return {
        "gone": "up" if one.direction in (ROSE, HIGHER) else "down",
        "period": catalogue.measures[s.indicator].say_time(s.period),
        "reason": one.reason,
        "way": WAYS.get((s.measure_type, one.direction in (ROSE, HIGHER)), one.direction),
        "since": f"{one.since:%B %Y}" if one.since else "",
        **_beside(one),
        **_numbers(one, catalogue),
    }


def _beside(one: Signal) -> dict[str, str]:
    """Return how the earlier years read, where the signal has any."""
    if not one.beside:
        return {}
    many = len(one.beside)
    span = "the year before" if many == 1 else f"the {NUMBERS[many] if many < len(NUMBERS) else many} years before"
    low, high = (pick(one.beside, key=lambda s: s.value) for pick in (min, max))
    held = low.display if low.display == high.display else f"{low.display} to {high.display}"
    first = one.beside[-1]
    return {
        "years": f"{span} ({held})",
        "years_before": span,
        "first": first.display,
        "first_period": first.period.told,
    }


def _numbers(one: Signal, catalogue: Catalogue) -> Mapping[str, str]:
    """Return the numbers of a step or a disparity, and of whom a disparity is."""
    values = one.values or {}
    found = {name: display_number(value, 1) for name, value in values.items()}
    if one.kind == DISPARITY:
        s = one.statistic
        base = catalogue.measures[one.beside[0].indicator].noun
        own, others = ((values[f"{side}count"], values[f"{side}base"]) for side in ("", "other_"))
        rates = [f"{rate:.1f}" for rate in _rates(one)]
        found |= {
            "own_rate": rates[0],
            "others_rate": rates[1],
            "whom": catalogue.name("/".join((s.indicator, s.dimension, s.category))),
            "base": base,
            "own_counts": f"{own[0]:,.0f} to {own[1]:,.0f}",
            "others_counts": f"{others[0]:,.0f} to {others[1]:,.0f}",
        }
    return found


def _rates(one: Signal) -> list[float]:
    """Return the rates of a disparity's group and of the others, for every hundred of their base."""
    return [100 * one.values[f"{side}count"] / one.values[f"{side}base"] for side in ("", "other_")]


def _draw(one: Signal, catalogue: Catalogue) -> FindingChart | None:
    """Return the years as a trend, or for a disparity the two rates for every hundred of the base."""
    s, source = one.statistic, f"Source: {one.statistic.agency}."
    if one.kind == DISPARITY:
        names = (s.label, "The other known groups")
        bars = tuple(Bar(name, rate, f"{rate:.1f}") for name, rate in zip(names, _rates(one), strict=True))
        base = catalogue.measures[one.beside[0].indicator].noun
        return FindingChart("ordered_bars", f"For every hundred {base}, {s.period.label}", source, bars)
    if not one.beside:
        return None
    years = [*reversed(one.beside), s]
    when = _name_periods(s.period)
    group = upper_first(when)
    bars = tuple(Bar(str(year.period.end.year), year.value, year.display, group) for year in years)
    measure = "Percentage" if s.measure_type == "percent" else "Number"
    return FindingChart("trend", f"{measure}, {when}", source, bars)


def _name_periods(period: Period) -> str:
    """Return what the same period of several years is called: "at 31 March", "six months ending in September"."""
    if period.basis == "snapshot":
        return f"at {period.end:%-d %B}"
    lengths = {12: "years", 3: "quarters", 1: "months"}
    other = f"{NUMBERS[period.months]} months" if period.months in range(2, len(NUMBERS)) else "periods"
    return f"{lengths.get(period.months, other)} ending in {period.end:%B}"
