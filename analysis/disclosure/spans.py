"""What ties a year to the quarters, half-years and months of it: a hidden one mustn't be found by subtraction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from analysis.disclosure.cells import Fact
from analysis.disclosure.numbers import Numbers
from analysis.figures.model import Statistic


def tie_parts(statistics: Iterable[Statistic], numbers: Numbers) -> Iterator[Fact]:
    """Give the facts between each flow and those of one shorter length within it.

    People may be counted in each of several quarters, events in one: parts that fill their whole are taken to add up
    where they do, as any reader would find; else the whole holds each of them.
    """
    held: dict[tuple, list[Statistic]] = defaultdict(list)
    for s in statistics:
        if s.measure_type in ("count", "percent") and s.period.months and s.value is not None and not s.bound:
            held[replace(s, part="").key].append(s)
    for found in held.values():
        for whole, parts in _list_spans(sorted(found, key=lambda s: s.period.months)):
            yield from (_tie_counts if whole.measure_type == "count" else _tie_shares)(whole, parts, numbers)


def _list_spans(found: Sequence[Statistic]) -> Iterator[tuple[Statistic, list[Statistic]]]:
    for place, whole in enumerate(found):
        inner = [s for s in found[:place] if _holds(whole, s)]
        for _, parts in groupby(inner, key=lambda s: s.period.months):
            yield whole, list(parts)


def _holds(whole: Statistic, part: Statistic) -> bool:
    longer = part.period.months < whole.period.months
    return longer and whole.period.start <= part.period.start and part.period.end <= whole.period.end


def _tie_counts(whole: Statistic, parts: Sequence[Statistic], _: Numbers) -> Iterator[Fact]:
    if _adds(whole, parts, "value"):
        yield Fact("sum", whole.statistic_id, tuple(s.statistic_id for s in parts))
    elif within := tuple(s.statistic_id for s in parts if s.value <= whole.value):
        yield Fact("part", whole.statistic_id, within)


def _tie_shares(whole: Statistic, parts: Sequence[Statistic], numbers: Numbers) -> Iterator[Fact]:
    """Tell that the numbers above and below the lines of shares add up, where they do."""
    ids = tuple(s.statistic_id for s in parts)
    if _adds(whole, parts, "numerator"):
        yield Fact("sum", whole.statistic_id, ids)
    if _adds(whole, parts, "denominator") and {whole.statistic_id, *ids} <= numbers.base.keys():
        yield Fact("sum", numbers.base[whole.statistic_id], tuple(numbers.base[id] for id in ids))


def _adds(whole: Statistic, parts: Sequence[Statistic], name: str) -> bool:
    total, each = getattr(whole, name), [getattr(part, name) for part in parts]
    fills = sum(part.period.months for part in parts) == whole.period.months
    return fills and total is not None and None not in each and sum(each) == total
