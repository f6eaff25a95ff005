"""Definitions that records give themselves: what each key takes, and what is refused."""

import msgspec
import pandas as pd
import pytest
from made import YEAR, table, tallied

from analysis.counting import definitions
from analysis.counting.definition import NAMED
from analysis.counting.selection import NotSuppliedError, Rows
from analysis.errors import DataError
from analysis.measures.catalogue import get_catalogue
from analysis.measures.measure import Count

CONTACTS = "D16.contacts"
ROWS = table(
    CONTACTS,
    {"contact_id": "1", "received_at": "2023-04-01", "channel": "phone", "outcome": "advice", "domestic_abuse": True},
    {"contact_id": "2", "received_at": "2023-05-01", "channel": "email", "outcome": "advice", "domestic_abuse": False},
    {"contact_id": "3", "received_at": "2023-05-02", "channel": "portal"},  # says nothing else
    {"contact_id": "4", "received_at": "2024-04-01", "channel": "phone"},  # after the year
)


def chosen(**keys) -> list[str]:
    rows = definitions.choose(Count(table=CONTACTS, **keys), {CONTACTS: Rows.of(ROWS)}, YEAR)
    return Rows.of(rows).to_frame()["contact_id"].tolist()


def test_rows_are_those_of_the_period_with_the_values_named():
    assert chosen() == ["1", "2", "3", "4"]
    assert chosen(day="received_at") == ["1", "2", "3"]
    assert chosen(day="received_at", where={"channel": "phone"}) == ["1"]
    assert chosen(day="received_at", where={"channel": ("phone", "portal")}) == ["1", "3"]
    assert chosen(where={"domestic_abuse": False}) == ["2"]  # not those that don't say


def test_a_column_must_say_something_and_not_what_it_may_not():
    assert chosen(unless={"outcome": "no_further_action"}) == ["1", "2"]  # 3 and 4 say nothing
    assert chosen(unless={"channel": ("phone", "email")}) == ["3"]
    assert chosen(said="outcome") == ["1", "2"]


def test_of_rows_that_say_again_the_last_counts():
    again = ROWS.assign(contact_id=["1", "1", "2", "2"])
    rows = definitions.choose(
        Count(table=CONTACTS, day="received_at", latest=("contact_id",)), {CONTACTS: Rows.of(again)}, YEAR
    )
    assert Rows.of(rows).to_frame()["received_at"].dt.strftime("%Y-%m-%d").tolist() == ["2023-05-01", "2023-05-02"]


@pytest.mark.parametrize(
    ("unit", "limit", "met"),
    [("days", 3, [True, False]), ("working_days", 1, [True, False]), ("hours", 72, [True, False])],
)
def test_a_time_is_met_within_its_limit_and_out_of_the_base_where_it_has_no_end(unit, limit, met):
    rows = table(
        CONTACTS,
        {"contact_id": "1", "received_at": "2023-06-02 09:00", "decided_at": "2023-06-05 09:00"},  # Friday to Monday
        {"contact_id": "2", "received_at": "2023-06-02 09:00", "decided_at": "2023-06-06 09:01"},
        {"contact_id": "3", "received_at": "2023-06-02 09:00"},  # not decided yet
    )
    measure = recorded("contact_decisions_in_time", within={unit: limit})
    taken = definitions.take(Rows.of(rows), measure, "share", YEAR)["met"]
    assert (taken.dropna().tolist(), taken.isna().tolist()) == (met, [False, False, True])


def test_a_base_of_decimals_is_no_number_of_people():
    made = {name: definitions.get_definitions()[name].whole_numbers for name in ("vacancy_rate", "school_absence")}
    assert made == {"vacancy_rate": False, "school_absence": True}


def test_a_column_that_no_row_chosen_says_is_not_zero():
    with pytest.raises(NotSuppliedError, match="outcome"):
        chosen(where={"channel": "portal"}, given="outcome")


def test_a_value_that_meets_is_met_by_no_row_without_one():
    taken = definitions.take(Rows.of(ROWS), recorded("contacts", met={"outcome": "advice"}), "share", YEAR)
    assert taken["met"].tolist() == [True, True, False, False]


SAID = pd.DataFrame(
    {
        "moves": pd.array([2, 3, None], dtype="Int64"),
        "done": pd.to_datetime(["2024-03-31", "2024-04-01", None]),  # the period's last day, the day after
        "due": pd.to_datetime(["2024-03-30", "2024-04-01", "2024-04-01"]),
    }
)


