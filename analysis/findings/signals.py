"""What stands out in a year beyond chance, from what disclosure control let through.

Every total with earlier years is tested for a change, a trend or a step within the year, and every split by ethnic
group or sex for a disparity beside the stage before; which of all these are signals is decided at once, so that at most
one in a hundred is expected to be chance. What can't be compared because its definition changed is told as that.
A signal's echoes (its rate, what comes out of it, the other end of a disparity) are folded under it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.counting.definitions import get_definitions
from analysis.counting.splits import MONTH, list_months
from analysis.figures.compare import find_refusal, tell_outcome
from analysis.figures.model import Comparison, Statistic
from analysis.figures.verdicts import find_unfit
from analysis.findings.disparities import list_disparities
from analysis.findings.signal import BREAK, NOT_COMPARABLE, Found, Signal, list_stages
from analysis.measures.catalogue import Catalogue
from analysis.methods.change import CLEAR, LONGER, POSSIBLE, RISEN, UNCHANGED, UNCLEAR, UNTOLD
from analysis.methods.evidence import (
    CHANGE,
    DISPARITY,
    STEP,
    TREND,
    Evidence,
    judge_counts,
    judge_months,
    judge_shares,
    select_beyond_chance,
)
from analysis.partnership import Break
from analysis.returns.register import ReturnEntry
from analysis.returns.series import CHANGED, find_break, say_break

YEAR_OF_MONTHS = 12
Months = Mapping[tuple[str, str, str], Statistic]


def find_signals(
    statistics: Sequence[Statistic],
    history: Sequence[Statistic],
    catalogue: Catalogue,
    entries: Sequence[ReturnEntry] = (),
    breaks: Sequence[Break] = (),
) -> Found:
    """Return what stands out among the statistics of a release, given those of earlier years, the register and the
    breaks of the partnership's configuration.

    `statistics` must carry their comparisons, which say where a definition changed.
    """
    candidates = [*list_changes(statistics, history, catalogue, breaks), *list_disparities(statistics, catalogue)]
    chosen = select_beyond_chance([one.p for one in candidates])
    beyond = [one for one, news in zip(candidates, chosen, strict=True) if news]
    heads = fold(sorted(beyond, key=lambda one: one.p), catalogue)
    tested = {one.statistic.statistic_id: one.statistic for one in candidates}
    tested |= {s.statistic_id: s for s in statistics if s.current and not (s.dimension or s.category) and _is_told(s)}
    held = frozenset(s.section for s in (*statistics, *history) if (s.offset or 0) < 0)
    return Found((*list_breaks(statistics, entries), *heads), Counter(s.section for s in tested.values()), held)


def _is_told(s: Statistic) -> bool:
    """Whether a test told of a figure's change, or that no change is clear: what its table says was tested."""
    return any(comparison.outcome in (CLEAR, POSSIBLE, UNCLEAR) for comparison in s.comparisons)


def tell_longer(statistics: Sequence[Statistic], found: Found) -> list[Statistic]:
    """Return the statistics; where the change since the year before alone could be chance and a signal beside all the
    years held goes the same way, the verdict says that: the same page tells the signal."""
    longer = {
        one.statistic.statistic_id for one in found.signals if one.kind in (CHANGE, TREND, STEP) and _goes_on(one)
    }
    return [
        replace(s, comparisons=tuple(map(_as_longer, s.comparisons))) if s.statistic_id in longer else s
        for s in statistics
    ]


def _goes_on(signal: Signal) -> bool:
    """Whether the change since the year before goes the way of a signal beside several."""
    step = signal.statistic.value - signal.beside[0].value if len(signal.beside) > 1 else 0
    return step > 0 if signal.direction == RISEN else step < 0


def _as_longer(comparison: Comparison) -> Comparison:
    if comparison.verdict not in (UNCHANGED, *UNTOLD):
        return comparison
    longer = replace(comparison, verdict=LONGER)
    return replace(longer, words=tell_outcome(longer))


def list_changes(
    statistics: Sequence[Statistic], history: Sequence[Statistic], catalogue: Catalogue, breaks: Sequence[Break] = ()
) -> list[Signal]:
    """Return the strongest evidence about every total that has comparable earlier years, whether it is news or not."""
    earlier = _by_year([*statistics, *history])
    months = {(s.indicator, s.measure_type, s.category): s for s in [*statistics, *history] if _is_month(s)}
    found = (
        _change(s, before, months, _size_of_batches(s, earlier, catalogue), fit=_is_fit(s, before, catalogue))
        for s in statistics
        if _is_total(s) and (before := _before(s, earlier, breaks))
    )
    return [one for one in found if one]


def _is_total(s: Statistic) -> bool:
    """Whether a figure can be tested: a total of the report's own year and area, exact, shown, not a sum of amounts."""
    definition = get_definitions().get(s.indicator)
    summed = definition is not None and definition.method == "total" and s.measure_type == definition.measure_type
    whole = not (s.dimension or s.category or s.bound)
    return whole and s.of_year and s.own_geography and s.published and s.qualifier == "exact" and not summed


def _is_month(s: Statistic) -> bool:
    return s.dimension == MONTH and s.own_geography and s.published and s.period.basis == "month"


def _by_year(statistics: Iterable[Statistic]) -> dict[tuple, Statistic]:
    return {(s.key, s.offset): s for s in statistics if not s.bound and s.offset is not None}


def _before(s: Statistic, earlier: Mapping[tuple, Statistic], breaks: Sequence[Break]) -> tuple[Statistic, ...]:
    """Return the comparable figures of the years before, newest first, without a gap between them."""
    found = []
    while (before := earlier.get((s.key, -1 - len(found)))) and not find_refusal(s, before, breaks):
        found.append(before)
    return tuple(found)


