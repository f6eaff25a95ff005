"""Returns as agencies really send them, each with its right answer: the folder of cases beside the checkout, by kind.

What an error stops isn't counted; what is read is counted right. Small copies of the kinds stand in the tests of each
module, so that they are held without the folder.
"""

from collections import Counter
from dataclasses import replace
from itertools import chain

import pandas as pd
import pytest

from analysis.counting.year import count_records, gather_year
from analysis.disclosure.apply import gate
from analysis.disclosure.policy import Policy
from analysis.figures.build import check_ids, make_statistics
from analysis.measures.periods import parse_year
from analysis.partnership import Section
from analysis.report.detail import make_parts
from analysis.returns.checks.rule import Case
from analysis.returns.checks.whole import check_year
from analysis.returns.files import Read, read_file
from analysis.returns.register import COLUMNS, ReturnEntry
from tests.returns.checks.planted import HERE

pytestmark = pytest.mark.shared
YEAR = "2023-24"


@pytest.fixture
def case(shared, shipped_catalogue):
    """Return a function that reads the files of a case as returns of one dataset, by file."""

    def read(name: str, dataset: str = "D23") -> dict[str, Read]:
        (folder,) = shared.glob(f"cases/returns/{name}_*")
        files = sorted(path for path in folder.iterdir() if path.name != "expected.txt")
        return {path.name: read_file(path, [dataset], shipped_catalogue, agency="A") for path in files}

    return read


def errors(read: dict[str, Read]) -> Counter:
    """Return how often each rule is broken by an error."""
    problems = chain.from_iterable(one.problems for one in read.values())
    return Counter(problem.rule for problem in problems if problem.severity == "error")


def told(read: dict[str, Read]) -> Counter:
    """Return how often each rule is broken by a warning."""
    problems = chain.from_iterable(one.problems for one in read.values())
    return Counter(problem.rule for problem in problems if problem.severity == "warning")


def contacts(read: dict[str, Read]) -> pd.DataFrame:
    """Return the contacts as they are counted."""
    return gather_year(read, entries(read)).records["D23.contacts"]


def entries(read: dict[str, Read], dataset: str = "D23") -> list[ReturnEntry]:
    said = {"agency": "A", "dataset": dataset, "status": "received"}
    return [ReturnEntry(**{**dict.fromkeys(COLUMNS, ""), **said, "file": file}) for file in read]


def figures(catalogue, *years: dict[str, Read], year: str = YEAR) -> dict[str, float]:
    """Return the whole of each count of the last of several years."""
    held = [gather_year(read, entries(read, "D18")) for read in years]
    found = count_records(held, parse_year(year), "Here", catalogue)
    return {one.indicator: one.value for one in found if one.measure_type == "count" and not one.dimension}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("01", 20),
        ("03", 26),
        ("04", 18),
        ("05", 20),
        ("07", 20),
        ("08", 20),
        ("11", 20),
        ("12", 20),
        ("13", 20),
        ("14", 20),
        ("24", 20),
        ("31", 20),
        ("33", 20),
        ("39", 20),
        ("40", 20),
        ("41", 16),
    ],
)
def test_what_can_be_read_is_read_whole_and_of_its_year(case, name, count):
    read = case(name)
    rows, period = contacts(read), parse_year(YEAR)
    assert not errors(read)
    assert len(rows) == count
    assert rows["received_on"].between(pd.Timestamp(period.start), pd.Timestamp(period.end)).all()
    assert rows["employment_sector"].notna().all()


@pytest.mark.parametrize(
    ("name", "rule", "times"),
    [("01", "hidden_rows", 1), ("04", "not_a_record", 1), ("11", "not_a_record", 2), ("33", "not_a_record", 2)],
)
def test_and_what_somebody_must_decide_is_told(case, name, rule, times):
    assert told(case(name))[rule] == times


