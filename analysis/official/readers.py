"""From a release's cells to one tidy frame of every comparator that it gives."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.official.areas import Areas, describe, read_areas
from analysis.official.cells import divide, read_band_sum, split_cells
from analysis.official.definitions import Comparator, Definitions, Origin, Table
from analysis.official.layouts import LAYOUTS, Measure
from analysis.official.tidy import dates, empty, tidy

ROW = ["area_code", "year"]
PERIOD = ("period_start", "period_end", "period_basis")
BY_MEASURE = ("lait", "sac")  # layouts with a row for each measure instead of a column
NOISE = 6  # decimals: a binary 90.800000000000011 is a published 90.8
# The tool's year types, and the period bases that a comparator may give a measure of that type.
YEAR_TYPES: Mapping[str, tuple[str, ...]] = {
    "Financial Year": ("financial_year", "snapshot"),
    "Annual": ("snapshot",),
    "Calendar Year": ("calendar_year",),
    "Academic Year": ("other",),
    "Annual (end of Sept)": ("snapshot",),
    "Annual - January": ("snapshot",),
}


def read_figures(
    path: Path,
    table: Table,
    definitions: Definitions,
    measures: Mapping[str, Measure] | None = None,
    areas: Areas | None = None,
) -> pd.DataFrame:
    """Return the tidy frame of every comparator that `table` gives, for every area and period in the file.

    `measures` are those of the interactive tool's dictionary, which date its measures. Raises DataError for an area,
    year or symbol that isn't known, and for a measure whose year is of another type than our definition's.
    """
    areas, measures = areas or read_areas(), measures or {}
    origins = definitions.origins_of(table.id)
    _check_year_types(origins, measures)
    raw = LAYOUTS[table.kind](path, table, areas, {origin.value for _, origin in origins})
    if table.kind == "lait":
        updated = {code: measure.updated for code, measure in measures.items() if measure.updated}
        raw["release"] = raw["release"].mask(raw["measure"].isin(list(updated)), raw["measure"].replace(updated))
    if table.kind in BY_MEASURE:
        origins = [
            (comparator, replace(origin, value="cell", where={"measure": origin.value}))
            for comparator, origin in origins
        ]
    held = [(comparator, origin) for comparator, origin in origins if origin.value in raw]
    frames = [
        _figures(raw, comparator, origin, definitions, f"{path.name}, {origin.value}") for comparator, origin in held
    ]
    frames = [frame for frame in frames if len(frame)]
    if not frames:
        return empty()
    rows = pd.concat(frames, ignore_index=True)
    named = pd.concat([rows.drop(columns="area_code"), describe(rows["area_code"], areas)], axis=1)
    return tidy(named, source=table.source, licence=definitions.sources[table.source].licence)


def _check_year_types(origins: list[tuple[Comparator, Origin]], measures: Mapping[str, Measure]) -> None:
    for comparator, origin in origins:
        year_type = measures[origin.value].year_type if origin.value in measures else ""
        if year_type and comparator.basis not in YEAR_TYPES.get(year_type, ()):
            raise DataError(
                f"LAIT {origin.value}: year type {year_type!r} isn't a {comparator.basis}; the years differ"
            )


def _figures(
    raw: pd.DataFrame, comparator: Comparator, origin: Origin, definitions: Definitions, place: str
) -> pd.DataFrame:
    """Return one comparator's rows; those of a council that was not there in a year are left out."""
    rows = _pick(raw, origin.where)
    value, symbol = split_cells(rows[origin.value], definitions.symbols, place)
    if origin.parts:
        value, symbol = read_band_sum(rows, origin.parts, origin.beyond, (value, symbol), definitions.symbols)
    if origin.share:
        whole = split_cells(rows[origin.denominator], definitions.symbols, f"{place}, {origin.denominator}")
        value, symbol = divide((value, symbol), whole)
    period = (
        dates(rows["year"] + origin.years, comparator.basis, comparator.day)
        if "year" in rows
        else {name: rows[name] for name in PERIOD}
    )
    frame = rows[["area_code", "release"]].assign(
        indicator=comparator.id,
        value=value.round(NOISE),
        symbol=symbol,
        numerator=_part(raw, rows, origin, "numerator", definitions, place),
        denominator=_part(raw, rows, origin, "denominator", definitions, place),
        unit=comparator.unit,
        **period,
    )
    return _without_overlaps(frame)


def _pick(raw: pd.DataFrame, where: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows in which every named column holds the category asked for."""
    mask = pd.Series(True, index=raw.index)
    for column, category in where.items():
        mask &= raw[column].eq(category)
    return raw[mask]


def _part(
    raw: pd.DataFrame, rows: pd.DataFrame, origin: Origin, part: str, definitions: Definitions, place: str
) -> pd.Series:
    """Return the numerator or denominator of each row, NaN where the release gives none or a symbol.

    With `of`, the denominator is the numerator's column in the row of the whole group.
    """
    if part == "denominator" and origin.of:
        whole = _pick(raw, {**origin.where, **origin.of})
        numbers, _ = split_cells(whole[origin.numerator], definitions.symbols, place)
        by_row = dict(zip(whole[ROW].itertuples(index=False, name=None), numbers, strict=True))
        return pd.Series([by_row.get(key) for key in rows[ROW].itertuples(index=False, name=None)], rows.index)
    column = getattr(origin, part)
    if not column:
        return pd.Series(float("nan"), index=rows.index)
    return split_cells(rows[column], definitions.symbols, f"{place}, {column}")[0]


def _without_overlaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without those that say "not applicable" where another row of the area has the figure.

    An area that was given a new code has two rows in some years: the code that wasn't in use has no figures.
    """
    keys = ["area_code", "period_end"]
    idle = frame["symbol"].isin(("z", "x"))
    last = frame.assign(idle=idle).sort_values("idle", kind="stable")
    return frame[~(idle & frame.index.isin(last.index[last.duplicated(keys)]))]