def _size_of_batches(s: Statistic, earlier: Mapping[tuple, Statistic], catalogue: Catalogue) -> float:
    """Return how many of its events came at a time in the report's year, at least one: attendances a session."""
    holder = catalogue.measures[s.indicator].comes_in
    whole = earlier.get(((holder, *s.key[1:]), 0))
    return max(1.0, s.value / whole.value) if whole and whole.published and whole.value else 1.0


def _is_fit(s: Statistic, before: tuple[Statistic, ...], catalogue: Catalogue) -> bool:
    """Whether a test fits its years, by the same rule as that of its own sentence."""
    return not find_unfit((s, *before), catalogue.measures[s.indicator])


def _change(s: Statistic, before: tuple[Statistic, ...], months: Months, batch: float, *, fit: bool) -> Signal | None:
    """Return the strongest evidence about one total, of its years where a test is `fit` for them; None where it can
    carry none."""
    course = [*reversed(before), s]
    if s.measure_type == "count":
        yearly = judge_counts([one.value for one in course], batch=batch) if fit else None
        return _stronger(_yearly(s, before, yearly), _step(s, before, months, batch))
    sides = [(one.numerator, one.denominator) for one in course]
    if s.measure_type != "percent" or any(None in side for side in sides):
        return None
    return _yearly(s, before, judge_shares(*zip(*sides, strict=True)))


def _yearly(s: Statistic, before: tuple[Statistic, ...], evidence: Evidence | None) -> Signal | None:
    if evidence is None:
        return None
    first = s.period if evidence.kind == CHANGE else before[-1].period
    return Signal(s, evidence.kind, evidence.direction, first.start or first.end, evidence.p, before)


def _step(s: Statistic, before: tuple[Statistic, ...], months: Months, batch: float) -> Signal | None:
    """Return the evidence of a step within the year, after its first month."""
    years = _months_of(s, len(before), months)
    found = judge_months([[one.value for one in year] for year in years], batch=batch)
    if found is None or found.since == 0:
        return None
    after = [[one.value for one in year[found.since :]] for year in years]
    means = [sum(values) / len(values) for values in after]
    values = {"after": means[-1], "before": sum(means[:-1]) / len(means[:-1])}
    return Signal(s, STEP, found.direction, years[-1][found.since].period.start, found.p, before, values)


def _months_of(s: Statistic, years: int, months: Months) -> list[list[Statistic]]:
    """Return the months of the years held, oldest first; of those years alone of which every month is shown."""
    if s.period.start is None or s.period.months != YEAR_OF_MONTHS:
        return []
    names = [[f"{int(name[:4]) - back}{name[4:]}" for name in list_months(s.period)] for back in range(years, -1, -1)]
    found = [[months.get((s.indicator, s.measure_type, name)) for name in year] for year in names]
    return found if all(all(year) for year in found) else []


def _stronger(one: Signal | None, other: Signal | None) -> Signal | None:
    """Return the stronger of two, its p-value doubled for the choice."""
    if one is None or other is None:
        return one or other
    best = min(one, other, key=lambda signal: signal.p)
    return replace(best, p=min(1.0, 2 * best.p))


def list_breaks(statistics: Sequence[Statistic], entries: Sequence[ReturnEntry]) -> list[Signal]:
    """Return one signal for each series that a change of definition broke, the first total of it at its head."""
    broken: dict[tuple, list[Statistic]] = defaultdict(list)
    for s in statistics:
        reason = next((c.refused.removeprefix("not comparable: ") for c in s.comparisons if c.broken), "")
        if s.of_year and s.published and not (s.dimension or s.category) and reason:
            broken[s.section, reason].append(s)
    return [_break(group, reason, entries) for (_, reason), group in broken.items()]


def _break(group: Sequence[Statistic], reason: str, entries: Sequence[ReturnEntry]) -> Signal:
    """Return the signal of figures that one break parts from their past, with what the register says of it."""
    head = min(group, key=lambda s: s.measure_type != "count")
    day = find_break(head.definition_version)
    since = head.period.start
    if day and reason == say_break(day):
        said = [e for e in entries if e.broke_on == day and (e.section == head.section or e.agency in head.agency)]
        since, reason = day, next((e.break_reason for e in said if e.break_reason), CHANGED)
    echoes = tuple(s.statistic_id for s in group if s is not head)
    return Signal(head, BREAK, NOT_COMPARABLE, since, reason=reason, echoes=echoes)


def fold(signals: Sequence[Signal], catalogue: Catalogue) -> list[Signal]:
    """Return the signals that are news of their own, strongest first, with the ids of those that echo them."""
    heads: list[Signal] = []
    for one in sorted(signals, key=lambda signal: (_depth(signal, catalogue), signal.p)):
        place = next((at for at, head in enumerate(heads) if _echoes(one, head, catalogue)), None)
        if place is None:
            heads.append(one)
        else:
            heads[place] = replace(heads[place], echoes=(*heads[place].echoes, one.statistic.statistic_id))
    return sorted(heads, key=lambda signal: signal.p)


def _echoes(one: Signal, head: Signal, catalogue: Catalogue) -> bool:
    """Whether a signal says again what another says: of the same indicator, or of what comes out of it."""
    if (one.kind == DISPARITY) != (head.kind == DISPARITY):
        return False
    if one.kind == DISPARITY and one.statistic.dimension != head.statistic.dimension:
        return False
    if one.statistic.indicator == head.statistic.indicator:
        return True
    opposite = one.direction != head.direction and one.statistic.category == head.statistic.category
    return not opposite and head.statistic.indicator in list_stages(one.statistic.indicator, catalogue)


def _depth(one: Signal, catalogue: Catalogue) -> int:
    return len(list_stages(one.statistic.indicator, catalogue))
