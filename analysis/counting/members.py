"""Which rows each measure counts in each category: for whoever must know where two counts are of the same."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.counting.count import name_tables
from analysis.counting.definition import Definition, Records
from analysis.counting.definitions import get_definitions
from analysis.counting.rows import NotSuppliedError
from analysis.counting.selection import Rows
from analysis.counting.splits import MONTH, read_keys
from analysis.measures.periods import Period
from analysis.returns.contracts import contract


@dataclass(frozen=True)
class Members:
    """What a measure counts, of all or by one dimension, above or below the line of a share: the `ids` of its rows
    under a `key`, and the category of each as a place in `names`."""

    measure: str
    role: str
    dimension: str
    key: str
    names: tuple[str, ...]
    ids: np.ndarray
    codes: np.ndarray


def list_members(records: Mapping, period: Period) -> list[Members]:
    """Return what each measure counts in a period, of records as for `count_all`; of a stock, on its last day. Months
    and splits of which a row may have several categories are left out, and so are measures whose rows aren't things
    counted once each."""
    tables = {name: Rows.of(frame) for name, frame in name_tables(records).items()}
    found: list[Members] = []
    for definition in get_definitions().values():
        if all(name in tables for name in definition.needs):
            with suppress(NotSuppliedError):
                found += _list_of_one(definition, tables, period)
    return found


def _list_of_one(definition: Definition, tables: Records, period: Period) -> Iterator[Members]:
    rows = Rows.of(definition.select(tables, pd.Timestamp(period.end) if definition.record.stock else period))
    keys = {
        key: name
        for key, name in _list_keys(definition).items()
        if rows.is_supplied(name) and _is_once_each(rows, name)
    }
    for role, counted in _list_sides(definition.method, rows) if keys else ():
        for key, column in keys.items():
            ids = counted[column].to_numpy()
            yield Members(definition.indicator, role, "", key, ("",), ids, np.zeros(len(ids), dtype=int))
            for split in definition.by:
                if split.dimension != MONTH and not split.many and counted.is_supplied(split.column):
                    keyed = read_keys(counted, split, period)
                    names, codes = keyed.names, keyed.codes
                    if (definition.method, role) == ("parts", "below"):  # all categories have one base
                        names, codes = names[:1], np.zeros(len(ids), dtype=int)
                    inside = codes >= 0
                    yield Members(definition.indicator, role, split.dimension, key, names, ids[inside], codes[inside])


def _list_keys(definition: Definition) -> dict[str, str]:
    """Return by what rows may be known, and its column: things by their dataset's own keys, people by their pseudonyms,
    which several datasets may share."""
    found = {}
    for dataset, _, part in (name.partition(".") for name in definition.needs):
        table = contract(dataset).table(part)
        for column in table.columns:
            if column.type == "identifier" or (column.name,) == table.key:
                found[f"{dataset}.{column.name}"] = column.name
            elif column.type == "pseudonym":
                found[column.name] = column.name
    return found


def _is_once_each(rows: Rows, key: str) -> bool:
    codes, values = rows.read_codes(key)
    return bool((np.bincount(codes + 1, minlength=len(values) + 1) <= [0, *[1] * len(values)]).all())


def _list_sides(method: str, rows: Rows) -> Iterator[tuple[str, Rows]]:
    """Give the rows above and below the line, as far as there is one."""
    if method in ("events", "people", "parts"):
        yield "above", rows
    if method == "parts":
        yield "below", rows
    if method == "share":
        met = rows["met"].to_numpy(dtype=float, na_value=np.nan)
        yield "above", rows[met == 1]
        yield "below", rows[~np.isnan(met)]
    if method in ("mean", "median"):
        yield "below", rows[rows["value"].notna()]
