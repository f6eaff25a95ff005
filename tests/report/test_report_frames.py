"""Verbs of frames: rows chosen and counted, workbooks, and internal data that git never takes."""

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.errors import CommandError
from analysis.report.frames import InternalFrame, SharedFrame, make_frame
from analysis.settings import REPOSITORY

INTERNAL = "INTERNAL: not for sharing"
ROWS = InternalFrame(
    {
        "sex": ["female", "female", "male", None],
        "age_band": ["10-15", "16-17", "10-15", "10-15"],
        "begun": pd.to_datetime(["2023-04-30", "2023-06-01", "2023-06-30", None]),
    }
)


def test_rows_are_chosen_by_a_value_or_several():
    assert ROWS.where(sex="female").index.tolist() == [0, 1]
    assert ROWS.where(sex="female", age_band=["10-15", "16-17"]).index.tolist() == [0, 1]
    assert ROWS.where(sex="male", age_band="16-17").empty  # each value is there, no row has both
    assert str(ROWS.where(sex="female")).startswith(INTERNAL)
    assert ROWS.where(ROWS["age_band"] == "10-15")["sex"].isna().sum() == 2  # pandas's own: a condition in its place


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: ROWS.where(sex="femal"), "unknown value of sex 'femal'; allowed: female, male"),
        (lambda: ROWS.where(sx="female"), "unknown column 'sx'; allowed: sex, age_band, begun"),
        (lambda: ROWS.by("age"), "unknown column 'age'; allowed: age_band, sex, begun"),
    ],
)
def test_a_mistake_is_answered_with_what_is_allowed(ask, words):
    with pytest.raises(CommandError, match=words):
        ask()


def test_rows_are_counted_by_columns_with_those_that_say_nothing():
    counted = ROWS.by("sex")
    assert counted["number"].tolist() == [2, 1, 1]
    assert counted["sex"].isna().sum() == 1
    assert ROWS.by("sex", "age_band")["number"].sum() == 4
    assert str(counted).startswith(INTERNAL)


def test_a_date_is_counted_by_its_month_and_a_month_without_any_is_zero():
    counted = ROWS.by("begun")
    assert counted["begun"].tolist() == ["2023-04", "2023-05", "2023-06"]
    assert counted["number"].tolist() == [1, 0, 2]


def test_what_is_taken_of_dates_stays_internal():
    for made in (ROWS["begun"].dt.month, ROWS["begun"].dt.strftime("%Y"), (ROWS["begun"] - ROWS["begun"]).dt.days):
        assert str(made).startswith(INTERNAL)
        assert str(made.describe().to_frame()).startswith(INTERNAL)
    assert not str(SharedFrame({"a": pd.to_datetime(["2023-01-01"])})["a"].dt.month).startswith(INTERNAL)


@pytest.mark.parametrize("name", ["to_csv", "to_json", "to_parquet", "to_pickle", "to_excel", "to_html"])
def test_internal_rows_are_written_nowhere_that_git_takes(name):
    path = REPOSITORY / "notebooks" / "explore" / "rows.xlsx"
    with pytest.raises(CommandError, match=r"rows.xlsx: git would take internal data there; allowed: outputs/"):
        getattr(ROWS, name)(path)
    with pytest.raises(CommandError, match="git would take"):
        getattr(ROWS["sex"], name if name != "to_parquet" else "to_csv")(str(path))
    assert not path.exists()


def test_internal_rows_may_be_written_where_git_takes_none(tmp_path):
    ROWS.to_csv(tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8").startswith(",sex,age_band,begun\n0,female,")
    assert ROWS.to_csv().startswith(",sex,age_band,begun\n")  # a text, no file
    ignored = REPOSITORY / "outputs" / "rows-of-a-test.csv"
    try:
        ROWS.to_csv(ignored)
        assert ignored.is_file()
    finally:
        ignored.unlink(missing_ok=True)


def test_a_workbook_of_internal_rows_says_so_first_and_holds_no_formula(tmp_path):
    path = tmp_path / "rows.xlsx"
    InternalFrame({"note": ["=1+1", "plain"]}).to_excel(path, index=False)
    sheet = load_workbook(path).active
    assert [cell.value for cell in sheet["A"]] == [INTERNAL, "note", "'=1+1", "plain"]
    SharedFrame({"n": [1]}).to_excel(path, index=False)
    assert [cell.value for cell in load_workbook(path).active["A"]] == ["n", 1]


def test_on_a_terminal_no_column_is_left_out():
    wide = make_frame([{f"a column of many letters {n}": n for n in range(30)}], "")
    assert all(f"letters {n}" in repr(wide) for n in range(30))
