"""ONS mid-year population by single year of age: the workbook "MYE2 - Persons" of the estimates."""

import re
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.official.areas import Areas, describe, read_areas
from analysis.official.definitions import Definitions, Table
from analysis.official.tidy import dates, tidy

SHEET = "MYE2 - Persons"
TITLE = re.compile(r"mid-(20\d\d)")
AGES = {"0-17": range(18), "18+": range(18, 91)}


def read_single_years(path: Path) -> tuple[pd.DataFrame, int]:
    """Return the persons sheet (Code, Name, ages 0 to 90 as integers; 90 is 90 and over) and the mid-year."""
    raw = pd.read_excel(path, sheet_name=SHEET, header=None, engine="calamine")
    found = TITLE.search(str(raw.iat[0, 0]))
    header = raw.index[raw[0].eq("Code")]
    if not found or len(header) != 1:
        raise DataError(f"{path.name}, {SHEET}: no title with a mid-year, or no header row that begins with Code")
    rows = raw.loc[header[0] + 1 :].dropna(subset=[0])
    rows.columns = [_age(name) for name in raw.loc[header[0]]]
    return rows.reset_index(drop=True), int(found[1])


def _age(name: object) -> object:
    text = str(name).removesuffix(".0").removesuffix("+").strip()
    return int(text) if text.isdigit() else text


def read_mye(path: Path, table: Table, definitions: Definitions, areas: Areas | None = None) -> pd.DataFrame:
    """Return the tidy frame of the population comparators, for the areas of our register that the workbook has."""
    register = areas or read_areas()
    rows, year = read_single_years(path)
    codes = rows["Code"].astype("str").str.strip().replace(register.current)
    known = codes.isin(register.by_code)
    where = describe(codes[known], register)
    licence = definitions.sources[table.source].licence
    frames = [
        where.assign(
            indicator=comparator.id,
            value=count_ages(rows[known], AGES[origin.value]),
            unit=comparator.unit,
            **dates(pd.Series(year, index=where.index), comparator.basis, comparator.day),
        )
        for comparator, origin in definitions.origins_of(table.id)
    ]
    return tidy(pd.concat(frames), symbol="", source=table.source, release=f"mid-{year}", licence=licence)


def count_ages(rows: pd.DataFrame, ages: range) -> pd.Series:
    """Return the people whose age lies in `ages`, from a column for each single year."""
    return rows[list(ages)].astype("float64").sum(axis=1)
