"""Figures that don't fit together: by which two agencies tell of the same events, each from its own records, and how
far apart they are; a part that is larger than its whole; and a stock that those who came and went don't explain.

Which figures these are stands in the catalogue (`other_side`, `part_of`, `grows_by` of a measure's record). All have
passed disclosure control, each for itself; none is corrected by another.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from analysis.figures.display import display_number
from analysis.figures.model import Statistic
from analysis.figures.select import select
from analysis.measures.catalogue import Catalogue
from analysis.methods.rounding import round_half_up

YEAR = 366  # days between two days on which people are counted that are still held against each other
TOO_LARGE = (
    "The first are among the second, so they can't be more{since}. Ask which of the two is wrong or counts others"
)
QUESTION = "Ask both which events they count, by which day, and which of them the other lacks"


class Contradiction(Struct, frozen=True, forbid_unknown_fields=True):
    """Two figures of the same events, or a part and its whole, by their ids; whether they differ, what is said, and the
    `caution` that stands beside each of the two."""

    figures: tuple[str, str]
    differs: bool
    words: str
    caution: str = ""

    @property
    def is_of_one(self) -> bool:
        """Whether it is of figures that don't fit together by themselves, not of what two agencies tell."""
        return self.caution == self.words


def find_contradictions(
    statistics: Sequence[Statistic], catalogue: Catalogue, history: Sequence[Statistic] = ()
) -> tuple[Contradiction, ...]:
    """Return each part that is larger than its whole, each stock that doesn't add up from that of `history`, and each
    pair of the report's figures by which two agencies tell of the same events, those that differ first, the furthest
    apart first of all."""
    found = [(_measure_gap(*pair), tell(*pair)) for pair in _list_pairs(statistics, catalogue)]
    found += [(_measure_gap(*pair), tell_too_large(*pair)) for pair in _list_too_large(statistics, catalogue)]
    found += [(1.0, tell_unbalanced(*flow)) for flow in _list_flows([*statistics, *history], catalogue)]
    return tuple(told for _, told in sorted(found, key=lambda one: -one[0]))


def _list_pairs(statistics: Sequence[Statistic], catalogue: Catalogue) -> Iterator[tuple[Statistic, Statistic]]:
    for name, measure in catalogue.measures.items():
        if measure.other_side:
            ours, theirs = select(statistics, name), select(statistics, measure.other_side)
            yield from ((one, other) for one in ours for other in theirs if _are_of_the_same(one, other))


def _list_too_large(statistics: Sequence[Statistic], catalogue: Catalogue) -> Iterator[tuple[Statistic, Statistic]]:
    """Give each exact count that is larger than that of another measure which holds it, of one period or, of people
    counted on a day, at most a year apart."""
    held = [s for s in statistics if s.published and s.measure_type == "count" and s.qualifier == "exact"]
    for name, measure in catalogue.measures.items():
        for whole in measure.part_of:
            parts, wholes = select(held, name), select(held, whole)
            yield from ((one, other) for one in parts for other in wholes if _is_too_large(one, other))


def _is_too_large(one: Statistic, other: Statistic) -> bool:
    total = one.of_year and not one.dimension and one.period.stated and other.period.stated
    if not total or one.geography != other.geography or one.value <= other.value:
        return False
    snapshots = {one.period.basis, other.period.basis} == {"snapshot"}
    return one.period == other.period or (snapshots and abs((one.period.end - other.period.end).days) <= YEAR)


def tell_too_large(part: Statistic, whole: Statistic) -> Contradiction:
    """Return what is said of a part that is larger than its whole."""
    figures = "; ".join(f"{s.title}: {s.display} {s.period.phrase}" for s in (part, whole))
    since = "" if part.period == whole.period else ", unless their number grew by as much between the two days"
    words = f"{figures}. {TOO_LARGE.format(since=since)}."
    return Contradiction((part.statistic_id, whole.statistic_id), True, words, words)


def _list_flows(statistics: Sequence[Statistic], catalogue: Catalogue) -> Iterator[tuple[Statistic, ...]]:
    """Give the stock a year before, those who came, those who went and the stock now where they don't add up."""
    totals = {(s.indicator, s.offset): s for s in statistics if _is_whole(s)}
    for name, measure in catalogue.measures.items():
        wanted = ((name, -1), (measure.grows_by, 0), (measure.shrinks_by, 0), (name, 0))
        flow = [totals[one] for one in wanted if measure.grows_by and one in totals]
        if len(flow) == len(wanted) and flow[0].value + flow[1].value - flow[2].value != flow[3].value:
            yield tuple(flow)


def _is_whole(s: Statistic) -> bool:
    exact = s.published and s.qualifier == "exact" and s.measure_type == "count"
    return exact and s.own_geography and not (s.dimension or s.category or s.part)


def tell_unbalanced(*flow: Statistic) -> Contradiction:
    """Return what is said of a stock that isn't the one before, with those who came and without those who went."""
    before, came, went, now = flow
    expected = before.value + came.value - went.value
    gap = now.value - expected
    words = (
        f"{now.title}: {before.display} {before.period.phrase} and {now.display} {now.period.phrase}. With "
        f"{came.display} that came and {went.display} that went there would be {display_number(expected, 0)}: "
        f"{display_number(abs(gap), 0)} {'more' if gap > 0 else 'fewer'} are told. Ask what else adds to them or ends "
        "them."
    )
    return Contradiction((now.statistic_id, came.statistic_id), True, words, words)


def _are_of_the_same(one: Statistic, other: Statistic) -> bool:
    """Whether both are shown, exact, of the report's year and of one period, and come from different agencies."""
    about = [(s.measure_type, s.period, s.geography) for s in (one, other)]
    shown = all(s.published and s.of_year and s.period.stated and s.qualifier == "exact" for s in (one, other))
    return shown and about[0] == about[1] and one.agency != other.agency


def _measure_gap(one: Statistic, other: Statistic) -> float:
    """Return how far apart two figures are, as a part of the larger; zero where both print the same."""
    numbers = [(a, b) for a, b in zip(_numbers(one), _numbers(other), strict=True) if None not in (a, b)]
    return max((abs(a - b) / max(abs(a), abs(b)) for a, b in numbers if a != b), default=0.0)


def _numbers(s: Statistic) -> tuple[float | None, ...]:
    return (round_half_up(s.value, s.decimals), s.numerator, s.denominator)


def tell(one: Statistic, other: Statistic) -> Contradiction:
    """Return what is said of two figures of the same events."""
    said = ", ".join(f"by {s.agency} {s.display}{f' ({s.base})' if s.base else ''}" for s in (one, other))
    differs = _measure_gap(one, other) > 0
    end = f"{_say_gap(one, other)}. {QUESTION}." if differs else "The two agree."
    caution = f"{one.title} are told twice: {said}. The two have not been reconciled." if differs else ""
    return Contradiction((one.statistic_id, other.statistic_id), differs, f"{one.title}: {said}. {end}", caution)


def _say_gap(one: Statistic, other: Statistic) -> str:
    """Return how far apart two figures are, in points where they are shares; else in number and as a share of the
    larger."""
    gap, decimals = abs(_numbers(one)[0] - _numbers(other)[0]), max(one.decimals, other.decimals)
    if one.measure_type == "percent":
        return f"They are {display_number(gap, decimals)} percentage points apart"
    share = display_number(100 * gap / max(one.value, other.value), 0)
    return f"They are {display_number(gap, decimals)} apart, {share}% of the larger"
