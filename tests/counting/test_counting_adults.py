"""Adult concerns, enquiries and their outcomes, DoLS and services, on readable rows. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import adult_outcomes, adult_services, adults


def concern(number: int, **columns) -> dict:
    return {
        "concern_id": f"c{number}",
        "person_pseudo": f"p{number}",
        "received_at": "2023-06-01 10:00",
        "source": "health",
        "abuse_types": "neglect",
        "repeat_12m": False,
    } | columns


def enquiry(number: int, **columns) -> dict:
    return {
        "enquiry_id": f"e{number}",
        "concern_id": f"c{number}",
        "person_pseudo": f"p{number}",
        "s42_type": "section_42",
        "enquiry_start": "2023-06-05",
    } | columns


SAFEGUARDING = {
    "D26.concerns": table(
        "D26.concerns",
        # Thursday to Friday: in time; led to an enquiry
        concern(
            1, triaged_at="2023-06-02 17:00", triage_outcome="section_42", age_band="85-94", consent_declined=False
        ),
        # Thursday to Monday: two working days; the same adult again
        concern(2, person_pseudo="p1", triaged_at="2023-06-05 09:00", triage_outcome="other_enquiry", age_band="85-94"),
        # went no further, for a reason; two kinds of abuse
        concern(
            3,
            triaged_at="2023-06-01 11:00",
            triage_outcome="no_enquiry",
            reason_not_progressed="declined",
            abuse_types="physical;financial",
            consent_declined=True,
        ),
        # not decided: out of the base of what was
        concern(4, triage_outcome="pending"),
        # the adult isn't known: a concern, but no adult and no repeat
        concern(5, person_pseudo=None),
        # a year before the first, to the day: makes that a repeat
        concern(6, person_pseudo="p1", received_at="2022-06-01 23:00"),
    ),
    "D26.enquiries": table(
        "D26.enquiries",
        enquiry(1, enquiry_end="2023-07-05"),  # 30 days
        enquiry(2, s42_type="other", enquiry_end="2023-07-05"),
        enquiry(3, concern_id="c1", person_pseudo="p1"),  # the same adult, still open
        enquiry(
            9, concern_id="c9", person_pseudo="p9", enquiry_start="2023-03-01", enquiry_end="2023-04-20"
        ),  # 50 days
        enquiry(10, concern_id=None, person_pseudo="p10", enquiry_start="2024-03-31"),  # from no concern that is held
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("safeguarding_concerns", 5),
        ("adults_with_concerns", 3),
        (adults.share_repeat_concerns, (2, 4)),
        ("concerns_triaged_in_time", (2, 3)),
        ("concern_triage_working_days", 1),
        ("concerns_leading_to_enquiry", (2, 3)),
        ("concerns_not_progressed", 1),
        ("concerns_without_consent", (1, 2)),
        ("section42_enquiries", 3),
        ("other_enquiries", 1),
        (adults.count_adults_in_section42_enquiries, 2),
        (adults.rate_conversion_national, (4, 5)),  # section 42 and other enquiries begun, over concerns received
        (adults.rate_conversion_section42, (3, 5)),  # section 42 enquiries alone
        ("enquiries_open", 2),
        ("section42_enquiry_days", 40),
        ("section42_concluded", 2),
    ],
)
def test_concerns_and_enquiries(count, exp):
    assert whole(count, SAFEGUARDING) == exp


def test_a_concern_of_two_kinds_counts_under_both():
    obs = tallied("safeguarding_concerns", SAFEGUARDING)
    kinds = [obs["abuse_type", kind] for kind in ("neglect and acts of omission", "physical", "financial and material")]
    assert (kinds, obs["", ""], obs["abuse_type", "modern slavery"]) == ([4, 1, 1], 5, 0)


def test_who_is_in_an_enquiry_is_read_from_its_concern():
    obs = tallied(adults.count_adults_in_section42_enquiries, SAFEGUARDING)
    assert (obs["age_band", "85 and over"], obs["age_band", "not known"]) == (1, 1)


def test_the_reasons_for_going_no_further():
    obs = tallied("concerns_not_progressed", SAFEGUARDING)
    assert (obs["reason", "declined"], obs["reason", "not recorded"]) == (1, 0)


def concluded(number: int, **columns) -> dict:
    return enquiry(number, enquiry_end="2023-09-01") | columns


OUTCOMES = {
    "D26.enquiries": table(
        "D26.enquiries",
        # asked, said, fully met; risk removed; with an advocate
        concluded(
            1,
            abuse_types="neglect;domestic",
            location="own_home",
            source_of_risk="known",
            risk_identified="risk_action",
            risk_result="removed",
            lacks_capacity="yes",
            advocate=True,
            msp_asked="yes",
            msp_expressed=True,
            msp_outcome="full",
        ),
        # asked, said, not met; risk remained; lacked capacity and nobody is recorded
        concluded(
            2,
            abuse_types="neglect",
            risk_identified="risk_no_action",
            risk_result="remained",
            lacks_capacity="yes",
            msp_asked="yes",
            msp_expressed=True,
            msp_outcome="not",
        ),
        # asked, said, partly met; no risk found, so that its result is out of the base
        concluded(
            3,
            risk_identified="no_risk_action",
            risk_result="reduced",
            lacks_capacity="no",
            msp_asked="yes",
            msp_expressed=True,
            msp_outcome="partial",
        ),
        # asked and said nothing; risk reduced
        concluded(
            4,
            risk_identified="risk_action",
            risk_result="reduced",
            lacks_capacity="not_known",
            msp_asked="yes",
            msp_expressed=False,
        ),
        # nobody recorded anything: in the base of all that is about concluded enquiries
        concluded(5),
        # not section 42, and still open: neither counts
        concluded(6, s42_type="other", abuse_types="sexual"),
        enquiry(7, abuse_types="sexual"),
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("risk_reduced_or_removed", (2, 3)),
        ("advocacy_without_capacity", (1, 2)),
        ("msp_asked", (4, 5)),
        ("msp_expressed", (3, 4)),
    ],
)
def test_outcomes_of_enquiries(count, exp):
    assert whole(count, OUTCOMES) == exp


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        # several answers are allowed, and the base is all concluded enquiries: 2 + 1 of 5
        (
            "abuse_type",
            {"neglect and acts of omission": (2, 5), "domestic abuse": (1, 5), "sexual": (0, 5)},
        ),
        ("enquiry_location", {"own home": (1, 5), "not recorded": (4, 5)}),
        ("enquiry_source_of_risk", {"other - known to individual": (1, 5), "not recorded": (4, 5)}),
        (
            "enquiry_risk_assessment",
            {"risk identified and action taken": (2, 5), "not recorded": (1, 5)},
        ),
        ("enquiry_risk_result", {"removed": (1, 3), "reduced": (1, 3), "remained": (1, 3)}),
        (
            "enquiry_mental_capacity",
            {"lacked capacity": (2, 5), "had capacity": (1, 5), "not known": (1, 5), "not recorded": (1, 5)},
        ),
        (
            adult_outcomes.share_msp_outcomes_met,
            {"fully met": (1, 3), "partially met": (1, 3), "fully or partially met": (2, 3), "not met": (1, 3)},
        ),
    ],
)
def test_shares_of_concluded_enquiries(count, exp):
    obs = tallied(count, OUTCOMES)
    assert {category: obs[key] for key in obs for category in [key[1]] if category in exp} == exp


def application(number: int, **columns) -> dict:
    return {"application_id": f"a{number}", "setting_type": "care_home", "received": "2023-05-01"} | columns


DOLS = {
    "D27.applications": table(
        "D27.applications",
        application(1, completed="2023-05-22", outcome="granted"),  # 21 days
        application(2, completed="2023-05-23", outcome="not_granted"),  # 22 days
        application(3, completed="2023-06-01", outcome="withdrawn"),  # withdrawn: not completed, not waiting
        application(4, outcome="pending"),  # waiting
        application(5, received="2022-05-01"),  # waiting since the year before
        application(6, outcome="withdrawn"),  # withdrawn without a date: not waiting
        application(7, received="2024-03-31", completed="2024-04-01", outcome="granted"),  # waiting on the last day
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("dols_received", 6),
        ("dols_completed", 2),
        (adult_services.count_dols_waiting, 3),
        ("dols_in_time", (1, 2)),
        ("dols_days", 21.5),
        ("dols_granted", (1, 2)),
    ],
)
def test_deprivation_of_liberty(count, exp):
    assert whole(count, DOLS) == exp


SERVICES = {
    "D28.assessments": table(
        "D28.assessments",
        {"assessment_pseudo": "1", "assessment_request": "2023-05-01", "done": "2023-05-29"},  # 28 days
        {"assessment_pseudo": "2", "assessment_request": "2023-05-01", "done": "2023-05-30"},  # 29 days
        # under another Act: not one of these
        {"assessment_pseudo": "3", "assessment_request": "2023-05-01", "done": "2023-05-02", "mha_assessment": True},
        {"assessment_pseudo": "4", "assessment_request": "2023-05-01"},  # not done
    ),
    "D28.reviews": table(
        "D28.reviews",
        {"review_pseudo": "1", "review_due": "2024-03-30"},  # overdue by a day
        {"review_pseudo": "2", "review_due": "2024-03-31"},  # due on the day: not overdue yet
        {"review_pseudo": "3", "review_due": "2023-05-01", "review_done": "2024-03-31"},  # done at last
    ),
    "D28.services": table(
        "D28.services",
        {"service_pseudo": "1", "service": "reablement", "start": "2023-05-01", "end": "2023-06-01"}
        | {"outcome": "independent"},
        {"service_pseudo": "2", "service": "reablement", "start": "2023-05-01", "end": "2023-06-01"}
        | {"outcome": "hospital"},
        {"service_pseudo": "3", "service": "homecare", "start": "2023-05-01", "hours_to_start": 48.0},
        {"service_pseudo": "4", "service": "homecare", "start": "2023-05-01", "hours_to_start": 48.5},
        {"service_pseudo": "5", "service": "homecare", "start": "2023-05-01"},  # doesn't say
    ),
    "D29.providers": table(
        "D29.providers",
        {"provider_pseudo": "1", "type": "nursing", "visits": 3, "governance_level": "monitoring", "in_borough": True},
        {"provider_pseudo": "2", "type": "homecare", "visits": 2, "governance_level": "provider_concerns"},
        {"provider_pseudo": "3", "type": "day", "governance_level": "none"},
        {"provider_pseudo": "4", "type": "day"},
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        (adult_services.share_care_act_assessments_in_time, (1, 2)),
        ("annual_reviews_overdue", 1),
        (adult_services.average_annual_reviews_overdue_days, 1),
        ("reablement_goals_achieved", (1, 2)),
        ("homecare_started_in_time", (1, 2)),
        ("quality_monitoring_visits", 5),
        ("providers_under_governance_monitoring", 2),
        ("providers_in_provider_concerns", 1),
    ],
)
def test_services(count, exp):
    assert whole(count, SERVICES) == exp
