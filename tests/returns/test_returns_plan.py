"""What each agency is asked for, and that a filled template of it comes back whole through the reading of a year."""

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.cli.main import run
from analysis.counting.definitions import get_definitions
from analysis.counting.year import read_year
from analysis.partnership import load_partnership
from analysis.returns.plan import plan_year
from analysis.returns.register import COLUMNS, ReturnEntry
from analysis.returns.template_counts import example
from analysis.returns.templates import HEADER_ROW, write_planned
from synthetic.settings import FOLDER
from tests.returns.faults.clean import as_csv
from tests.returns.faults.counts import clean_counts, grid_of


@pytest.fixture(scope="module")
def exampleshire():
    return load_partnership("exampleshire", FOLDER.parent)


def register(folder: Path, *lines) -> None:
    (folder / "2022-23").mkdir(parents=True)
    rows = [{"agency": agency, "dataset": dataset} for agency, dataset in lines]
    pd.DataFrame(rows).reindex(columns=list(COLUMNS)).to_csv(folder / "2022-23" / "returns.csv", index=False)


def test_the_latest_register_says_who_is_asked_for_what(tmp_path, exampleshire, shipped_catalogue):
    register(tmp_path, ("Exampleshire Police", "D30;D34"), ("Exampleshire Children's Services", "cin_census;D16"))
    asked = {
        one.code: one
        for one in plan_year(exampleshire, tmp_path, "2023-24", shipped_catalogue, general=get_definitions())
    }
    assert [found.id for found in asked["police"].contracts] == ["D30", "D34"]
    assert [found.id for found in asked["childrens_services"].contracts] == ["D16"], "a census comes as it is"
    assert "police_mash_reports" in asked["police"].figures
    assert "lado_contacts" not in asked["police"].figures
    assert "axis_bulletin_frequency" not in asked["childrens_services"].figures, "a figure of one place's own service"


def test_an_agency_without_a_line_is_asked_for_what_its_sections_owe(tmp_path, exampleshire, shipped_catalogue):
    register(tmp_path, ("Exampleshire Police", "D30"))
    asked = {
        one.code: one
        for one in plan_year(exampleshire, tmp_path, "2023-24", shipped_catalogue, general=get_definitions())
    }
    assert "D23" in {found.id for found in asked["lado"].contracts}
    assert "D30" not in {found.id for found in asked["lado"].contracts}


def test_what_an_agency_sent_under_a_former_name_keeps_nothing_from_it(tmp_path, exampleshire, shipped_catalogue):
    register(tmp_path, ("The Officer of Old", "D23"), ("Exampleshire Police", "D30"))
    lines = pd.read_csv(tmp_path / "2022-23" / "returns.csv", dtype=str).assign(file=["old.csv", None])
    lines.to_csv(tmp_path / "2022-23" / "returns.csv", index=False)
    (tmp_path / "2022-23" / "returns").mkdir()
    (tmp_path / "2022-23" / "returns" / "old.csv").write_text(as_csv(grid_of(clean_counts())), encoding="utf-8")
    asked = {
        one.code: one
        for one in plan_year(exampleshire, tmp_path, "2023-24", shipped_catalogue, general=get_definitions())
    }
    assert "D23" in {found.id for found in asked["lado"].contracts}
    assert {"lado_contacts", "lado_substantiated_rate"} <= asked["lado"].figures.keys()
    assert asked["lado"].last == {}, "whose they were isn't known"


@pytest.mark.parametrize("code", ["childrens_services", "adult_services", "police", "lado", "partnership_team"])
def test_a_filled_template_reads_back_without_loss(tmp_path, exampleshire, shipped_catalogue, code):
    said = {"childrens_services": "D16;D17;D18;D19;D20;D21", "adult_services": "D26;D27;D28;D29"}
    said |= {"police": "D30;D31;D32;D33;D34", "lado": "D23", "partnership_team": "D02;D03;D04;D06;D07;D08;D12;D13"}
    agency = next(one.name for one in exampleshire.agencies if one.code == code)
    register(tmp_path, (agency, said[code]))
    asked = [
        one
        for one in plan_year(exampleshire, tmp_path, "2023-24", shipped_catalogue, general=get_definitions())
        if one.code == code
    ]
    (path,) = write_planned(asked, tmp_path / "returns", partnership="exampleshire", year="2023-24")
    fill(path, asked[0].contracts)
    entry = ReturnEntry(**{"agency": agency, "dataset": said[code], "file": path.name})
    year = read_year(tmp_path, [entry], shipped_catalogue)
    tables = {f"{found.id}.{table.name}": table for found in asked[0].contracts for table in found.tables}
    assert set(year.records) == set(tables)
    for name, frame in year.records.items():
        columns = [column for column in tables[name].columns if column.keep]
        assert frame.iloc[0].map(plain).tolist() == [plain(example(column, "2023-24")) for column in columns]
    assert [one.value for one in year.counted] == [120.0]


def plain(value):
    """Return a value as the template and the reader both mean it."""
    if hasattr(value, "isoformat"):
        return pd.Timestamp(value)
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


def fill(path, contracts):
    """Copy the example of every sheet into its first row for records."""
    book = load_workbook(path)
    for name in [f"{found.id} {table.name}"[:31] for found in contracts for table in found.tables] + ["Counts"]:
        for cell in book[name][HEADER_ROW - 1]:
            book[name].cell(HEADER_ROW + 1, cell.column, cell.value)
    book.save(path)


def test_the_command_writes_a_workbook_an_agency(tmp_path, hillingdon, capsys):
    assert run(["templates", "--year", "2024-25", "--output", str(tmp_path / "new")]) == 0
    written = capsys.readouterr().out.splitlines()
    assert len(written) == len(load_partnership("hillingdon", hillingdon.parent).agencies)
    assert "D23 contacts" in load_workbook(tmp_path / "new" / "hillingdon_2024-25_lado.xlsx").sheetnames
    assert run(["templates", "--year", "2024"]) == 2
