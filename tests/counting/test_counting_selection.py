"""Rows chosen of a table: what a frame would give, and no mixing of rows. Synthetic, about nobody."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.counting.selection import Rows, once


def frame() -> pd.DataFrame:
    """Four contacts; the third has neither a person nor a date, and two files gave rows of one number."""
    return pd.DataFrame(
        {
            "who": pd.Series(["a", "b", None, "a"], dtype="str"),
            "on": pd.to_datetime(["2023-04-01", "2023-04-30", None, "2024-03-31"]),
            "n": [1, 2, 3, 4],
        }
    ).set_axis([5, 3, 5, 9])


def test_a_choice_of_a_choice_reads_its_own_rows():
    rows = Rows(frame())
    later = rows[rows["n"] > 1]
    again = later[later["who"] == "a"]
    assert (len(later), again["n"].tolist(), again.index.tolist()) == (3, [4], [9])


def test_what_is_assigned_goes_with_its_rows_and_stays_out_of_the_table():
    table = frame()
    rows = Rows(table).assign(met=[True, False, True, False], n=0)
    chosen = rows[rows["met"]]
    assert (chosen["n"].tolist(), chosen["met"].tolist()) == ([0, 0], [True, True])
    assert "met" in chosen
    assert "met" not in Rows(table)
    pd.testing.assert_frame_equal(table, frame())


def test_codes_are_of_the_rows_and_missing_values_have_none():
    codes, values = Rows(frame()).take(np.array([3, 2, 1])).read_codes("who")
    assert [values[code] if code >= 0 else None for code in codes] == ["a", None, "b"]


def test_codes_of_an_assigned_column_are_its_own():
    rows = Rows(frame())
    assert rows.read_codes("who")[0].tolist() == [0, 1, -1, 0]
    assert rows.assign(who=["x", "y", "z", "z"]).read_codes("who")[0].tolist() == [0, 1, 2, 2]
    assert rows.read_codes("who")[0].tolist() == [0, 1, -1, 0]


def test_months_are_of_the_rows():
    months = Rows(frame()).take(np.array([3, 0])).read_months("on")
    assert months.astype(str).tolist() == ["2024-03", "2023-04"]


def test_a_mask_or_a_column_of_other_rows_is_refused():
    rows = Rows(frame())
    fewer = rows[rows["n"] > 1]
    with pytest.raises(ValueError, match="other rows"):
        fewer[rows["n"] > 2]
    with pytest.raises(ValueError, match="other rows"):
        fewer.assign(met=rows["n"])
    with pytest.raises(ValueError, match="does not match"):
        fewer[np.array([True, False])]
    with pytest.raises(ValueError, match="yes and no"):
        rows[rows["n"]]


def test_a_missing_answer_chooses_no_row():
    rows = Rows(frame())
    said = pd.Series(pd.array([True, None, False, True], dtype="boolean"), index=rows.index)
    assert rows[said]["n"].tolist() == [1, 4]


def test_what_only_a_frame_can_do_a_frame_does():
    rows = Rows(frame())
    assert rows[rows["n"] < 4].groupby("who").size().to_dict() == {"a": 1, "b": 1}
    assert rows[["n"]].columns.tolist() == ["n"]
    with pytest.raises(AttributeError):
        _ = rows.no_such_thing


def test_what_is_chosen_once_serves_all_who_ask_and_no_other_rows():
    asked = []

    @once("T.a", "T.b")
    def chosen(records, least):
        asked.append(least)
        return records["T.a"][records["T.a"]["n"] >= least]

    tables = {name: Rows(frame()) for name in ("T.a", "T.b")}
    assert chosen(tables, 2) is chosen(tables, 2)
    assert asked == [2]
    assert chosen(tables, 3)["n"].tolist() == [3, 4]
    fewer = tables | {"T.a": tables["T.a"].take(np.array([1]))}
    assert chosen(fewer, 2)["n"].tolist() == [2]
    assert chosen(tables | {"T.b": Rows(frame())}, 2) is not chosen(tables, 2)
    assert isinstance(chosen({"T.a": frame(), "T.b": frame()}, 2), pd.DataFrame)


@given(places=st.lists(st.integers(0, 3)), value=st.sampled_from(["a", "b", "c"]))
def test_rows_are_what_a_frame_of_them_would_be(places, value):
    plain, rows = frame().iloc[places], Rows(frame()).take(np.array(places, dtype=int))
    plain, rows = plain.assign(same=plain["who"] == value), rows.assign(same=rows["who"] == value)
    mask = plain["same"].to_numpy() | (plain["n"] > 2).to_numpy()
    pd.testing.assert_frame_equal(rows[mask].to_frame(), plain[mask])
