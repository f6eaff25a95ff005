"""From a downloaded file to its cells as published: one function for each layout in which releases come.

Every frame has a row for an area and year (or period) with `area_code`, `release`, and either `year`, in which the
figures' year ends, or the columns of a period; beside them the file's own columns, symbols and all.
"""

import re
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.errors import DataError, unknown
from analysis.official.areas import ENGLAND, UNITED_KINGDOM, Areas, to_codes, to_current
from analysis.official.definitions import Table

AREA_COLUMNS = {"National": "country_code", "Regional": "region_code", "Local authority": "new_la_code"}
# What a release calls its years. Years of another type (academic, say) are never read as financial years.
REPORTING = ("Reporting year", "Financial year")
MEASURE, YEARS, NUMBER, VALUE = "Short Desc", "Years", "LA Number", "Values"
EPOCH = date(1899, 12, 30)  # the day 0 of spreadsheets
ASCOF_COLUMN = re.compile(r"(20\d\d) to (20\d\d) - outcome")
MARGIN, Z_95 = "margin of error", 1.959964
ASCOF_PARTS = ("numerator", "denominator", "outcome", MARGIN)  # the survey's tables have a margin and no numerators
SAC_ROUNDING = 5
AGE_SHEET, AGE_TITLE = "MYE2 - Persons", re.compile(r"mid-(20\d\d)")
AGES = {"0-17": range(18), "18+": range(18, 91)}  # 90 is 90 and over


class Measure(NamedTuple):
    """What the interactive tool's dictionary says of a measure; `updated` is an ISO date, or empty."""

    year_type: str
    updated: str


def read_csv(path: Path) -> pd.DataFrame:
    """Return a CSV file as text, cell for cell: symbols and blanks stay what they are."""
    return pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)


def read_ees(path: Path, table: Table, areas: Areas, _values: Collection[str] = ()) -> pd.DataFrame:
    """Return a file of Explore Education Statistics with the names used here.

    Raises DataError for a level, area or year that isn't known.
    """
    raw = rename(read_csv(path), table)
    levels = sorted(set(raw["geographic_level"]) - set(AREA_COLUMNS))
    if levels:
        raise DataError(f"{path.name}: {unknown('geographic level', levels[0], AREA_COLUMNS)}")
    codes = pd.Series("", index=raw.index)
    for level, column in AREA_COLUMNS.items():
        codes = codes.mask(raw["geographic_level"].eq(level), raw[column])
    year = read_years(raw["time_period"], raw["time_identifier"], path.name)
    return raw.assign(area_code=to_current(codes, areas, path.name), year=year, release=str(year.max()))


