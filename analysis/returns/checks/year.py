"""Every rule on a year's returns."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from analysis.errors import DataError, Problem
from analysis.measures.catalogue import Catalogue
from analysis.partnership import Partnership
from analysis.returns.aggregate import Observation
from analysis.returns.checks.rule import REGISTER, Case, apply, get_rules
from analysis.returns.files import Read, read_returns
from analysis.returns.register import ReturnEntry, list_years, load_register

for module in ("sent", "figures", "sums", "tables", "whole", "days", "against", "profile", "exchanged", "peers"):
    import_module(f"analysis.returns.checks.{module}")

Counter = Callable[[Mapping[str, Read], Sequence[ReturnEntry]], Sequence[Observation]]


def open_case(
    folder: Path, year: str, partnership: Partnership, catalogue: Catalogue, *, with_records: bool = True
) -> Case:
    """Return what the register of a year says and its files hold, whatever is wrong with them. Raises DataError where
    the register can't be read at all."""
    entries, faults = load_register(folder, partnership)
    there = [
        replace(entry, file=entry.file if (folder / "returns" / entry.file).is_file() else "") for entry in entries
    ]
    read = read_returns(folder, there, catalogue, with_records=with_records)
    period = partnership.period_of(year)
    return Case(partnership, period, catalogue, entries, read, faults, with_records=with_records, year=year)


def list_errors(case: Case) -> list[Problem]:
    """Return what stops a report of a year, for a check and for a build alike."""
    return [*_told(case, "error"), *_apply(case, "error")]


def _told(case: Case, severity: str) -> list[Problem]:
    """Return what reading the register and the files found, with what its rule allows where it doesn't say itself."""
    found = [*case.faults, *(problem for read in case.read.values() for problem in read.problems)]
    rules = get_rules()
    return [
        problem
        if problem.allowed or problem.rule not in rules
        else replace(problem, allowed=rules[problem.rule].allowed)
        for problem in found
        if problem.severity == severity
    ]


def _apply(case: Case, severity: str) -> list[Problem]:
    return [p for rule in REGISTER.values() if rule.severity == severity for p in apply(rule, case)]


def check_year(
    folder: Path, year: str, partnership: Partnership, catalogue: Catalogue, *, count: Counter | None = None
) -> tuple[list[Problem], Case]:
    """Return every problem of a year's returns, by file and row, and the year that was looked at.

    `count` gives the figures counted from the records read, to hold the agencies' own counts against; rooms below
    this one count. Raises DataError where the register can't be read.
    """
    case = open_case(folder, year, partnership, catalogue)
    errors = list_errors(case)
    counted = count(case.read, case.entries) if count and not errors else ()
    before = _open_before(folder, year, partnership, catalogue)
    same = _find_same(before.read, folder.parent / before.year / "returns", folder / "returns") if before else {}
    case = replace(case, counted=counted, before=before, same=same)
    return sort_problems([*errors, *_told(case, "warning"), *_apply(case, "warning")]), case


def _open_before(folder: Path, year: str, partnership: Partnership, catalogue: Catalogue) -> Case | None:
    """Return the latest year before a year; None where there is none, or its register can't be read."""
    names = [name for name in list_years(folder.parent) if name < year]
    try:
        return open_case(folder.parent / names[-1], names[-1], partnership, catalogue) if names else None
    except DataError:  # that year's own check says what is wrong with it
        return None


def _find_same(files: Iterable[str], before: Path, now: Path) -> dict[str, str]:
    """Return which files of a folder are the same as one of those of a folder of the year before, and which one."""
    known = {_mark_of(before / file): file for file in files}
    return {path.name: known[mark] for path in sorted(now.glob("[!.]*")) if (mark := _mark_of(path)) in known}


def _mark_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file, errors before warnings, then by row and column."""
    return sorted(problems, key=lambda p: (p.file, p.severity, p.row or 0, p.column or "", p.rule))
