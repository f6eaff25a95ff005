"""Police and domestic abuse, on readable rows. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import domestic_abuse as da
from analysis.counting import police


def report(number: int, **columns) -> dict:
    return {
        "report_pseudo": f"r{number}",
        "created": "2023-05-01 08:00",
        "subject": "child",
        "grade": "amber",
        "received_by_mash": "2023-05-01 09:00",
    } | columns


REPORTS = {
    "D30.reports": table(
        "D30.reports",
        report(1, grade="red", processed_at="2023-05-02 09:00:00", missing_fields=0),  # 24 hours to the second
        report(2, grade="red", subject="adult", processed_at="2023-05-02 09:00:01", missing_fields=2),  # a second more
        report(3, received_by_mash="2023-05-01 09:00", missing_fields=1),  # had and not processed: not in time
        report(4, received_by_mash=None),  # not yet had by the hub: out of that base
        report(5, created="2023-03-31 23:59", processed_at="2023-05-01 10:00"),  # made before the year
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        (police.count_police_reports, 4),
        (police.share_police_reports_in_time, (1, 3)),
        ("police_reports_incomplete", (2, 3)),
    ],
)
def test_reports_to_the_hub(count, exp):
    assert whole(count, REPORTS) == exp


def test_reports_by_grade_with_children_apart():
    obs = tallied(police.count_police_reports, REPORTS)
    grades = [obs["risk_grade", name] for name in ("RED", "RED - children", "AMBER", "AMBER - children", "GREEN")]
    assert grades == [2, 1, 2, 2, 0]
    assert (obs["subject", "children"], obs["subject", "adults"]) == (3, 1)
    assert tallied("police_mash_hours", REPORTS)["risk_grade", "RED"] == pytest.approx(24, abs=0.001)


def incident(number: int, kind: str, **columns) -> dict:
    return {"incident_pseudo": f"i{number}", "incident_date": "2023-05-01", "type": kind} | columns


INCIDENTS = {
    "D31.incidents": table(
        "D31.incidents",
        incident(1, "s136", hours=10.0),
        incident(2, "s136", hours=20.0),
        incident(3, "suspected_suicide"),
        incident(4, "attempt"),
        incident(5, "attempt"),
        incident(6, "voluntary"),
        incident(7, "mca"),
        incident(8, "s136", incident_date="2024-04-01", hours=99.0),  # after the year
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("s136_detention_episodes", 2),
        ("s136_hours", 15),
        ("suspected_suicides", 1),
        ("attempted_suicides", 2),
        ("voluntary_conveyance_incidents", 1),
        ("police_use_of_mca", 1),
    ],
)
def test_mental_health_incidents(count, exp):
    assert whole(count, INCIDENTS) == exp


def offence(number: int, **columns) -> dict:
    return {
        "offence_pseudo": f"o{number}",
        "team": "cait",
        "recorded_on": "2023-05-01",
        "offence_group": "physical",
    } | columns


OFFENCES = {
    "D32.offences": table(
        "D32.offences",
        offence(1, outcome_code="charged", outcome_on="2023-06-01"),
        offence(2, outcome_code="evidential", outcome_on="2023-06-01", offence_group="sexual"),
        offence(3, outcome_code="open"),  # no outcome yet
        # recorded before the year, its outcome in it
        offence(4, recorded_on="2023-01-01", outcome_code="caution", outcome_on="2023-04-01"),
        offence(5, team="ocsae", contact_csc_within_24h=True),
        offence(6, team="ocsae", contact_csc_within_24h=False),
        offence(7, team="ocsae"),  # doesn't say
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("cait_offences", 3),
        ("cait_positive_outcomes", (2, 3)),
        ("iioc_investigations", 3),
        ("ocsae_contact_in_time", (1, 2)),
    ],
)
def test_child_abuse_and_online_investigations(count, exp):
    assert whole(count, OFFENCES) == exp


def incident(number: int, **columns) -> dict:
    return {"incident_pseudo": str(number), "incident_date": "2023-05-01", "type": "s136"} | columns


RIGHT_CARE = {
    "D31.incidents": table(
        "D31.incidents",
        incident(1, rcrp_call=True, deployed=True, harm_followup=True),  # they went: it isn't among those left
        incident(2, rcrp_call=True, deployed=False, harm_followup=True),
        incident(3, rcrp_call=True, deployed=False, harm_followup=False),
        incident(4, rcrp_call=True),  # doesn't say whether they went
        incident(5, rcrp_call=False, deployed=False, harm_followup=True),
        incident(6, deployed=True),  # doesn't say whether it fell under it
    )
}


@pytest.mark.parametrize(("count", "exp"), [("rcrp_calls_attended", (1, 3)), ("rcrp_harm_followed_up", (1, 2))])
def test_right_care_right_person(count, exp):
    assert whole(count, RIGHT_CARE) == exp


DOMESTIC = {
    "D34.offences": table(
        "D34.offences",
        {"offence_pseudo": "1", "offence_month": "2023-04", "repeat": True, "outcome": "charged", "dvpo": True},
        {"offence_pseudo": "2", "offence_month": "2024-03", "repeat": False, "outcome": "no_suspect", "dvpo": False},
        {"offence_pseudo": "3", "offence_month": "2024-03", "outcome": "open"},  # no outcome yet
        {"offence_pseudo": "4", "offence_month": "2023-03", "outcome": "charged"},  # the month before the year
    ),
    "D34.disclosures": table(
        "D34.disclosures",
        {"request_pseudo": "1", "requested_on": "2023-05-01", "dvds_right": "ask", "disclosed": True}
        | {"days_to_disclose": 20},
        {"request_pseudo": "2", "requested_on": "2023-05-01", "dvds_right": "know", "disclosed": False}
        | {"days_to_disclose": 99},  # days to a refusal
        {"request_pseudo": "3", "requested_on": "2023-05-01", "dvds_right": "know"},  # not decided
    ),
    "D34.marac": table(
        "D34.marac",
        *(
            {"case_pseudo": f"c{number}", "marac_date": day, "referrer": agency, "repeat": repeat}
            | {"children_n": children, "under_eight_n": children, "unborn_n": 1, "hearing_wait_days": wait}
            | {"people": people}
            for number, day, agency, repeat, children, wait, people in [
                (1, "2023-05-01", "police", False, 2, 10, "male;disabled"),  # of two kinds
                (2, "2023-05-01", "icb", True, None, 20, "none"),  # the number of children isn't known
                (3, "2023-05-02", "icb", None, 0, None, None),  # nothing is known of the people
                (4, "2024-04-01", "police", True, 3, 99, "male"),  # after the year
            ]
        ),
    ),
    "D34.idva": table(
        "D34.idva",
        {"referral_pseudo": "1", "referred_on": "2023-05-01", "idva_referral_source": "hospital", "accepted": True},
        {"referral_pseudo": "2", "referred_on": "2023-05-01", "idva_referral_source": "police", "accepted": False},
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("domestic_abuse_offences", 3),
        ("domestic_abuse_repeat_offences", (1, 2)),
        ("domestic_abuse_positive_outcome_rate", (1, 2)),
        ("domestic_abuse_protection_orders", (1, 2)),
        ("disclosure_requests", 3),
        ("disclosures_made", (1, 2)),
        (da.average_disclosure_days, 20),
        ("marac_cases", 3),
        ("marac_repeat_cases", (1, 2)),
        ("marac_children", 2),
        ("marac_children_under_eight", 2),
        ("marac_unborn_children", 3),
        ("marac_wait_days", 15),
        ("idva_referrals", 2),
        ("idva_hospital_referrals", 1),
        ("idva_referrals_accepted", (1, 2)),
    ],
)
def test_domestic_abuse(count, exp):
    assert whole(count, DOMESTIC) == exp


def test_a_case_may_be_of_several_people():
    obs = tallied("marac_people", DOMESTIC)
    assert [obs["person", name] for name in ("male victim", "disabled victim", "none of these")] == [(1, 2)] * 3


def test_offences_of_a_month_are_counted_in_it():
    obs = tallied("domestic_abuse_offences", DOMESTIC)
    assert [obs["month", month] for month in ("2023-04", "2023-05", "2024-03")] == [1, 0, 2]
