"""The sheet Counts of a template: a row for each figure that an agency is asked for, ready but for its number.

A row whose number stays empty counts as not returned. Numbers are cells of text, so that 11.86% stays as it is typed.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from analysis.measures.measure import Measure
from analysis.measures.periods import Period
from analysis.returns.aggregate import Observation
from analysis.returns.aggregate_rows import COLUMNS, GUIDE

LAYOUT = (GUIDE[0], *COLUMNS, *GUIDE[1:])  # title first; the meaning and last year's value behind
Cell = tuple[str, str, str]  # indicator, dimension, category


class Row(NamedTuple):
    """One figure asked for: the cells of its row by column, and the categories that may stand in it."""

    cells: Mapping[str, str]
    categories: tuple[str, ...] = ()


def list_rows(
    measures: Mapping[str, Measure],
    meanings: Mapping[str, str],
    last: Mapping[Cell, str],
    period: Period,
    geography: str,
) -> Iterator[Row]:
    """Give a row for each measure's whole, and for each category of its splits. A split whose categories aren't fixed
    is left to the agency, in rows of its own."""
    for name, measure in measures.items():
        known = {"indicator": name, "meaning": meanings.get(name, ""), "qualifier": "exact", "geography": geography}
        for dimension, category, title, categories in _cells(measure):
            figure = {"title": title, "dimension": dimension, "category": category}
            before = {"last_year": last.get((name, dimension, category), "")}
            yield Row(known | _kind(measure) | _when(measure, period) | figure | before, categories)


def _cells(measure: Measure) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Give each figure of a measure: its split, category and title, and the categories that the split has."""
    if measure.total:
        yield "", "", measure.title, ()
    for dimension, split in measure.by.items():
        for category in split.categories if dimension else ():
            yield dimension, category, f"{measure.title}, {split.words.get(category, category)}", split.categories


def _kind(measure: Measure) -> dict[str, str]:
    return {
        "measure_type": measure.measure if measure.measure in measure.measure_types else measure.measure_types[0],
        "unit": measure.unit if measure.unit in measure.units else measure.units[0],
    }


def _when(measure: Measure, period: Period) -> dict[str, str]:
    """Return the days of a measure: the year's, or of a stock its last one."""
    start = period.end if measure.stock else period.start
    days = {"period_start": start.isoformat(), "period_end": period.end.isoformat()}
    return days | {"period_basis": "snapshot" if measure.stock else period.basis}


def read_values(observations: list[Observation]) -> dict[Cell, str]:
    """Return figures as they were given, by their cells, to be shown beside this year's."""
    return {
        (one.indicator, one.dimension, one.category): one.symbol or f"{one.value:.{one.decimals}f}"
        for one in observations
        if not one.measure_type.startswith("change")
    }
