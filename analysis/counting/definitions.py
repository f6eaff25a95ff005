"""Every definition: those of functions, and those that the record of a measure gives itself (`count`): a choice of rows
of one table, and what of them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module

import numpy as np
import pandas as pd

from analysis.counting.definition import NAMED, Definition, Records
from analysis.counting.measures import DAY, MEASURE, measured, part_of_whole, summed, year_to
from analysis.counting.rows import (
    days_between,
    hours_between,
    is_known,
    latest,
    met_from,
    met_within,
    open_at,
    supplied,
    within,
)
from analysis.counting.selection import CHOICES
from analysis.counting.working_days import count_working_days
from analysis.errors import CommandError, DataError, unknown
from analysis.measures.catalogue import get_catalogue
from analysis.measures.completion import MONTH
from analysis.measures.measure import AVERAGES, Count, Measure, Values
from analysis.measures.periods import Period
from analysis.returns.contracts import Column, column_of

SPANS = {"days": days_between, "working_days": count_working_days, "hours": hours_between}
THEMES = (
    "front_door", "early_help", "child_protection", "looked_after", "looked_after_health", "care_leavers",
    "missing", "adults", "adult_outcomes", "adult_services", "lado", "training", "meetings", "learning",
    "police", "domestic_abuse", "health", "partnership", "arrangements",
    "youth_justice", "returned_totals", "wellbeing_act",
)  # fmt: skip
for theme in THEMES:
    import_module(f"analysis.counting.{theme}")


@cache
def get_definitions() -> dict[str, Definition]:
    """Return every definition by its measure: those of functions, then those that a record of the catalogue gives.

    Raises DataError for a measure that has both, and for a record that names a table or column there isn't.
    """
    recorded = {name: define(measure) for name, measure in get_catalogue().measures.items() if measure.count}
    for name in recorded.keys() & NAMED.keys():
        raise DataError(f"{name} has two definitions: `count` in its record and a function")
    return {**NAMED, **recorded}


def describe(measure: Measure, *, is_counted: bool) -> str:
    """Return what a measure is, in words: its record's where figures are returned; how it is counted, where it is."""
    definition = get_definitions().get(measure.id)
    counting = definition.words if definition else ""
    if not (measure.definition and counting and is_counted):
        return measure.definition or counting
    return f"{measure.definition} Counted here: {counting[:1].lower()}{counting[1:]}"


def define(measure: Measure) -> Definition:
    """Return the definition that a record gives. Raises DataError naming the measure for rows that no module chooses,
    and for a table or a column that the contract of its dataset doesn't have."""
    count, method = measure.count, get_method(measure)
    if count.rows and count.rows not in CHOICES:
        raise DataError(f"{measure.id}, count: {unknown('choice of rows', count.rows, CHOICES)}")
    tables = CHOICES[count.rows][1] if count.rows else (count.table,)
    try:
        columns = {name: find_column(tables, name) for name in list_columns(count)}
    except CommandError as error:
        raise DataError(f"{measure.id}, count: {error}") from error
    check_values(measure, columns)

    def select(records: Records, when: Period | pd.Timestamp) -> pd.DataFrame:
        return take(choose(count, records, when), measure, method, when)

    if count.span and (unit := find_unit(measure)) not in SPANS:
        raise DataError(f"{measure.id}, count: {unknown('unit of a span', unit, SPANS)}")
    holding = ({MONTH: count.day} if count.day else {}) | dict(count.columns)
    whole = not any(columns[name].type == "number" for name in count.ratio)
    return Definition(measure.id, method, tables, select, count.person, whole, holding)


def find_column(tables: Sequence[str], column: str) -> Column:
    """Return a column of the first table that has it. Raises CommandError where none does."""
    for table in tables[:-1]:
        with suppress(CommandError):
            return column_of(table, column)
    return column_of(tables[-1], column)


def check_values(measure: Measure, columns: Mapping[str, Column]) -> None:
    """Raise DataError where rows are chosen by a value that their column never holds: they would all be left out."""
    count = measure.count
    met = count.met.items() if isinstance(count.met, Mapping) else ()
    for name, values in (*count.where.items(), *count.unless.items(), *met):
        column = columns[name]
        codes = [code.code for code in column.codes]
        for value in values if isinstance(values, tuple) else [values]:
            if column.type == "yes_no" and not isinstance(value, bool):
                raise DataError(f"{measure.id}, count: {name} is true or false, not {value!r}")
            if codes and value not in codes:
                raise DataError(f"{measure.id}, count: {unknown(f'value of {name}', str(value), codes)}")


