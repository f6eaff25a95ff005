"""The one shape that every reader returns: a row for each indicator, area, period, source and release."""

from collections.abc import Mapping

import pandas as pd

from analysis.errors import DataError

COLUMNS = (
    "indicator", "area_code", "area_name", "area_level", "period_start", "period_end", "period_basis", "value",
    "symbol", "numerator", "denominator", "unit", "source", "release", "licence",
)  # fmt: skip
# What makes a figure one, whatever the edition; the figures that an edition revises together; a figure in an edition.
FIGURE = ("indicator", "area_code", "period_end", "period_basis", "source")
SERIES = ("indicator", "period_end", "period_basis", "source")
KEY = (*FIGURE, "release")


def tidy(rows: pd.DataFrame, **same: object) -> pd.DataFrame:
    """Return `rows` with the columns of a tidy frame; `same` gives columns that are alike in every row.

    Raises DataError where a value has a symbol, or where the same area and period occur twice.
    """
    frame = rows.assign(**same)
    for column in ("numerator", "denominator"):
        frame[column] = frame[column].astype("float64") if column in frame else float("nan")
    frame = frame.loc[:, list(COLUMNS)].reset_index(drop=True)
    if (frame["value"].isna() == frame["symbol"].eq("")).any():
        raise DataError("a published cell needs either a value or a symbol, and has both or none")
    twice = frame[frame.duplicated(list(KEY))]
    if len(twice):
        first = twice.iloc[0]
        raise DataError(f"{first['indicator']}: {first['area_code']} occurs twice for {first['period_end']}")
    return frame


def latest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a figure, of the latest edition that a source has of that period, with the column `revised`.

    `revised` tells the figure of the edition before where it was another one ("20 in release 2024"). An area that the
    latest edition leaves out has no row: figures of two editions are never mixed within a period.
    """
    rows = rows.sort_values(list(KEY), kind="stable")
    before = rows.groupby(list(FIGURE), sort=False)[["value", "symbol", "release"]].shift()
    same = before["value"].eq(rows["value"]) | (before["value"].isna() & before["symbol"].eq(rows["symbol"]))
    other = before[~same & before["release"].notna()]
    told = [f"{_tell(value, symbol)} in release {release}" for value, symbol, release in other.itertuples(index=False)]
    revised = pd.Series(told, index=other.index, dtype="str").reindex(rows.index, fill_value="")
    newest = rows.groupby(list(SERIES), sort=False)["release"].transform("max")
    return rows.assign(revised=revised)[rows["release"].eq(newest)]


def _tell(value: float, symbol: str) -> str:
    return symbol if pd.isna(value) else f"{value:,.10g}"


def once(rows: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    """Return the rows, each once. Raises DataError where two of the same key differ: which is right can't be told."""
    rows = rows.drop_duplicates()
    twice = rows[rows.duplicated(list(key))]
    if len(twice):
        which = ", ".join(str(twice.iloc[0][column]) for column in key)
        raise DataError(f"two of the files differ in one figure ({which}); add the one that corrects the other later")
    return rows


def empty() -> pd.DataFrame:
    """Return a tidy frame without rows."""
    return pd.DataFrame({column: pd.Series(dtype="float64" if column in FLOATS else "str") for column in COLUMNS})


FLOATS = ("value", "numerator", "denominator")


def dates(year_end: pd.Series, basis: str, day: str) -> Mapping[str, pd.Series]:
    """Return the period columns of figures for the year that ends in `year_end` (integers), as ISO text.

    A snapshot starts and ends on the same day. `day` is the month and day on which the year ends.
    """
    ends = year_end.astype("str") + f"-{day}"
    starts = (year_end - 1).astype("str") + "-04-01" if basis == "financial_year" else ends
    return {"period_start": starts, "period_end": ends, "period_basis": pd.Series(basis, index=year_end.index)}
