"""Published cells are a number or a symbol, never both: a symbol is kept and never becomes 0 or a bare gap."""

from collections.abc import Mapping

import pandas as pd

from analysis.errors import DataError, unknown

BLANK = "blank"
SHOWN = {"-": "[x]", BLANK: "[x]", "": ""}


def split_cells(cells: pd.Series, symbols: Mapping[str, str], place: str) -> tuple[pd.Series, pd.Series]:
    """Return the numbers (NaN where there is a symbol) and the symbols ("" where there is a number).

    Raises DataError naming `place` and the text for a cell that is neither.
    """
    text = cells.astype("str").str.strip().str.replace(",", "", regex=False).str.strip("[]")
    numbers = pd.to_numeric(text, errors="coerce")
    found = text.where(numbers.isna(), "").mask(numbers.isna() & text.isin(("", "nan")), BLANK)
    strange = sorted(set(found) - set(symbols) - {""})
    if strange:
        raise DataError(f"{place}: {unknown('symbol', strange[0], symbols)}")
    return numbers.astype("float64"), found.astype("str")


def shown_symbol(symbol: str) -> str:
    """Return the symbol as pages show it: `[c]`; what is merely not given shows as `[x]`."""
    return SHOWN.get(symbol, f"[{symbol}]")
