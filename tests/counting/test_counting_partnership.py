"""Health, the fire brigade and the partnership's own work, on readable rows. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import partnership

HEALTH = {
    "D35.concerns": table(
        "D35.concerns",
        {"concern_pseudo": "1", "raised_on": "2023-05-01", "kind": "adult_concern", "service": "x"}
        | {"mash_feedback_received": True},
        {"concern_pseudo": "2", "raised_on": "2023-05-01", "kind": "child_referral", "service": "x"}
        | {"mash_feedback_received": False},
        {"concern_pseudo": "3", "raised_on": "2023-05-01", "kind": "adult_concern", "service": "x"},  # doesn't say
    ),
    "D35.camhs": table(
        "D35.camhs",
        {"referral_pseudo": "1", "received_on": "2023-05-01", "accepted": True, "triaged_at": "2023-05-02 23:59"}
        | {"waiting_weeks": 4.0},
        {"referral_pseudo": "2", "received_on": "2023-05-01", "accepted": False, "triaged_at": "2023-05-03 00:00"}
        | {"waiting_weeks": 8.0},
        {"referral_pseudo": "3", "received_on": "2023-05-01"},  # not decided
    ),
    "D35.health_assessments": table(
        "D35.health_assessments",
        {"assessment_pseudo": "1", "kind": "initial", "due_on": "2023-05-01", "done_on": "2023-05-01"},  # on its day
        {"assessment_pseudo": "2", "kind": "initial", "due_on": "2023-05-01", "done_on": "2023-05-02"},  # a day late
        {"assessment_pseudo": "3", "kind": "initial", "due_on": "2023-05-01"},  # never done
        {"assessment_pseudo": "4", "kind": "review", "due_on": "2023-05-01", "on_time": True},  # the trust's own answer
    ),
    "D36.months": table(
        "D36.months",
        {"month": "2023-04", "patient_group": "adult", "type": "x", "referrals": 5, "ward_days_16_17": 1}
        | {"idva_refs": 4, "routine_enquiry_done": 3, "routine_enquiry_eligible": 4},
        {"month": "2023-04", "patient_group": "child", "type": "x", "referrals": 7, "mh_presentations": 2}
        | {"routine_enquiry_done": 9},  # without the number due: out of that ratio
        {"month": "2023-04", "patient_group": "adult", "type": "y", "referrals": 1, "ward_days_16_17": 2},
        {"month": "2024-04", "patient_group": "adult", "type": "x", "referrals": 50},  # after the year
    ),
    "D37.practices": table(
        "D37.practices",
        {"practice_pseudo": "1", "gp_reports_requested": 4, "gp_reports_supplied": 3, "on_time": 1},
        {"practice_pseudo": "2", "gp_reports_requested": 6, "gp_reports_supplied": 2, "on_time": 2},
        {"practice_pseudo": "3", "gp_reports_requested": 5},  # doesn't say how many it gave
    ),
    "D38.visits": table(
        "D38.visits",
        {"visit_id": "1", "referrer": "adult_services", "risk": "high", "referred_on": "2023-05-01"}
        | {"completed_on": "2023-05-11"},
        {"visit_id": "2", "referrer": "police", "referred_on": "2023-03-01", "completed_on": "2023-04-10"},
        {"visit_id": "3", "referrer": "police", "referred_on": "2023-05-01"},  # not done
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("trust_concerns", 3),
        ("trust_concerns_answered", (1, 2)),
        ("camhs_referrals", 3),
        ("camhs_referrals_accepted", (1, 2)),
        ("camhs_triaged_by_next_day", (1, 2)),
        ("camhs_waiting_weeks", 6),
        ("initial_health_assessments_in_time", (1, 3)),
        ("review_health_assessments_in_time", (1, 1)),
        ("adult_safeguarding_referrals_thh", 6),
        ("hospital_child_referrals", 7),
        ("hospital_mental_health_presentations", 2),
        ("adult_ward_days_of_young_people", 3),
        ("routine_enquiry_made", (3, 4)),
        ("hospital_idva_referrals_sent", 4),
        ("gp_reports_supplied", (5, 10)),
        ("gp_reports_on_time", (3, 5)),
        ("fire_safety_visits", 2),
        ("fire_visit_days", 25),
    ],
)
def test_health_and_fire(count, exp):
    assert whole(count, HEALTH) == exp


def team(agency: str, month: str, **columns) -> dict:
    return {"agency": agency, "team": "t", "month": month} | columns


OWN = {
    "D51.escalations": table(
        "D51.escalations",
        {"escalation_id": "1", "date": "2023-05-01", "raised_by": "school", "against": "police", "level": "2"}
        | {"resolved_on": "2023-05-11"},
        {"escalation_id": "2", "date": "2023-03-01", "raised_by": "icb", "against": "police", "level": "1"}
        | {"resolved_on": "2023-04-20"},  # of the year before, resolved in this one
    ),
    "D43.teams": table(
        "D43.teams",
        team("police", "2023-04", established_fte=10.0, vacancies=5.0, in_post=5.0, agency_staff=0.0, leavers=1),
        team(
            "police", "2024-03", established_fte=10.0, vacancies=1.0, in_post=6.0, agency_staff=2.0, leavers=2
        ),  # latest
        team("icb", "2023-06", established_fte=10.0, vacancies=1.0, in_post=9.0),  # doesn't say about agency staff
    ),
    "D44.complaints": table(
        "D44.complaints",
        {
            "ref": "1",
            "service": "x",
            "received": "2023-05-01",
            "closed": "2023-05-21",
            "outcome": "upheld",
            "stage": "1",
        }
        | {"compliment_flag": False},
        {"ref": "2", "service": "x", "received": "2023-03-01", "closed": "2023-04-10", "outcome": "not_upheld"}
        | {"compliment_flag": False},  # of the year before, closed in this one
        {"ref": "3", "service": "x", "received": "2023-05-01", "outcome": "open", "compliment_flag": False},
        {"ref": "5", "service": "x", "received": "2023-05-01", "closed": "2023-05-31", "outcome": "withdrawn"}
        | {"compliment_flag": False},  # without a finding: out of the base of what was upheld
        {"ref": "4", "service": "x", "received": "2023-05-01", "compliment_flag": True},
    ),
    "D06.activities": table(
        "D06.activities",
        {"activity_id": "1", "date": "2023-05-01", "host": "x", "attendances": 12, "care_status": "looked_after"},
        {"activity_id": "2", "date": "2024-04-01", "host": "x", "attendances": 50},  # after the year
    ),
    "D06.feedback": table(
        "D06.feedback",
        {"feedback_id": "1", "activity_id": "1", "said": "x", "status": "done"},
        {"feedback_id": "2", "activity_id": "1", "said": "x", "status": "not_done"},
        {"feedback_id": "3", "activity_id": "2", "said": "x", "status": "done"},  # said after the year
    ),
    "D25.activities": table(
        "D25.activities",
        {"activity": "a", "unique_children": 5, "hours": 10.0, "roles_filled_with_yp": 2, "wios_attendees": 20},
        {"activity": "b", "unique_children": 5, "hours": 5.5},
    ),
    "D49.answers": table(
        "D49.answers",
        {"survey": "s", "question": "1", "group": "parent", "n_sent": 40, "n_back": 10},
        {"survey": "s", "question": "2", "group": "parent", "n_sent": 40, "n_back": 10},  # the same forms
        {"survey": "s", "question": "1", "group": "child", "n_back": 7},  # nobody knows how many were sent
    ),
    "D50.lines": table(
        "D50.lines",
        {"year": "2023-24", "partner": "police", "spend_line": "Contribution", "contribution": 5000.0},
        {"year": "2023-24", "partner": "icb", "spend_line": "Contribution", "contribution": 7000.0},
        {"year": "2022-23", "partner": "icb", "spend_line": "Contribution", "contribution": 9000.0},
        {"year": "2023-24", "partner": "partnership_team", "spend_line": "Training", "amount": 800.0},
    ),
    "D40.cases": table(
        "D40.cases",
        {"caseload_id_pseudo": "1", "as_at": "2024-03-31", "borough": "x", "order_type": "community"},
        {"caseload_id_pseudo": "2", "as_at": "2023-12-31", "borough": "x", "order_type": "community"},  # an older count
    ),
    "D22.pupils": table(
        "D22.pupils",
        {"pupil_pseudo": "1", "status": "lac", "phase": "primary", "possible": 100, "absent": 10, "term": "autumn"},
        {"pupil_pseudo": "2", "status": "none", "phase": "primary", "possible": 100, "absent": 2, "term": "autumn"},
    ),
    "D24.schools": table(
        "D24.schools",
        {
            "urn": 1,
            "phase": "primary",
            "type": "academy",
            "roll": 300,
            "encompass_signed": True,
            "s175_157_status": "late",
        }
        | {"pants_status": "none", "cluster_attended": 2},
        {"urn": 2, "phase": "primary", "type": "independent", "roll": 100, "encompass_signed": False}
        | {"s175_157_status": "not_returned", "pants_status": "delivered", "cluster_attended": 0},
        {
            "urn": 3,
            "phase": "special",
            "type": "special",
            "encompass_signed": True,
            "s175_157_status": "not_due",
        },  # of neither type: in the whole only
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("escalations", 1),
        ("escalation_days", 30),
        ("vacancy_rate", (2, 20)),
        (partnership.rate_agency_staff, (2, 8)),
        ("vacancy_rate_by_month", (7, 30)),
        (partnership.rate_turnover, (3, 5.5)),  # three left; 5 and 6 in post in two months
        ("complaints_received", 3),
        ("compliments_received", 1),
        ("complaints_upheld", (1, 2)),
        ("complaint_days", 30),
        ("engagement_activities", 1),
        ("engagement_attendances", 12),
        ("feedback_received", 2),
        ("feedback_acted_on", (1, 2)),
        ("feedback_not_acted_on", 1),
        ("young_people_volunteer_hours", 15.5),
        ("recruitments_with_young_people", 2),
        ("walking_in_our_shoes_trained", 20),
        (partnership.rate_survey_response, (10, 40)),
        (partnership.sum_partner_contributions, 12000),
        (partnership.count_probation_caseload, 1),
        ("operation_encompass_coverage", (2, 3)),
        ("schools_returning_audit", (1, 2)),  # one late, one not returned; the third isn't due
        ("schools_teaching_body_safety", (1, 2)),
        (partnership.rate_pupils_taught_body_safety, (100, 400)),  # the third says neither
        ("schools_at_cluster_meetings", (1, 2)),
    ],
)
def test_the_partnerships_own_work(count, exp):
    assert whole(count, OWN) == exp


def test_absence_is_told_of_each_status_and_of_no_total_as_a_return_may_hold_a_sample_of_each():
    found = tallied("school_absence", OWN)
    assert (found["status", "looked after"], found["status", "none of these"]) == ((10, 100), (2, 100))
    assert ("", "") not in found


def test_who_was_reached_and_what_came_of_feedback_stand_by_group_and_by_state():
    assert tallied("engagement_attendances", OWN)["care_status", "children looked after"] == 12
    came = tallied("feedback_received", OWN)
    assert (came["status", "on which something was done"], came["status", "not acted on"]) == (1, 1)


def test_schools_by_type_leave_out_other_types():
    obs = tallied("operation_encompass_coverage", OWN)
    assert (obs["school_type", "maintained and academy"], obs["school_type", "independent"]) == ((1, 1), (0, 1))
