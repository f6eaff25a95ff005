"""The questions of `indicators` asked with DuckDB: one query a question, its splits as grouping sets.

The queries are made of this folder's own list and of the dictionary's names: nothing of them comes from data.
"""

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from analysis.counting.splits import MONTH, Grouping
from analysis.counting.working_days import load_calendar
from benchmarks._indicators_polars import name_derived

SHAPES = {
    "events": "count(*)",
    "parts": "count(*)",
    "people": "count(distinct {person})",
    "share": "count(*) filter (where {value}), count({value})",
    "total": "sum({value})",
    "median": "median({value})",
}
WORKED_OUT = {
    "days": "date_diff('day', {one}::date, {other}::date)",
    "again": "lag({other}::date) over (partition by {one} order by {other}) + interval 1 year >= {other}::date",
    "wd": "(select n from workdays where day = {other}::date) - (select n from workdays where day = {one}::date)",
}


def hold_duckdb(tables: dict[str, pd.DataFrame]) -> duckdb.DuckDBPyConnection:
    """Return a database in memory that holds the tables and the number of each working day."""
    database = duckdb.connect(config={"threads": 2})
    for name, frame in tables.items():
        database.register("given", frame.assign(place=range(len(frame))))
        database.execute(f"create table {name.replace('.', '_')} as select * from given")  # noqa: S608
        database.unregister("given")
    days = np.arange("2004-01-01", "2026-01-01", dtype="datetime64[D]")
    passed = np.busday_count(days[0] + 1, days + 1, busdaycal=load_calendar())
    database.register("given", pd.DataFrame({"day": days.astype("datetime64[s]"), "n": passed}))
    database.execute("create table workdays as select day::date as day, n from given")
    return database


def count_duckdb(
    database: duckdb.DuckDBPyConnection, asks: Sequence, derived: Sequence[tuple[str, str, str]]
) -> list[list[tuple]]:
    """Return, for each question, its answers: dimension, value of the split's column, numbers."""
    database.execute("""
        create or replace temp view D13_held as select b.*, s.date, s.mode from D13_bookings b
        join D12_sessions s using (session_id) where not coalesce(s.cancelled_flag, false)
    """)
    for table in dict.fromkeys(ask.table for ask in asks):
        create(database, table, derived)
    return [answer(database, ask) for ask in asks]


def create(database: duckdb.DuckDBPyConnection, table: str, derived: Sequence[tuple[str, str, str]]) -> None:
    """Make a table with the columns that its questions work out, where there are any."""
    names = [name for name, *_ in database.execute(f"describe {table}").fetchall()]
    more = [
        f"{WORKED_OUT[kind].format(one=one, other=other)} as {kind}_{one}_{other}"
        for kind, one, other in derived
        if one in names and other in names
    ]
    said = f"select {', '.join(['*', *more])} from {table}"  # noqa: S608
    database.execute(f"create or replace temp {'table' if more else 'view'} asked_{table} as {said}")


def answer(database: duckdb.DuckDBPyConnection, ask) -> list[tuple]:
    """Return the answers to one question."""
    keys = [f"k{at}" for at in range(len(ask.splits))]
    columns = "".join(f", {key(ask, split)} as {name}" for name, split in zip(keys, ask.splits, strict=True))
    numbers = SHAPES[ask.definition.method].format(person=ask.definition.person, value=name_derived(ask.value))
    latest = f"qualify row_number() over (partition by child_pseudo order by {ask.latest} desc, place desc) = 1"
    # The place tells rows of one day apart.
    found = database.execute(f"""
        select {", ".join([f"grouping_id({', '.join(keys)})" if keys else "0", *keys, numbers])}
        from (select *{columns} from asked_{ask.table}
              {"where " + name_derived(ask.where) if ask.where else ""} {latest if ask.latest else ""})
        group by grouping sets ({", ".join(["()", *(f"({name})" for name in keys)])})
    """).fetchall()  # noqa: S608
    return [read(row, ask.splits) for row in found]


def read(row: tuple, splits: Sequence[Grouping]) -> tuple:
    """Return an answer: the bit of `grouping_id` that isn't set tells the split."""
    said, numbers = row[1 : len(splits) + 1], row[len(splits) + 1 :]
    for at, split in enumerate(splits):
        if not row[0] >> (len(splits) - 1 - at) & 1:
            return split.dimension, said[at], numbers
    return "", "", numbers


def key(ask, split: Grouping) -> str:
    """Return what is grouped by: the column, months of dates; categories for people, who are not to count twice."""
    if split.dimension == MONTH and split.column != "offence_month":
        return f"date_trunc('month', \"{split.column}\")"
    if ask.definition.method == "people" and split.categories and isinstance(next(iter(split.categories)), str):
        names = {code: name.replace("'", "''") for code, name in split.categories.items()}
        cases = " ".join(f"when '{code}' then '{name}'" for code, name in names.items())
        return f'case "{split.column}" {cases} end'
    return f'"{split.column}"'
