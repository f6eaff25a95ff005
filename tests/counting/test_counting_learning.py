"""Reviews, recommendations, audits and self-assessments, on readable rows. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import learning


def review(number: int, kind: str, **columns) -> dict:
    return {"review_ref": f"r{number}", "type": kind, "notified_on": "2023-05-02"} | columns


REVIEWS = {
    "D07.reviews": table(
        "D07.reviews",
        # Tuesday 2 May to Wednesday 24 May 2023: working day 15, since 8 May was a bank holiday
        review(1, "rapid_review", rr_held_on="2023-05-24"),
        # working day 16
        review(2, "rapid_review", rr_held_on="2023-05-25"),
        # the agency's own count stands: the meeting was in time, the report wasn't
        review(3, "rapid_review", rr_held_on="2023-05-10", working_days=16),
        # notified on the last day, held after the year
        review(4, "rapid_review", notified_on="2024-03-31", rr_held_on="2024-04-05"),
        # under way on the last day
        review(5, "lcspr", start="2023-06-01"),
        # published on the last day: no longer under way
        review(6, "lcspr", start="2022-06-01", published_on="2024-03-31", theme_codes="neglect;voice"),
        # decided, criteria met; decided, not met; pending
        review(7, "sar", decision="review", criteria_met=True, published_on="2023-12-01", theme_codes="neglect"),
        review(8, "sar", decision="no_review", criteria_met=False),
        review(9, "sar", decision="pending", criteria_met=True),
        # referred before the year
        review(10, "sar", notified_on="2023-03-31", decision="review", criteria_met=True),
    ),
    "D42.reviews": table(
        "D42.reviews",
        {"review_ref": "d1", "dhr_stage": "under_way", "start": "2022-01-01"},
        {"review_ref": "d2", "dhr_stage": "published", "start": "2022-01-01", "published": "2024-03-31"},
        {"review_ref": "d3", "dhr_stage": "notified"},  # not begun
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("serious_incident_notifications", 4),
        ("rapid_reviews_convened", 3),
        (learning.share_rapid_reviews_in_time, (1, 3)),
        ("lcspr_ongoing", 1),
        ("lcspr_published", 1),
        ("sar_referrals_considered", 2),
        (learning.count_sar_referrals_meeting_criteria, 1),
        ("sars_published", 1),
        ("reviews_published", 2),
        ("domestic_homicide_reviews", 1),
    ],
)
def test_reviews(count, exp):
    assert whole(count, REVIEWS) == exp


def test_a_review_of_two_themes_counts_under_both():
    obs = tallied("reviews_published", REVIEWS)
    assert [obs["theme", name] for name in ("neglect", "voice of the person", "housing")] == [2, 1, 0]


def advice(number: int, status: str, **columns) -> dict:
    return {
        "rec_id": f"a{number}",
        "source_type": "audit",
        "text_short": "x",
        "agency": "police",
        "status": status,
        "made_on": "2023-05-01",
    } | columns


RECOMMENDATIONS = {
    "D08.recommendations": table(
        "D08.recommendations",
        advice(1, "done", due_date="2023-09-01", completed_on="2023-09-01"),  # done on its day
        advice(2, "done", due_date="2023-09-01", completed_on="2023-09-02"),  # done a day late
        advice(3, "under_way", due_date="2024-03-30"),  # overdue by a day
        advice(4, "under_way", due_date="2024-03-31", agency="icb"),  # due on the last day: not overdue
        advice(5, "not_started"),  # without a day: open, never overdue
        advice(6, "closed_not_done", due_date="2023-09-01"),  # closed and not done
        advice(
            7, "done", due_date="2024-05-01", completed_on="2024-04-02"
        ),  # done after the year: open on its last day
        advice(8, "not_started", made_on="2024-04-01"),  # made after the year
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("recommendations_open", 4),
        (learning.share_recommendations_overdue, (1, 3)),
        ("recommendations_completed", 2),
        (learning.share_recommendations_in_time, (1, 5)),
    ],
)
def test_recommendations(count, exp):
    assert whole(count, RECOMMENDATIONS) == exp


def test_recommendations_by_agency():
    obs = tallied("recommendations_open", RECOMMENDATIONS)
    assert (obs["agency", "police"], obs["agency", "icb"], obs["source", "audit"], obs["source", "review"]) == (
        3,
        1,
        4,
        0,
    )


def answer(audit: str, case: str, question: str, grade: str, moderated: str | None = None) -> dict:
    about = {"audit_id": audit, "case_pseudo_id": case, "case_type": "child", "question_code": question}
    return about | {"grade": grade, "moderated_grade": moderated}


AUDITS = {
    "D09.audits": table(
        "D09.audits",
        {"audit_id": "u1", "title": "t", "report_date": "2023-05-01", "agencies_requested": 4, "agencies_returned": 3},
        # one agency alone: no multi-agency audit
        {"audit_id": "u2", "title": "t", "report_date": "2023-05-01", "agencies_requested": 1, "agencies_returned": 1},
        # reported after the year
        {"audit_id": "u3", "title": "t", "report_date": "2024-04-01", "agencies_requested": 4, "agencies_returned": 4},
    ),
    "D10.grades": table(
        "D10.grades",
        answer("u1", "c1", "q1", "good"),
        answer("u1", "c1", "q2", "good", "requires_improvement"),  # moderation overrides the auditor
        answer("u1", "c2", "q1", "not_applicable"),  # a case, but no grade
        answer("u3", "c3", "q1", "good"),
    ),
    "D11.standards": table(
        "D11.standards",
        {"body_id": "b1", "type": "section_11", "standard_no": "1", "self_grade": "met", "returned_on": "2023-05-01"}
        | {"moderated_grade": "partly_met"},
        {"body_id": "b1", "type": "section_11", "standard_no": "2", "self_grade": "met", "returned_on": "2023-05-01"},
        {"body_id": "b2", "type": "section_175_157", "standard_no": "1", "returned_on": "2023-05-01"}
        | {"self_grade": "not_applicable"},
        {"body_id": "b3", "type": "sab", "standard_no": "1", "self_grade": "met", "returned_on": "2023-03-31"},
    ),
}


def test_audits():
    assert whole(learning.count_multiagency_audits, AUDITS) == 1
    assert whole("audit_agencies_returning", AUDITS) == (4, 5)
    assert whole("audited_cases", AUDITS) == 2
    grades = tallied("audit_grades", AUDITS)
    assert (grades["grade", "good"], grades["grade", "requires improvement"]) == ((1, 2), (1, 2))


def test_the_days_of_reviews_are_of_five_years_together():
    earlier = table(
        "D07.reviews",
        review(11, "rapid_review", notified_on="2019-03-20", rr_held_on="2019-04-01", working_days=8),  # the first day
        review(12, "rapid_review", notified_on="2019-03-20", rr_held_on="2019-03-31", working_days=99),  # before it
        review(13, "sar", start="2019-01-01", completed_on="2019-04-02", notified_on="2019-04-01", paused_reason="x"),
        review(14, "lcspr", start="2022-01-01", completed_on="2022-01-11"),
    )
    held = {"D07.reviews": REVIEWS["D07.reviews"], "earlier D07.reviews": earlier}
    assert whole(learning.average_rapid_review_days, held) == 15.5  # 8, 15, 16 and 16
    assert whole(learning.average_review_days, held) == 50.5  # 91 and 10
    assert whole("reviews_paused", held) == 1


def test_self_assessments():
    returned = tallied("self_assessments_returned", AUDITS)
    assert (
        returned["", ""],
        returned["self_assessment", "agencies"],
        returned["self_assessment", "schools and colleges"],
    ) == (
        2,
        1,
        1,
    )
    assert whole(learning.share_self_assessment_lowered, AUDITS) == (1, 1)  # met, moderated to partly met
    grades = tallied("self_assessment_grades", AUDITS)
    assert (grades["grade", "met"], grades["grade", "partly met"], grades["grade", "not met"]) == (
        (2, 2),  # its own grades, whatever moderation made of them
        (0, 2),
        (0, 2),
    )
    assert tallied("self_assessment_moderated_grades", AUDITS)["grade", "partly met"] == (1, 1)
