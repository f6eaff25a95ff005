"""The store: everything that notebooks and pages of one release may know, in one file.

It is written after disclosure control, so that a notebook of a shared release has nothing to leak.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.figures.model import Comparison, Statistic
from analysis.measures.periods import Period
from analysis.settings import STORE as FILE

FORMAT = 2
PACKED = ("statistics", "history")


def write_store(store: Mapping[str, Any], folder: Path) -> Path:
    """Write the store into a folder, whole or not at all; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path, draft = folder / FILE, folder / f".{FILE}.{os.getpid()}"
    plain = {**store, "format": FORMAT, **{name: [pack(s) for s in store.get(name, ())] for name in PACKED}}
    draft.write_text(json.dumps(plain, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
    draft.replace(path)
    return path


def read_store(path: Path) -> dict[str, Any]:
    """Return a store with its statistics. Raises DataError for a file that isn't one."""
    try:
        store = json.loads(path.read_text(encoding="utf-8"))
        if store["format"] != FORMAT:
            raise DataError(f"{path.name}: format {store['format']}, not {FORMAT}: build the report again")
        store |= {name: [unpack(plain) for plain in store[name]] for name in PACKED}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path.name}: no store that can be read ({type(error).__name__}): build the report") from error
    return store


def pack(statistic: Statistic) -> dict[str, Any]:
    """Return a statistic as plain values."""
    plain = asdict(statistic)
    start, end = statistic.period.start, statistic.period.end
    plain["period"] = [start and start.isoformat(), end and end.isoformat(), statistic.period.basis]
    return plain


def unpack(plain: Mapping[str, Any]) -> Statistic:
    """Return the statistic of plain values."""
    start, end, basis = plain["period"]
    period = Period(_date(start), _date(end), basis)
    comparisons = tuple(Comparison(**comparison) for comparison in plain["comparisons"])
    return Statistic(**{**plain, "period": period, "comparisons": comparisons})


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
