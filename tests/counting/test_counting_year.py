"""A year of files: what came counted is read, what came as records is counted, and both are set side by side."""

import pandas as pd
import pytest

from analysis.counting.year import read_year
from analysis.errors import DataError
from analysis.figures.build import make_statistics, reconcile
from analysis.returns.register import ReturnEntry
from tests.examples import HERE, seen


def entry(file, dataset):
    known = {"agency": "LADO", "dataset": dataset, "file": file, "status": "received"}
    return ReturnEntry(**known)


def counted(**changes):
    return seen(file="counted from the records of D23.contacts", row=0, **changes)


def test_every_faulty_file_is_told_at_once(tmp_path, shipped_catalogue):
    (tmp_path / "returns").mkdir()
    for name in ("one.csv", "two.csv"):
        (tmp_path / "returns" / name).write_text("indicator,value\nx,1\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_year(tmp_path, [entry("one.csv", "D23"), entry("two.csv", "D23")], shipped_catalogue)
    assert {problem.file for problem in caught.value.problems} == {"one.csv", "two.csv"}


def test_without_records_a_year_has_what_came_counted_alone(tmp_path, shipped_catalogue):
    (tmp_path / "returns").mkdir()
    pd.DataFrame({"contact_id": ["LC-0001"]}).to_csv(tmp_path / "returns" / "records.csv", index=False)
    year = read_year(tmp_path, [entry("records.csv", "D23")], shipped_catalogue, with_records=False)
    assert (year.counted, year.records) == ([], {})


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (253.0, "the agency's own count agrees with its records"),
        (257.0, "the agency's own count is 257: 4 more than its records give"),
        (250.0, "the agency's own count is 250: 3 fewer than its records give"),
    ],
)
def test_two_ways_to_a_figure_are_reconciled(returned, words):
    assert reconcile([seen(value=returned), counted()]) == words
    assert reconcile([seen(value=returned)]) == ""


def test_the_records_give_the_figure_and_the_return_is_shown_beside_it(catalogue):
    (found,) = make_statistics([seen(value=257.0), counted()], catalogue, HERE, "2023-24")
    assert (found.value, found.display) == (253.0, "253")
    assert "257" in found.reconciled
    assert found.source == "LADO: lado.csv, row 2; LADO: counted from the records of D23.contacts"
