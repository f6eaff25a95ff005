"""The keys of people and cases in a year's records: texts that may stand nowhere in a shared release."""

import re
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue
from analysis.measures.completion import NO_GROUP
from analysis.returns.contracts import contract

FULL_NAME = re.compile(r"[A-Z][a-z'-]{2,}(?: [A-Z][a-z'-]{2,})+")

SHORTEST, SHORTEST_NUMBER = 5, 8  # what is shorter stands in pages by chance


def name_people(
    records: Mapping[str, pd.DataFrame], statistics: Iterable[Statistic], catalogue: Catalogue
) -> frozenset[str]:
    """Return whom no file of a shared release may say: the pseudonyms of records, and the names in figures."""
    return list_pseudonyms(records) | list_public_names(statistics, catalogue)


def list_pseudonyms(records: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    """Return the pseudonyms in the records, by the columns that their contracts call so: keys, and full names.

    Left out is what can't be told from other words and numbers: keys of fewer than five signs, of letters alone, or
    of fewer than eight digits alone. Columns for names aren't among the records: reading drops them.
    """
    return frozenset(text for column in _list_columns(records) for text in column if _is_telling(text))


def list_public_names(statistics: Iterable[Statistic], catalogue: Catalogue) -> frozenset[str]:
    """Return the names that published reviews gave to people: a shared report says none of them."""
    return frozenset(
        s.category
        for s in statistics
        if s.category and (split := catalogue.measures[s.indicator].by.get(s.dimension)) and split.public_category
    )


def _list_columns(records: Mapping[str, pd.DataFrame]) -> Iterator[list[str]]:
    for name, frame in records.items():
        dataset, table = name.split(".", 1)
        for column in contract(dataset).table(table).columns:
            if column.type == "pseudonym" and column.name in frame:
                yield frame[column.name].dropna().astype(str).unique().tolist()


def _is_telling(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    if not digits:
        return FULL_NAME.fullmatch(text) is not None and text.casefold() not in NO_GROUP
    enough = SHORTEST_NUMBER if digits == len(text) else SHORTEST
    return len(text) >= enough
