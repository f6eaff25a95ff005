"""A Standard Safeguarding Dataset counts as D16 to D20; what it doesn't say stays missing. All people are synthetic."""

from datetime import date

import pandas as pd
import pytest

from analysis.returns.contracts import contract
from analysis.returns.register import ReturnEntry
from analysis.returns.statutory import ssd
from analysis.returns.statutory.derived import derive
from synthetic.slices import typed

DAY = date(2024, 3, 31)
PEOPLE = {
    "pers_person_id": ["a", "b"],
    "pers_sex": ["F", "M"],
    "pers_ethnicity": ["WBRI", "BAFR"],
    "pers_dob": ["2010-05-02", "2024-04-09"],  # the second isn't born on the day
}
REFERRALS = {
    "cine_referral_id": ["r1", "r2", "r3"],
    "cine_person_id": ["a", "a", "b"],
    "cine_referral_date": ["2023-05-01", "2023-05-01", "2023-06-01"],  # of two on one day the last counts
    "cine_referral_source_code": ["1A", "1A", "1B"],
    "cine_cin_primary_need_code": ["N1", "N2", "N1"],
    "cine_referral_nfa": [False, False, True],
    "cine_close_date": [None, None, "2023-07-01"],
    "cine_close_reason": [None, None, "RC8"],
}


def table(name, columns):
    return {f"ssd.{name}": typed(pd.DataFrame(columns), contract("ssd").table(name))}


def derived(*tables, day=DAY):
    frames = {name: frame for one in tables for name, frame in one.items()}
    return {name: frame for name, (source, frame) in derive(frames, day).items()}


def rows(frame, *columns):
    return frame[list(columns)].astype(object).where(frame[list(columns)].notna(), None).to_numpy().tolist()


def test_referrals_come_with_what_is_known_of_the_child():
    coded = table("disability", {"disa_person_id": ["a"], "disa_table_id": ["1"], "disa_disability_code": ["NONE"]})
    found = derived(table("person", PEOPLE), table("cin_episodes", REFERRALS), coded)["D18.episodes"]
    names = ("child_pseudo", "need_code", "sex", "age_band", "disability", "referral_nfa")
    assert rows(found, *names) == [
        ["a", "N2", "female", "10-15", False, False],
        ["b", "N1", "male", "unborn", None, True],
    ]


@pytest.mark.parametrize(
    ("flag", "held", "outcome"),
    [("N", None, "not_required"), ("Y", None, None), ("Y", True, "plan"), ("Y", False, "no_plan"), ("", None, None)],
)
def test_what_came_of_an_enquiry(flag, held, outcome):
    enquiries = {
        "s47e_s47_enquiry_id": ["s"],
        "s47e_referral_id": ["r2"],
        "s47e_person_id": ["a"],
        "s47e_s47_start_date": ["2023-05-03"],
        "s47e_s47_outcome_json": [f'{{"CP_CONFERENCE_FLAG": "{flag}"}}'],
    }
    conferences = {
        "icpc_icpc_id": ["i"],
        "icpc_s47_enquiry_id": ["s"],
        "icpc_person_id": ["a"],
        "icpc_referral_id": ["r2"],
        "icpc_icpc_target_date": ["2023-05-25"],
        "icpc_icpc_date": [None if held is None else "2023-05-26"],
        "icpc_icpc_outcome_cp_flag": [held],
    }
    made = derived(
        table("cin_episodes", REFERRALS), table("s47_enquiry", enquiries), table("initial_cp_conference", conferences)
    )
    in_time = None if held is None else False  # a day late
    assert rows(made["D18.enquiries"], "child_pseudo", "icpc_15wd", "icpc_outcome") == [["a", in_time, outcome]]


def test_a_plan_needs_no_referral_and_another_councils_is_not_ours():
    plans = {
        "cppl_cp_plan_id": ["p1", "p2", "p3", "p4"],
        "cppl_referral_id": ["r1", "r2", "gone", None],
        "cppl_person_id": ["a", "a", "b", "c"],
        "cppl_cp_plan_start_date": ["2023-06-01", "2023-06-02", "2023-06-03", "2023-06-04"],
        "cppl_cp_plan_ola": [False, True, False, False],
    }
    found = derived(table("cin_episodes", REFERRALS), table("cp_plans", plans))["D18.plans"]
    day = pd.Timestamp("2023-05-01")  # of r1, in whose place r2 counts
    assert rows(found, "child_pseudo", "referral_date") == [["a", day], ["b", None], ["c", None]]
    assert "review_on_time" not in found


