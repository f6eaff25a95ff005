"""Every rule on a year's returns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from analysis.errors import DataError, Problem
from analysis.measures.catalogue import Catalogue
from analysis.partnership import Partnership
from analysis.returns.aggregate import Observation
from analysis.returns.checks.rule import REGISTER, Case, apply
from analysis.returns.files import Read, read_returns
from analysis.returns.register import ReturnEntry, list_years, load_register
from analysis.returns.tables import count_rows

for module in ("reading", "sent", "figures", "sums", "tables"):
    import_module(f"analysis.returns.checks.{module}")

Counter = Callable[[Mapping[str, Read], Sequence[ReturnEntry]], Sequence[Observation]]


def check_year(
    folder: Path, year: str, partnership: Partnership, catalogue: Catalogue, *, count: Counter | None = None
) -> tuple[list[Problem], Case]:
    """Return every problem of a year's returns, by file and row, and the year that was looked at.

    `count` gives the figures counted from the records read, to hold the agencies' own counts against; rooms below
    this one count. Raises DataError where the register can't be read.
    """
    entries, faults = load_register(folder, partnership)
    there = [
        replace(entry, file=entry.file if (folder / "returns" / entry.file).is_file() else "") for entry in entries
    ]
    read = read_returns(folder, there, catalogue)
    errors = [problem for found in read.values() for problem in found.problems if problem.severity == "error"]
    case = Case(
        partnership=partnership,
        period=partnership.period_of(year),
        catalogue=catalogue,
        entries=entries,
        read=read,
        counted=count(read, there) if count and not errors else (),
        **_earlier(folder, year, partnership, catalogue),
    )
    read_problems = [problem for found in read.values() for problem in found.problems]
    ruled = [problem for rule in REGISTER.values() for problem in apply(rule, case)]
    return sort_problems([*faults, *read_problems, *ruled]), case


def _earlier(folder: Path, year: str, partnership: Partnership, catalogue: Catalogue) -> dict[str, object]:
    """Return the figures that came counted for the latest year before, and the rows that its tables had."""
    before = [name for name in list_years(folder.parent) if name < year]
    if not before:
        return {}
    last = folder.parent / before[-1]
    try:
        entries, _ = load_register(last, partnership)
    except DataError:  # that year's own check says what is wrong with it
        return {}
    there = [entry for entry in entries if entry.file and (last / "returns" / entry.file).is_file()]
    read = read_returns(last, there, catalogue, with_records=False)
    figures = [one for found in read.values() for one in found.observations]
    sizes = {e.file: count_rows(last / "returns" / e.file) for e in there if not read[e.file].observations}
    return {"earlier": figures, "sizes": {name: rows for name, rows in sizes.items() if rows}}


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file, errors before warnings, then by row and column."""
    return sorted(problems, key=lambda p: (p.file, p.severity, p.row or 0, p.column or "", p.rule))
