"""CSV files of Explore Education Statistics: children in need, looked after, care leavers, populations."""

from pathlib import Path

import pandas as pd

from analysis.errors import DataError, unknown
from analysis.official.areas import Areas, describe, read_areas, to_current
from analysis.official.bands import read_band_sum
from analysis.official.definitions import Comparator, Definitions, Origin, Table
from analysis.official.symbols import split_cells
from analysis.official.tidy import dates, empty, read_years, tidy

AREA_COLUMNS = {"National": "country_code", "Regional": "region_code", "Local authority": "new_la_code"}
ROW = ["area_code", "year"]


def read_csv(path: Path) -> pd.DataFrame:
    """Return a CSV file as text, cell for cell: symbols and blanks stay what they are."""
    return pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)


def read_ees(path: Path, table: Table, definitions: Definitions, areas: Areas | None = None) -> pd.DataFrame:
    """Return the tidy frame of every comparator that `table` gives, for every area and year in the file.

    Raises DataError for an area, year or symbol that isn't known.
    """
    raw = read_table(path, table, areas or read_areas())
    release = str(raw["year"].max())
    frames = [
        _comparator_rows(raw, table, comparator, origin, definitions, path.name)
        for comparator, origin in definitions.origins_of(table.id)
        if origin.value in raw
    ]
    licence = definitions.sources[table.source].licence
    return tidy(pd.concat(frames), source=table.source, release=release, licence=licence) if frames else empty()


def read_table(path: Path, table: Table, areas: Areas) -> pd.DataFrame:
    """Return a file with the names used here, and area_code, area_name, area_level and year beside its columns."""
    raw = rename(read_csv(path), table)
    levels = sorted(set(raw["geographic_level"]) - set(AREA_COLUMNS))
    if levels:
        raise DataError(f"{path.name}: {unknown('geographic level', levels[0], AREA_COLUMNS)}")
    codes = pd.Series("", index=raw.index)
    for level, column in AREA_COLUMNS.items():
        codes = codes.mask(raw["geographic_level"].eq(level), raw[column])
    year = read_years(raw["time_period"], raw["time_identifier"], path.name)
    where = describe(to_current(codes, areas, path.name), areas)
    return pd.concat([raw, where, year.rename("year")], axis=1)


def rename(raw: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the frame with a later or earlier release's names of columns and categories put back."""
    names = {new: old for new, old in table.renamed.items() if new in raw and old not in raw}
    named = raw.rename(columns=names)
    return named.replace({column: dict(words) for column, words in table.values.items() if column in named})


def _comparator_rows(
    raw: pd.DataFrame, table: Table, comparator: Comparator, origin: Origin, definitions: Definitions, name: str
) -> pd.DataFrame:
    """Return one comparator's rows; those of a council that was not there in a year are left out."""
    rows = _picked(raw, origin.where)
    value, symbol = split_cells(rows[origin.value], definitions.symbols, f"{name}, {origin.value}")
    if origin.parts:
        value, symbol = read_band_sum(rows, origin.parts, origin.beyond, (value, symbol), definitions.symbols)
    frame = rows[["area_code", "area_name", "area_level"]].assign(
        indicator=comparator.id,
        value=value,
        symbol=symbol,
        unit=comparator.unit,
        **dates(rows["year"] + origin.years, comparator.basis, comparator.day),
    )
    for part in ("numerator", "denominator"):
        frame[part] = _part(raw, rows, origin, part, definitions, name)
    return _without_overlaps(frame)


def _picked(raw: pd.DataFrame, where: dict[str, str]) -> pd.DataFrame:
    """Return the rows in which every named column holds the category asked for."""
    mask = pd.Series(True, index=raw.index)
    for column, category in where.items():
        mask &= raw[column].eq(category)
    return raw[mask]


def _part(
    raw: pd.DataFrame, rows: pd.DataFrame, origin: Origin, part: str, definitions: Definitions, name: str
) -> pd.Series:
    """Return the numerator or denominator of each row, NaN where the release gives none or a symbol.

    With `of`, the denominator is the numerator's column in the row of the whole group.
    """
    if part == "denominator" and origin.of:
        whole = _picked(raw, {**origin.where, **origin.of})
        numbers, _ = split_cells(whole[origin.numerator], definitions.symbols, name)
        found = dict(zip(whole[ROW].itertuples(index=False, name=None), numbers, strict=True))
        return pd.Series([found.get(key) for key in rows[ROW].itertuples(index=False, name=None)], rows.index)
    column = getattr(origin, part)
    if not column:
        return pd.Series(float("nan"), index=rows.index)
    return split_cells(rows[column], definitions.symbols, f"{name}, {column}")[0]


def _without_overlaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without those that say "not applicable" where another row of the area has the figure.

    An area that was given a new code has two rows in some years: the code that wasn't in use has no figures.
    """
    keys = ["area_code", "period_end"]
    double = frame.duplicated(keys, keep=False)
    idle = frame["symbol"].isin(("z", "x"))
    kept = frame[~(double & idle)]
    first = frame[double & idle].drop_duplicates(keys)
    lost = first[~first.set_index(keys).index.isin(kept.set_index(keys).index)]
    return pd.concat([kept, lost])
