"""Ways of counting and reading categories: laws, gaps, and nothing changed on the way."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from made import YEAR, all_needed, at_random, count_measure, to_frame

from analysis.counting import tally as ways
from analysis.counting.definitions import get_definitions
from analysis.counting.rows import NotSuppliedError, is_repeat, latest, supplied, within
from analysis.counting.selection import Rows
from analysis.counting.splits import MONTH, NOT_RECORDED, Grouping, read_keys
from analysis.errors import DataError
from tests.chance import MORE

COLOUR = Grouping("colour", "colour", {"r": "red", "g": "green", "x": ""})
KINDS = Grouping("kind", "kind", {"a": "first", "b": "first", "c": "second"}, "", many=True)


def tallied(frame: pd.DataFrame, method, *splits: Grouping) -> pd.DataFrame:
    return to_frame(ways.list_blocks(frame, splits, method, YEAR)).set_index(["dimension", "category"])


def test_a_category_never_used_is_nought_and_a_missing_value_is_told():
    frame = pd.DataFrame({"colour": pd.Series(["r", "r", None, "x"], dtype="str")})
    obs = tallied(frame, ways.count_events, COLOUR)["value"]
    assert obs["colour"].to_dict() == {"red": 2, "green": 0, NOT_RECORDED: 1}
    assert obs["", ""] == 4  # what is of an empty category is in the whole alone


def test_a_code_that_a_split_does_not_have_is_refused_without_its_value():
    with pytest.raises(DataError, match="column colour: a code") as raised:
        read_keys(pd.DataFrame({"colour": ["purple"]}), COLOUR, YEAR)
    assert "purple" not in str(raised.value)


def test_several_codes_of_one_category_count_once():
    frame = pd.DataFrame({"kind": pd.Series(["a;b", "a;c", None], dtype="str")})
    assert tallied(frame, ways.count_events, KINDS)["value"]["kind"].to_dict() == {"first": 2, "second": 1}


def test_months_come_from_days_and_from_months_and_none_is_left_out():
    days = pd.DataFrame({"at": pd.to_datetime(["2023-04-01", "2024-03-31", "2024-04-01", None])})
    months = pd.DataFrame({"at": pd.Series(["2023-04", "2024-03", "2024-04", None], dtype="str")})
    for frame in (days, months):
        obs = tallied(frame, ways.count_events, Grouping(MONTH, "at", missing=""))["value"]["month"]
        assert (len(obs), obs["2023-04"], obs["2023-05"], obs["2024-03"]) == (12, 1, 0, 1)


def test_one_person_with_fifty_events_is_one_person():
    frame = pd.DataFrame({"who": ["a"] * 50 + ["b", None], "colour": ["r"] * 50 + ["g", "g"]})
    obs = tallied(frame, ways.count_distinct("who"), COLOUR)["value"]
    assert (obs["", ""], obs["colour", "red"], obs["colour", "green"]) == (2, 1, 1)
    assert tallied(frame, ways.count_events)["value"]["", ""] == 52


def test_a_share_of_nothing_is_not_applicable_and_one_that_nobody_says_is_unavailable():
    frame = pd.DataFrame({"met": pd.array([None, True], dtype="boolean"), "colour": ["r", "g"]})
    obs = tallied(frame, ways.share_met, COLOUR)
    assert obs.loc[("colour", "green")].tolist() == [100, 1, 1]
    assert np.isnan(obs.loc[("colour", "red"), "denominator"])  # there is a red one, and it doesn't say
    assert obs.loc[("colour", NOT_RECORDED), "denominator"] == 0  # there is none


def test_averages_say_how_many_values_they_rest_on():
    frame = pd.DataFrame({"value": [1.0, 2.0, 9.0, None], "colour": ["r", "r", "r", "g"]})
    obs = tallied(frame, ways.average("median"), COLOUR)
    assert obs.loc[("colour", "red"), ["value", "denominator"]].tolist() == [2, 3]
    assert np.isnan(obs.loc[("colour", "green"), "denominator"])
    assert tallied(frame, ways.average("mean")).loc[("", ""), "value"] == 4


def test_sums_are_divided_only_where_both_are_given():
    frame = pd.DataFrame({"numerator": [1, 5, None], "denominator": [2, None, 7]})
    assert tallied(frame, ways.divide_sums).loc[("", "")].tolist() == [50, 1, 2]


def test_shares_of_a_whole_have_one_base():
    frame = pd.DataFrame({"kind": pd.Series(["a;c", "c", None], dtype="str")})
    blocks = ways.list_blocks(frame, (KINDS,), ways.share_of(len(frame)), YEAR, has_total=False)
    obs = to_frame(blocks).set_index("category")
    assert obs[["numerator", "denominator"]].to_numpy().tolist() == [[1, 3], [2, 3]]


def test_a_repeat_is_within_twelve_months_of_the_one_before_it():
    frame = pd.DataFrame(
        {
            "who": ["a", "a", "a", "b", None, None],
            "at": pd.to_datetime(
                ["2024-06-02", "2022-06-01 12:00", "2023-06-01 09:00", "2023-06-01", "2023-06-01", "2023-06-02"],
                format="ISO8601",
            ),
        },
        index=[5, 3, 9, 1, 7, 7],  # two files may both have a row of one number
    )
    # the third of the rows repeats the second, a year before to the day; the first is a year and a day after that
    assert is_repeat(frame, "who", "at").tolist() == [False, False, True, False, False, False]


@pytest.mark.parametrize(("day", "repeats"), [("2025-02-28", True), ("2025-03-01", False)])
def test_a_year_after_the_29th_of_february_ends_on_the_28th(day, repeats):
    frame = pd.DataFrame({"who": ["a", "a"], "at": pd.to_datetime(["2024-02-29", day])})
    assert is_repeat(frame, "who", "at").tolist() == [False, repeats]


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["a", "b", None]), st.none() | st.dates(date(1969, 1, 1), date(1973, 3, 1)))
    )
)
def test_a_repeat_is_what_looking_at_every_pair_of_rows_finds(rows):
    assume(not rows or any(who for who, _ in rows))  # a column that nobody filled is refused
    frame = pd.DataFrame(rows, columns=["who", "at"]).astype({"who": "str", "at": "datetime64[us]"})

    def repeats(place):
        who, day = rows[place]
        before = [at for n, (one, at) in enumerate(rows) if one == who and at and day and (at, n) < (day, place)]
        return bool(who and before and pd.Timestamp(max(before)) + pd.DateOffset(years=1) >= pd.Timestamp(day))

    assert is_repeat(frame, "who", "at").tolist() == [repeats(place) for place in range(len(rows))]


def test_rows_of_a_period_hold_its_first_and_last_day():
    days = ["2023-03-31", "2023-04-01", "2024-03-31", "2024-04-01"]
    frame = pd.DataFrame({"at": pd.to_datetime([f"{day} 23:59:59" for day in days])})
    assert within(frame, "at", YEAR).index.tolist() == [1, 2]


def test_the_latest_row_of_each():
    frame = pd.DataFrame({"who": ["a", "a", "b"], "at": [2, 1, 3]})
    assert latest(frame, "who", "at").index.tolist() == [0, 2]


def test_what_nobody_filled_is_not_supplied_but_no_rows_are_nought():
    with pytest.raises(NotSuppliedError):
        supplied(pd.DataFrame({"x": [None, None]}), "x")
    assert supplied(pd.DataFrame({"x": []}), "x").empty


# Laws that hold of every definition, on records made at random within the contracts.

KEYS = sorted(get_definitions())
PARTIAL = {"lado_open_cases"}  # cases carried over have no stage
TIES = {"child_protection_plans", "looked_after_started", "looked_after_ceased"}  # rows of one child and one day


@pytest.fixture(scope="module")
def records() -> dict[str, pd.DataFrame]:
    return at_random(7, 40, all_needed())


@pytest.fixture(scope="module")
def results(records) -> dict[str, pd.DataFrame]:
    """What every definition counts; without those whose records don't say enough."""
    found = {key: counted(key, records) for key in KEYS}
    return {key: tidy for key, tidy in found.items() if tidy is not None}


