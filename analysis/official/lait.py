"""The long table of the local authority interactive tool (LAIT), and its data dictionary."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.official.areas import Areas, describe, read_areas, to_codes
from analysis.official.definitions import Definitions
from analysis.official.ees import read_csv
from analysis.official.symbols import split_cells
from analysis.official.tidy import dates, empty, tidy

MEASURE, YEARS, NUMBER, VALUE = "Short Desc", "Years", "LA Number", "Values"
# The dictionary's year types, and the period bases that a comparator may give a measure of that type.
YEAR_TYPES: Mapping[str, tuple[str, ...]] = {
    "Financial Year": ("financial_year", "snapshot"),
    "Annual": ("snapshot",),
    "Calendar Year": ("calendar_year",),
    "Academic Year": ("other",),
    "Annual (end of Sept)": ("snapshot",),
    "Annual - January": ("snapshot",),
}
EPOCH = date(1899, 12, 30)
YEAR = re.compile(r"(20\d\d)")


@dataclass(frozen=True)
class Measure:
    """What the dictionary says of a measure; `updated` is an ISO date, or empty."""

    code: str
    year_type: str
    updated: str
    polarity: str


def read_dictionary(path: Path) -> dict[str, Measure]:
    """Return the measures of the tool's data dictionary by their short code."""
    rows = read_csv(path).to_dict("records")
    return {
        row["Measure_short"]: Measure(
            row["Measure_short"], row["Year_Type"], _serial_date(row["Last Update"]), row["Polarity"]
        )
        for row in rows
    }


def _serial_date(cell: str) -> str:
    """Return the ISO date of a spreadsheet's day number; an empty text for anything else ("New Data")."""
    return (EPOCH + timedelta(days=int(cell))).isoformat() if cell.isdigit() else ""


def read_measures(path: Path, codes: Iterable[str], areas: Areas | None = None) -> pd.DataFrame:
    """Return the measures named, one row an area and year: measure, area_code, years, cell (as published)."""
    register = areas or read_areas()
    raw = pd.read_parquet(
        path, columns=[MEASURE, YEARS, NUMBER, VALUE], filters=[(MEASURE, "in", list(codes))]
    ).reset_index(drop=True)
    numbers = raw[NUMBER].astype("int64").astype("str")
    return pd.DataFrame(
        {
            "measure": raw[MEASURE].astype("str"),
            "area_code": to_codes(numbers, register, path.name),
            "years": raw[YEARS].astype("str"),
            "cell": raw[VALUE].astype("str"),
        }
    )


def read_lait(
    path: Path, definitions: Definitions, dictionary: Mapping[str, Measure], areas: Areas | None = None
) -> pd.DataFrame:
    """Return the tidy frame of every comparator that the long table gives. The release is the measure's update.

    Raises DataError where the dictionary gives a measure another year type than our definition does.
    """
    register = areas or read_areas()
    pairs = [(one, origin.value) for one, origin in definitions.origins_of("lait")]
    _check_year_types(pairs, dictionary)
    raw = read_measures(path, {code for _, code in pairs}, register)
    frames = [_rows(raw[raw["measure"].eq(code)], one, code, dictionary, definitions) for one, code in pairs]
    licence = definitions.sources["lait"].licence
    found = pd.concat([frame for frame in frames if len(frame)] or [empty()])
    named = found.drop(columns=["area_code", "area_name", "area_level"], errors="ignore")
    named = pd.concat([named, describe(found["area_code"], register)], axis=1)
    return tidy(named, source="lait", licence=licence)


def _rows(raw: pd.DataFrame, comparator, code: str, dictionary, definitions: Definitions) -> pd.DataFrame:
    value, symbol = split_cells(raw["cell"], definitions.symbols, f"LAIT {code}")
    years = raw["years"].str.extract(YEAR.pattern, expand=False)
    if years.isna().any() or not raw["years"].str.fullmatch(r"20\d\d").all():
        raise DataError(f"LAIT {code}: years {raw['years'].iloc[0]!r}; allowed: one year, like 2024")
    updated = dictionary[code].updated if code in dictionary else ""
    return raw[["area_code"]].assign(
        indicator=comparator.id,
        value=clean(value),
        symbol=symbol,
        unit=comparator.unit,
        release=updated or str(years.max()),
        **dates(years.astype("int64"), comparator.basis, comparator.day),
    )


def clean(values: pd.Series) -> pd.Series:
    """Return the values as published: the table holds 90.8 as 90.800000000000011."""
    return values.round(6)


def _check_year_types(pairs, dictionary: Mapping[str, Measure]) -> None:
    for comparator, code in pairs:
        year_type = dictionary[code].year_type if code in dictionary else ""
        if year_type and comparator.basis not in YEAR_TYPES.get(year_type, ()):
            raise DataError(f"LAIT {code}: year type {year_type!r} isn't a {comparator.basis}; the years differ")
