"""Measures that give committees the part of a question that had no figure, each on rows that a practitioner can read.
Synthetic."""

import pytest
from made import YEAR, table, tallied, whole

from analysis.counting import looked_after
from analysis.counting.count import count_all

DAY, BEFORE = "2023-06-01", "2023-03-31"


def rows(name: str, common: dict, *said: dict) -> dict:
    """Return a table of rows that have what is common to them and what each says."""
    return {name: table(name, *(common | one for one in said))}


def numbered(key: str, *said: dict) -> list[dict]:
    return [{key: f"k{number}"} | one for number, one in enumerate(said)]


TOOLS = rows(
    "D08.tools",
    {"agency": "police", "as_at": "2023-06-30"},
    {"tool": "neglect", "uses": 10, "scored_again": 4, "better": 3},
    {"tool": "cuckooing", "uses": 7},
    {"tool": "neglect", "uses": 9, "as_at": "2023-03-31"},  # of the year before
)
CASES = rows(
    "D47.cases",
    {"reported": DAY},
    *numbered(
        "case",
        {"hazard": "damp_mould", "raised_by": "parent", "escalated": True, "safeguarding_ref": False},
        {"hazard": "damp_mould", "raised_by": "professional", "escalated": False},
        {"hazard": "overcrowding", "raised_by": "parent", "escalated": True},
        {"hazard": "none", "homeless_16_17": True, "outcome_16_17": "hotel"},
        {"hazard": "none", "homeless_16_17": True, "outcome_16_17": "looked_after"},
    ),
)
MONTHS = rows(
    "D36.months",
    {"month": "2023-06", "type": "Safeguarding referral"},
    {"patient_group": "child", "referrals": 10, "complete": 8, "young_people_on_adult_wards": 2},
    {"patient_group": "adult", "referrals": 10, "complete": 10},
)
SERVICE = rows(
    "D36.abuse_service",
    {"referred_on": DAY},
    *numbered(
        "child_pseudo",
        {"disability": True, "seen": False, "travel_minutes": 70},
        {"disability": False, "seen": True, "travel_minutes": 50},
    ),
)
STAFF = rows(
    "D15.compliance",
    {"as_at": "2024-03-31", "service": "A", "eligible_n": 10},
    {"agency": "police", "staff_group": "All staff", "level": "mca", "compliant_n": 9},
    {"agency": "acute_hospital", "staff_group": "Maternity", "level": "3", "compliant_n": 6},
    {"agency": "police", "staff_group": "All staff", "level": "3", "compliant_n": 10},  # of no hospital
)
SEATS = rows(
    "D04.attendance",
    {"date": DAY},
    {"meeting_id": "m1", "group_id": "G1", "group_name": "Neglect", "agency": "police", "attended": "yes"},
    {"meeting_id": "m1", "group_id": "G1", "group_name": "Neglect", "agency": "housing", "attended": "no"},
    {"meeting_id": "m2", "group_id": "G2", "group_name": "Training", "agency": "icb", "attended": "no"},
)
SCHOOLS = rows("D24.schools", {"phase": "primary"}, {"urn": 1, "type": "special", "police_incidents": 3}, {"urn": 2})
CONTACTS = rows(
    "D16.contacts",
    {"received_at": f"{DAY} 09:00:00"},
    *numbered(
        "contact_id",
        {"source_agency": "1A", "domestic_abuse": True, "repeat_12m": True},
        {"source_agency": "2A", "domestic_abuse": True, "repeat_12m": False},
        {"source_agency": "2A", "domestic_abuse": False, "repeat_12m": True},
    ),
)
CARE = rows(
    "D19.episodes",
    {"episode_start": "2022-01-01", "legal_status": "C2", "placement_type": "U6"},
    *numbered(
        "child_pseudo",
        {"in_borough": True, "visits_on_time": True, "search_days": 2},
        {"in_borough": False, "visits_on_time": False, "search_days": 10},
        {"in_borough": False, "visits_on_time": None},  # of whom nobody says
    ),
)
TEAM = rows(
    "D43.teams",
    {"agency": "police", "team": "Hub desk", "vacancies": 1.0, "in_post": 9.0, "leavers": 1},
    {"month": "2023-04", "established_fte": 8.0},
    {"month": "2024-03", "established_fte": 10.0},  # the latest stands
)
FRAMES = {
    **TOOLS,
    **CASES,
    **MONTHS,
    **SERVICE,
    **STAFF,
    **SEATS,
    **SCHOOLS,
    **CONTACTS,
    **CARE,
    **TEAM,
    **rows(
        "D34.idva",
        {"referred_on": DAY},
        *numbered("referral_pseudo", {"drive_panel": True}, {"drive_panel": False}, {}),
    ),
    **rows(
        "D23.contacts",
        {"received_on": DAY, "contact_level": "referral", "threshold_met": True},
        *numbered("contact_id", {"grooming_flag": True}, {"grooming_flag": False}, {"threshold_met": False}, {}),
    ),
    **rows(
        "D29.providers",
        {"type": "homecare"},
        *numbered(
            "provider_pseudo",
            {"governance_level": "monitoring", "governance_outcome": "improved"},
            {"governance_level": "enhanced", "governance_outcome": "worse"},
            {"governance_level": "none", "governance_outcome": "improved"},  # not watched
        ),
    ),
    **rows(
        "D28.services",
        {"start": DAY, "client_group": "learning_disability"},
        *numbered("service_pseudo", {"service": "transition_17_25"}, {"service": "homecare"}),
    ),
    **rows(
        "D21.exploitation",
        {"referred_on": "2022-06-01"},
        *numbered(
            "concern_pseudo",
            {"turned_18_on": DAY, "adult_help": True},
            {"turned_18_on": DAY, "adult_help": False},
            {"turned_18_on": BEFORE, "adult_help": True},  # turned 18 in the year before
        ),
    ),
    **rows(
        "D30.reports",
        {"created": f"{DAY} 09:00:00", "grade": "blue", "theme": "other"},
        *numbered(
            "report_pseudo",
            {"subject": "child", "parents_given": True},
            {"subject": "child", "parents_given": False},
            {"subject": "adult", "parents_given": True},
        ),
    ),
    **rows("D58.searches", {"searched_on": DAY}, *numbered("search_pseudo", {"place": "school"}, {"place": "street"})),
    **{
        "D12.sessions": table(
            "D12.sessions",
            *(
                {"session_id": id, "course": course, "title": course, "mode": "webinar", "date": DAY, "minutes": 60}
                for id, course in (("s1", "Family approach"), ("s2", "Neglect"))
            ),
        ),
        "D13.bookings": table(
            "D13.bookings",
            *(
                {"session_id": id, "person_pseudo_id": "p", "agency": "police", "sector": "police"}
                | {"booked_on": BEFORE, "status": status}
                for id, status in (("s1", "attended"), ("s2", "attended"))
            ),
        ),
    },
}


