"""Measures that committees asked for, each on rows that a practitioner can read. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import (
    adults,
    arrangements,
    front_door,
    lado,
    learning,
    meetings,
    missing,
    partnership,
)


def search(number: int, day: str, place: str, **columns) -> dict:
    return {"search_pseudo": f"s{number}", "searched_on": day, "place": place} | columns


def case(number: int, **columns) -> dict:
    about = {"offence_pseudo": f"o{number}", "team": "cait", "recorded_on": "2023-06-01", "offence_group": "physical"}
    return about | columns


def allegation(number: int, **columns) -> dict:
    about = {"contact_id": f"l{number}", "received_on": "2023-06-01", "contact_level": "referral"}
    return about | {"threshold_met": True, "employment_sector": "school"} | columns


def seat(member: str | None, group: str, date: str = "2023-06-01") -> dict:
    about = {"meeting_id": f"{group}{date}{member}", "group_id": group, "agency": "police", "attended": "yes"}
    return about | {"date": date, "member_pseudo": member}


def looked_after(number: int, code: str | None) -> dict:
    return {"child_pseudo": f"c{number}", "episode_start": "2022-01-01", "legal_status": "C2"} | {
        "review_participation_code": code
    }


def meeting(number: int, kind: str, agency: str, attended: str, **columns) -> dict:
    about = {"meeting_id": f"g{number}", "type": kind, "date": "2023-06-01", "child_or_adult": "child"}
    return about | {"agency": agency, "attended": attended} | columns


def place(child: str, start: str, end: str | None = None, **columns) -> dict:
    return {"child_pseudo": child, "programme": "Diversion", "start": start, "end": end} | columns


def concern(number: int, person: str | None, day: str, reason: str | None = None) -> dict:
    about = {"concern_id": f"n{number}", "person_pseudo": person, "received_at": f"{day} 09:00:00", "source": "health"}
    return about | {"abuse_types": "neglect", "triage_outcome": "no_enquiry", "reason_not_progressed": reason}


FRAMES = {
    "D05.attendance": table(
        "D05.attendance",
        meeting(1, "icpc", "school", "yes"),
        meeting(1, "icpc", "police", "no"),
        meeting(2, "rcpc", "school", "virtual"),
        meeting(3, "rcpc", "school", "yes", postponed=True),  # not held
        meeting(4, "strategy", "school", "no"),
        meeting(5, "adult_planning", "police", "yes"),
    ),
    "D21.programmes": table(
        "D21.programmes",
        place("a", "2022-04-01", "2022-09-01", pre_offences=2, post_offences=1, return_to_notice_date="2023-04-01"),
        place("b", "2023-03-31", "2023-03-31", pre_offences=4, post_offences=0, return_to_notice_date="2024-04-01"),
        place("c", "2022-05-01", "2022-06-01", pre_offences=9),  # nobody says of afterwards
        place("d", "2023-04-01", "2023-06-01", pre_offences=9, post_offences=9),  # twelve months have not passed
        place("e", "2022-03-31", "2022-03-31", pre_offences=9, post_offences=9),  # began and ended too early
    ),
    "D26.concerns": table(
        "D26.concerns",
        concern(4, "p", "2023-05-01"),
        concern(5, "q", "2024-03-31"),
        concern(6, "s", "2023-06-01", "declined"),
    ),
    "earlier D26.concerns": table(
        "D26.concerns",
        concern(1, "p", "2022-05-01", "declined"),  # another on the anniversary
        concern(2, "q", "2023-03-30", "declined"),  # another a day after the twelve months
        concern(3, None, "2022-06-01", "declined"),  # whose adult nobody knows
        concern(7, "r", "2022-06-01", "no_risk"),  # went no further for another reason
    ),
    "D03.subgroups": table(
        "D03.subgroups",
        *(
            {
                "group_id": f"g{n}",
                "canonical_name": "A",
                "board": "shared",
                "status": "continuing",
                "start": "2018-04-01",
                "chair_since": day,
            }
            for n, day in enumerate(("2023-04-01", "2023-03-31", None))
        ),
    ),
    "D09.audits": table(
        "D09.audits",
        *(
            {"audit_id": f"a{n}", "title": "Neglect", "report_date": reported, "planned_for": planned}
            for n, (reported, planned) in enumerate(
                (("2024-03-01", "2024-03-01"), ("2024-03-02", "2024-03-01"), (None, "2024-03-31"), ("2024-03-01", None))
            )
        ),
    ),
    "D10.grades": table(
        "D10.grades",
        *(
            {"audit_id": "a0", "case_pseudo_id": f"k{n}", "case_type": "triage", "question_code": "Q1", "grade": own}
            | {"moderated_grade": other}
            for n, (own, other) in enumerate((("met", "met"), ("met", "not_met"), ("met", None)))
        ),
    ),
    "D44.complaints": table(
        "D44.complaints",
        *(
            {
                "ref": f"c{n}",
                "service": "A",
                "received": "2023-05-01",
                "closed": "2023-06-01",
                "compliment_flag": praise,
            }
            | {"theme": "Delay", "learning": learned}
            for n, (praise, learned) in enumerate(((False, "Letters checked"), (False, None), (True, "Thanks")))
        ),
    ),
    "D18.episodes": table(
        "D18.episodes",
        *(
            {"child_pseudo": f"d{n}", "referral_date": "2023-05-01", "assessment_start": "2023-05-02"}
            | {"assessment_end": "2023-06-01", "factors": found}
            for n, found in enumerate(("3A;3B;4A", "3A;3B", "21", None))
        ),
    ),
    "D08.recommendations": table(
        "D08.recommendations",
        *(
            {"rec_id": f"r{n}", "source_type": "audit", "text_short": "Act", "agency": "police", "status": "under_way"}
            | {"made_on": day, "impact_measure": measure}
            for n, (day, measure) in enumerate((("2023-04-01", "Grade"), ("2024-03-31", None), ("2023-03-31", "Grade")))
        ),
    ),
    "D47.cases": table(
        "D47.cases",
        {"case": "1", "reported": "2023-05-01", "hazard": "damp_mould", "acknowledged": "2023-05-04"},
        {"case": "2", "reported": "2023-05-01", "hazard": "none", "acknowledged": "2023-05-21"},  # no hazard
        {"case": "3", "reported": "2023-05-01", "hazard": "other"},  # nobody has answered
    ),
    "D11.standards": table(
        "D11.standards",
        *(
            {"body_id": "b1", "type": "section_11", "standard_no": n, "self_grade": grade, "returned_on": "2023-05-01"}
            for n, grade in (("1", "met"), ("2", "partly_met"), ("3", "not_applicable"))
        ),
    ),
    "D58.searches": table(
        "D58.searches",
        search(1, "2023-04-01", "school", ethnicity="BCRB", adult_present=False),
        search(2, "2024-03-31", "street", ethnicity="WBRI", adult_present=True),
        search(3, "2023-06-01", "street"),  # nobody says whether an adult was there
        search(4, "2024-04-01", "school", adult_present=True),  # after the year
    ),
    "D32.offences": table(
        "D32.offences",
        case(1, supervised_on_time=True, outcome_on="2023-07-01", outcome_code="evidential"),
        case(2, supervised_on_time=False, outcome_on="2024-03-31", outcome_code="charged"),
        case(3, outcome_on="2024-04-01", outcome_code="victim_does_not_support"),  # ended after the year; nobody says
        case(4, team="ocsae", supervised_on_time=True),  # another team
    ),
    "D23.contacts": table(
        "D23.contacts",
        allegation(1, restraint_flag=True, training_gap_flag=True, outcome="unfounded", outcome_date="2023-07-01"),
        allegation(2, restraint_flag=False, training_gap_flag=False),  # still open: not among those concluded
        allegation(3, outcome="unfounded", outcome_date="2023-08-01", training_gap_flag=False),  # not said of restraint
        allegation(4, threshold_met=False, restraint_flag=True),  # below the threshold
    ),
    "D04.attendance": table(
        "D04.attendance",
        *(seat("m1", group) for group in "abc"),  # on three
        *(seat("m2", group) for group in "ab"),  # on two
        *(seat("m3", "a", date) for date in ("2023-06-01", "2023-09-01", "2023-12-01")),  # one group, three meetings
        seat(None, "d"),  # nobody came
        seat("m2", "c", "2024-04-01"),  # after the year
    ),
    "D07.reviews": table(
        "D07.reviews",
        {"review_ref": "r1", "type": "lcspr", "notified_on": "2023-05-02", "cross_borough_flag": True},
        {"review_ref": "r2", "type": "sar", "notified_on": "2023-05-02"},  # nobody says
    ),
    "earlier D07.reviews": table(
        "D07.reviews",
        {"review_ref": "r3", "type": "sar", "notified_on": "2019-04-01", "cross_borough_flag": False},  # the first day
        {"review_ref": "r4", "type": "sar", "notified_on": "2019-03-31", "cross_borough_flag": True},  # before it
    ),
    "D35.totals": table(
        "D35.totals",
        {"measure": "staff_wte", "as_at": "2023-06-30", "value": 10.0},
        {"measure": "staff_wte", "as_at": "2024-03-31", "value": 7.0},
        {"measure": "staff_wte", "as_at": "2023-03-31", "value": 99.0},  # before the year
        {"measure": "mash_checks", "as_at": "2024-03-31", "value": 500.0},
        {"measure": "mash_checks_in_time", "as_at": "2024-03-31", "value": 400.0},
        {"measure": "under_five_contacts_due", "as_at": "2023-06-30", "value": 60.0},
        {"measure": "under_five_contacts_due", "as_at": "2024-03-31", "value": 40.0},
        {"measure": "under_five_contacts_made", "as_at": "2024-03-31", "value": 30.0},
        {"measure": "hosted_children", "as_at": "2023-06-30", "value": 90.0},
        {"measure": "hosted_children", "as_at": "2024-03-31", "value": 80.0},
    ),
    "D19.episodes": table(
        "D19.episodes", *(looked_after(n, code) for n, code in enumerate(("PN0", "PN1", "PN7", None)))
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("child_searches", 3),
        ("child_searches_with_adult", (1, 2)),
        ("cait_supervised_in_time", (1, 2)),
        ("cait_discontinued", (1, 2)),
        ("lado_restraint", (1, 2)),
        ("lado_training_gap", (1, 2)),
        (meetings.share_members_on_many_groups, (1, 3)),
        ("reviews_across_areas", (1, 2)),
        ("trust_hub_posts", 8.5),
        ("trust_hub_checks_in_time", (400, 500)),
        ("under_five_contacts_made", (30, 40)),  # of the quarters that give both
        ("hosted_children_looked_after", 80),  # of the last day, not of the year
        ("hazard_answer_days", 3),
        (learning.share_standards_met, (1, 2)),
        ("conference_attendance", (2, 3)),
        ("strategy_attendance", (0, 1)),
        (missing.share_no_return_to_notice, (2, 3)),  # one came back on the anniversary, one after it
        ("programme_offences_before", 3),
        ("programme_offences_after", 0.5),
        (adults.share_declined_with_later_concern, (1, 2)),
        (arrangements.share_chairs_changed, (1, 2)),
        ("audits_in_time", (1, 3)),
        (learning.share_recommendations_with_measure, (1, 2)),
        (learning.share_audit_grades_upheld, (1, 2)),
        (partnership.share_complaints_with_learning, (1, 2)),
        (front_door.share_assessments_with_three_factors, (1, 2)),
        (lado.average_lado_open_days, 304),  # from 1 June 2023; one that is still open
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_whole(count, exp):
    assert whole(count, FRAMES) == exp


def test_searches_stand_by_place_and_ethnicity():
    parts = tallied("child_searches", FRAMES)
    assert (parts["place", "a school"], parts["place", "the street"]) == (1, 2)
    assert tallied("child_searches_with_adult", FRAMES)["place", "a school"] == (0, 1)
    assert (parts["ethnicity", "Black"], parts["ethnicity", "not known"]) == (1, 1)


def test_how_children_took_part_is_of_those_old_enough_whose_record_says():
    parts = tallied("review_means", FRAMES)
    assert (parts["means", "coming and speaking"], parts["means", "not coming or giving views"]) == ((1, 2), (1, 2))
