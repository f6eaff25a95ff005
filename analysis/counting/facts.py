"""Which printed count is the base of a share, where the two are the same number: known once both are counted."""

from collections.abc import Iterable, Iterator, Mapping

from analysis.measures.measure import Measure
from analysis.measures.relations import FactRow, state_fact
from analysis.returns.aggregate import Observation


def list_bases(observations: Iterable[Observation], measures: Mapping[str, Measure]) -> Iterator[FactRow]:
    """Give the fact that a count is a share's base: that of the same category where it is counted, else the whole."""
    held = list(observations)
    counted = {(o.indicator, o.dimension, o.category): o.value for o in held if o.measure_type == "count"}
    for share in held:
        base = (measures[share.indicator].of, share.dimension, share.category)
        whole = base if counted.get(base) is not None else (base[0], "", "")
        if share.denominator is not None and counted.get(whole) == share.denominator:
            part = (share.indicator, share.dimension, share.category)
            yield from state_fact(" ".join(["base of", *filter(None, part)]), "share", [whole], [part])
