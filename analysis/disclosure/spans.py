"""What ties a year to the quarters, half-years and months of it: a hidden one mustn't be found by subtraction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from analysis.disclosure.cells import Fact
from analysis.disclosure.numbers import Numbers
from analysis.figures.model import Statistic

DAY = timedelta(days=1)
WAYS = 100  # all there are for a year with its halves, and any three months and any month of it (91)
Spans = Sequence[tuple[Statistic, Sequence[Statistic]]]


def tie_parts(statistics: Iterable[Statistic], numbers: Numbers) -> Iterator[Fact]:
    """Give the facts between each flow and the shorter ones within it, of one length or of several.

    People may be counted in each of several quarters, events in one: parts that fill their whole are taken to add up
    where they do, as any reader would find; else the whole holds each of them.
    """
    held: dict[tuple, list[Statistic]] = defaultdict(list)
    for s in statistics:
        if s.measure_type in ("count", "percent") and s.period.months and s.value is not None and not s.bound:
            held[s.indicator, s.dimension, s.category, s.measure_type, s.geography].append(s)
    for found in held.values():
        spans = list(_list_spans(sorted(found, key=lambda s: s.period.months)))
        yield from (_tie_counts(spans) if found[0].measure_type == "count" else _tie_shares(spans, numbers))


def _list_spans(found: Sequence[Statistic]) -> Iterator[tuple[Statistic, list[Statistic]]]:
    """Give each flow, shortest first, with all that lie within it."""
    for place, whole in enumerate(found):
        if inner := [s for s in found[:place] if _holds(whole, s)]:
            yield whole, inner


def _holds(whole: Statistic, part: Statistic) -> bool:
    longer = part.period.months < whole.period.months
    return longer and whole.period.start <= part.period.start and part.period.end <= whole.period.end


def _tie_counts(spans: Spans) -> Iterator[Fact]:
    added: dict[str, set[str]] = defaultdict(set)
    for whole, ids in _list_sums(spans, "value"):
        yield Fact("sum", whole, ids)
        added[whole].update(ids)
    for whole, inner in spans:
        rest = [s for s in inner if s.statistic_id not in added[whole.statistic_id]]
        if within := tuple(s.statistic_id for s in rest if s.value <= whole.value):
            yield Fact("part", whole.statistic_id, within)


def _tie_shares(spans: Spans, numbers: Numbers) -> Iterator[Fact]:
    """Tell that the numbers above and below the lines of shares add up, where they do."""
    for whole, ids in _list_sums(spans, "numerator"):
        yield Fact("sum", whole, ids)
    base = numbers.base
    based = [(w, [s for s in inner if s.statistic_id in base]) for w, inner in spans if w.statistic_id in base]
    for whole, ids in _list_sums(based, "denominator"):
        yield Fact("sum", base[whole], tuple(base[id] for id in ids))


def _list_sums(spans: Spans, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the ids of each whole and of parts that fill it and add up to it; none that follow from those given."""
    known: list[set[str]] = []
    for whole, inner in spans:
        for parts in _tile(whole, inner):
            ids = tuple(s.statistic_id for s in parts)
            if _adds(whole, parts, name) and not any(one <= set(ids) for one in known):
                known.append(set(ids))
                yield whole.statistic_id, ids


def _tile(whole: Statistic, inner: Iterable[Statistic]) -> list[tuple[Statistic, ...]]:
    """Return the ways to fill a whole with flows one after another, those of fewest parts first."""
    ways: dict[date, list[tuple[Statistic, ...]]] = defaultdict(list, {whole.period.start: [()]})
    for s in sorted(inner, key=lambda s: s.period.end):
        after = s.period.end + DAY
        longer = [(*way, s) for way in ways[s.period.start]]
        ways[after] = sorted(ways[after] + longer, key=len)[:WAYS]
    return ways[whole.period.end + DAY]


def _adds(whole: Statistic, parts: Sequence[Statistic], name: str) -> bool:
    total, each = getattr(whole, name), [getattr(part, name) for part in parts]
    return total is not None and None not in each and sum(each) == total
