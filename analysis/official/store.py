"""The published figures we keep: small CSV files in `data/published/`, one a source, and their index.

`spread.csv` holds the quartiles over all English councils, so that a quarter can be told where only a few
councils' figures are kept; `neighbours.csv` the statistical neighbours; `caveats.csv` what to know of a figure.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd
from msgspec import Struct
from msgspec.structs import replace

from analysis.errors import DataError
from analysis.measures.periods import Period
from analysis.official import neighbours as models
from analysis.official.areas import Areas, describe, read_areas
from analysis.official.caveats import Caveat, read_caveats
from analysis.official.definitions import Definitions, load_definitions
from analysis.official.tidy import FLOATS, empty, latest, tidy

STORED = (
    "indicator", "area_code", "period_start", "period_end", "period_basis", "value", "symbol", "numerator",
    "denominator", "source", "release",
)  # fmt: skip
SPREAD = ("indicator", "period_end", "period_basis", "source", "release", "councils", "q25", "median", "q75")
NO_REASON = "-"
SPREAD_FILE, NEIGHBOUR_FILE, CAVEAT_FILE = "spread.csv", "neighbours.csv", "caveats.csv"


class Published(Struct, frozen=True, gc=False):
    """One published figure with its source. Where `value` is None, `symbol` says why.

    `revised` tells an earlier release's figure, where the newest one differs from it.
    """

    indicator: str
    area_code: str
    area_name: str
    area_level: str
    period: Period
    value: float | None
    symbol: str
    numerator: float | None
    denominator: float | None
    unit: str
    source: str
    release: str
    licence: str
    revised: str = ""


@dataclass(frozen=True, eq=False)
class Store:
    """All that a folder holds. `rows` has, by indicator, the latest edition's figures (`tidy.latest`)."""

    rows: Mapping[str, pd.DataFrame]
    spread: Mapping[tuple[str, ...], tuple[float, ...]]
    neighbours: Mapping[tuple[str, str], tuple[str, ...]]
    caveats: tuple[Caveat, ...]
    areas: Areas
    definitions: Definitions


def open_store(folder: Path) -> Store:
    """Return the store of a folder, read anew only when a file in it has changed."""
    if not Path(folder).is_dir():
        return _open(Path(folder), ())
    with os.scandir(folder) as files:
        stamps = tuple(sorted((file.name, file.stat().st_mtime_ns) for file in files if file.name.endswith(".csv")))
    return _open(Path(folder), stamps)


@lru_cache(maxsize=4)
def _open(folder: Path, _stamps: tuple) -> Store:
    definitions, areas = load_definitions(), read_areas()
    frames = [read_values(folder, source, definitions, areas) for source in definitions.sources]
    rows = latest(pd.concat([frame for frame in frames if len(frame)] or [empty()], ignore_index=True))
    return Store(
        rows=dict(iter(rows.groupby("indicator", sort=False))),
        spread=read_spread(folder),
        neighbours=read_neighbour_file(folder),
        caveats=read_caveats(folder / CAVEAT_FILE, definitions),
        areas=areas,
        definitions=definitions,
    )


def read_values(folder: Path, source: str, definitions: Definitions, areas: Areas) -> pd.DataFrame:
    """Return the tidy frame of what is kept of a source; no rows where nothing is."""
    path = folder / f"{source}.csv"
    if not path.exists():
        return empty()
    numbers = dict.fromkeys(FLOATS, "float64")
    raw = pd.read_csv(path, dtype={**dict.fromkeys(STORED, "str"), **numbers}, keep_default_na=False, na_values={
        column: [""] for column in FLOATS
    })  # fmt: skip
    if list(raw) != list(STORED):
        raise DataError(f"{path.name}: its columns aren't {', '.join(STORED)}")
    strange = sorted(set(raw["indicator"]) - set(definitions.comparators))
    if strange:
        raise DataError(f"{path.name}: {strange[0]!r} isn't in comparators.toml")
    units = {comparator.id: comparator.unit for comparator in definitions.comparators.values()}
    where = describe(raw["area_code"], areas).drop(columns="area_code")
    licence = definitions.sources[source].licence
    return tidy(pd.concat([raw, where], axis=1), unit=raw["indicator"].map(units), licence=licence)


def read_spread(folder: Path) -> dict[tuple[str, ...], tuple[float, ...]]:
    """Return (number of councils, lower quartile, median, upper quartile) by the first five columns."""
    rows = _read_kept(folder / SPREAD_FILE, SPREAD, SPREAD[:5]).itertuples(index=False, name=None)
    return {tuple(row[:5]): tuple(row[5:]) for row in rows}


def read_neighbour_file(folder: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the neighbours' codes, closest first, by model and council."""
    rows = _read_kept(folder / NEIGHBOUR_FILE, models.COLUMNS, ("model",)).sort_values("rank")
    return {key: tuple(group["neighbour_code"]) for key, group in rows.groupby(["model", "area_code"])}


def _read_kept(path: Path, columns: Sequence[str], texts: Sequence[str]) -> pd.DataFrame:
    """Return a file of the folder, without rows where it isn't there. Raises DataError for other columns."""
    if not path.exists():
        return pd.DataFrame(columns=list(columns))
    rows = pd.read_csv(path, dtype=dict.fromkeys(texts, "str"))
    if list(rows) != list(columns):
        raise DataError(f"{path.name}: its columns aren't {', '.join(columns)}")
    return rows


@lru_cache(maxsize=512)
def index(store: Store, indicator: str) -> dict[tuple[str, str], dict[str, dict[str, Published]]]:
    """Return the figures of an indicator by (basis, end of period), then source, then area code."""
    figures: dict[tuple[str, str], dict[str, dict[str, Published]]] = {}
    for figure in _list_published(store.rows[indicator]) if indicator in store.rows else ():
        sources = figures.setdefault((figure.period.basis, str(figure.period.end)), {})
        sources.setdefault(figure.source, {})[figure.area_code] = figure
    return _with_reasons(figures)


def _list_published(rows: pd.DataFrame) -> Iterator[Published]:
    """Return each row as a figure, by whole columns: there are tens of thousands."""
    columns = {name: rows[name].tolist() for name in rows}
    for name in FLOATS:
        columns[name] = [None if number != number else number for number in columns[name]]
    columns["period"] = map(_period, *(columns[name] for name in ("period_start", "period_end", "period_basis")))
    return map(Published, *(columns[name] for name in Published.__struct_fields__))


def _with_reasons(figures: dict) -> dict:
    """Give a figure that a source leaves out without a reason the reason that another source states."""
    for sources in figures.values():
        for places in sources.values():
            for code in [code for code, figure in places.items() if figure.symbol == NO_REASON]:
                others = (other[code].symbol for other in sources.values() if code in other)
                reason = next((symbol for symbol in others if symbol not in ("", NO_REASON)), "")
                if reason:
                    places[code] = replace(places[code], symbol=reason)
    return figures


@lru_cache(maxsize=1024)
def _period(start: str, end: str, basis: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end), basis)