def test_events_of_each_referral_of_a_day_are_of_the_one_that_counts():
    assessments = {
        "cina_assessment_id": ["1", "2", "3"],
        "cina_person_id": ["a", "a", "a"],
        "cina_referral_id": ["r1", "r2", "gone"],
        "cina_assessment_start_date": ["2023-05-02", "2023-05-03", "2023-05-04"],
    }
    conferences = {"icpc_icpc_id": ["i"], "icpc_referral_id": ["r1"], "icpc_icpc_date": ["2023-05-20"]}
    made = derived(
        table("cin_episodes", REFERRALS),
        table("cin_assessments", assessments),
        table("initial_cp_conference", conferences),
    )
    starts = [["a", pd.Timestamp("2023-05-02")], ["a", pd.Timestamp("2023-05-03")]]
    assert rows(made["D18.assessments"], "child_pseudo", "assessment_start") == starts
    held = [["N2", pd.Timestamp("2023-05-20")], ["N1", None]]
    assert rows(made["D18.episodes"], "need_code", "icpc_date") == held


@pytest.mark.parametrize(
    ("due", "held", "in_time"),
    [
        ("2024-03-31", None, False),  # due on the day
        ("2024-04-01", None, True),  # not yet due
        ("2024-03-01", "2024-03-02", False),  # a day late
    ],
)
def test_reviews_due_by_the_day_are_in_time_or_late(due, held, in_time):
    plans = {"cppl_cp_plan_id": ["p1"], "cppl_person_id": ["a"], "cppl_cp_plan_start_date": ["2023-06-01"]}
    reviews = {
        "cppr_cp_review_id": ["v1", "v2"],
        "cppr_cp_plan_id": ["p1", "p1"],
        "cppr_cp_review_due": ["2023-09-01", due],
        "cppr_cp_review_date": ["2023-08-30", held],
    }
    made = derived(table("cin_episodes", REFERRALS), table("cp_plans", plans), table("cp_reviews", reviews))
    found = made["D18.plans"]
    assert rows(found, "child_pseudo", "review_on_time") == [["a", in_time]]
    assert "previous_cpp" not in found and "visits_on_time" not in found


@pytest.mark.parametrize(("end", "in_time"), [("2023-11-30", True), ("2023-12-01", False)])
def test_a_review_that_was_due_after_its_plan_ended_is_not_late(end, in_time):
    plans = {"cppl_cp_plan_id": ["p1"], "cppl_person_id": ["a"], "cppl_cp_plan_start_date": ["2023-06-01"]}
    reviews = {
        "cppr_cp_review_id": ["v1", "v2"],
        "cppr_cp_plan_id": ["p1", "p1"],
        "cppr_cp_review_due": ["2023-09-01", "2023-12-01"],
        "cppr_cp_review_date": ["2023-08-30", None],
    }
    tables = table("cp_plans", plans | {"cppl_cp_plan_end_date": [end]}), table("cp_reviews", reviews)
    made = derived(table("cin_episodes", REFERRALS), *tables)
    assert rows(made["D18.plans"], "review_on_time") == [[in_time]]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        *((said, True) for said in ('{"F": "Y"}', '{"F": true}', '{"F": 1}')),
        *((said, False) for said in ('{"F": "No"}', '{"F": false}', '{"F": 0}')),
        *((said, None) for said in ('{"F": null}', "{}", '{"F": ""}', '{"F": "unknown"}', "null", "half a li")),
    ],
)
def test_a_flag_says_yes_no_or_nothing(said, asked):
    assert ssd._flag(said, "F") is asked


