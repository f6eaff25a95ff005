"""Days and draws: working days, school holidays, chances that change on a day."""

from datetime import date

import numpy as np
import pytest

from analysis.measures.strict import read_rows
from synthetic.calendar import (
    bank_holidays,
    day_weights,
    draw_days,
    is_school_holiday,
    working_days_after,
    year_bounds,
    year_of,
)
from synthetic.draws import as_day, level, pick, pseudonyms, ramp, several, stream
from synthetic.people import ages, birthday, child_bands
from synthetic.settings import FOLDER


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


def test_bank_holidays_are_those_of_the_dictionary():
    rows = read_rows(FOLDER.parent / "dictionary" / "bank_holidays.csv", ("date", "title", "source"))
    held = {date.fromisoformat(row["date"]) for row in rows}
    first, last = min(held).year, min(max(held).year, 2026)
    made = {day for day in bank_holidays().tolist() if first <= day.year <= last}
    assert made == {day for day in held if day.year <= last}


def test_the_day_itself_is_day_nought_and_holidays_are_left_out():
    assert working_days_after(days("2023-04-06"), 0) == days("2023-04-06")  # Thursday before Good Friday
    assert working_days_after(days("2023-04-06"), 1) == days("2023-04-11")  # after Easter Monday
    assert working_days_after(days("2023-04-08"), 0) == days("2023-04-11")  # Saturday moves on


def test_school_holidays_begin_and_end_on_their_days():
    asked = days("2023-07-20", "2023-07-21", "2023-09-02", "2023-09-03", "2023-04-16", "2023-04-17")
    assert is_school_holiday(asked).tolist() == [False, True, True, False, True, False]


@pytest.mark.parametrize("profile", ["school", "meeting"])
def test_nothing_of_schools_or_meetings_falls_on_a_weekend_or_bank_holiday(profile):
    drawn = draw_days(stream(1, "days"), {2022: 3000, 2023: 3000}, profile)
    assert np.is_busday(drawn, holidays=bank_holidays()).all()


def test_a_years_shares_are_whole_and_its_days_are_the_years():
    found, shares = day_weights(2023, "office")
    assert shares[-1] == pytest.approx(1)
    assert (found[0], found[-1]) == year_bounds(2023)
    assert len(found) == 366
    assert set(year_of(found)) == {2023}


def test_a_chance_changes_on_its_day_and_a_ramp_between_its_days():
    steps = [["2018-04-01", 0.2], ["2023-04-01", 0.7]]
    assert level(steps, days("2023-03-31", "2023-04-01")).tolist() == [0.2, 0.7]
    assert level(0.3, days("2023-04-01")) == 0.3
    line = [["2020-01-01", 0.0], ["2020-01-11", 1.0]]
    assert ramp(line, days("2019-01-01", "2020-01-06", "2021-01-01")) == pytest.approx([0, 0.5, 1])


def test_codes_come_in_their_shares_and_an_empty_one_is_missing():
    drawn = pick(stream(1, "codes"), {"a": 3, "": 1}, 4000)
    assert (drawn == "a").mean() == pytest.approx(0.75, abs=0.03)
    assert {value for value in drawn.tolist() if value != "a"} == {None}


def test_several_codes_keep_their_order():
    drawn = set(several(stream(1, "several"), {"a": 0.5, "b": 0.5, "c": 0.0}, 200).tolist())
    assert drawn == {"", "a", "b", "a;b"}


def test_pseudonyms_are_different_and_stay_those_of_their_seed():
    keys = pseudonyms(5, "CH", 50_000)
    assert len(set(keys)) == 50_000
    assert pseudonyms(5, "CH", 50_000).tolist() == keys.tolist()
    assert pseudonyms(6, "CH", 10).tolist() != keys[:10].tolist()


def test_ages_change_on_the_birthday():
    born = days("2010-06-15", "2010-06-15", "2024-07-01", "2023-06-15")
    asked = days("2023-06-14", "2023-06-15", "2024-06-30", "2023-06-15")
    assert ages(born, asked).tolist() == [12, 13, -1, 0]
    assert child_bands(born, asked).tolist() == ["10-15", "10-15", "unborn", "0"]
    assert birthday(days("2008-02-29"), 18) == as_day("2026-03-01")
