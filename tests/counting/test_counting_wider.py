"""Boards' own plans, scrutiny, campaigns, housing, youth justice, the independent hospital and police teams for
exploitation, on readable rows. Synthetic."""

import pandas as pd
import pytest
from made import count_measure, table, tallied, whole

from analysis.counting import arrangements, missing, youth_justice
from analysis.counting.definitions import get_definitions

FRAMES = {
    "D02.objectives": table(
        "D02.objectives",
        {"priority_id": "1", "board": "children", "title": "a", "status": "new", "rag": "green"},
        {"priority_id": "2", "board": "shared", "title": "b", "status": "continuing"},  # of both boards; not rated
        {"priority_id": "3", "board": "adults", "title": "c", "status": "concluded", "rag": "green"},  # no more
    ),
    "D03.subgroups": table(
        "D03.subgroups",
        {"group_id": "1", "canonical_name": "a", "board": "children", "status": "continuing", "start": "2019-01-01"},
        {"group_id": "2", "canonical_name": "b", "board": "shared", "status": "new", "start": "2023-04-01"}
        | {"chair_vacancies_months": 3},
        {"group_id": "3", "canonical_name": "c", "board": "adults", "status": "concluded", "start": "2019-01-01"}
        | {"end": "2023-04-01", "chair_vacancies_months": 2},
        {
            "group_id": "4",
            "canonical_name": "d",
            "board": "adults",
            "status": "concluded",
            "end": "2023-03-31",
        },  # before
        {"group_id": "5", "canonical_name": "e", "board": "adults", "status": "new", "start": "2024-04-01"},  # after
    ),
    "D52.questions": table(
        "D52.questions",
        {"question_id": "1", "committee": "a", "date": "2023-05-01", "question": "x", "status": "answered"}
        | {"answered_on": "2024-03-31"},  # on the last day
        {"question_id": "2", "committee": "a", "date": "2023-05-01", "question": "x", "status": "answered"}
        | {"answered_on": "2024-04-01"},  # a day after it
        {"question_id": "3", "committee": "b", "date": "2024-03-31", "question": "x", "status": "open"},
        {"question_id": "4", "committee": "b", "date": "2023-03-31", "question": "x", "status": "open"},  # before
    ),
    "D52.inspections": table(
        "D52.inspections",
        {"inspection_id": "1", "inspectorate": "a", "date": "2023-05-01", "recs": 4},
        {"inspection_id": "2", "inspectorate": "b", "date": "2023-05-01"},  # doesn't say
        {"inspection_id": "3", "inspectorate": "b", "date": "2024-04-01", "recs": 9},  # after
    ),
    "D53.campaigns": table(
        "D53.campaigns",
        {"campaign": "a", "start": "2023-05-01", "unique_users": 10, "video_views": 4},
        {"campaign": "b", "start": "2023-06-01", "unique_users": 5, "bulletin_recipients": 300},
        {"campaign": "c", "start": "2023-03-31", "unique_users": 90},  # before
    ),
    "D47.cases": table(
        "D47.cases",
        {
            "case": "1",
            "reported": "2023-05-01",
            "hazard": "damp_mould",
            "fixed": "2023-05-11",
            "safeguarding_ref": True,
        },
        {"case": "2", "reported": "2023-05-01", "hazard": "none", "fixed": "2023-05-02", "safeguarding_ref": False}
        | {"ta_or_hotel": "hotel", "homeless_16_17": True},
        {
            "case": "3",
            "reported": "2023-03-12",
            "hazard": "overcrowding",
            "fixed": "2023-04-01",
        },  # repaired in the year
    ),
    "D41.totals": table(
        "D41.totals",
        {"measure": "knife", "as_at": "2023-06-30", "value": 3},
        {"measure": "knife", "as_at": "2023-09-30", "value": 4},
        {"measure": "custody", "as_at": "2023-06-30", "value": 1},
        {"measure": "custody", "as_at": "2024-06-30", "value": 7},  # after
    ),
    "D39.totals": table(
        "D39.totals",
        *({"measure": "concerns", "as_at": day, "value": 2} for day in ("2023-06-30", "2023-09-30")),
        {"measure": "allegations", "as_at": "2023-06-30", "value": 1},
        {"measure": "trained", "as_at": "2023-06-30", "value": 10},  # an earlier quarter
        {"measure": "training_eligible", "as_at": "2023-06-30", "value": 60},
        {"measure": "trained", "as_at": "2023-09-30", "value": 55},
        {"measure": "training_eligible", "as_at": "2023-09-30", "value": 60},
        {"measure": "supervision_done", "as_at": "2023-06-30", "value": 8},
        {"measure": "supervision_due", "as_at": "2023-06-30", "value": 10},
        {"measure": "supervision_done", "as_at": "2023-09-30", "value": 9},  # without the number due: out of the ratio
    ),
    "D33.resources": table(
        "D33.resources",
        {"team": "a", "as_at": "2023-06-30", "posts": 10.0, "in_post": 1.0, "reports_raised": 5},
        {"team": "a", "as_at": "2023-09-30", "posts": 10.0, "in_post": 9.5, "reports_raised": 6},
        {"team": "b", "as_at": "2023-09-30", "posts": 4.0, "in_post": 3.0, "reports_raised": 7},
    ),
    "D21.programmes": table(
        "D21.programmes",
        {"child_pseudo": "1", "programme": "a", "start": "2023-05-01", "return_to_notice_date": "2024-03-31"},
        {"child_pseudo": "1", "programme": "b", "start": "2023-06-01", "return_to_notice_date": "2024-04-01"},
        {"child_pseudo": "2", "programme": "a", "start": "2023-07-01"},
        {"child_pseudo": "3", "programme": "a", "start": "2023-03-31"},  # before
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        (arrangements.count_priorities, 3),
        ("subgroups", 3),
        ("subgroups_new", 1),
        ("subgroups_concluded", 1),
        ("chair_vacancy_months", 5),
        ("scrutiny_questions", 3),
        ("scrutiny_questions_answered", (1, 3)),
        ("inspections", 2),
        ("inspection_recommendations", 4),
        ("awareness_campaigns", 2),
        ("campaign_users", 15),
        ("campaign_video_views", 4),
        ("campaign_bulletin_recipients", 300),
        ("housing_cases", 2),
        ("housing_safeguarding_referrals", (1, 2)),
        ("homeless_16_17", 1),
        ("hazard_days", 15),  # of ten days and twenty
        ("hospital_concerns_raised", 4),
        ("hospital_allegations", 1),
        ("hospital_staff_trained", (55, 60)),
        ("hospital_supervision_done", (8, 10)),
        ("exploitation_posts_filled", (12.5, 14)),
        ("exploitation_reports_raised", 18),
        ("children_starting_programmes", 2),
        (missing.share_no_return_to_notice, (1, 1)),  # of the one place that began in the year before
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_the_whole(count, exp):
    assert whole(count, FRAMES) == exp


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        (arrangements.count_priorities, {("board", "children"): 2, ("board", "adults"): 1, ("rating", "not rated"): 2}),
        ("subgroups", {("board", "children"): 1, ("board", "shared"): 1, ("board", "adult"): 1}),
        (
            "housing_cases",
            {("home", "hotel"): 1, ("home", "not recorded"): 1, ("hazard", "damp or mould"): 1},
        ),
        ("children_starting_programmes", {("programme", "a"): 2, ("programme", "b"): 1}),
    ],
    ids=lambda value: getattr(value, "__name__", "exp"),
)
def test_the_parts(count, exp):
    assert {key: value for key, value in tallied(count, FRAMES).items() if key in exp} == exp


def test_measures_of_youth_justice_have_no_total():
    found = {key: value for key, value in tallied(youth_justice.count_youth_justice, FRAMES).items() if value}
    assert found == {("measure", "knife offences"): 7, ("measure", "custodial sentences"): 1}


def test_a_hospital_that_returned_nothing_has_no_share():
    empty = {"D39.totals": FRAMES["D39.totals"].iloc[:0]}
    frame = count_measure(get_definitions()["hospital_staff_trained"], empty)
    assert pd.isna(frame["value"].iloc[0])