def counted(key: str, records) -> pd.DataFrame | None:
    try:
        return count_measure(get_definitions()[key], records)
    except NotSuppliedError:
        return None


@pytest.mark.slow
def test_everything_can_be_counted_but_what_needs_earlier_years(results):
    left = set(KEYS) - set(results)
    for seed in (8, 9, 10):  # a table of totals draws which of its measures it has
        more = at_random(seed, 40, all_needed())
        left = {key for key in left if counted(key, more) is None}
    assert left == {"long_term_stability"}


@pytest.mark.slow
def test_parts_add_to_the_whole(results):
    for key, tidy in results.items():
        definition = get_definitions()[key]
        if definition.method in ("events", "total", "share", "ratio") and definition.record.total:
            check_parts(definition, tidy)


def check_parts(definition, tidy: pd.DataFrame) -> None:
    column = "value" if definition.measure_type in ("count", "amount") else "denominator"
    tidy = tidy.fillna({column: 0})  # of nobody, no base is given
    total = tidy.loc[tidy["dimension"] == "", column].iloc[0]
    for split in definition.by:
        parts = tidy.loc[tidy["dimension"] == split.dimension, column].sum()
        if is_whole(definition, split):
            assert parts == pytest.approx(total), (definition.indicator, split.dimension)
        elif not split.many:
            assert parts <= total, (definition.indicator, split.dimension)


