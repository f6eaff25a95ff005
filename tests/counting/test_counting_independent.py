"""The counts that are easy to get wrong, counted again another way: row by row, in plain Python."""

from datetime import date, timedelta

import pytest
from made import YEAR, at_random, tallied, whole

from analysis.counting import adult_services, child_protection, front_door

SEEDS = range(3)
MONTH_ENDS = [date(2023 + (month > 12), (month - 1) % 12 + 1, 1) - timedelta(days=1) for month in range(5, 17)]
ABUSE_TYPES = {
    "neglect": "neglect and acts of omission",
    "financial": "financial and material",
    "physical": "physical",
    "psychological": "psychological",
    "sexual": "sexual",
    "domestic": "domestic abuse",
    "self_neglect": "self-neglect",
    "organisational": "organisational",
    "discriminatory": "discriminatory",
    "sexual_exploitation": "sexual exploitation",
    "modern_slavery": "modern slavery",
}


def rows_of(frame) -> list[dict]:
    """Return rows as dictionaries with plain dates and None for what is missing."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {key: value.date() if hasattr(value, "date") else value for key, value in row.items()}
        for row in plain.to_dict("records")
    ]


def is_in_year(day: date | None) -> bool:
    return day is not None and YEAR.start <= day <= YEAR.end


def is_open(start: date | None, end: date | None, day: date) -> bool:
    return start is not None and start <= day and (end is None or end > day)


def a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def count_re_referrals(rows: list[dict]) -> tuple[int, int]:
    of_year = [at for at, row in enumerate(rows) if is_in_year(row["referral_date"])]
    again = 0
    for at in of_year:
        row = rows[at]
        earlier = [
            other["referral_date"]
            for place, other in enumerate(rows)
            if other["child_pseudo"] == row["child_pseudo"]
            and (other["referral_date"], place) < (row["referral_date"], at)
        ]
        again += bool(row["rereferral_12m"]) or any(a_year_after(day) >= row["referral_date"] for day in earlier)
    return again, len(of_year)


@pytest.mark.parametrize("seed", SEEDS)
def test_re_referrals(seed):
    records = at_random(seed, 150, ["D18.episodes"])
    obs = whole(front_door.share_re_referrals, records)
    assert obs == count_re_referrals(rows_of(records["D18.episodes"]))


@pytest.mark.parametrize("seed", SEEDS)
def test_children_with_a_plan_at_each_month_end(seed):
    records = at_random(seed, 60, ["D18.episodes"])
    rows = rows_of(records["D18.episodes"])
    obs = tallied(child_protection.count_child_protection_plans, records)
    for day in MONTH_ENDS:
        exp = {row["child_pseudo"] for row in rows if is_open(row["cpp_start"], row["cpp_end"], day)}
        assert obs["month", f"{day:%Y-%m}"] == len(exp)
    assert obs["", ""] == obs["month", "2024-03"]


@pytest.mark.parametrize("seed", SEEDS)
def test_children_looked_after_without_short_breaks(seed):
    records = at_random(seed, 60, ["D19.episodes"])
    rows = [row for row in rows_of(records["D19.episodes"]) if row["legal_status"] not in ("V3", "V4")]
    exp = {row["child_pseudo"] for row in rows if is_open(row["episode_start"], row["episode_end"], YEAR.end)}
    assert whole("children_looked_after", records) == len(exp)


@pytest.mark.parametrize("seed", SEEDS)
def test_types_of_abuse_in_concerns(seed):
    records = at_random(seed, 60, ["D26.concerns"])
    rows = [row for row in rows_of(records["D26.concerns"]) if is_in_year(row["received_at"])]
    obs = tallied("safeguarding_concerns", records)
    for code, name in ABUSE_TYPES.items():
        assert obs["abuse_type", name] == sum(code in row["abuse_types"].split(";") for row in rows), name


@pytest.mark.parametrize("seed", SEEDS)
def test_applications_waiting(seed):
    records = at_random(seed, 60, ["D27.applications"])
    exp = 0
    for row in rows_of(records["D27.applications"]):
        done = row["completed"] is not None and row["completed"] <= YEAR.end
        withdrawn = row["completed"] is None and row["outcome"] == "withdrawn"
        exp += row["received"] <= YEAR.end and not done and not withdrawn
    assert whole(adult_services.count_dols_waiting, records) == exp


@pytest.mark.parametrize("seed", SEEDS)
def test_recommendations_open(seed):
    records = at_random(seed, 60, ["D08.recommendations"])
    exp = 0
    for row in rows_of(records["D08.recommendations"]):
        made = row["made_on"] is None or row["made_on"] <= YEAR.end
        later = row["completed_on"] is not None and row["completed_on"] > YEAR.end
        exp += made and (row["status"] not in ("done", "closed_not_done") or later)
    assert whole("recommendations_open", records) == exp


@pytest.mark.parametrize("seed", SEEDS)
def test_people_trained(seed):
    records = at_random(seed, 80, ["D12.sessions", "D13.bookings"])
    sessions = records["D12.sessions"].drop_duplicates("session_id")
    held = {row["session_id"] for row in rows_of(sessions) if is_in_year(row["date"]) and not row["cancelled_flag"]}
    came = [
        row["person_pseudo_id"]
        for row in rows_of(records["D13.bookings"])
        if row["session_id"] in held and row["status"] in ("attended", "partial")
    ]
    records = {**records, "D12.sessions": sessions}
    assert whole("people_trained", records) == len(set(came))
    assert whole("training_attendances", records) == len(came)
