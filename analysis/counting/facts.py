"""Which printed figures are the same number: the base of a share, its part, a figure under two names. By their records
they should be; that they are is known once both are counted."""

from collections.abc import Iterable, Iterator, Mapping

from analysis.measures.measure import Measure
from analysis.measures.relations import FactRow, Selector, parse, state_fact
from analysis.returns.aggregate import Observation


def list_counted_facts(observations: Iterable[Observation], measures: Mapping[str, Measure]) -> Iterator[FactRow]:
    """Give the facts that tie shares to the counts of their two sides, and counts to others that are the same."""
    held = list(observations)
    counted = {(o.indicator, o.dimension, o.category): o.value for o in held if o.measure_type == "count"}
    for seen in held:
        measure, part = measures[seen.indicator], (seen.indicator, seen.dimension, seen.category)
        yield from _tie_base(seen, part, measure, counted)
        yield from _tie_part(seen, part, measure, counted)
        if measure.same_as and counted.get(part) is not None and counted.get(part) == counted.get(_same(measure, part)):
            yield from _state("same as", "sum", _same(measure, part), part)


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
    whole = parse(measure.numerator[0]) if len(measure.numerator) == 1 else ("", "", "")
    if share.numerator is not None and not part[1] and counted.get(whole) == share.numerator:
        yield from _state("part of", "numerator", whole, part)


def _same(measure: Measure, part: Selector) -> Selector:
    """Return the figure that a measure's total is the same as; of its splits nothing is known."""
    return ("", "", "") if part[1] else parse(measure.same_as)


def _state(words: str, kind: str, whole: Selector, part: Selector) -> Iterator[FactRow]:
    return state_fact(" ".join([words, *filter(None, part)]), kind, [whole], [part])
