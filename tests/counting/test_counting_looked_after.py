"""Children looked after, care leavers, going missing and private fostering, on readable rows. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import care_leavers, looked_after, looked_after_health, missing
from analysis.counting.rows import NotSuppliedError


def spell(number: int, start: str, end: str | None = None, **columns) -> dict:
    """Return an episode that began a period of care under a care order."""
    return {
        "child_pseudo": f"child{number}",
        "episode_start": start,
        "episode_end": end,
        "reason_new": "S",
        "legal_status": "C2",
        "reason_ceased": None if end is None else "X1",
    } | columns


def episodes(*rows: dict) -> dict:
    return {"D19.episodes": table("D19.episodes", *rows)}


FLOW = episodes(
    spell(1, "2023-04-01", "2023-06-01", uasc=True, sex="male"),  # began on the first day; moved
    spell(1, "2023-06-01", reason_new="P", placement_type="U4", uasc=True, sex="male"),  # still in care
    spell(2, "2023-05-01", "2024-03-31", reason_ceased="E4A"),  # ceased on the last day: not looked after on it
    spell(3, "2024-03-31", placement_type="P1", in_borough=False, uasc=False),  # began on the last day: looked after
    spell(4, "2020-01-01", "2023-03-31", reason_ceased="E11"),  # ceased before the year
    spell(5, "2023-05-01", "2023-06-01", reason_ceased="E4B"),  # began, ceased,
    spell(5, "2023-09-01", "2023-10-01", reason_ceased="E11"),  # and both again: one child
    spell(6, "2023-05-01", legal_status="V4"),  # short breaks: not looked after
)


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("children_looked_after", 2),
        (looked_after.count_looked_after_started, 4),
        (looked_after.count_looked_after_ceased, 2),
        ("uasc_population", 1),
        ("looked_after_uasc", (1, 2)),
    ],
)
def test_who_is_in_care_who_came_and_who_left(count, exp):
    assert whole(count, FLOW) == exp


def test_children_are_split_by_the_placement_of_the_day():
    obs = tallied("children_looked_after", FLOW)
    assert (obs["placement", "foster care"], obs["placement", "placed with parents"]) == (1, 1)
    assert (obs["location", "outside the area"], obs["location", "not recorded"]) == (1, 1)
    assert [obs["month", month] for month in ("2023-04", "2023-05", "2024-02", "2024-03")] == [1, 3, 2, 2]


def test_a_child_who_left_twice_counts_by_the_last_reason():
    obs = tallied(looked_after.count_looked_after_ceased, FLOW)
    assert (obs["reason", "returned home"], obs["reason", "adopted"], obs["reason", "other"]) == (1, 1, 0)


PLACED = episodes(
    spell(1, "2023-05-01", placements_12m=3, postcode_distance=20.0, cost_week=1000.0, missing=True, in_borough=True),
    spell(2, "2023-05-01", placements_12m=2, postcode_distance=20.1, cost_week=2000.0, missing=False, in_borough=False),
    spell(3, "2023-05-01"),  # whose record says nothing of this
    spell(4, "2022-05-01", "2023-04-01", missing=True),  # left on the first day, so was in care in the year
    spell(5, "2022-05-01", "2023-03-31", missing=True),  # left before it
)


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("three_or_more_placements", (1, 2)),
        (looked_after.share_placed_far_from_home, (1, 2)),  # twenty miles isn't more than twenty
        ("placed_outside_area", (1, 2)),
        (looked_after.share_looked_after_missing, (2, 3)),
        ("placement_cost_a_week", 1500),
    ],
)
def test_where_children_are_placed(count, exp):
    assert whole(count, PLACED) == exp


def test_long_term_stability():
    records = episodes(
        # in care two and a half years to the day, with one carer
        spell(1, "2021-09-30", age_band="5-9"),
        # a day short of that: not in the base
        spell(2, "2021-10-01", age_band="5-9"),
        # moved to another carer two years ago to the day: stable
        spell(3, "2020-01-01", "2022-03-31", age_band="5-9"),
        spell(3, "2022-03-31", reason_new="P", age_band="5-9"),
        # a day later: not stable
        spell(4, "2020-01-01", "2022-04-01", age_band="5-9"),
        spell(4, "2022-04-01", reason_new="P", age_band="5-9"),
        # moved house with the same carer since: stable
        spell(5, "2020-01-01", "2023-05-01", age_band="5-9"),
        spell(5, "2023-05-01", reason_new="T", age_band="5-9"),
        # placed for adoption lately: counts as stable
        spell(6, "2020-01-01", "2023-05-01", age_band="1-4"),
        spell(6, "2023-05-01", reason_new="P", age_band="1-4", placement_type="A5"),
        # sixteen: not in the base
        spell(7, "2020-01-01", age_band="16-17"),
    )
    assert whole(looked_after.share_long_term_stability, records) == (4, 5)


def test_stability_is_not_guessed_where_the_start_of_care_is_not_held():
    records = episodes(spell(1, "2023-05-01", reason_new="P", age_band="5-9"))  # in care before the records begin
    with pytest.raises(NotSuppliedError, match="earlier years"):
        whole(looked_after.share_long_term_stability, records)


SETTLED = episodes(
    # twelve months to the day; assessed the day after last year's end
    spell(1, "2023-03-31", health_assess_date="2023-04-01", dental=True, imms=True, age_band="5-9", sdq_score=17),
    # assessed too long ago
    spell(2, "2020-01-01", health_assess_date="2023-03-31", dental=False, age_band="10-15", sdq_score=16),
    # too young for a score; review code of under fours: not in that base
    spell(3, "2020-01-01", age_band="1-4", review_participation_code="PN0"),
    # of school age without a score; spoke at the review
    spell(4, "2020-01-01", age_band="16-17", review_participation_code="PN1", imms=False),
    # not yet twelve months: only the review counts; came and said nothing
    spell(5, "2023-04-01", age_band="5-9", sdq_score=40, dental=True, review_participation_code="PN4"),
)


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        (looked_after_health.share_health_assessments, (1, 4)),
        ("dental_checks", (1, 2)),
        ("immunisations_up_to_date", (1, 2)),
        ("sdq_completed", (2, 3)),
        ("sdq_mean_score", 16.5),
        ("sdq_concern", (1, 2)),
        (looked_after_health.share_review_participation, (1, 2)),
    ],
)
def test_health_and_reviews_of_children_in_care_for_a_year(count, exp):
    assert whole(count, SETTLED) == exp


def leaver(number: int, **columns) -> dict:
    return {
        "person_pseudo": f"person{number}",
        "age": 19,
        "eligibility": "former_relevant",
        "as_at": "2024-03-31",
        "in_touch": "YES",
    } | columns


LEAVERS = {
    "D20.people": table(
        "D20.people",
        leaver(1, age=17, eet="F2", accommodation_suitability="suitable", supported_flag=True, uasc=True),
        leaver(2, age=18, eet="G5", accommodation_suitability="unsuitable", supported_flag=True, health_passport=True),
        leaver(3, age=21, in_touch="NO", eet="0", supported_flag=False),  # not in touch: in the base, in nothing else
        leaver(4, in_touch="RHOM"),  # returned home: out of the base
        leaver(5, in_touch="DIED"),  # died: out of the base
        leaver(6, age=22, eet="F5"),  # too old for these shares
        leaver(7, eligibility="qualifying", eet="F5", health_passport=False),  # not former relevant
        leaver(8, as_at="2023-03-31"),  # counted last year only
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("care_leavers_eligible", 7),
        (care_leavers.count_care_leavers_supported, 2),
        ("care_leavers_in_touch", (2, 3)),
        ("care_leavers_in_activity", (1, 3)),
        ("care_leavers_suitable_home", (1, 3)),
        ("care_leavers_health_passport", (1, 2)),
    ],
)
def test_care_leavers(count, exp):
    assert whole(count, LEAVERS) == exp


def test_care_leavers_by_age_group_and_origin():
    touch = tallied("care_leavers_in_touch", LEAVERS)
    assert (touch["age_group", "17 to 18"], touch["age_group", "19 to 21"]) == ((2, 2), (0, 1))
    assert tallied(care_leavers.count_care_leavers_supported, LEAVERS)["uasc", "former UASC"] == 1


def went(number: int, child: str, **columns) -> dict:
    return {
        "episode_pseudo": f"e{number}",
        "child_pseudo": child,
        "missing_from": "2023-05-01 22:00",
        "found_at": "2023-05-02 08:00",
    } | columns


MISSING = {
    "D21.missing": table(
        "D21.missing",
        went(1, "a", rhi_done_72h=True, risk_grade="high"),
        went(2, "a", rhi_done_72h=False),  # the same child again
        went(3, "b", found_at=None, rhi_done_72h=False),  # not found yet: no interview is due
        went(4, "c", risk_grade="absent"),  # away without authorisation: not missing
        went(5, "d", missing_from="2024-04-01 00:00"),  # after the year
        went(6, "e"),  # whose record doesn't say
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("missing_episodes", 4),
        ("children_missing", 3),
        (missing.share_children_missing_again, (1, 3)),
        ("return_interviews_in_time", (1, 2)),
    ],
)
def test_children_going_missing(count, exp):
    assert whole(count, MISSING) == exp


def test_exploitation():
    records = {
        "D21.exploitation": table(
            "D21.exploitation",
            {"concern_pseudo": "1", "child_pseudo": "a", "referred_on": "2023-05-01"},
            # raised before the year, referred in it
            {
                "concern_pseudo": "2",
                "child_pseudo": "b",
                "referred_on": "2023-03-01",
                "nrm_ref_date": "2023-04-01",
                "nrm_type": "criminal",
            },
        )
    }
    assert whole("exploitation_concerns", records) == 1
    obs = tallied("nrm_referrals_of_children", records)
    assert (obs["", ""], obs["exploitation", "criminal"], obs["exploitation", "sexual"]) == (1, 1, 0)


def test_private_fostering():
    records = {
        "D48.arrangements": table(
            "D48.arrangements",
            {"arrangement_pseudo": "1", "notified": "2023-05-01", "visits_on_time": True},
            {"arrangement_pseudo": "2", "notified": "2023-05-01", "ended": "2024-03-31", "visits_on_time": False},
            {"arrangement_pseudo": "3", "notified": "2022-05-01"},  # of an earlier year, still in place
        )
    }
    assert whole("private_fostering_notified", records) == 2
    assert whole("private_fostering_arrangements", records) == 2
    assert whole("private_fostering_visits_in_time", records) == (1, 2)