@pytest.mark.parametrize(
    ("name", "exp"),
    [
        ("neglect_tool_uses", 10),
        ("neglect_tool_better", (3, 4)),
        ("cuckooing_tool_uses", 7),
        ("damp_raised", 2),
        ("damp_escalated", (1, 2)),
        ("damp_referred", (0, 1)),
        ("homeless_16_17_housed", (1, 2)),
        ("young_people_on_adult_wards", 2),
        ("hospital_referrals_complete", (18, 20)),
        ("abuse_service_seen", (1, 2)),
        ("abuse_service_travel", 60),
        ("mental_capacity_training", (9, 10)),
        ("hospital_level_three", (6, 10)),
        ("statutory_seats_filled", (1, 2)),
        ("neglect_group_attendance", (1, 2)),
        ("school_police_incidents", 3),
        ("contacts_from_families", (1, 3)),
        ("repeat_contacts_domestic_abuse", (1, 2)),
        ("looked_after_visits_in_time", (1, 2)),
        ("placement_search_days", 6),
        ("team_posts", 10),
        ("drive_panel_cases", 1),
        ("lado_grooming", (1, 2)),
        ("governance_improved", (1, 2)),
        ("transition_services_started", 1),
        ("exploited_handed_on", (1, 2)),
        ("police_reports_with_parents", (1, 2)),
        ("child_searches_at_school", 1),
        ("family_approach_attendances", 1),
    ],
)
def test_what_was_asked_is_counted(name, exp):
    assert whole(name, FRAMES) == exp


def test_spending_stands_by_programme():
    line = {"year": "2023-24", "partner": "partnership_team", "spend_line": "Work"}
    spent = rows(
        "D50.lines", line, {"programme": "Diversion", "amount": 5000.0}, {"spend_line": "Staff", "amount": 9.0}
    )
    assert tallied("programme_spending", spent)["programme", "Diversion"] == 5000


def test_audits_say_how_often_each_kind_of_case_met_the_standard():
    audits = rows("D09.audits", {"title": "A", "agencies_requested": 2}, {"audit_id": "a", "report_date": "2024-03-01"})
    grades = rows(
        "D10.grades",
        {"audit_id": "a", "case_type": "conference", "question_code": "Q1"},
        *numbered("case_pseudo_id", {"grade": "met"}, {"grade": "partly_met"}, {"grade": "not_applicable"}),
    )
    found = tallied("audit_standard_met", audits | grades)
    assert found["case_type", "child protection conferences"] == found["", ""] == (1, 2)


def test_the_national_panels_answers_are_those_of_five_years():
    reviews = rows(
        "D07.reviews",
        {"type": "rapid_review", "decision": "review"},
        *numbered(
            "review_ref",
            {"notified_on": DAY, "national_panel_response": "agreed"},
            {"notified_on": DAY, "national_panel_response": "not_agreed"},
            {"notified_on": DAY, "national_panel_response": "awaited"},
            {"notified_on": "2019-03-31", "national_panel_response": "agreed"},  # six years before
        ),
    )
    assert whole("panel_decisions_agreed", reviews) == (1, 2)


