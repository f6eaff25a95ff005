"""Adults: ASCOF table 4B for every council, and national headlines of enquiries and of MARAC."""

import re
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.official.areas import ENGLAND, UNITED_KINGDOM, Areas, describe, read_areas, to_current
from analysis.official.definitions import Definitions, Table
from analysis.official.ees import read_csv
from analysis.official.symbols import split_cells
from analysis.official.tidy import dates, tidy

ASCOF_COLUMN = re.compile(r"(20\d\d) to (20\d\d) - (numerator|denominator|outcome)")
SAC_ROUNDING = 5


def read_ascof(path: Path, table: Table, definitions: Definitions, areas: Areas | None = None) -> pd.DataFrame:
    """Return the tidy frame of ASCOF 4B. Groups of councils that have no area code are left out."""
    register = areas or read_areas()
    raw = read_csv(path)
    raw = raw[~raw["ONS area code"].isin(("[z]", ""))].reset_index(drop=True)
    where = describe(to_current(raw["ONS area code"], register, path.name), register)
    ((comparator, _),) = definitions.origins_of(table.id)
    frames = [_ascof_year(raw, where, year, comparator, definitions) for year in ascof_years(raw, path.name)]
    return tidy(
        pd.concat(frames),
        source=table.source,
        release=f"to {max(ascof_years(raw, path.name)) - 1}-{max(ascof_years(raw, path.name)) % 100:02d}",
        licence=definitions.sources[table.source].licence,
    )


def ascof_years(raw: pd.DataFrame, place: str) -> list[int]:
    """Return the years in which the table's years end. Raises DataError where it has none."""
    years = {int(found[2]) for column in raw if (found := ASCOF_COLUMN.fullmatch(column))}
    if not years:
        raise DataError(f"{place}: no column like '2023 to 2024 - outcome'")
    return sorted(years)


def _ascof_year(raw, where: pd.DataFrame, year: int, comparator, definitions: Definitions) -> pd.DataFrame:
    parts = {
        part: split_cells(raw[f"{year - 1} to {year} - {part}"], definitions.symbols, f"ASCOF 4B {part}")
        for part in ("numerator", "denominator", "outcome")
    }
    return where.assign(
        indicator=comparator.id,
        value=parts["outcome"][0].round(1),
        symbol=parts["outcome"][1],
        numerator=parts["numerator"][0],
        denominator=parts["denominator"][0],
        unit=comparator.unit,
        **dates(pd.Series(year, index=raw.index), comparator.basis, comparator.day),
    )


def read_sac(path: Path, table: Table, definitions: Definitions, areas: Areas | None = None) -> pd.DataFrame:
    """Return the tidy frame of the national headlines of the Safeguarding Adults Collection.

    Raises DataError for a count that isn't a multiple of five: every published one is rounded to the nearest
    five, so such a figure is not the published one.
    """
    raw = read_csv(path)
    value, symbol = split_cells(raw["value"], definitions.symbols, path.name)
    odd = value[(value % SAC_ROUNDING).gt(0)]
    if len(odd):
        raise DataError(f"{path.name}: {odd.iloc[0]:.0f} isn't a multiple of five, so it isn't as published")
    ends = raw["financial_year"].str[:4].astype("int64") + 1
    frames = [
        _national(raw[rows], value[rows], symbol[rows], comparator).assign(
            **dates(ends[rows], comparator.basis, comparator.day), release=raw.loc[rows, "source"]
        )
        for comparator, origin in definitions.origins_of(table.id)
        if (rows := raw["measure"].eq(origin.value)).any()
    ]
    return _with_area(pd.concat(frames), ENGLAND, table, definitions, areas)


def read_marac(path: Path, table: Table, definitions: Definitions, areas: Areas | None = None) -> pd.DataFrame:
    """Return the tidy frame of the national MARAC figures. Twelve months that don't end in March are `other`."""
    raw = read_csv(path)
    frames = []
    for comparator, origin in definitions.origins_of(table.id):
        value, symbol = split_cells(raw[origin.value], definitions.symbols, path.name)
        frames.append(_national(raw, value, symbol, comparator).assign(**_rolling(raw)))
    release = f"to {raw['to'].max()}"
    return _with_area(pd.concat(frames).assign(release=release), UNITED_KINGDOM, table, definitions, areas)


def _rolling(raw: pd.DataFrame) -> dict[str, pd.Series]:
    march = raw["from"].str.endswith("-04-01") & raw["to"].str.endswith("-03-31")
    basis = march.map({True: "financial_year", False: "other"})
    return {"period_start": raw["from"], "period_end": raw["to"], "period_basis": basis}


def _national(raw: pd.DataFrame, value: pd.Series, symbol: pd.Series, comparator) -> pd.DataFrame:
    return pd.DataFrame(
        {"indicator": comparator.id, "value": value, "symbol": symbol, "unit": comparator.unit}, index=raw.index
    )


def _with_area(rows: pd.DataFrame, code: str, table: Table, definitions: Definitions, areas) -> pd.DataFrame:
    rows = rows.reset_index(drop=True)
    where = describe(pd.Series(code, index=rows.index), areas or read_areas())
    licence = definitions.sources[table.source].licence
    return tidy(pd.concat([rows, where], axis=1), source=table.source, licence=licence)
