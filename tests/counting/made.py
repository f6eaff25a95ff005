"""Frames of records for tests: literal rows, and rows made at random within the contracts. Synthetic, about nobody."""

from datetime import date

import numpy as np
import pandas as pd

from analysis.counting.definition import Definition, Records
from analysis.counting.definitions import get_definitions
from analysis.counting.tally import Block, list_rows
from analysis.measures.periods import Period
from analysis.returns.conform import DTYPES
from analysis.returns.contracts import Column, contract

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")


def table(name: str, *rows: dict) -> pd.DataFrame:
    """Return rows as a table's records, typed as reading types them; columns left out are empty.

    Raises KeyError for a column that the contract doesn't have.
    """
    dataset, _, part = name.partition(".")
    columns = contract(dataset).table(part).columns
    unknown = {key for row in rows for key in row} - {column.name for column in columns}
    if unknown:
        raise KeyError(f"{name} has no column {sorted(unknown)}")
    return pd.DataFrame({column.name: _typed([row.get(column.name) for row in rows], column) for column in columns})


def _typed(values: list, column: Column) -> pd.Series:
    return pd.Series(values, dtype=DTYPES.get(column.type, "str"))


def count_measure(definition: Definition, records: Records, period: Period = YEAR, *, detail: bool = True):
    """Return what a definition counts in a period as one tidy frame."""
    return to_frame(definition.tally(records, period, detail=detail))


def to_frame(blocks: list[Block]) -> pd.DataFrame:
    """Return blocks as one tidy frame."""
    columns = ["dimension", "category", "value", "numerator", "denominator"]
    return pd.DataFrame([row for block in blocks for row in list_rows(block)], columns=columns)


def tallied(count, records: Records, period: Period = YEAR) -> dict:
    """Return what a definition (a function, or the measure whose record counts it) gives each dimension and category:
    the value, or for shares numerator and denominator."""
    definition = get_definitions()[count] if isinstance(count, str) else count.definition
    frame = count_measure(definition, records, period)
    shares = definition.measure_type == "percent"
    return {
        (row.dimension, row.category): (row.numerator, row.denominator) if shares else row.value
        for row in frame.itertuples(index=False)
    }


def whole(count, records: Records, period: Period = YEAR):
    """Return the total alone."""
    return tallied(count, records, period)["", ""]


def all_needed() -> list[str]:
    """Return the tables that any definition needs."""
    return sorted({table for definition in get_definitions().values() for table in definition.needs})


def at_random(seed: int, size: int, tables: list[str] | None = None) -> dict[str, pd.DataFrame]:
    """Return tables of records made at random within their contracts, dated from 2022 to 2024."""
    numbers = np.random.default_rng(seed)
    return {name: _random_table(name, size, numbers) for name in tables or all_needed()}


def _random_table(name: str, size: int, numbers: np.random.Generator) -> pd.DataFrame:
    dataset, _, part = name.partition(".")
    columns = contract(dataset).table(part).columns
    return pd.DataFrame({column.name: _typed(_random_values(column, size, numbers), column) for column in columns})


def _random_values(column: Column, size: int, numbers: np.random.Generator) -> list:
    values = [_random_value(column, numbers) for _ in range(size)]
    return values if column.required else [None if numbers.random() < 0.2 else value for value in values]


def _random_value(column: Column, numbers: np.random.Generator):
    day = pd.Timestamp("2022-01-03") + pd.Timedelta(days=int(numbers.integers(0, 1000)))
    codes = [code.code for code in column.codes]
    make = {
        "date": lambda: day,
        "moment": lambda: day + pd.Timedelta(hours=int(numbers.integers(0, 24))),
        "month": lambda: f"{day:%Y-%m}",
        "integer": lambda: int(numbers.integers(0, 30)),
        "number": lambda: float(numbers.integers(0, 40)),
        "yes_no": lambda: bool(numbers.integers(0, 2)),
        "code": lambda: numbers.choice(codes),
        "codes": lambda: ";".join(numbers.choice(codes, size=2, replace=False)),
    }
    return make.get(column.type, lambda: f"{column.name}-{numbers.integers(0, 9)}")()