def is_whole(definition, split) -> bool:
    """Whether every row has one category: none of them is empty, and no value can be missing."""
    if split.dimension == "month":
        return True
    if not definition.record.by[split.dimension].exhaustive:
        return False
    named = "" not in (split.categories or {}).values()
    return not split.many and named and definition.indicator not in PARTIAL


@settings(max_examples=3 * MORE, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 999))
@pytest.mark.slow
def test_the_order_of_rows_and_the_index_do_not_matter(records, results, seed):
    shuffled = {name: frame.sample(frac=1, random_state=seed) for name, frame in records.items()}
    for key in list(results)[seed % 15 :: 15]:
        if get_definitions()[key].indicator not in TIES:
            pd.testing.assert_frame_equal(results[key], counted(key, shuffled), obj=str(key))


@pytest.mark.slow
def test_events_of_the_same_people_do_not_change_how_many_people_there_are(records, results):
    twice = {name: pd.concat([frame, frame], ignore_index=True) for name, frame in records.items()}
    for key in KEYS:
        if get_definitions()[key].method == "people" and not get_definitions()[key].is_monthly:
            pd.testing.assert_frame_equal(results[key], counted(key, twice), obj=str(key))


@pytest.mark.slow
def test_counting_changes_no_record(records, results):
    for name, frame in at_random(7, 40, all_needed()).items():
        pd.testing.assert_frame_equal(records[name], frame)


@pytest.mark.slow
def test_counting_all_from_the_same_rows_gives_what_each_gives_alone(records, results):
    held = {name: Rows.of(frame) for name, frame in records.items()}
    for key in [*results, *reversed(results)]:  # what one definition has chosen serves those after it
        pd.testing.assert_frame_equal(results[key], counted(key, held), obj=str(key))


@pytest.mark.slow
def test_rows_of_several_files_may_share_their_numbers(records, results):
    halves = {name: frame.set_axis([*range(20), *range(20)]) for name, frame in records.items()}
    for key in results:
        assert results[key].equals(counted(key, halves)), key


@pytest.mark.slow
def test_no_rows_count_nought(records):
    empty = {name: frame.head(0) for name, frame in records.items()}
    for key in KEYS:
        tidy = count_measure(get_definitions()[key], empty)
        values = tidy["value"] if get_definitions()[key].measure_type in ("count", "amount") else tidy["denominator"]
        assert (values == 0).all(), key
