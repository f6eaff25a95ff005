"""Published cells are a number or a symbol, never both: a symbol is kept and never becomes 0 or a bare gap.

Sums of bands some of which are suppressed are exact where they follow, and limits where they don't.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.errors import DataError, unknown

BLANK = "blank"
Cells = tuple[pd.Series, pd.Series]  # the numbers and the symbols of a column
SHOWN = {"-": "[x]", BLANK: "[x]", "": ""}


def split_cells(cells: pd.Series, symbols: Mapping[str, str], place: str) -> Cells:
    """Return the numbers (NaN where there is a symbol) and the symbols ("" where there is a number).

    Raises DataError naming `place` and the text for a cell that is neither.
    """
    text = cells.astype("str").str.strip().str.replace(",", "", regex=False).str.strip("[]")
    numbers = pd.to_numeric(text, errors="coerce")
    reasons = text.where(numbers.isna(), "").mask(numbers.isna() & text.isin(("", "nan")), BLANK)
    strange = sorted(set(reasons) - set(symbols) - {""})
    if strange:
        raise DataError(f"{place}: {unknown('symbol', strange[0], symbols)}")
    return numbers.astype("float64"), reasons.astype("str")


def shown_symbol(symbol: str) -> str:
    """Return the symbol as pages show it: `[c]`; what is merely not given shows as `[x]`."""
    return SHOWN.get(symbol, f"[{symbol}]")


def read_numbers(table: pd.DataFrame, columns: Iterable[str], symbols: Mapping[str, str]) -> pd.DataFrame:
    """Return the numbers of the columns, NaN where a cell holds a symbol."""
    return pd.DataFrame({name: split_cells(table[name], symbols, name)[0] for name in columns}, index=table.index)


def sum_bands(parts: pd.DataFrame, beyond: pd.DataFrame, whole: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the least and the greatest that the parts of a whole can sum to; both NaN where nothing is known.

    They are equal where all parts are visible, or where none of the parts `beyond` is hidden, which then
    leave the rest of the whole. Visible parts alone are never summed as if a hidden one were zero.
    """
    seen = parts.notna().all(axis=1)
    visible = parts.sum(axis=1)
    rest = whole - beyond.sum(axis=1) if len(beyond.columns) else pd.Series(float("nan"), index=whole.index)
    most = visible.where(seen, rest)
    least = visible.where(seen | beyond.isna().any(axis=1), rest)
    return least.where(most.notna()), most


def divide(part: Cells, whole: Cells) -> Cells:
    """Return what one column is of another in percent, with the symbol of whichever is hidden; of none, "not
    applicable"."""
    share = (100 * part[0] / whole[0]).replace([float("inf"), float("-inf")], float("nan"))
    hidden = part[1].mask(part[1].eq(""), whole[1])
    return share, hidden.mask(hidden.eq("") & share.isna(), "z")


def read_band_sum(
    rows: pd.DataFrame, parts: Iterable[str], beyond: Iterable[str], whole: Cells, symbols: Mapping[str, str]
) -> Cells:
    """Return the sum of the parts where it follows exactly, and the symbol that hides it where it doesn't.

    `whole` is the numbers and symbols of the column that the bands make up.
    """
    total, hidden = whole
    least, most = sum_bands(read_numbers(rows, parts, symbols), read_numbers(rows, beyond, symbols), total)
    exact = least.where(most.sub(least).abs().lt(1e-9))
    for name in parts:
        hidden = hidden.mask(hidden.eq(""), split_cells(rows[name], symbols, name)[1])
    return exact, hidden.where(exact.isna(), "").mask(exact.isna() & hidden.eq(""), "x")
