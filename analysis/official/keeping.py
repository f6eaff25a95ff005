"""Writing published figures to their folder: a file a source, each written whole or not at all."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from analysis.official.areas import Areas
from analysis.official.definitions import Definitions, Table
from analysis.official.store import NEIGHBOUR_FILE, SPREAD, SPREAD_FILE, STORED, read_values
from analysis.official.tidy import KEY, once

SPREAD_KEY = list(SPREAD[:5])
NEIGHBOUR_KEY = ("model", "area_code", "rank")


def choose(
    frame: pd.DataFrame, areas: Collection[str] | None, since: str, indicators: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the rows of areas, periods and indicators that are to be kept; with `indicators`, no neighbours."""
    chosen = frame if areas is None else frame[frame["area_code"].isin(list(areas))]
    if indicators is not None:
        chosen = chosen[chosen["indicator"].isin(list(indicators))] if "indicator" in chosen else chosen.iloc[:0]
    return chosen[chosen["period_end"] >= since] if since and "period_end" in chosen else chosen


def keep(
    known: Mapping[Path, Table | str],
    frames: Mapping[Path, pd.DataFrame],
    kept: Mapping[Path, pd.DataFrame],
    folder: Path,
    definitions: Definitions,
    register: Areas,
) -> None:
    """Write figures, quartiles and neighbours. A release kept before is replaced, other releases stay.

    Raises DataError, before anything is written, where two of the files differ in a figure of one release.
    """
    figures = [path for path in frames if known[path].kind != "neighbours"]
    near = [path for path in frames if path not in figures]
    everything = once(pd.concat([frames[path] for path in figures]), KEY) if figures else pd.DataFrame()
    neighbours = once(pd.concat([kept[path] for path in near]), NEIGHBOUR_KEY) if near else pd.DataFrame()
    folder.mkdir(parents=True, exist_ok=True)
    if figures:
        chosen = pd.concat([kept[path] for path in figures]).drop_duplicates()
        for source, rows in chosen.groupby("source", sort=False):
            write_values(rows, folder, source, definitions, register)
        spread = measure_spread(everything, definitions)
        wanted = spread["period_end"].isin(set(chosen["period_end"]))
        write_merged(spread[wanted], folder / SPREAD_FILE, SPREAD_KEY, SPREAD_KEY)
    if near:
        write_merged(neighbours, folder / NEIGHBOUR_FILE, list(NEIGHBOUR_KEY), ["model"])


def write_values(frame: pd.DataFrame, folder: Path, source: str, definitions: Definitions, areas: Areas) -> None:
    """Add a tidy frame to what is kept of its source; the same release's figures are replaced."""
    before = read_values(folder, source, definitions, areas)
    both = pd.concat([before, frame], ignore_index=True) if len(before) else frame
    both = both.drop_duplicates(list(KEY), keep="last").sort_values(list(KEY), kind="stable")
    write_csv(both.loc[:, list(STORED)], folder / f"{source}.csv")


def write_merged(frame: pd.DataFrame, path: Path, key: list[str], texts: list[str]) -> None:
    """Add rows to a CSV file; a row with the same key is replaced. `texts` are the columns that stay text."""
    before = pd.read_csv(path, dtype=dict.fromkeys(texts, "str")) if path.exists() else frame.iloc[:0]
    both = pd.concat([before, frame], ignore_index=True) if len(before) else frame
    write_csv(both.drop_duplicates(key, keep="last").sort_values(key, kind="stable"), path)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a CSV file whole or not at all; numbers without needless zeros, so that files stay small."""
    text = frame.apply(lambda column: column.map(_plain) if column.dtype.kind == "f" else column)
    part = path.with_suffix(".part")
    text.to_csv(part, index=False, lineterminator="\n", encoding="utf-8")
    os.replace(part, path)


def _plain(number: float) -> str:
    if pd.isna(number):
        return ""
    return f"{number:.0f}" if float(number).is_integer() else repr(round(float(number), 6))


def measure_spread(frame: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """Return the quartiles (linear interpolation) over the English councils of every figure that ranks them."""
    ranked = [comparator.id for comparator in definitions.comparators.values() if comparator.ranked]
    councils = frame[
        frame["area_level"].eq("local_authority") & frame["value"].notna() & frame["indicator"].isin(ranked)
    ]
    if not len(councils):
        return pd.DataFrame(columns=list(SPREAD))
    groups = councils.groupby(SPREAD_KEY, sort=True)["value"]
    measured = groups.quantile([0.25, 0.5, 0.75]).unstack()
    measured.columns = list(SPREAD[6:])
    return measured.assign(councils=groups.size()).reset_index().loc[:, list(SPREAD)]
