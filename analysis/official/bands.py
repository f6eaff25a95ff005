"""Sums of bands some of which are suppressed: exact where they follow, limits where they don't."""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.official.symbols import split_cells


def read_numbers(table: pd.DataFrame, columns: Iterable[str], symbols: Mapping[str, str]) -> pd.DataFrame:
    """Return the numbers of the columns, NaN where a cell holds a symbol."""
    return pd.DataFrame({name: split_cells(table[name], symbols, name)[0] for name in columns}, index=table.index)


def sum_bands(parts: pd.DataFrame, beyond: pd.DataFrame, whole: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the least and the greatest that the parts of a whole can sum to; both NaN where nothing is known.

    They are equal where all parts are visible, or where none of the parts `beyond` is hidden, which then
    leave the rest of the whole. Visible parts alone are never summed as if a hidden one were nothing.
    """
    seen = parts.notna().all(axis=1)
    visible = parts.sum(axis=1)
    rest = whole - beyond.sum(axis=1) if len(beyond.columns) else pd.Series(float("nan"), index=whole.index)
    most = visible.where(seen, rest)
    least = visible.where(seen | beyond.isna().any(axis=1), rest)
    return least.where(most.notna()), most


def read_band_sum(
    rows: pd.DataFrame,
    parts: Iterable[str],
    beyond: Iterable[str],
    whole: tuple[pd.Series, pd.Series],
    symbols: Mapping[str, str],
) -> tuple[pd.Series, pd.Series]:
    """Return the sum of the parts where it follows exactly, and the symbol that hides it where it doesn't.

    `whole` is the numbers and symbols of the column that the bands make up.
    """
    total, reason = whole
    least, most = sum_bands(read_numbers(rows, parts, symbols), read_numbers(rows, beyond, symbols), total)
    exact = least.where(most.sub(least).abs().lt(1e-9))
    hidden = reason
    for name in parts:
        hidden = hidden.mask(hidden.eq(""), split_cells(rows[name], symbols, name)[1])
    return exact, hidden.where(exact.isna(), "").mask(exact.isna() & hidden.eq(""), "x")