def rename(raw: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the frame with a later or earlier release's names of columns and categories put back."""
    names = {new: old for new, old in table.renamed.items() if new in raw and old not in raw}
    named = raw.rename(columns=names)
    return named.replace({column: dict(words) for column, words in table.values.items() if column in named})


def read_years(periods: pd.Series, identifiers: pd.Series, place: str) -> pd.Series:
    """Return the year in which each reporting or financial year ends: 2024, and 202324, give 2024.

    Raises DataError for years of another type and for another form.
    """
    strange = sorted(set(identifiers) - set(REPORTING))
    if strange:
        raise DataError(f"{place}: time_identifier {strange[0]!r} isn't one of {', '.join(REPORTING)}")
    text = periods.astype("str").str.strip()
    odd = text[~text.str.fullmatch(r"\d{4}|\d{6}")]
    if len(odd):
        raise DataError(f"{place}: time_period {odd.iloc[0]!r} is neither like 2024 nor like 202324")
    return text.str[:4].astype("int64") + text.str.len().eq(6)


def read_lait(path: Path, _table: Table, areas: Areas, values: Collection[str]) -> pd.DataFrame:
    """Return the measures named of the interactive tool's long table: measure, cell, and as release its last year."""
    columns = [MEASURE, YEARS, NUMBER, VALUE]
    raw = pd.read_parquet(path, columns=columns, filters=[(MEASURE, "in", list(values))]).reset_index(drop=True)
    years, measure = raw[YEARS].astype("str"), raw[MEASURE].astype("str")
    odd = years[~years.str.fullmatch(r"20\d\d")]
    if len(odd):
        raise DataError(f"LAIT {measure[odd.index[0]]}: years {odd.iloc[0]!r}; allowed: one year, like 2024")
    codes = to_codes(raw[NUMBER].astype("int64").astype("str"), areas, path.name)
    cells = {"area_code": codes, "year": years.astype("int64"), "measure": measure, "cell": raw[VALUE].astype("str")}
    return pd.DataFrame(cells).assign(release=years.groupby(measure).transform("max"))


def read_dictionary(path: Path) -> dict[str, Measure]:
    """Return the measures of the tool's data dictionary by their short code."""
    rows = read_csv(path).to_dict("records")
    return {row["Measure_short"]: Measure(row["Year_Type"], _serial_date(row["Last Update"])) for row in rows}


def _serial_date(cell: str) -> str:
    """Return the ISO date of a spreadsheet's day number; an empty text for anything else ("New Data")."""
    return (EPOCH + timedelta(days=int(cell))).isoformat() if cell.isdigit() else ""


def read_ascof(path: Path, _table: Table, areas: Areas, _values: Collection[str] = ()) -> pd.DataFrame:
    """Return a table of adults' outcomes, a row an area and year. Groups of councils without a code are left out."""
    raw = read_csv(path)
    raw = raw[~raw["ONS area code"].isin(("[z]", ""))].reset_index(drop=True)
    codes = to_current(raw["ONS area code"], areas, path.name)
    years = sorted({int(match[2]) for column in raw if (match := ASCOF_COLUMN.fullmatch(column))})
    if not years:
        raise DataError(f"{path.name}: no column like '2023 to 2024 - outcome'")
    parts = [part for part in ASCOF_PARTS if f"{years[-1] - 1} to {years[-1]} - {part}" in raw]
    cells = [{part: raw[f"{year - 1} to {year} - {part}"] for part in parts} for year in years]
    frames = [
        pd.DataFrame({"area_code": codes, "year": year, **columns}) for year, columns in zip(years, cells, strict=True)
    ]
    rows = pd.concat(frames, ignore_index=True)
    numbers = pd.to_numeric(rows["outcome"], errors="coerce").round(1)
    rows["outcome"] = numbers.astype("str").where(numbers.notna(), rows["outcome"])
    if MARGIN in rows:
        rows = rows.assign(**size_by_margin(numbers, pd.to_numeric(rows[MARGIN], errors="coerce")))
    return rows.assign(release=f"to {years[-1] - 1}-{years[-1] % 100:02d}")


def size_by_margin(percent: pd.Series, margin: pd.Series) -> dict[str, pd.Series]:
    """Return the numerator and denominator of a simple sample that would have a weighted survey's margin of error.

    The margin is half of a 95% interval, in percentage points; a percentage without one has no base ("x"). The size is
    Kish's effective one (Survey Sampling, 1965): the answers that count after weighting, fewer than those given.
    """
    size = (percent * (100 - percent) * (Z_95 / margin) ** 2).where(margin.gt(0) & percent.between(0.1, 99.9)).round()
    sides = {"numerator": (percent * size / 100).round(), "denominator": size}
    return {name: side.astype("str").where(side.notna(), "x") for name, side in sides.items()}


def read_sac(path: Path, _table: Table, _areas: Areas, _values: Collection[str] = ()) -> pd.DataFrame:
    """Return the national headlines of the Safeguarding Adults Collection, each released by the source it names.

    Raises DataError for a count that isn't a multiple of five: every published one is rounded to the nearest
    five, so such a figure is not the published one.
    """
    raw = read_csv(path)
    value = pd.to_numeric(raw["value"], errors="coerce")
    odd = value[(value % SAC_ROUNDING).gt(0)]
    if len(odd):
        raise DataError(f"{path.name}: {odd.iloc[0]:.0f} isn't a multiple of five, so it isn't as published")
    year = raw["financial_year"].str[:4].astype("int64") + 1
    return raw.assign(area_code=ENGLAND, year=year, cell=raw["value"], release=raw["source"])


def read_marac(path: Path, _table: Table, _areas: Areas, _values: Collection[str] = ()) -> pd.DataFrame:
    """Return the national MARAC figures. Twelve months that don't end in March are of the basis `other`."""
    raw = read_csv(path)
    march = raw["from"].str.endswith("-04-01") & raw["to"].str.endswith("-03-31")
    period = {"period_start": raw["from"], "period_end": raw["to"]}
    basis = march.map({True: "financial_year", False: "other"})
    return raw.assign(**period, period_basis=basis, area_code=UNITED_KINGDOM, release=f"to {raw['to'].max()}")


def read_mye(path: Path, _table: Table, areas: Areas, values: Collection[str]) -> pd.DataFrame:
    """Return people by band of age from the workbook of single years, for the areas of our register."""
    raw = pd.read_excel(path, sheet_name=AGE_SHEET, header=None, engine="calamine")
    title, header = AGE_TITLE.search(str(raw.iat[0, 0])), raw.index[raw[0].eq("Code")]
    if not title or len(header) != 1:
        raise DataError(f"{path.name}, {AGE_SHEET}: no title with a mid-year, or no header row that begins with Code")
    rows = raw.loc[header[0] + 1 :].dropna(subset=[0])
    rows.columns = [_age(name) for name in raw.loc[header[0]]]
    codes = rows["Code"].astype("str").str.strip().replace(areas.current)
    known = codes.isin(areas.by_code)
    bands = {band: rows.loc[known, list(AGES[band])].astype("float64").sum(axis=1) for band in values}
    frame = pd.DataFrame({"area_code": codes[known], **bands})
    return frame.assign(year=int(title[1]), release=f"mid-{title[1]}")


def _age(name: object) -> object:
    text = str(name).removesuffix(".0").removesuffix("+").strip()
    return int(text) if text.isdigit() else text


LAYOUTS = {
    "ees": read_ees,
    "lait": read_lait,
    "mye": read_mye,
    "ascof": read_ascof,
    "sac": read_sac,
    "marac": read_marac,
}
