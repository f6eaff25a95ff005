"""What ties the figures of the catalogue together: what anyone can add, subtract and divide.

Checks of returns and disclosure control read these facts alone: a relation that is left out can give a hidden number
away.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from analysis.measures.completion import MONTH
from analysis.measures.measure import Measure, Relation, Split

Selector = tuple[str, str, str]  # measure, dimension, category: an empty category of a dimension is all of them


@dataclass(frozen=True)
class FactRow:
    """One figure's part in a linear fact: the whole or a part of a sum, a containment or a share."""

    fact: str
    kind: str
    role: str
    indicator: str
    dimension: str
    category: str


def list_relations(measures: Mapping[str, Measure]) -> tuple[FactRow, ...]:
    """Return the facts that hold between figures of the measures, whatever their period and place."""
    return tuple(
        row
        for measure in measures.values()
        for row in (*_sums(measure), *_rate(measure), *_wholes(measure), *_others(measure))
    )


def parse(selector: str) -> Selector:
    """Return measure, dimension and category of a selector like `contacts/channel/telephone`."""
    measure, dimension, category = (*selector.split("/", 2), "", "")[:3]
    return measure, dimension, category


def name_parts(
    selector: str, measures: Mapping[str, Measure], own: Mapping[str, Mapping[str, Collection[str]]] | None = None
) -> Iterator[tuple[str, str, Collection[str]]]:
    """Give what a selector names, each to be looked up before the next: of which kind, the name, what is allowed.
    `own` are further categories by measure and dimension."""
    name, dimension, category = parse(selector)
    yield "measure", name, measures
    if dimension or category:
        yield f"split of {name}", dimension, measures[name].by
    split = measures[name].by[dimension] if category else None
    if split and split.categories and not split.found:
        more = (own or {}).get(name, {}).get(dimension, ())
        yield f"category of {name}/{dimension}", category, (*split.categories, *more)


def state_fact(name: str, kind: str, wholes: list[Selector], parts: list[Selector]) -> Iterator[FactRow]:
    """Return the rows of one fact."""
    yield from (FactRow(name, kind, "whole", *whole) for whole in wholes)
    yield from (FactRow(name, kind, "part", *part) for part in parts)


def _sums(measure: Measure) -> Iterator[FactRow]:
    """Tell that categories add to the whole; of a share, that its numerators and bases do."""
    if measure.is_average or not measure.total:
        return
    for split in measure.by.values():
        if split.dimension and split.exhaustive and not (measure.stock and split.dimension == MONTH):
            yield from _sum(measure, split)


def adds_up(measure: Measure, dimension: str) -> bool:
    """Whether the categories of a dimension make up the whole of a measure, none of them holding others."""
    split = next((one for one in measure.by.values() if one.dimension == dimension), None)
    months = dimension == MONTH and measure.stock
    return split is not None and split.exhaustive and not (split.whole or months) and _kind(measure, split) == "sum"


def _sum(measure: Measure, split: Split) -> Iterator[FactRow]:
    name, dimension = f"{measure.id} by {split.dimension}", split.dimension
    parts = [(measure.id, dimension, category) for category in split.categories if category != split.whole]
    yield from state_fact(
        name, _kind(measure, split), [(measure.id, "", "")], parts if split.whole else [(measure.id, dimension, "")]
    )
    if split.whole:
        yield from state_fact(f"{name}, {split.whole}", "sum", [(measure.id, dimension, split.whole)], parts)


def _kind(measure: Measure, split: Split) -> str:
    """Return whether categories add up, or are only contained in the whole: a row may have several, a person too."""
    return "part" if split.many or (measure.counts_people and split.dimension == MONTH) else "sum"


def _rate(measure: Measure) -> Iterator[FactRow]:
    if measure.per:
        total = [(measure.id, "", "")]
        yield from state_fact(f"{measure.id} and its rate", "numerator", total, total)


def _wholes(measure: Measure) -> Iterator[FactRow]:
    for whole in measure.part_of:
        yield from state_fact(f"{measure.id} part of {whole}", "part", [parse(whole)], [(measure.id, "", "")])


def _others(measure: Measure) -> Iterator[FactRow]:
    for number, relation in enumerate(measure.relations, start=1):
        name = f"{measure.id}: {relation.kind} of {', '.join(relation.whole)} ({number})"
        yield from state_fact(
            name, relation.kind, [parse(whole) for whole in relation.whole], _parts(measure, relation)
        )


def _parts(measure: Measure, relation: Relation) -> list[Selector]:
    return [parse(f"{measure.id}/{part}") if part else (measure.id, "", "") for part in relation.part]
