"""The ledger: what each shared release printed, a file each, written when it was built and when it was handed over.

A file is named by its year, by how the release left and by a mark of its figures, so that the same release is noted
once, and it is never changed. It lies beside the releases, in `ledger/`, since the next build replaces these.
"""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.figures.model import Statistic, export
from analysis.settings import STORE

FOLDER, FILE = "ledger", "statistics.json"
BUILT, SHARED = WAYS = ("built", "shared")
SAME = (
    "indicator",
    "dimension",
    "category",
    "measure_type",
    "qualifier",
    "geography",
    "unit",
    "protects",
    "status",
    "symbol",
    "display",
)
WHEN = ("period_start", "period_end", "period_basis")
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
OTHERS = ("statistic_id", "section", "agency", "definition_version", "source")
Rows = list[dict[str, Any]]


def write_entry(folder: Path, year: str, way: str, figures: Sequence[Statistic]) -> Path:
    """Note in a partnership's output folder what a release printed, unless it is noted already; return the path."""
    return _write_rows(folder, year, way, [export(one) for one in figures])


def get_mark(figures: Sequence[Statistic]) -> str:
    """Return the mark of what a release printed: the same in its folder and in the ledger, in whatever order."""
    return _mark([export(one) for one in figures])


def read_mark(release: Path) -> str:
    """Return the mark of what a release printed that is kept in a folder or noted. Raises like `read_printed`."""
    return _mark(read_printed(release)[1])


def _mark(rows: Rows) -> str:
    numbers = ([float(row[name]) if _is_given(row[name]) else None for name in NUMBERS] for row in rows)
    about = ([row[name] or "" for name in (*SAME, *WHEN, "statistic_id")] for row in rows)
    told = sorted(json.dumps(both) for both in zip(about, numbers, strict=True))
    return sha256("\n".join(told).encode()).hexdigest()[:12]


def _is_given(number: object) -> bool:
    return number not in ("", None)


def adopt(folder: Path) -> None:
    """Note the releases that no entry is of, such as those built before there was a ledger, before the next build
    replaces them."""
    noted = set(map(read_mark, folder.glob(f"{FOLDER}/*.json")))
    for file in folder.glob(f"*/shared/{FILE}"):
        year, rows = read_printed(file.parent)
        if _mark(rows) not in noted:
            _write_rows(folder, year, BUILT, rows)


def _write_rows(folder: Path, year: str, way: str, rows: Rows) -> Path:
    path = folder / FOLDER / f"{year}-{way}-{_mark(rows)}.json"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps({"year": year, "way": way, "day": f"{date.today()}", "figures": rows}), "utf-8")
        draft.replace(path)
    return path


def list_releases(folder: Path, earlier: str) -> list[Path]:
    """Return where a partnership's releases that count as read are kept: entries of the ledger, each release once,
    and where every built one counts (`earlier` is built) the folders of shared releases that no entry is of."""
    ways = WAYS if earlier == BUILT else (SHARED,)
    paths = sorted(path for way in ways for path in folder.glob(f"{FOLDER}/*-{way}-*.json"))
    paths += sorted(path.parent for path in folder.glob(f"*/shared/{FILE}") if earlier == BUILT)
    found: dict[str, Path] = {}
    for path in paths:
        found.setdefault(read_mark(path), path)
    return list(found.values())


def read_handed_over(folder: Path, year: str) -> tuple[date, Rows] | None:
    """Return the day on which the latest release of a year was handed over and what it printed; None where none was.
    Raises like `read_printed`."""
    paths = folder.glob(f"{FOLDER}/{year}-{SHARED}-*.json")
    dated = [(json.loads(path.read_text(encoding="utf-8"))["day"], path.stat().st_mtime, path) for path in paths]
    day, _, latest = max(dated, default=("", 0, None))
    return (date.fromisoformat(day), read_printed(latest)[1]) if latest else None


def read_printed(release: Path) -> tuple[str, Rows]:
    """Return the year of a release and what it printed: its figures, and the earlier ones that it draws or compares
    with. Raises DataError for one that can't be read: what it told isn't known."""
    try:
        if release.is_file():
            entry = json.loads(release.read_text(encoding="utf-8"))
            return entry["year"], _check(entry["figures"])
        rows = json.loads((release / FILE).read_text(encoding="utf-8"))
        store = release / STORE
        history = json.loads(store.read_text(encoding="utf-8")).get("history", []) if store.is_file() else []
        return release.parent.name, _check(rows + [_flatten(row) for row in history])
    except (OSError, ValueError, KeyError, TypeError) as error:
        place = "/".join((release / FILE if release.is_dir() else release).parts[-3:])
        raise DataError(
            f"the earlier release {place} cannot be read, so that nobody knows what it told; allowed: a whole release"
        ) from error


def _check(rows: Rows) -> Rows:
    """Return the rows of figures. Raises KeyError, TypeError or ValueError where one lacks a column or holds a number
    or day that is none."""
    for row in rows:
        [row[name] for name in (*SAME, *OTHERS)]
        [float(row[name]) for name in NUMBERS if _is_given(row[name])]
        [date.fromisoformat(row[name]) for name in WHEN[:2] if row[name]]
        row["period_basis"]
    return rows


def _flatten(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the store in the form of statistics.json."""
    period = row["period"]  # a list in stores of the second format, which may stand beside this one
    start, end, basis = period if isinstance(period, list) else (period[name] for name in ("start", "end", "basis"))
    return {**row, "period_start": start, "period_end": end, "period_basis": basis}