@pytest.mark.parametrize(
    ("keys", "met"),
    [
        ({"least": {"moves": 3}}, [False, True, None]),
        ({"most": {"moves": 2}}, [True, False, None]),
        ({"recorded": "moves"}, [True, True, False]),
        ({"in_time": ("done",)}, [True, False, False]),
        ({"in_time": ("done", "due")}, [False, True, False]),  # what isn't done isn't in time
    ],
)
def test_a_share_is_met_by_a_number_a_day_or_that_something_is_said(keys, met):
    taken = definitions.take(Rows.of(SAID), recorded("contacts", **keys), "share", YEAR)["met"]
    assert [None if pd.isna(one) else bool(one) for one in taken] == met


def test_a_rise_is_what_the_second_column_has_over_the_first():
    measure = recorded("contacts", rise=("before", "after"))
    taken = definitions.take(Rows.of(pd.DataFrame({"before": [3.0, 4], "after": [5.0, None]})), measure, "mean", YEAR)
    assert taken["value"].fillna(-1).tolist() == [2, -1]


def test_a_column_that_was_to_be_returned_is_looked_for_before_rows_are_chosen():
    assert chosen(where={"channel": "portal"}, returned=("outcome",)) == ["3"]
    with pytest.raises(NotSuppliedError, match="referrer_notified"):
        chosen(where={"channel": "portal"}, returned=("referrer_notified",))


def recorded(name: str, **keys):
    measure = get_catalogue().measures[name]
    return msgspec.structs.replace(measure, count=msgspec.structs.replace(measure.count, **keys))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"table": "D16.contact"}, "unknown table 'contact'; allowed: contacts"),
        ({"rows": "training.booking"}, "unknown choice of rows 'training.booking'; allowed: training.bookings"),
        ({"rows": "training.bookings", "day": "booked"}, "unknown column 'booked'"),
        ({"said": "chanel"}, "unknown column 'chanel'"),
        ({"day": "recieved_at"}, "unknown column 'recieved_at'"),
        ({"where": {"chanel": "phone"}}, "unknown column 'chanel'"),
        ({"met": {"outcom": "advice"}}, "unknown column 'outcom'"),
        ({"columns": {"reason": "reason_cod"}}, "unknown column 'reason_cod'"),
        ({"unless": {"chanel": "phone"}}, "unknown column 'chanel'"),
        ({"where": {"channel": "Phone"}}, "unknown value of channel 'Phone'; allowed: "),
        ({"met": {"outcome": ("advice", "advise")}}, "unknown value of outcome 'advise'; allowed: "),
        ({"latest": ("contact",)}, "unknown column 'contact'"),
        ({"span": ("received_at", "decided_at"), "within": {"day": 1}}, "unknown unit of a span 'day'; allowed: days"),
    ],
)
def test_a_table_or_column_that_no_contract_has_is_refused_by_name(keys, words):
    with pytest.raises(DataError, match="contacts, count: ") as fault:
        definitions.define(recorded("contacts", **keys))
    assert words in str(fault.value)


def test_a_measure_with_both_a_count_and_a_function_is_refused(monkeypatch):
    monkeypatch.setitem(NAMED, "contacts", NAMED["re_referrals"])
    definitions.get_definitions.cache_clear()
    with pytest.raises(DataError, match="contacts has two definitions"):
        definitions.get_definitions()


def test_a_month_is_that_of_the_day_unless_another_column_is_named():
    assert definitions.define(recorded("contacts")).columns["month"] == "received_at"
    assert definitions.define(recorded("contacts", columns={"month": "decided_at"})).columns["month"] == "decided_at"


def test_a_stock_is_open_on_its_day():
    episodes = table(
        "D17.episodes",
        {"child_pseudo": "a", "start": pd.Timestamp("2023-01-01")},  # began before, still open
        {
            "child_pseudo": "b",
            "start": pd.Timestamp("2024-03-31"),
            "end": pd.Timestamp("2024-04-01"),
        },  # the day after
        {"child_pseudo": "c", "start": pd.Timestamp("2023-01-01"), "end": pd.Timestamp("2024-03-31")},  # ended on it
    )
    assert tallied("children_in_early_help", {"D17.episodes": episodes})["", ""] == 2
