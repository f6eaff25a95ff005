"""Faults planted over every form of a return: each is told in one clear line where it is, and stops a build."""

import re
from collections import defaultdict

import pytest

from analysis.cli.check import find_problems
from analysis.errors import Problem
from analysis.returns.checks.year import check_year
from analysis.returns.contracts import load_contracts
from tests.returns.faults.clean import HERE, NO_PLAN, YEAR, as_csv, clean_grid, write_returns
from tests.returns.faults.counts import clean_counts, grid_of, list_counted
from tests.returns.faults.forms import (
    ANNEX,
    CENSUS,
    COUNTS,
    GRID,
    SETTINGS,
    book,
    list_annexes,
    list_censuses,
    list_registers,
    list_settings,
    list_texts,
    list_workbooks,
    registered,
)
from tests.returns.faults.records import of_contract

pytestmark = pytest.mark.slow
OF_RECORDS = [name for name in load_contracts() if name not in ("D00", "annex_a", "sac", "cin_census")]
EACH = 6  # one planted fault of so many is tried; which one moves on from dataset to dataset
COUNTED, WORKBOOKS, TEXTS, CENSUSES = list_counted(), list_workbooks(), list_texts(), list_censuses()
FORMS = {
    f"{kind}: {name}": form
    for kind, forms in (
        ("workbook", WORKBOOKS),
        ("text", TEXTS),
        ("census", CENSUSES),
        ("Annex A", list_annexes()),
    )  # fmt: skip
    for name, form in forms.items()
}
LONGEST = 420  # characters of a line that is still read
VALUES = re.compile("zqxjv|xyz abcde", re.IGNORECASE)


def planted_of(dataset: str):
    """Return the faults that are tried of a dataset."""
    return list(of_contract(load_contracts()[dataset]))[OF_RECORDS.index(dataset) % EACH :: EACH]


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def is_told(problems: list[Problem], row: int | None, column: str | None) -> bool:
    """Whether an error names the place, in one line that says what is allowed and holds no value."""
    there = [
        problem
        for problem in errors(problems)
        if row in (None, problem.row) and (column is None or column in (problem.column or "").split(", "))
    ]
    lines = [str(problem) for problem in problems]
    return bool(there) and all(len(line) < LONGEST and "\n" not in line and not VALUES.search(line) for line in lines)


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Return a function that checks a year of files as the command does, with other settings or another register."""
    monkeypatch.setenv("SAFEGUARDING_DATA", str(tmp_path))
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path / "outputs"))

    def run(files, *, settings: str = SETTINGS, register: str = "") -> list[Problem]:
        folder = write_returns(tmp_path / "here", files)
        (tmp_path / "here" / "partnership.toml").write_text(settings, encoding="utf-8")
        if register:
            (folder / "returns.csv").write_text(register, encoding="utf-8")
        return [problem for problem in find_problems("here", YEAR)[0] if problem.rule not in NO_PLAN]

    return run


@pytest.mark.parametrize("dataset", OF_RECORDS)
def test_faults_of_records(tmp_path, shipped_catalogue, dataset):
    planted = {f"file{place}.csv": found for place, (_, found) in enumerate(planted_of(dataset))}
    clean = as_csv(clean_grid(load_contracts()[dataset].tables[0]))
    files = {"clean.csv": (dataset, clean)} | {file: (dataset, as_csv(one.grid)) for file, one in planted.items()}
    told = defaultdict(list)
    for problem in check_year(write_returns(tmp_path, files), YEAR, HERE, shipped_catalogue)[0]:
        if problem.rule not in NO_PLAN | {"key_in_two_files"}:
            told[problem.file].append(problem)
    assert [str(problem) for problem in told["clean.csv"]] == []
    missed = [one.name for file, one in planted.items() if not is_told(told[file], one.row, one.column)]
    assert missed == [], [str(problem) for file, one in planted.items() if one.name in missed for problem in told[file]]


@pytest.mark.parametrize("name", COUNTED)
def test_faults_of_counts(check, name):
    fault = COUNTED[name]
    told = check({"lado.csv": ("D23", fault.text)})
    assert is_told(told, fault.row, fault.column), [str(problem) for problem in told]


@pytest.mark.parametrize("name", FORMS)
def test_faults_of_other_forms(check, name):
    form = FORMS[name]
    told = check({form.file: (form.dataset, form.write())})
    assert is_told(told, form.row, form.column), [str(problem) for problem in told]


@pytest.mark.parametrize("name", list_registers())
def test_faults_of_the_register(check, name):
    cells, column = list_registers()[name]
    told = check({"lado.csv": ("D23", as_csv(GRID))}, register=registered(**cells))
    assert is_told(told, 2, column), [str(problem) for problem in told]


@pytest.mark.parametrize("name", list_settings())
def test_faults_of_the_settings(check, name):
    old, new, word = list_settings()[name]
    assert old in SETTINGS
    told = check({"lado.csv": ("D23", as_csv(GRID))}, settings=SETTINGS.replace(old, new, 1))
    (line,) = [str(problem) for problem in errors(told)]
    assert word in line and line[0] != ":" and "\n" not in line and "Traceback" not in line


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('geography = "Here"', 'geography = "Here"\ncommittees = ["H99"]', "unknown committee 'H99'"),
        ("12_2_lado_and_education", "12_2_lado", "has no notebook"),
    ],
)
def test_what_stops_a_build_after_its_count_stops_the_check(check, old, new, word):
    assert old in SETTINGS
    (line,) = [str(problem) for problem in errors(check({}, settings=SETTINGS.replace(old, new, 1)))]
    assert word in line


def test_an_empty_list_is_asked_about(check):
    told = check({"annex.xlsx": ("annex_a", book(*(ANNEX | {"List 1": ANNEX["List 1"][:1]}).items()))})
    assert [(problem.rule, problem.severity) for problem in told] == [("no_rows", "warning")]


@pytest.mark.parametrize(
    "files",
    [
        {"lado.csv": ("D23", as_csv(GRID))},
        {"lado.xlsx": ("D23", book())},
        {"lado.csv": ("D23", as_csv(grid_of(clean_counts())))},
        {"lado.xlsx": ("D23", book(("Sheet1", COUNTS)))},
        {"census.xml": ("cin_census", CENSUS)},
        {"annex.xlsx": ("annex_a", book(*ANNEX.items()))},
    ],
)
def test_what_the_faults_are_planted_in_is_clean(check, files):
    assert [str(problem) for problem in check(files)] == []


def test_there_are_enough_faults():
    records = sum(len(planted_of(dataset)) for dataset in OF_RECORDS)
    others = sum(map(len, (COUNTED, FORMS, list_registers(), list_settings())))
    assert records >= 500 and others >= 200
