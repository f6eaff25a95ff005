"""What the templates say: guidance, examples, rules in words, and the rows of the sheet Counts.

That sheet has a row for each figure that an agency is asked for, ready but for its number. A row whose number stays
empty counts as not returned. Numbers are cells of text, so that 11.86% stays as it is typed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from analysis.measures.measure import Measure
from analysis.measures.periods import BASES, Period, parse_year
from analysis.measures.strict import read_toml
from analysis.measures.terms import MEASURE_TYPES, QUALIFIERS
from analysis.returns.aggregate import Observation
from analysis.returns.aggregate_rows import COLUMNS, GUIDE
from analysis.returns.contracts import Column
from analysis.settings import get_dictionary_root

GUIDANCE = "Guidance"
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


@cache
def get_words() -> Mapping[str, Any]:
    """Return the texts of templates: `guidance`, what is said above `counts`, the `types` of columns in words."""
    return read_toml(get_dictionary_root() / "templates.toml")


def example_count(year: str) -> dict[str, object]:
    """Return the example of a count in the year, by column."""
    period = parse_year(year)
    days = {"period_start": period.start.isoformat(), "period_end": period.end.isoformat()}
    return get_words()["example_of_a_count"] | days | {"period_basis": period.basis}


def count_lists(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the options of each column of counts that has any: the names of the figures asked for, and fixed words."""
    asked = list(rows)
    names = {name: tuple(sorted({row.get(name, "") for row in asked} - {""})) for name in ("indicator", "dimension")}
    return {**names, "measure_type": MEASURE_TYPES, "qualifier": QUALIFIERS, "period_basis": BASES}


def rule_of(column: Column) -> str:
    """Return what a column allows, in words."""
    if column.type in ("code", "codes"):
        kind = "One of" if column.type == "code" else "One or more, separated by semicolons, of"
        return f"{kind}: {'; '.join(f'{code.code} ({code.label})' for code in column.codes)}."
    words = get_words()["types"][column.type]
    return words if words.endswith(".") else f"{words}{_range(column)}."


def _range(column: Column) -> str:
    if column.minimum is None:
        return "" if column.maximum is None else f", at most {column.maximum:g}"
    if column.maximum is None:
        return f", {column.minimum:g} or more"
    return f", {column.minimum:g} to {column.maximum:g}"


def example(column: Column, year: str) -> object:
    """Return a value that the column allows, for the example row; about nobody."""
    if column.type in ("code", "codes"):
        return column.codes[0].code
    if column.type in ("integer", "number"):
        return _number(column)
    start = parse_year(year).start
    return {
        "date": date(start.year, 6, 15),
        "moment": datetime(start.year, 6, 15, 9, 30),
        "month": f"{start.year}-06",
        "yes_no": "yes",
        "identifier": "example-1",
        "pseudonym": "example-0001",
        "text": "example",
    }[column.type]


def _number(column: Column) -> int:
    low = 0 if column.minimum is None else column.minimum
    return int(low if column.maximum is None and low else min(max(3, low), column.maximum or max(3, low)))
