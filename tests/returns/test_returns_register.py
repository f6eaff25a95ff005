"""The register is read by its contract, once: what it says of a break or of a version reaches every figure."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analysis.counting.year import gather_year, read_year
from analysis.partnership import Agency, Partnership, Section
from analysis.returns.conform import Records
from analysis.returns.contracts import contract
from analysis.returns.files import Read, read_returns
from analysis.returns.register import COLUMNS, ReturnEntry, credit, load_register

HERE = Partnership("here", "Here", "E09000000", "Here", (Section("one", "1", "One", "A"),))
LINE = {
    "return_id": "a", "agency": "LADO", "section": "one", "dataset": "D23", "status": "nil",
    "period_start": "2023-04-01", "period_end": "2024-03-31", "period_basis": "financial_year",
}  # fmt: skip
ROW = "lado_contacts,,,count,253,exact,contacts,,,2023-04-01,2024-03-31,financial_year,Here,"
HEADER = (
    "indicator,dimension,category,measure_type,value,qualifier,unit,numerator,denominator,"
    "period_start,period_end,period_basis,geography,note"
)


def write(folder, *lines):
    folder.mkdir(parents=True, exist_ok=True)
    names = list(dict.fromkeys(name for line in lines for name in line))
    pd.DataFrame(lines, columns=names).fillna("").to_csv(folder / "returns.csv", index=False)
    return folder


def load(tmp_path, **said):
    (entry,), problems = load_register(write(tmp_path / "2023-24", LINE | said), HERE)
    return entry, [(problem.rule, problem.row, problem.column) for problem in problems]


def test_the_entry_has_a_field_for_every_column_of_the_contract_that_is_used():
    unused = {"days_late", "nil_reason", "chaser_count"}
    assert set(COLUMNS) == set(contract("D00").table().names) - unused


@pytest.mark.parametrize("word", ["y", "Y", "yes", "Yes", "true", "TRUE", "1"])
def test_every_word_for_yes_is_a_break(tmp_path, word):
    entry, problems = load(tmp_path, break_in_series=word, break_date="2023-09-01")
    assert (entry.broke_on, problems) == (date(2023, 9, 1), [])


@pytest.mark.parametrize("name", ["LADO", "lado", "Lado"])
def test_an_agency_is_the_one_that_is_listed_in_whatever_case(tmp_path, name):
    here = replace(HERE, agencies=(Agency("lado", "LADO", ("one",)),))
    (entry,), problems = load_register(write(tmp_path / "2023-24", LINE | {"agency": name}), here)
    assert (entry.agency, problems) == ("LADO", [])


def test_datasets_are_parted_by_semicolons_and_a_comma_is_told_so(tmp_path):
    (_,), (problem,) = load_register(write(tmp_path / "2023-24", LINE | {"dataset": "D23,D24"}), HERE)
    assert problem.rule == "register_dataset"
    assert problem.allowed.endswith(", several parted by semicolons")


@pytest.mark.parametrize("word", ["n", "No", "false", "0", ""])
def test_every_word_for_no_is_none(tmp_path, word):
    entry, problems = load(tmp_path, break_in_series=word)
    assert (entry.broke_on, problems) == (None, [])


def test_a_break_without_its_day_is_from_the_first_of_the_period(tmp_path):
    assert load(tmp_path, break_in_series="y")[0].broke_on == date(2023, 4, 1)
    snapshot = {"period_start": "", "period_end": "2024-03-31", "period_basis": "snapshot"}
    assert load(tmp_path, break_in_series="y", **snapshot)[0].broke_on == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"break_in_series": "perhaps"}, ("register_value", 2, "break_in_series")),
        ({"break_date": "2023-09-01"}, ("register_break", 2, "break_in_series")),
        (
            {"break_in_series": "y", "period_start": "", "period_end": "", "period_basis": "unclear"},
            ("register_break", 2, "break_date"),
        ),
        ({"written_on": "1923-04-01"}, ("register_date", 2, "written_on")),
        ({"due_date": "2304-05-01"}, ("register_date", 2, "due_date")),
        ({"dataset": "D23;D23"}, ("register_dataset", 2, "dataset")),
        ({"completeness_pct": "0.95"}, ("register_value", 2, "completeness_pct")),
        ({"break_in_series": "y", "break_date": "1/4/23"}, ("register_date", 2, "break_date")),
        ({"status": ""}, ("register_status", 2, "status")),
        ({"agency": ""}, ("register_value", 2, "agency")),
        ({"version": "0"}, ("register_value", 2, "version")),
        ({"sensitivity": "secret"}, ("register_value", 2, "sensitivity")),
    ],
)
def test_what_the_contract_refuses_is_told_by_row_and_column(tmp_path, said, problem):
    assert load(tmp_path, **said)[1] == [problem]


def test_a_fault_names_the_word_and_the_nearest_that_is_allowed(tmp_path):
    _, (problem,) = load_register(write(tmp_path / "2023-24", LINE | {"status": "recieved"}), HERE)
    assert str(problem).startswith("returns.csv, row 2, column status: unknown status 'recieved' (allowed: received,")


def test_days_and_numbers_are_typed_and_what_is_not_given_is_none(tmp_path):
    entry, problems = load(tmp_path, due_date="31/05/2024", version="2", completeness_pct="98.5")
    assert (entry.due_date, entry.version, entry.completeness_pct) == (date(2024, 5, 31), 2, 98.5)
    assert (entry.received_date, entry.note, problems) == (None, "", [])


def line(agency, **said):
    return ReturnEntry(agency=agency, dataset="D23", status="received", file="both.csv", **said)


def write_counts(tmp_path):
    (tmp_path / "returns").mkdir(parents=True)
    (tmp_path / "returns" / "both.csv").write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    return tmp_path


def test_figures_of_a_file_of_two_agencies_are_both_agencies(tmp_path, catalogue):
    folder = write_counts(tmp_path)
    read = read_returns(folder, [line("LADO"), line("Police"), line("LADO")], catalogue)
    assert [one.agency for one in read["both.csv"].observations] == ["LADO and Police"]


def test_records_of_two_agencies_are_both_agencies(tmp_path):
    """Whether they came in one file of two lines, or in a file each."""
    table = contract("D23").table("contacts")
    records = Records(table, pd.DataFrame({"contact_id": ["a"]}), pd.DataFrame())
    one = {"both.csv": Read("both.csv", tables={"D23.contacts": (records,)})}
    assert gather_year(one, [line("LADO"), line("Police")]).agencies["D23"] == "LADO and Police"
    by_section = gather_year(one, [line("LADO", section="lado"), line("Police", section="police")]).agencies
    assert (by_section["D23/lado"], by_section["D23/police"]) == ("LADO", "Police")
    two = one | {"own.csv": Read("own.csv", tables={"D23.contacts": (records,)})}
    entries = [line("LADO"), ReturnEntry(agency="Police", dataset="D23", status="received", file="own.csv")]
    assert gather_year(two, entries).agencies["D23"] == "LADO and Police"


@pytest.mark.parametrize(
    ("agencies", "words"),
    [(["A"], "A"), (["A", "A"], "A"), (["B", "A"], "B and A"), (["A", "B", "C"], "A and 2 other agencies")],
)
def test_who_is_credited_is_said_in_words(agencies, words):
    assert credit(agencies) == words


def test_the_versions_of_the_register_are_those_of_all_its_lines():
    entries = [line("A", definition_version="1"), line("B"), line("C", definition_version="2")]
    assert gather_year({}, entries).versions == {"D23": "1; 2"}


def test_the_version_of_a_statutory_return_is_that_of_the_dataset_that_it_stands_in_for():
    entries = [ReturnEntry(agency="A", dataset="cin_census", definition_version="2022-23")]
    assert gather_year({}, entries).versions == {"cin_census": "2022-23", "D18": "2022-23"}


def test_the_registers_version_reaches_figures_that_came_counted(tmp_path, catalogue):
    year = read_year(write_counts(tmp_path), [line("LADO", definition_version="2022-23")], catalogue)
    assert [one.definition_version for one in year.counted] == ["2022-23"]
