"""Counts that agencies return ready made, and that every contract is counted or named with a reason. Synthetic."""

import pandas as pd
import pytest
from made import YEAR, all_needed, at_random, count_measure, table, tallied, whole

from analysis.counting import partnership, returned_totals, youth_justice
from analysis.counting.definitions import get_definitions
from analysis.counting.measures import measured
from analysis.counting.rows import NotSuppliedError
from analysis.returns.contracts import load_contracts

FIRST, LAST, AFTER = "2023-06-30", "2024-03-31", "2024-06-30"


def measures(name: str, day: str, **values) -> list[dict]:
    return [{"measure": measure, "as_at": day, "value": value} for measure, value in values.items()]


FRAMES = {
    "D28.totals": table(
        "D28.totals",
        {"client_group": "autism", "as_at": FIRST, "clients": 9, "budget": 1.0, "actual": 1.0},  # an earlier count
        {"client_group": "autism", "as_at": LAST, "clients": 10, "budget": 400.0, "actual": 410.0},
        {"client_group": "older_people", "as_at": LAST, "clients": 20, "budget": 600.0},  # spending isn't given
        {"client_group": "all", "as_at": LAST, "clients": 30, "budget": 1000.0, "actual": 990.0},  # all of them again
    ),
    "D35.totals": table(
        "D35.totals",
        *measures("D35", FIRST, mash_checks=5, fgm_asked=3, missing_health_plans=9, supervision_due=10),
        *measures("D35", LAST, mash_checks=7, fgm_asked=4, missing_health_plans=2, supervision_due=8),
        *measures("D35", LAST, supervision_done=6),  # of the first quarter nothing is said: out of the share
        *measures("D35", AFTER, mash_checks=90, fgm_asked=90, missing_health_plans=90),
    ),
    "D37.board": table(
        "D37.board",
        *measures("D37", FIRST, posts_required=5, posts_filled=5, provider_assurance_requested=4),
        *measures("D37", FIRST, provider_assurance_received=4, commissioning_change_from_review=1),
        *measures("D37", LAST, posts_required=5, posts_filled=4, provider_assurance_requested=6),
        *measures("D37", LAST, provider_assurance_received=5, commissioning_change_from_review=2),
    ),
    "D38.totals": table(
        "D38.totals",
        *measures("D38", FIRST, fires=10, injuries=1, fatal=0, fires_known_to_agency=4, talks=2, attendees=30),
        *measures("D38", LAST, fires=6, injuries=2, fatal=1, talks=1, attendees=12),
    ),
    "D42.delivery_plan": table(
        "D42.delivery_plan",
        {"action_id": "1", "delivery_plan_action": "a", "due": "2024-03-31", "status": "done", "conference_n": 80},
        {"action_id": "2", "delivery_plan_action": "b", "due": "2023-04-01", "status": "overdue"},
        {"action_id": "3", "delivery_plan_action": "c", "due": "2024-04-01", "status": "done", "conference_n": 9},
        {"action_id": "4", "delivery_plan_action": "d", "status": "done"},  # never due
    ),
    "D48.awareness": table(
        "D48.awareness",
        {"activity": "Bulletin", "date": "2023-04-01"},
        {"activity": "Bulletin", "date": "2024-04-01"},  # after
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        (returned_totals.sum_budget, 1000),
        ("trust_hub_checks", 12),
        ("trust_asked_about_mutilation", 7),
        ("missing_health_plans", 2),  # a stock: that of the last day
        ("trust_supervision_done", (6, 8)),
        ("health_posts_filled", (4, 5)),  # a stock too
        ("provider_assurance_received", (9, 10)),
        ("commissioning_changes", 3),
        ("fires_in_homes", 16),
        ("fire_injuries", 3),
        ("fire_deaths", 1),
        ("fires_known_to_agency", (4, 10)),
        ("fire_safety_talks", 3),
        ("fire_safety_talk_attendees", 42),
        ("domestic_abuse_actions_done", (1, 2)),
        ("domestic_abuse_conference_attendees", 80),
        ("private_fostering_awareness", 1),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_the_whole(count, exp):
    assert whole(count, FRAMES) == exp


def test_clients_are_told_by_group_on_the_last_day_and_nobody_twice():
    exp = {("client_group", "autism"): 10, ("client_group", "older people"): 20}
    assert tallied(returned_totals.count_clients, FRAMES) == exp


def test_spending_that_a_group_lacks_is_that_of_the_row_of_all_and_never_a_part_of_it():
    assert tallied(returned_totals.sum_spending, FRAMES) == {("", ""): 990, ("client_group", "all"): 990}
    rows = FRAMES["D28.totals"]
    with pytest.raises(NotSuppliedError):
        returned_totals.sum_spending({"D28.totals": rows[rows["client_group"] != "all"]}, YEAR)


def test_a_measure_left_out_is_missing_and_a_nil_return_is_nought():
    rows = FRAMES["D38.totals"]
    with pytest.raises(NotSuppliedError, match="fatal"):
        measured(rows[rows["measure"] != "fatal"], YEAR, "fatal")
    assert measured(rows.iloc[:0], YEAR, "fatal").empty


def test_a_measure_of_youth_justice_left_out_is_no_nought():
    rows = table("D41.totals", *measures("D41", FIRST, knife=7))
    assert tallied(youth_justice.count_youth_justice, {"D41.totals": rows}) == {("measure", "knife offences"): 7}


def test_a_score_is_weighed_by_the_forms_that_came_back():
    rows = table(
        "D49.answers",
        {"survey": "s", "question": "q", "group": "parent", "n_back": 30, "score": 4.0},
        {"survey": "s", "question": "q", "group": "child", "n_back": 10, "score": 2.0},
        {"survey": "s", "question": "r", "group": "child", "n_back": 10},  # not asked to score
        {"survey": "t", "question": "q", "group": "child", "n_back": 1, "score": 9.0},  # another survey's question
    )
    obs = tallied(partnership.average_survey_score, {"D49.answers": rows})
    assert obs == {("question", "s: q"): 3.5, ("question", "t: q"): 9.0}


# A meeting is counted for itself, whatever its number of reviews; made-up budgets are of no year.
OTHERWISE = ("lado_meetings", "partner_contributions")
SUMS = [name for name, known in get_definitions().items() if known.method == "total" and name not in OTHERWISE]


@pytest.mark.parametrize("name", SUMS)
def test_a_sum_of_numbers_that_nobody_gave_is_not_nought(name):
    definition = get_definitions()[name]
    frames = at_random(1, 60, list(definition.needs))
    blank = {table: _without_numbers(frame) for table, frame in frames.items()}
    with pytest.raises(NotSuppliedError):
        count_measure(definition, blank)


def _without_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = frame.select_dtypes("number").columns
    return frame.assign(**{name: frame[name].mask(frame[name].notna()) for name in numbers})


STATUTORY = "read and checked; what figures can be counted from is made into D16 to D20 (returns.statutory)"
NOT_COUNTED = {
    "D00.returns": "the register itself: it has a page of its own",
    "D01.indicators": "the dictionary of terms, kept by the partnership",
    **dict.fromkeys(
        ("D18.assessments", "D18.enquiries", "D18.plans"), "counted with the episodes that they stand beside"
    ),
    "D33.measures": "values without a unit, nor word whether more is better: nothing that a sentence could say of them",
    "D46.benchmarks": "others' figures: official ones stand in data/published, each with its source",
    **dict.fromkeys(("annex_a", "cin_census", "ssda903", "ssd", "sac"), STATUTORY),
}


def test_every_table_is_counted_or_named_with_a_reason():
    tables = {
        f"{contract.id}.{table.name}" if contract.id.startswith("D") else contract.id
        for contract in load_contracts().values()
        for table in contract.tables
    }
    assert tables - set(all_needed()) == set(NOT_COUNTED)