def test_families_who_had_moved_are_those_of_reviews_of_five_years_that_say():
    reviews = rows(
        "D07.reviews",
        {"type": "sar", "decision": "review"},
        *numbered(
            "review_ref",
            {"notified_on": DAY, "family_moved": True},
            {"notified_on": DAY, "family_moved": False},
            {"notified_on": DAY},  # which doesn't say
            {"notified_on": "2019-03-31", "family_moved": True},  # six years before
        ),
    )
    assert whole("reviews_family_moved", reviews) == (1, 2)


def test_a_placement_is_not_as_sought_where_both_are_told_and_differ():
    placed = rows(
        "D19.episodes",
        {"episode_start": "2023-05-01", "reason_new": "S", "legal_status": "C2"},
        *numbered(
            "child_pseudo",
            {"placement_type": "U6", "placement_sought": "U6"},
            {"placement_type": "K2", "placement_sought": "U6"},
            {"placement_type": "K2"},  # of which nobody said what was sought
        ),
    )
    assert whole(looked_after.share_placements_not_as_sought, placed) == (1, 2)


def test_what_is_said_of_conferences_is_credited_to_those_who_return_them_to_their_section(shipped_catalogue):
    meetings = rows(
        "D05.attendance",
        {"date": DAY, "agency": "police", "child_or_adult": "child", "attended": "yes"},
        {"meeting_id": "m1", "type": "icpc"},
        {"meeting_id": "m2", "type": "marac"},
    )
    credits = {"D05": "Children and 3 other agencies", "D05/08_children_social_care": "Children"}
    found = count_all(meetings, YEAR, "Bow", credits, shipped_catalogue).observations
    agencies = {one.indicator: one.agency for one in found if not one.category}
    assert agencies["conference_attendance"] == "Children"
    assert agencies["meeting_attendance"] == "Children and 3 other agencies"


# fmt: off
@pytest.mark.parametrize(
    ("measure", "name", "common", "said", "expected"),
    [
        ("executive_attendance", "D04.attendance",
         {"date": DAY, "meeting_id": "m", "group_id": "g", "agency": "police"},
         [{"group_name": "Executive", "attended": "yes"}, {"group_name": "Executive", "attended": "no"},
          {"group_name": "Neglect", "attended": "yes"}], (1, 2)),
        ("lado_agency_staff", "D23.contacts",
         {"received_on": DAY, "contact_level": "referral", "threshold_met": True, "employment_sector": "school"},
         [{"contract": "agency"}, {"contract": "employed"}, {}], (1, 2)),
        ("adult_assessment_requests", "D28.assessments", {"client_group": "autism"},
         [{"assessment_request": DAY}, {"assessment_request": BEFORE}], 1),
        ("contacts_sent_on", "D16.contacts", {"received_at": DAY, "source_agency": "2A"},
         [{"outcome": "no_further_action", "sent_on": "school"}, {"outcome": "no_further_action"}], 1),
        ("rcrp_harm_found", "D31.incidents",
         {"incident_date": DAY, "type": "s136", "rcrp_call": True, "deployed": False},
         [{"harm_followup": True, "harm_found": True}, {"harm_followup": True, "harm_found": False},
          {"harm_followup": False}], (1, 2)),
        ("schools_with_champion", "D24.schools", {"phase": "primary", "type": "academy"},
         [{"champion": True}, {"champion": False}, {}], (1, 2)),
        ("campaign_acted", "D53.campaigns", {"campaign": "Scams", "start": DAY}, [{"asked": 8, "acted": 2}], (2, 8)),
        ("oversight_days", "D29.providers", {"type": "nursing"},
         [{"governance_level": "monitoring", "oversight_days": 90}, {"governance_level": "none", "oversight_days": 7}],
         90),
        ("children_in_low_income_families", "D45.populations",
         {"age_band": "0-17", "sex": "all", "ethnicity": "all", "year": 2023, "area": "North"},
         [{"measure": "low_income", "value": 30}, {"measure": "population", "value": 90}], 30),
        ("plan_days", "D18.episodes", {"referral_date": "2023-01-05"},
         [{"cpp_start": "2023-03-01", "cpp_end": "2023-06-01"}], 92),
        ("care_leavers_offer_known", "D20.people", {"as_at": "2024-03-31", "age": 19, "eligibility": "former_relevant"},
         numbered("person_pseudo", {"offer_known": True}, {"offer_known": False}, {}), (1, 2)),
    ],
)  # fmt: on
def test_what_committees_asked_for_is_counted_from_the_rows_that_say(measure, name, common, said, expected):
    assert whole(measure, rows(name, common, *said)) == expected


def test_hours_of_care_are_those_returned_for_each_client_group():
    totals = rows("D28.totals", {"as_at": "2024-03-31"}, {"client_group": "autism", "hours_each": 860})
    assert tallied("adult_social_care_hours_each", totals)["client_group", "autism"] == 860