def test_care_takes_legal_status_placement_and_age_from_their_own_tables():
    episodes = {
        "clae_cla_episode_id": ["1", "2"],
        "clae_person_id": ["a", "a"],
        "clae_cla_episode_start_date": ["2023-05-10", "2023-08-01"],
        "clae_cla_episode_ceased_date": ["2023-08-01", None],
        "clae_cla_episode_start_reason": ["S", "B"],
        "clae_cla_placement_id": ["x", "y"],
    }
    places = {
        "clap_cla_placement_id": ["x", "y"],
        "clap_cla_placement_type": ["U1", "K2"],
        "clap_cla_placement_distance": [2.5, 999.9],  # 999.9 says that it isn't known
    }
    statuses = {
        "lega_legal_status_id": ["1", "2"],
        "lega_person_id": ["a", "a"],
        "lega_legal_status": ["V2", "C1"],
        "lega_legal_status_start_date": ["2023-05-10", "2023-08-01"],
    }
    made = derived(
        table("person", PEOPLE),
        table("cla_episodes", episodes),
        table("cla_placement", places),
        table("legal_status", statuses),
    )["D19.episodes"]
    names = ("legal_status", "placement_type", "postcode_distance", "age_band")
    assert rows(made, *names) == [["V2", "U1", 2.5, "10-15"], ["C1", "K2", None, "10-15"]]
    assert "in_borough" not in made and "cost_week" not in made


@pytest.mark.parametrize(("born", "age"), [("2007-03-31", 17), ("2007-04-01", 16), ("2008-04-01", None)])
def test_care_leavers_are_of_the_last_day_and_of_the_age(born, age):
    leavers = {
        "clea_table_id": ["1"],
        "clea_person_id": ["a"],
        "clea_care_leaver_eligibility": ["Former relevant"],
        "clea_care_leaver_in_touch": ["YES"],
        "clea_care_leaver_activity": ["F1"],
        "clea_care_leaver_accom_suitable": ["2"],
    }
    person = PEOPLE | {"pers_dob": [born, None]}
    found = derived(table("person", person), table("care_leavers", leavers))["D20.people"]
    exp = [] if age is None else [[age, "former_relevant", "YES", "F1", "unsuitable"]]
    assert rows(found, "age", "eligibility", "in_touch", "eet", "accommodation_suitability") == exp


def test_without_the_last_day_of_its_period_care_leavers_are_not_told():
    leavers = {"clea_table_id": ["1"], "clea_person_id": ["a"], "clea_care_leaver_eligibility": ["Relevant"]}
    assert "D20.people" not in derived(table("person", PEOPLE), table("care_leavers", leavers), day=None)


@pytest.mark.parametrize(("first", "told"), [("2022-03-31", True), ("2022-04-01", False)])
def test_repeats_are_told_where_the_year_before_is_held_too(first, told):
    contacts = {
        "cont_contact_id": ["1", "2"],
        "cont_person_id": ["a", "b"],
        "cont_contact_date": [first, "2023-05-01"],
        "cont_contact_source_code": ["1A", "1A"],
    }
    found = derived(table("contacts", contacts))["D16.contacts"]
    assert ("repeat_12m" in found) == told
    assert "outcome" not in found  # the dataset has no word for early help


@pytest.mark.parametrize(
    ("said", "factors"),
    [
        ('["1A", "2B"]', "1A;2B"),
        ('{"1A": "Yes", "2B": "No"}', "1A"),
        ('"1A"', "1A"),
        ('["1A", null]', "1A"),
        *((said, None) for said in ("half a list", "null", "3", "true", "[]", "{}", '""')),
    ],
)
def test_factors_come_as_a_list_or_as_answers(said, factors):
    assessments = {
        "cina_assessment_id": ["1"],
        "cina_person_id": ["a"],
        "cina_referral_id": ["r2"],
        "cina_assessment_start_date": ["2023-05-02"],
    }
    held = {"cinf_table_id": ["1"], "cinf_assessment_id": ["1"], "cinf_assessment_factors_json": [said]}
    made = derived(
        table("cin_episodes", REFERRALS), table("cin_assessments", assessments), table("assessment_factors", held)
    )
    assert rows(made["D18.assessments"], "factors") == [[factors]]


def test_a_template_of_a_dataset_stands_before_it():
    own = {"D18.episodes": pd.DataFrame({"child_pseudo": ["a"]})}
    assert "D18.episodes" not in derived(table("cin_episodes", REFERRALS), own)


def test_its_line_in_the_register_answers_for_all_that_it_stands_in_for():
    assert ReturnEntry(dataset="ssd").answered == ("ssd", "D16", "D17", "D18", "D19", "D20")
    assert ReturnEntry(dataset="cin_census;ssda903").answered == ("cin_census", "ssda903", "D18", "D19")
