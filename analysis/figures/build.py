"""From observations to statistics: identity, order, words, base and interval."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace

from analysis.errors import DataError
from analysis.figures.display import CHANGE_MEASURES, display_number, display_value, upper_first
from analysis.figures.identity import Fact, is_counted, list_facts, make_id
from analysis.figures.model import STATUS_OF_SYMBOL, Statistic
from analysis.figures.units import get_unit
from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import Measure
from analysis.measures.periods import is_extended
from analysis.measures.terms import PER_HEAD
from analysis.methods.change import MINIMUM_BASE
from analysis.methods.proportions import wilson
from analysis.methods.rates import rate
from analysis.methods.rounding import round_half_up
from analysis.partnership import Partnership
from analysis.returns.aggregate import Observation


def make_statistics(
    observations: Sequence[Observation], catalogue: Catalogue, partnership: Partnership, year: str
) -> list[Statistic]:
    """Return one statistic a fact, in the dictionary's order, with display form, base and interval; none of a measure
    that no section of this report is home to.

    A fact that two returns give alike is one statistic with both as its source. Raises DataError where two
    returns give it differently.
    """
    report = partnership.period_of(year)
    shown = {name for name, entry in catalogue.measures.items() if partnership.home_of(entry.sections)}
    facts = list_facts((one for one in observations if one.indicator in shown), report)
    made = [_statistic(fact, catalogue, partnership) for fact in facts]
    return sorted(made, key=_order(catalogue))


AGREES = "the agency's own count agrees with its records"


def reconcile(group: Sequence[Observation]) -> str:
    """Return what is said of a figure that came both ways: that they agree, or by how much they differ."""
    counted = [o for o in group if is_counted(o) and o.value is not None]
    returned = [o for o in group if not is_counted(o) and o.value is not None]
    if not (counted and returned):
        return ""
    gap = returned[0].value - counted[0].value
    decimals = max(returned[0].decimals, counted[0].decimals)
    if round_half_up(gap, decimals) == 0:
        return AGREES
    more = "more" if gap > 0 else "fewer"
    number = display_number(returned[0].value, returned[0].decimals)
    return f"the agency's own count is {number}: {display_number(abs(gap), decimals)} {more} than its records give"


CARRIED = {field.name for field in fields(Observation)} & {field.name for field in fields(Statistic)}


def _statistic(fact: Fact, catalogue: Catalogue, partnership: Partnership) -> Statistic:
    seen = next((observation for observation in fact.seen if is_counted(observation)), fact.seen[0])
    entry = catalogue.measures[seen.indicator]
    own = seen.geography == partnership.geography
    lower, upper, method = interval(seen)
    return Statistic(
        **{name: getattr(seen, name) for name in CARRIED},
        statistic_id=make_id(fact, own_geography=own),
        section=partnership.home_of(entry.sections),
        protects=entry.protects,
        sensitive=entry.sensitive,
        offset=fact.offset,
        own_geography=own,
        source="; ".join(f"{o.agency}: {o.file}" + (f", row {o.row}" if o.row else "") for o in fact.seen),
        public_source="; ".join(dict.fromkeys(o.public_source for o in fact.seen)),
        reconciled=reconcile(fact.seen),
        is_counted=is_counted(seen),
        title=_title(entry, seen),
        label=_label(entry, seen),
        bound=fact.bound,
        time=_say_day(entry, seen),
        part="" if fact.alone and _is_of_no_kind(seen.period.basis, fact.part) else fact.part,
        display=_display(seen, catalogue),
        lower=lower,
        upper=upper,
        method=method,
        status=STATUS_OF_SYMBOL[seen.symbol],
        per_month=_per_month(seen),
        base=_base(seen, entry, is_counted=is_counted(seen)),
    )


def _say_day(entry: Measure, seen: Observation) -> str:
    """Return the day of a state at the end of a period ("at 31 March 2024"); nothing of what happens within one."""
    said = entry.say_time(seen.period)
    return said if said.startswith("at ") and seen.period.basis != "snapshot" else ""


def _is_of_no_kind(basis: str, part: str) -> bool:
    """Whether a part of a year is neither a quarter nor a month by its own return: some stretch, or a stock of any
    day."""
    return basis == "other" or part[:1].isdigit()


def reword(statistic: Statistic, catalogue: Catalogue) -> Statistic:
    """Return a statistic whose numbers were changed with all that is made of these: display, interval and base."""
    lower, upper, method = interval(statistic)
    base = _base(statistic, catalogue.measures[statistic.indicator], is_counted=statistic.is_counted)
    made = {"display": _display(statistic, catalogue), "base": base, "per_month": _per_month(statistic)}
    return replace(statistic, **made, lower=lower, upper=upper, method=method)


def _display(seen: Observation | Statistic, catalogue: Catalogue) -> str:
    return display_value(
        seen.value,
        measure_type=seen.measure_type,
        unit=get_unit(catalogue.measures[seen.indicator], catalogue.vocabulary.units[seen.unit]),
        qualifier=seen.qualifier,
        decimals=seen.decimals,
        symbol=seen.symbol,
    )


def interval(seen: Observation | Statistic) -> tuple[float | None, float | None, str]:
    """Return lower limit, upper limit (in the figure's unit) and method of a percentage or of a rate per head whose
    base is given; else Nones."""
    if seen.numerator is None or not seen.denominator:
        return None, None, ""
    if seen.measure_type == "percent":
        estimate = wilson(int(seen.numerator), int(seen.denominator)).times(100)
    elif seen.measure_type == "rate" and seen.unit in PER_HEAD:
        estimate = rate(int(seen.numerator), seen.denominator, per=PER_HEAD[seen.unit])
    else:
        return None, None, ""
    return round_half_up(estimate.lower, 1), round_half_up(estimate.upper, 1), estimate.method


def _title(entry: Measure, seen: Observation) -> str:
    split = entry.by.get(seen.dimension) if seen.dimension or seen.category else None
    return split.title if split and split.title else entry.title


def _label(entry: Measure, seen: Observation) -> str:
    """Return the category in words, or the indicator's title for a total; for a change, that it is one."""
    if seen.measure_type in CHANGE_MEASURES:
        return f"{entry.title}: change as returned"
    if not seen.category:
        return f"{entry.title}: rate" if seen.measure_type == "rate" and "count" in entry.measure_types else entry.title
    words = entry.by[seen.dimension].words.get(seen.category, seen.category)
    return upper_first(words)


def _per_month(seen: Observation | Statistic) -> str:
    """Return a flow of more than twelve months as a number a month, since it can't stand beside a year's."""
    if seen.value is None or seen.measure_type != "count" or seen.qualifier != "exact" or not is_extended(seen.period):
        return ""
    return f"{display_number(seen.value / seen.period.months, 1)} a month over {seen.period.months} months"


def _base(seen: Observation | Statistic, entry: Measure, *, is_counted: bool) -> str:
    """Return what a percentage is a share of: "30 of 253", with which of them the catalogue keeps to where its share's
    words don't say and it was counted here, or that the return doesn't say; of a rate per head its two numbers."""
    if seen.measure_type == "rate" and seen.unit in PER_HEAD and None not in (seen.numerator, seen.denominator):
        return f"{display_number(seen.numerator, 0)} in a population of {display_number(seen.denominator, 0)}"
    if seen.measure_type != "percent":
        return ""
    if seen.denominator is None:
        return "base not given"
    split = entry.by.get(seen.dimension)
    words = entry.words(split, "share")
    parts = [] if not is_counted or (split and split.base_said) else re.split(r",? (?=where )", entry.of_only)
    unsaid = " ".join(part for part in parts if part not in words)
    posts = seen.denominator % 1 and seen.denominator < MINIMUM_BASE  # a few in full-time equivalents
    of = f"of {display_number(seen.denominator, 1 if posts else 0)} {unsaid}".rstrip()
    return of if seen.numerator is None else f"{display_number(seen.numerator, 0)} {of}"


def _order(catalogue: Catalogue):
    """Return a sort key: section and indicator as the dictionary has them, newest first, then category."""
    place = {name: number for number, name in enumerate(catalogue.measures)}

    def key(statistic: Statistic) -> tuple:
        entry = catalogue.measures[statistic.indicator]
        split = entry.by.get(statistic.dimension)
        categories = split.categories if split else ()
        category = categories.index(statistic.category) if statistic.category in categories else -1
        dimension = list(entry.by).index(statistic.dimension) if split else -1
        year = -(statistic.offset or 0)
        return (
            statistic.section,
            place[statistic.indicator],
            dimension,
            category,
            year,
            statistic.part,
            statistic.statistic_id,
        )

    return key


def check_ids(statistics: Sequence[Statistic]) -> None:
    """Raise DataError where two facts would share an id."""
    seen: dict[str, Statistic] = {}
    for statistic in statistics:
        first = seen.setdefault(statistic.statistic_id, statistic)
        if first is not statistic:
            raise DataError(
                f"two figures would share the id {statistic.statistic_id!r}: "
                f"{first.source} ({first.period.label}) and {statistic.source} ({statistic.period.label})"
            )
