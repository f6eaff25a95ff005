"""Statistical neighbours: the ten councils most like each council, in the models of 2021 and of 2025."""

import re
from pathlib import Path

import pandas as pd

from analysis.errors import CommandError, DataError, unknown
from analysis.official.areas import Areas, read_areas
from analysis.official.layouts import read_csv

COLUMNS = ("model", "area_code", "rank", "neighbour_code", "closeness")
MODELS = ("2021", "2025")
NEIGHBOURS = 10
SLOT = re.compile(r"SN_?(\d+)")


def read_neighbours(path: Path, model: str, areas: Areas | None = None) -> pd.DataFrame:
    """Return model, area_code, rank (1 is the closest), neighbour_code and closeness, ten rows a council.

    Councils that no longer existed when the model was made keep their rows under their own code. Raises
    CommandError for a model that isn't known, DataError for a council without exactly ten neighbours.
    """
    if model not in MODELS:
        raise CommandError(unknown("model of statistical neighbours", model, MODELS))
    raw = read_listing(path)
    slots = [(int(match[1]), column) for column in raw if (match := SLOT.fullmatch(str(column)))]
    frames = [_slot(raw, model, rank, column) for rank, column in sorted(slots)]
    pairs = pd.concat(frames).sort_values(["la", "rank"], kind="stable")
    return _as_codes(pairs, areas or read_areas(), path.name)


def read_listing(path: Path) -> pd.DataFrame:
    """Return the rows whose first cell is a council's number; a workbook's header may stand lower down."""
    if path.suffix == ".csv":
        raw = read_csv(path)
    else:
        cells = pd.read_excel(path, header=None, dtype="str", engine="calamine")
        top = cells.index[cells[0].eq("LA num")][0]
        raw = cells.loc[top + 1 :].set_axis(_unique(cells.loc[top]), axis=1)
    return raw[raw.iloc[:, 0].astype("str").str.fullmatch(r"\d{3}")]


def _unique(names: pd.Series) -> list[str]:
    """Return column names in which each repeated `SNP` follows the neighbour that it describes."""
    return [f"{name}.{place}" if name == "SNP" else str(name) for place, name in enumerate(names)]


def _slot(raw: pd.DataFrame, model: str, rank: int, column: str) -> pd.DataFrame:
    closeness = raw.columns[raw.columns.get_loc(column) + 1]
    return pd.DataFrame(
        {
            "model": model,
            "la": raw.iloc[:, 0].astype("str"),
            "rank": rank,
            "neighbour": raw[column].astype("str").str.strip(),
            "closeness": raw[closeness].astype("str").str.strip().str.lower(),
        }
    )


def _as_codes(pairs: pd.DataFrame, areas: Areas, name: str) -> pd.DataFrame:
    """Return the pairs on area codes. Councils that the register doesn't know were abolished long ago."""
    known = pairs[pairs["la"].isin(areas.by_number) & pairs["neighbour"].isin(areas.by_number)]
    codes = known.assign(
        area_code=known["la"].map(areas.by_number), neighbour_code=known["neighbour"].map(areas.by_number)
    )
    counts = codes.groupby("area_code").size()
    short = [code for code in areas.codes("local_authority") if counts.get(code, NEIGHBOURS) != NEIGHBOURS]
    if short:
        raise DataError(f"{name}: {short[0]} has {counts[short[0]]} neighbours; allowed: {NEIGHBOURS}")
    return codes.loc[:, list(COLUMNS)].reset_index(drop=True)
