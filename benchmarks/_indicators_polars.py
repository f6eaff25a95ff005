"""The questions of `indicators` asked with polars: rows chosen once for all questions about them, then grouped."""

from collections.abc import Iterator, Sequence

import pandas as pd
import polars as pl

from analysis.counting.splits import MONTH, Grouping
from analysis.counting.working_days import load_calendar


def hold_polars(tables: dict[str, pd.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the tables as polars holds them."""
    return {name.replace(".", "_"): pl.from_pandas(frame) for name, frame in tables.items()}


def count_polars(frames: dict[str, pl.DataFrame], asks: Sequence, derived: Sequence[tuple[str, str, str]]) -> list:
    """Return, for each question, its answers: dimension, value of the split's column, numbers.

    Of several ways tried this is the fastest: one plan for all questions takes twice as long.
    """
    tables = prepare(frames, asks, derived)
    rows = {place_of(ask): choose(tables[ask.table], ask) for ask in {place_of(ask): ask for ask in asks}.values()}
    return [
        [answer for split in (None, *ask.splits) for answer in ask_one(rows[place_of(ask)], ask, split)] for ask in asks
    ]


def place_of(ask) -> tuple[str, str, str]:
    """Return what tells apart the rows that questions are about."""
    return ask.table, ask.where, ask.latest


def prepare(
    frames: dict[str, pl.DataFrame], asks: Sequence, derived: Sequence[tuple[str, str, str]]
) -> dict[str, pl.DataFrame]:
    """Return the tables that are asked, with the columns that questions work out."""
    held = frames["D12_sessions"].filter(~pl.col("cancelled_flag").fill_null(False))
    more = {"D13_held": frames["D13_bookings"].join(held.select("session_id", "date", "mode"), on="session_id")}
    return {name: derive((frames | more)[name], derived) for name in {ask.table for ask in asks}}


def derive(frame: pl.DataFrame, derived: Sequence[tuple[str, str, str]]) -> pl.DataFrame:
    """Return a table with the columns that its questions work out."""
    return frame.with_columns(
        work_out(kind, one, other).alias(f"{kind}_{one}_{other}")
        for kind, one, other in derived
        if one in frame and other in frame
    )


def work_out(kind: str, one: str, other: str) -> pl.Expr:
    """Return the working days or days from one date to another, or whether a person's row before was within a year."""
    if kind == "again":
        day = pl.col(other).dt.date()
        return day.shift().over(one, order_by=day).dt.offset_by("1y") >= day
    start, end = pl.col(one).dt.date(), pl.col(other).dt.date()
    if kind == "days":
        return (end - start).dt.total_days()
    holidays = load_calendar().holidays.tolist()
    return pl.business_day_count(start + pl.duration(days=1), end + pl.duration(days=1), holidays=holidays)


def choose(rows: pl.DataFrame, ask) -> pl.DataFrame:
    """Return the rows that a question is about."""
    rows = rows.filter(pl.sql_expr(name_derived(ask.where))) if ask.where else rows
    if not ask.latest:
        return rows
    return rows.sort(ask.latest, maintain_order=True).unique("child_pseudo", keep="last", maintain_order=True)


def name_derived(text: str) -> str:
    """Return a text with `wd(a,b)` as the column of that name."""
    for kind in ("wd", "days", "again"):
        while (start := text.find(f"{kind}(")) >= 0:
            end = text.index(")", start)
            one, other = text[start + len(kind) + 1 : end].split(",")
            text = f"{text[:start]}{kind}_{one}_{other}{text[end + 1 :]}"
    return text


def ask_one(rows: pl.DataFrame, ask, split: Grouping | None) -> Iterator[tuple[str, object, tuple]]:
    """Return the answers to one question by one split, or of its whole."""
    numbers = [number.alias(f"number_{at}") for at, number in enumerate(measure(ask))]
    if split is None:
        yield "", "", rows.select(numbers).row(0)
        return
    for said, *found in rows.group_by(key(ask, split).alias("said")).agg(numbers).iter_rows():
        yield split.dimension, said, tuple(found)


def key(ask, split: Grouping) -> pl.Expr:
    """Return what is grouped by: the column, months of dates; categories for people, who are not to count twice."""
    column = pl.col(split.column)
    if split.dimension == MONTH:
        return column if split.column == "offence_month" else column.dt.truncate("1mo")
    if ask.definition.method == "people" and split.categories:
        return column.replace_strict(dict(split.categories), default=None, return_dtype=pl.String)
    return column


def measure(ask) -> list[pl.Expr]:
    """Return the numbers that a question is for."""
    method = ask.definition.method
    if method in ("events", "parts"):
        return [pl.len()]
    if method == "people":
        return [pl.col(ask.definition.person).drop_nulls().n_unique()]
    value = pl.sql_expr(name_derived(ask.value))
    return {"share": [value.sum(), value.count()], "total": [value.sum()], "median": [value.median()]}[method]
