"""Figures as the facts of `measures.relations` name them: the cell a figure fills, and the values that it allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import MONTHS_OF_YEAR
from analysis.measures.relations import FactRow
from analysis.returns.aggregate import Observation

AT_LEAST, AT_MOST = ("over", "at_least"), ("nearly", "just_under", "up_to", "under")


class Cell(NamedTuple):
    """What a figure is of."""

    indicator: str
    dimension: str
    category: str


class Range(NamedTuple):
    """The values that a figure allows, as its qualifier says, and the figure that it was read from."""

    low: float
    high: float
    figure: Observation


@dataclass(frozen=True)
class Fact:
    """A linear fact with its cells written out: the whole, and the parts by their rows of the register of facts."""

    name: str
    kind: str
    whole: Cell
    parts: tuple[Cell, ...]


def cell_of(figure: Observation) -> Cell:
    """Return the cell that a figure fills."""
    return Cell(figure.indicator, figure.dimension, figure.category)


def context_of(figure: Observation) -> tuple:
    """Return what figures must share to be added up: the day on which their period ends, which part of a year it is,
    and the area."""
    months = figure.period.months or MONTHS_OF_YEAR
    return figure.period.end, figure.period.stated, min(months, MONTHS_OF_YEAR), figure.geography


def is_exact(figure: Observation) -> bool:
    """Whether a figure is one number, neither rounded in words nor a symbol."""
    return figure.qualifier == "exact" and figure.value is not None


def range_of(figure: Observation) -> Range | None:
    """Return the values that a figure allows; None where it has none, or is only about right."""
    if figure.value is None or figure.qualifier == "about":
        return None
    low = 0.0 if figure.qualifier in AT_MOST else figure.value
    return Range(low, inf if figure.qualifier in AT_LEAST else figure.value, figure)


def list_facts(catalogue: Catalogue) -> Iterator[Fact]:
    """Give each fact with its cells; an empty category with a dimension stands for every category there is."""
    by_name: dict[str, list[FactRow]] = {}
    for row in catalogue.facts:
        by_name.setdefault(row.fact, []).append(row)
    for name, rows in by_name.items():
        wholes = [cell for row in rows if row.role == "whole" for cell in _cells(row, catalogue)]
        parts = tuple(cell for row in rows if row.role == "part" for cell in _cells(row, catalogue))
        if parts and len(wholes) == 1:
            yield Fact(name, rows[0].kind, wholes[0], parts)


def _cells(row: FactRow, catalogue: Catalogue) -> Sequence[Cell]:
    if row.category or not row.dimension:
        return [Cell(row.indicator, row.dimension, row.category)]
    split = catalogue.measures[row.indicator].by.get(row.dimension)
    return [Cell(row.indicator, row.dimension, category) for category in (split.categories if split else ())]


def list_shares(catalogue: Catalogue) -> dict[Cell, list[Cell]]:
    """Return the wholes that each cell is said to be a share of."""
    found: dict[Cell, list[Cell]] = {}
    for fact in list_facts(catalogue):
        for cell in dict.fromkeys(fact.parts) if fact.kind == "share" else ():
            found.setdefault(cell, []).append(fact.whole)
    return found
