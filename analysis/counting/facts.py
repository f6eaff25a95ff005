"""Which printed figures are the same number: the base of a share, its part, a figure under two names. By their records
they should be; that they are is known once both are counted."""

from collections.abc import Iterable, Iterator, Mapping

from analysis.measures.measure import Measure
from analysis.measures.relations import FactRow, Selector, parse, state_fact
from analysis.returns.aggregate import Observation

NOTHING: Selector = ("", "", "")


def list_counted_facts(observations: Iterable[Observation], measures: Mapping[str, Measure]) -> Iterator[FactRow]:
    """Give the facts that tie shares to the counts of their two sides, and counts to others that are the same."""
    held = list(observations)
    counted = {(o.indicator, o.dimension, o.category): o.value for o in held if o.measure_type == "count"}
    for seen in held:
        measure, part = measures[seen.indicator], (seen.indicator, seen.dimension, seen.category)
        yield from _tie_base(seen, part, measure, counted)
        yield from _tie_part(seen, part, measure, counted)
        same = _match(measure.same_as, part)
        if counted.get(part) is not None and counted.get(part) == counted.get(same):
            yield from _state("same as", "sum", same, part)


def _tie_base(
    share: Observation, part: Selector, measure: Measure, counted: Mapping[Selector, float | None]
) -> Iterator[FactRow]:
    """Tell that a count is a share's base: that of the same category where it is counted, else the whole."""
    base = (measure.of, *part[1:])
    whole = base if counted.get(base) is not None else (base[0], "", "")
    if share.denominator is not None and counted.get(whole) == share.denominator:
        yield from _state("base of", "share", whole, part)


def _tie_part(
    share: Observation, part: Selector, measure: Measure, counted: Mapping[Selector, float | None]
) -> Iterator[FactRow]:
    """Tell that a count is a share's part, where its record names one alone."""
    whole = _match(measure.numerator[0], part) if len(measure.numerator) == 1 else NOTHING
    if share.numerator is not None and counted.get(whole) == share.numerator:
        yield from _state("part of", "numerator", whole, part)


def _match(selector: str, part: Selector) -> Selector:
    """Return the figure that a record names for a part: of a measure that of the same category; of a category of a
    measure that one, for the whole alone."""
    name, dimension, category = parse(selector)
    if not dimension:
        return (name, *part[1:])
    return NOTHING if part[1] else (name, dimension, category)


def _state(words: str, kind: str, whole: Selector, part: Selector) -> Iterator[FactRow]:
    return state_fact(" ".join([words, *filter(None, part)]), kind, [whole], [part])
