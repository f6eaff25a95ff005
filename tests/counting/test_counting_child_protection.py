"""Section 47 enquiries, conferences and plans, on rows that a practitioner can read. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import child_protection as cp
from analysis.counting import front_door


def episode(number: int, **columns) -> dict:
    return {"child_pseudo": f"child{number}", "referral_date": "2023-05-01"} | columns


ENQUIRIES = {
    "D18.episodes": table(
        "D18.episodes",
        # Thursday 1 June to Thursday 22 June 2023: working day 15, in time
        episode(1, s47_start="2023-06-01", icpc_date="2023-06-22", icpc_outcome="plan"),
        # to Friday 23 June: working day 16, late, though the agency says it was in time
        episode(2, s47_start="2023-06-01", icpc_date="2023-06-23", icpc_outcome="no_plan", icpc_15wd=True),
        # moved in: no enquiry of ours, the agency's answer stands
        episode(3, icpc_date="2023-07-01", icpc_outcome="plan", icpc_15wd=True),
        # moved in, and nobody says: out of the base
        episode(4, icpc_date="2023-07-01"),
        episode(5, s47_start="2023-06-01", icpc_outcome="not_required"),
        # still open
        episode(6, s47_start="2024-03-31"),
        # before the year
        episode(7, s47_start="2023-03-31", icpc_date="2023-03-31"),
        # the same child a second time: two enquiries
        episode(6, referral_date="2023-01-01", s47_start="2023-04-01"),
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("section47_enquiries", 5),
        ("section47_to_conference", (2, 5)),
        ("section47_no_conference_needed", (1, 5)),
        ("initial_conferences", 4),
        (cp.share_conferences_in_time, (2, 3)),
        ("conferences_to_plan", (2, 3)),
    ],
)
def test_enquiries_and_conferences(count, exp):
    assert whole(count, ENQUIRIES) == exp


def plan(number: int, start: str, end: str | None = None, **columns) -> dict:
    return episode(number, referral_date=start, cpp_start=start, cpp_end=end) | columns


PLANS = {
    "D18.episodes": table(
        "D18.episodes",
        # 730 days on 31 March 2024: two years; first and now for another category
        plan(1, "2022-04-01", cpp_initial_category="PHY", cpp_latest_category="NEG", review_on_time=True),
        # 729 days: under two years
        plan(2, "2022-04-02", cpp_latest_category="EMO", review_on_time=False, visits_on_time=True),
        # began in the year, for a child who had had one; three months to the day: reviews count
        plan(3, "2023-12-31", previous_cpp=2, cpp_initial_category="NEG", review_on_time=True),
        # one day short of three months: its reviews don't count yet
        plan(4, "2024-01-01", previous_cpp=0, review_on_time=True, visits_on_time=False),
        # began and ended within three months; ended on the last day, so no longer open
        plan(5, "2024-01-01", "2024-03-31", cpp_latest_category="SAB", step_down_plan=True),
        # ended in the year after two years
        plan(6, "2021-04-01", "2023-04-01", step_down_plan=False),
        # ended after three months to the day: not within them
        plan(7, "2023-05-01", "2023-08-01"),
        # not a plan at all
        episode(8),
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        (cp.count_child_protection_plans, 4),
        ("plans_started", 4),
        ("plans_ended", 3),
        ("second_plans", (1, 2)),  # of those that say
        (cp.share_plans_open_two_years, (1, 4)),
        (cp.share_plans_ended_after_two_years, (1, 3)),
        (cp.share_plans_ended_within_three_months, (1, 3)),
        (cp.share_plans_reviewed_in_time, (2, 3)),
        ("plan_visits_in_time", (1, 2)),
        ("plans_stepped_down", (1, 2)),
    ],
)
def test_plans(count, exp):
    assert whole(count, PLANS) == exp


def test_plans_are_split_by_the_latest_category_the_starts_by_the_first():
    now, begun = tallied(cp.count_child_protection_plans, PLANS), tallied("plans_started", PLANS)
    assert (now["category_of_abuse", "neglect"], now["category_of_abuse", "not recorded"]) == (1, 2)
    assert (now["category_of_abuse", "physical abuse"], begun["category_of_abuse", "neglect"]) == (0, 1)


def test_how_long_plans_had_lasted():
    obs = tallied(cp.count_child_protection_plans, PLANS)
    bands = [obs["duration", band] for band in cp.DURATIONS]
    assert bands == [1, 1, 0, 1, 1]  # 90, 91, 729 and 730 days


def test_a_child_with_two_open_plans_counts_once_by_the_later():
    rows = [plan(1, "2023-05-01", cpp_latest_category="NEG"), plan(1, "2023-06-01", cpp_latest_category="EMO")]
    obs = tallied(cp.count_child_protection_plans, {"D18.episodes": table("D18.episodes", *rows)})
    assert (obs["", ""], obs["category_of_abuse", "emotional abuse"], obs["category_of_abuse", "neglect"]) == (1, 1, 0)


def test_every_event_of_a_referral_counts_whether_in_its_episode_or_beside_it():
    referral = {"child_pseudo": "a", "referral_date": "2023-05-01"}
    first = {"assessment_start": "2023-05-02", "assessment_end": "2023-05-20"}
    again = {"assessment_start": "2023-11-01", "assessment_end": "2023-12-01"}  # 22 working days from its own start
    plan = {"cpp_start": "2023-06-01", "cpp_end": "2023-09-01", "cpp_latest_category": "NEG", "previous_cpp": 0}
    second = {"cpp_start": "2023-12-01", "cpp_latest_category": "EMO", "previous_cpp": 1}
    episode = referral | first | plan | {"s47_start": "2023-05-10", "closure_reason": "RC8", "sex": "female"}
    records = {
        "D18.episodes": table("D18.episodes", episode),
        "D18.assessments": table("D18.assessments", referral | again),
        "D18.enquiries": table(
            "D18.enquiries",
            referral | {"s47_start": "2023-05-10", "icpc_date": "2023-05-30"},  # the episode's own: once
            referral | {"s47_start": "2023-11-10"},
        ),
        "D18.plans": table("D18.plans", referral | second),
    }
    assert whole("referrals", records) == 1
    assert whole("assessments_completed", records) == 2
    assert whole(front_door.share_assessments_in_time, records) == (2, 2)
    assert whole("assessments_not_in_need", records) == (1, 2)  # the last led to the closure
    assert whole("section47_enquiries", records) == 2
    assert whole("section47_to_conference", records) == (1, 2)
    assert tallied("plans_started", records)["sex", "female"] == 2
    assert whole("plans_ended", records) == 1
    assert whole(cp.count_child_protection_plans, records) == 1
    assert whole("second_plans", records) == (1, 2)
