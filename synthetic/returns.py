"""A synthetic year as agencies would send it: files of records and of counts, and the register of them."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import CommandError, unknown
from analysis.measures.periods import parse_year
from analysis.returns.contracts import Table, contract
from analysis.returns.register import COLUMNS
from synthetic.aggregates import make_aggregate
from synthetic.calendar import year_bounds
from synthetic.draws import as_day, stream
from synthetic.generate import YEARS, generate
from synthetic.settings import FOLDER, load_returns, load_settings

NAME = "exampleshire"
STAMP = ".made-from"
DUE = "05-31"
Sent = tuple[str, str, str, pd.DataFrame | None]  # agency, dataset, name of the file, its rows (None: counts)


def ensure(data_root: Path, year: str, seed: int | None = None) -> Path:
    """Return the folder of a synthetic year, made first when it is absent or was made by another version.

    The years before it are made too, since figures are compared with them. A year appears whole or not at all.
    Raises CommandError for a year that isn't made.
    """
    parse_year(year)
    if year not in YEARS:
        raise CommandError(unknown(f"year of {NAME}", year, YEARS))
    seed = load_settings()["seed"] if seed is None else seed
    folder, stamp = data_root / NAME, _stamp(seed)
    absent = [name for name in YEARS if name <= year and _made_from(folder / name) != stamp]
    for name, tables in (generate(seed, absent) if absent else {}).items():
        _place(folder / name, stamp, lambda at, name=name, tables=tables: write_year(at, name, tables, seed))
    return folder / year


def _stamp(seed: int) -> str:
    """Return a mark of the seed, the settings and the program, so that a change of any remakes the years."""
    found = hashlib.sha256(str(seed).encode())
    for path in [*sorted(Path(__file__).parent.glob("*.py")), *sorted(FOLDER.glob("**/*.toml")), *_list_tracked()]:
        if not path.is_relative_to(FOLDER) or path.parent.name in (NAME, "tables") or path.suffix == ".csv":
            found.update(path.read_bytes())
    return found.hexdigest()


def _made_from(folder: Path) -> str:
    path = folder / STAMP
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _place(folder: Path, stamp: str, write: Callable[[Path], None]) -> None:
    """Write a year outside the partnership's folder, where half a year would be taken for one, then move it there in
    one step; one that another process made first is kept."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(mkdtemp(prefix=f".{NAME}-{folder.name}-", dir=folder.parent.parent))
    try:
        write(making)
        (making / STAMP).write_text(stamp, encoding="utf-8")
        if folder.exists() and _made_from(folder) != stamp:
            folder.rename(making / "before")
            shutil.rmtree(making / "before")
        making.chmod(0o755)
        os.replace(making, folder)
    except OSError:
        if _made_from(folder) != stamp:
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)


def write_year(folder: Path, year: str, tables: Mapping[str, Mapping[str, pd.DataFrame]], seed: int) -> None:
    """Write a year's returns and their register into a folder: `returns.csv` and `returns/<agency>_<dataset>.csv`.

    A dataset of several tables has a file a table. Agencies that count too send `<agency>.csv` besides.
    """
    start = parse_year(year).start.year
    (folder / "returns").mkdir(parents=True, exist_ok=True)
    kept = [sent for sent in _sent(tables) if not _is_missing(sent[0], year)]
    for _, dataset, file, frame in kept:
        table = contract(dataset).table(_table_of(dataset, file))
        as_text(frame, table).to_csv(folder / "returns" / file, index=False, lineterminator="\n")
    counted = {f"{agency}.csv": agency for agency in load_returns()["aggregates"]}
    for file, agency in counted.items():
        frame = make_aggregate(agency, seed, start, tables)
        frame.to_csv(folder / "returns" / file, index=False, lineterminator="\n")
    register = pd.DataFrame(_register(seed, year, tables), columns=list(COLUMNS), dtype=object).fillna("")
    register.to_csv(folder / "returns.csv", index=False, lineterminator="\n")
    for path in _list_tracked(year):
        shutil.copyfile(path, folder / path.name)


