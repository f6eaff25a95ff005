"""The keys of people and cases in a year's records: texts that may stand nowhere in a shared release."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.returns.contracts import contract

SHORTEST, SHORTEST_NUMBER = 5, 8  # what is shorter stands in pages by chance


def list_pseudonyms(records: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    """Return the pseudonyms in the records, by the columns that their contracts call so.

    Left out is what can't be told from other words and numbers: keys of fewer than five signs, of letters alone, or
    of fewer than eight digits alone.
    """
    return frozenset(text for column in _list_columns(records) for text in column if _is_telling(text))


def _list_columns(records: Mapping[str, pd.DataFrame]) -> Iterator[list[str]]:
    for name, frame in records.items():
        dataset, table = name.split(".", 1)
        for column in contract(dataset).table(table).columns:
            if column.type == "pseudonym" and column.name in frame:
                yield frame[column.name].dropna().astype(str).unique().tolist()


def _is_telling(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    enough = SHORTEST_NUMBER if digits == len(text) else SHORTEST
    return digits > 0 and len(text) >= enough