@pytest.mark.parametrize(
    ("name", "exp"),
    [
        ("10", {"formula_without_value": 20, "missing_value": 20}),
        ("15", {"unknown_encoding": 1}),
        ("16", {"protected_file": 1}),
        ("17", {"mangled_identifier": 3}),
        ("18", {"month_first": 1}),
        ("28", {"duplicate_key": 3, "key_in_two_cases": 2}),
        ("29", {"wrong_kind": 1}),
        ("30", {"wrong_kind": 1}),
        ("32", {"wrong_type": 1}),
        ("43", {"period": 4}),
    ],
)
def test_what_cannot_be_read_is_refused_for_its_own_reason(case, name, exp):
    assert errors(case(name)) == exp


def test_keys_lose_the_apostrophe_that_kept_them_as_text(case):
    assert not contacts(case("17"))["contact_id"].str.startswith("'").any()


def test_a_refusal_of_a_form_says_how_to_save_it(case):
    for name in ("29", "30"):
        (problem,) = case(name)["lado.xls"].problems
        assert "save it as .xlsx" in problem.allowed


def test_every_event_of_a_referral_counts(case, shipped_catalogue):
    counted = figures(shipped_catalogue, case("20", "D18"))
    exp = {
        "referrals": 40,
        "section47_enquiries": 80,
        "assessments_completed": 80,
        "plans_started": 60,
        "plans_ended": 40,
        "child_protection_plans": 20,
    }
    assert {name: counted[name] for name in exp} == exp


def test_the_census_of_2026_reads(case, shipped_catalogue):
    read = case("21", "D18")
    assert not errors(read)
    assert figures(shipped_catalogue, read, year="2025-26")["referrals"] == 30


def test_a_stock_is_of_the_latest_return_alone(case, shipped_catalogue):
    read = case("22", "D18")
    before, now = ({name: one} for name, one in read.items())
    assert figures(shipped_catalogue, before, year="2022-23")["child_protection_plans"] == 30
    assert figures(shipped_catalogue, before, now)["child_protection_plans"] == 30


@pytest.mark.parametrize(
    ("name", "values"),
    [("25", [45, 10, 35]), ("26", [1846, "[c]", "[c]"]), ("42", [253, 107, 1846])],
)
def test_counts_are_read_as_they_are_meant(case, name, values):
    (read,) = case(name).values()
    assert [one.symbol or one.value for one in read.observations] == values


def test_what_is_wrong_with_counts_is_told_by_its_row(case):
    read = case("26")
    assert {(problem.row, problem.rule) for problem in read["lado.csv"].problems} == {
        (5, "unknown_name"),
        (6, "number"),
        (7, "not_a_record"),
    }


@pytest.mark.parametrize(("name", "exp"), [("37", ["no row lies in the report's year"]), ("03", []), ("08", [])])
def test_last_years_file_stops_a_report(case, catalogue, name, exp):
    (read,) = case(name).values()
    found = Case(HERE, parse_year(YEAR), catalogue, (), {"lado.xlsx": read})
    assert [spot.message for spot in check_year(found)] == exp


def test_quarters_of_counts_stand_beside_their_year(case, shipped_catalogue):
    (read,) = case("50", "D18").values()
    assert not read.problems
    bury = replace(HERE, geography="Bury", sections=(Section("08_children_social_care", "8", "Children", "A"),))
    made = make_statistics(read.observations, shipped_catalogue, bury, "2019-20")
    check_ids(made)
    table = dict(make_parts(made)["rows"])
    assert table["Children who went missing"] == ["328", "92", "72", "86", "78"]
    assert table["Children in private fostering arrangements"] == ["1", "2", "1", "1", "1"]
    assert len(table) == 4


@pytest.mark.parametrize("protect_zero", [True, False])
def test_two_small_parts_are_not_hidden_alone(case, shipped_catalogue, protect_zero):
    (read,) = case("53").values()
    here = replace(HERE, geography="Place")
    made = make_statistics(read.observations, shipped_catalogue, here, YEAR)
    gated = gate(made, [], shipped_catalogue, Policy(protect_zero=protect_zero), release="shared")
    hidden = {one.category for one in gated.statistics if not one.published}
    assert not read.problems and gated.audit.passed
    assert {"police", "social care"} < hidden, "the two ones, and another part or the whole"