def as_text(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the rows as an agency writes them: ISO dates, yes and no, whole numbers without a point."""
    written = frame.copy()
    for column in table.columns:
        values = frame[column.name]
        if column.type == "date":
            written[column.name] = values.dt.strftime("%Y-%m-%d")
        elif column.type == "moment":
            written[column.name] = values.dt.strftime("%Y-%m-%d %H:%M:%S")
        elif column.type == "yes_no":
            written[column.name] = values.map({True: "yes", False: "no"})
    return written


def _list_tracked(year: str = "*") -> list[Path]:
    """Return the files of what the partnership tracks, in a year or in all."""
    return sorted(FOLDER.glob(f"tracked/{year}/*.csv"))


def _sent(tables: Mapping[str, Mapping[str, pd.DataFrame]]) -> Iterator[Sent]:
    """Give each file of records: who sends it, its dataset, its name, its rows."""
    plan = load_returns()
    for dataset in sorted(tables):
        for name, frame in tables[dataset].items():
            for agency, rows in _by_agency(dataset, frame, plan):
                tail = f"_{name}" if len(tables[dataset]) > 1 else ""
                yield agency, dataset, f"{agency}_{dataset}{tail}.csv", rows


def _by_agency(dataset: str, frame: pd.DataFrame, plan: Mapping[str, Any]) -> Iterator[tuple[str, pd.DataFrame]]:
    if dataset not in plan["split"]:
        yield plan["returns"][dataset][0], frame
        return
    column = plan["split"][dataset]
    whose = frame[column].map(plan["whose"].get(column, {name: name for name in frame[column].unique()}))
    for agency in sorted(whose.dropna().unique()):
        yield agency, frame[whose == agency]


def _table_of(dataset: str, file: str) -> str:
    names = [table.name for table in contract(dataset).tables]
    return next((name for name in names if file.endswith(f"{dataset}_{name}.csv")), names[0])


def _is_missing(agency: str, year: str) -> bool:
    return any(said["year"] == year and said["agency"] == agency for said in load_returns()["missing"])


def _register(seed: int, year: str, tables: Mapping[str, Mapping[str, pd.DataFrame]]) -> list[dict[str, object]]:
    """Return the lines of the register: each file, what is missing, what is nil."""
    plan, rng = load_returns(), stream(seed, f"register {year}")
    lines = [_line(rng, year, agency, dataset, file) for agency, dataset, file, _ in _sent(tables)]
    for agency, datasets in plan["aggregates"].items():
        lines.append(_line(rng, year, agency, ";".join(datasets), f"{agency}.csv"))
    for said in plan["nil"]:
        if said["year"] == year:
            empty = {"status": "nil", "file": "", "note": said["note"], "completeness_pct": ""}
            lines.append({**_line(rng, year, said["agency"], said["dataset"], f"{said['agency']}_nil.csv"), **empty})
    return lines


def _line(rng: np.random.Generator, year: str, agency: str, datasets: str, file: str) -> dict[str, object]:
    plan = load_returns()
    first, last = year_bounds(parse_year(year).start.year)
    due = as_day(f"{str(last)[:4]}-{DUE}")
    received = due - int(rng.integers(0, 26))
    snapshot = datasets in plan["snapshots"]["datasets"]
    line = {
        "return_id": f"{year}-{Path(file).stem.replace('_', '-')}",
        "agency": plan["home"][agency][0],
        "section": _section(plan, agency, datasets),
        "dataset": datasets,
        "version": 1,
        "status": "received",
        "file": file,
        "period_start": last if snapshot else first,
        "period_end": last,
        "period_basis": "snapshot" if snapshot else "financial_year",
        "geography": "Exampleshire",
        "as_at": last,
        "due_date": due,
        "received_date": received,
        "extracted_on": received - int(rng.integers(1, 9)),
        "written_on": received,
        "source_system": "Synthetic records",
        "definition_version": "2023-24",
        "break_in_series": "no",
        "completeness_pct": int(rng.integers(94, 101)),
        "signed_off_by": "Head of service",
        "sensitivity": contract(datasets[:3]).sensitivity,
        "note": "",
    }
    return _as_it_went(line, year, agency, datasets)


def _section(plan: Mapping[str, Any], agency: str, datasets: str) -> str:
    said = plan["returns"].get(datasets, [])
    return said[1] if len(said) > 1 and said[0] == agency else plan["home"][agency][1]


def _as_it_went(line: dict[str, object], year: str, agency: str, datasets: str) -> dict[str, object]:
    """Return the line with what went wrong: a return that came late, one that never came, a series that breaks."""
    plan = load_returns()
    for said in plan["late"]:
        if (said["year"], said["agency"]) == (year, agency):
            came = line["due_date"] + said["days"]
            line |= {"status": "late", "received_date": came, "extracted_on": came, "written_on": came}
            line["note"] = said["note"]
    if _is_missing(agency, year):
        note = next(said["note"] for said in plan["missing"] if said["agency"] == agency)
        empty = ("file", "as_at", "received_date", "extracted_on", "written_on", "completeness_pct", "signed_off_by")
        line |= dict.fromkeys(empty, "") | {"status": "missing", "note": note}
    for said in plan["break"]:
        if said["dataset"] in datasets and year < said["year"]:
            line["definition_version"] = "2022-23"
        elif (said["dataset"], said["year"]) == (datasets, year):
            line |= {"break_in_series": "yes", "break_date": said["date"], "break_reason": said["reason"]}
    return line