def get_method(measure: Measure) -> str:
    """Return the method (`definition.METHODS`) that the keys of a record's count name."""
    count = measure.count
    if count.met or count.within or count.recorded or count.least or count.most or count.in_time:
        return "share"
    if count.ratio or count.measures:
        return "ratio"
    if count.value or count.rise or count.measure or count.span:
        return measure.measure if measure.measure in AVERAGES else "total"
    if count.person:
        return "people"
    return "parts" if measure.measure == "percent" else "events"


def list_columns(count: Count) -> list[str]:
    """Return the columns of its table that a count reads."""
    met = count.met if isinstance(count.met, Mapping) else (count.met,)
    single = (count.day, count.given, count.said, count.person, count.value, count.recorded)
    chosen = (*count.open, *count.latest, *count.returned, *count.where, *count.unless)
    limits = (*count.least, *count.most, *count.in_time, *count.rise)
    several = (*chosen, *met, *limits, *count.ratio, *count.span, *count.columns.values())
    return [column for column in (*single, *several) if column]


def choose(count: Count, records: Records, when: Period | pd.Timestamp) -> pd.DataFrame:
    """Return the rows that count in a period or, of a stock, on a day; dated rows are those of the year to it."""
    rows = CHOICES[count.rows][0](records, when) if count.rows else records[count.table]
    period = when if isinstance(when, Period) else year_to(when)
    if count.measure:
        rows = measured(rows, period, count.measure)
        return rows if period is when else latest(rows, MEASURE, DAY)
    if count.day or count.measures:
        rows = within(rows, count.day or DAY, period)
    if count.open:
        rows = open_at(rows, *count.open, when)
    if count.latest:
        rows = latest(rows, list(count.latest), count.day or DAY)
    rows = supplied(rows, *count.returned)
    for column, values in count.where.items():
        rows = rows[has(rows, column, values)]
    for column, values in count.unless.items():
        rows = rows[is_known(rows, column) & ~has(rows, column, values)]
    if count.said:
        rows = rows[is_known(rows, count.said)]
    return supplied(rows, count.given) if count.given else rows


def take(rows: pd.DataFrame, measure: Measure, method: str, when: Period | pd.Timestamp) -> pd.DataFrame:
    """Return the chosen rows with the column that the method counts by."""
    count = measure.count
    if method == "share" and not count.span:
        return rows.assign(met=is_met(rows, count, when))
    if count.measures:
        return part_of_whole(rows, *count.measures)
    if count.ratio:
        part, whole = count.ratio
        return rows.assign(numerator=rows[part], denominator=rows[whole])
    if count.rise:
        first, last = count.rise
        return rows.assign(value=rows[last] - rows[first])
    if count.span:
        first, last = count.span
        spans = SPANS[find_unit(measure)](rows[first], rows[last])
        return rows.assign(met=met_within(spans, *count.within.values())) if count.within else rows.assign(value=spans)
    if count.value:
        return summed(rows, count.value) if method == "total" else rows.assign(value=rows[count.value])
    return rows


def is_met(rows: pd.DataFrame, count: Count, when: Period | pd.Timestamp) -> pd.Series | np.ndarray:
    """Return whether each row meets what its share asks for; missing where it doesn't say."""
    if count.recorded:
        return is_known(rows, count.recorded)
    if count.in_time:
        done, *due = count.in_time
        return rows[done] <= (rows[due[0]] if due else pd.Timestamp(when.end))
    if isinstance(count.met, str) and count.met:
        return rows[count.met]
    ((column, asked),) = (count.met or count.least or count.most).items()
    if count.met:
        return has(rows, column, asked)
    return met_from(rows[column], asked) if count.least else met_within(rows[column], asked)


def find_unit(measure: Measure) -> str:
    """Return the unit of a time from one column to another: that of its limit, or the measure's own."""
    return next(iter(measure.count.within), measure.unit)


def has(rows: pd.DataFrame, column: str, values: Values) -> pd.Series:
    """Return whether each row has the value, or one of the values, in a column; a missing one is none of them."""
    return rows[column].isin(values if isinstance(values, tuple) else [values])
