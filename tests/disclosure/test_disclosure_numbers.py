"""Every number is a view of something counted: what one figure hides, no other tells by another name or form.

Each test sets out what a reader who knows the field would see in a small release, and that the gate would leave it open
if it weren't told.
"""

from dataclasses import replace

import pytest
from figures import figure, made, share

from analysis.disclosure.apply import gate, list_known
from analysis.disclosure.audit import audit
from analysis.disclosure.gate import protect
from analysis.disclosure.numbers import list_numbers
from analysis.disclosure.policy import Policy
from analysis.measures.periods import Period
from tests.examples import LAST, THIS

POLICY = Policy(small_group=0)


def attack(catalogue, observations, *untold, **known):
    """Return the figures that a reader finds where the gate wasn't told facts of some kinds, and check that he finds
    none where it was."""
    cells, facts, *_ = list_known(made(catalogue, *observations), catalogue, **known)
    told = [fact for fact in facts if fact.kind not in untold]
    assert len(told) < len(facts)
    assert audit(cells, facts, POLICY, protect(cells, facts, POLICY).hidden).passed
    exposed = audit(cells, facts, POLICY, protect(cells, told, POLICY).hidden).exposed
    return {id for id in exposed if not id.startswith("all ")}  # a total that nothing prints is no figure


def test_the_base_of_a_mean_is_the_count_of_the_same_children(shipped_catalogue):
    where, children = ["kinship", "foster", "residential"], [4.0, 40.0, 30.0]
    counts = [figure("children_looked_after", n, f"placement/{w}") for w, n in zip(where, children, strict=True)]
    cost = {"measure_type": "mean", "unit": "gbp"}
    means = [
        figure("placement_cost_a_week", 900.0, f"placement/{w}", denominator=n, **cost)
        for w, n in zip(where, children, strict=True)
    ]
    found = attack(shipped_catalogue, [*counts, *means], "share")
    assert found == {"children_looked_after.placement.kinship.count"}


def test_parts_that_make_up_the_base_that_they_share_add_up_without_a_whole(shipped_catalogue):
    types = {"online": 2, "physical": 60, "emotional": 32}
    shares = [share("lado_threshold_met", n, 94, f"abuse_type/{name}") for name, n in types.items()]
    assert "lado_threshold_met.abuse_type.online.percent" in attack(shipped_catalogue, shares, "sum")


def test_a_share_of_a_month_tells_the_count_that_is_its_part(shipped_catalogue):
    months = {"2023-04": (3, 5), "2023-05": (24, 30), "2023-06": (33, 40)}
    plans = [figure("plans_started", float(n), f"month/{month}") for month, (n, _) in months.items()]
    held = [figure("initial_conferences", float(n), f"month/{month}") for month, (_, n) in months.items()]
    shares = [share("conferences_to_plan", *sides, f"month/{month}") for month, sides in months.items()]
    found = attack(shipped_catalogue, [figure("plans_started", 60.0), *plans, *held, *shares], "numerator")
    assert "plans_started.month.2023-04.count" in found


def test_one_number_under_two_names_is_one_unknown(shipped_catalogue):
    alone = figure("uasc_population", 3.0)
    among = figure("children_looked_after", 3.0, "uasc/unaccompanied")
    numbers = list_numbers(made(shipped_catalogue, alone, among), shipped_catalogue.measures)
    assert [(fact.kind, fact.whole, *fact.parts) for fact in numbers.facts] == [
        ("sum", "children_looked_after.uasc.unaccompanied.count", "uasc_population.count")
    ]
    other = replace(among, value=4.0)  # a return that counts otherwise
    assert list_numbers(made(shipped_catalogue, alone, other), shipped_catalogue.measures).facts == []


def test_two_years_in_one_return_are_two_numbers(shipped_catalogue):
    shares = [share("contacts_to_early_help", 30, 120), share("contacts_to_early_help", 20, 90, period=LAST)]
    counts = [figure("contacts", 120.0), figure("contacts", 90.0, period=LAST)]
    numbers = list_numbers(made(shipped_catalogue, *counts, *shares), shipped_catalogue.measures)
    bases = [numbers.base[f"contacts_to_early_help.percent{year}"] for year in ("", ".y-1")]
    assert bases == ["contacts.count", "contacts.count.y-1"]


def test_a_number_is_that_of_its_own_line(shipped_catalogue):
    told = [
        figure("contacts", 30.0, "outcome/early help"),
        figure("contacts", 120.0),
        share("contacts_to_early_help", 30, 120),
    ]
    in_order = [made(shipped_catalogue, one)[0] for one in told]
    numbers = list_numbers(in_order, shipped_catalogue.measures)
    assert numbers.truth == {
        "contacts.outcome.early-help.count": 30.0,
        "contacts.count": 120.0,
        "contacts_to_early_help.percent": 30.0,
    }


def test_a_base_that_no_count_prints_is_one_for_all_shares_of_it(shipped_catalogue):
    touch, active = (
        share(f"care_leavers_{name}", n, 64, "age_group/17 to 18")
        for name, n in (("in_touch", 60), ("in_activity", 30))
    )
    numbers = list_numbers(made(shipped_catalogue, touch, active), shipped_catalogue.measures)
    assert [cell.value for cell in numbers.cells] == [64.0]
    ids = [f"care_leavers_{name}.age_group.17-to-18.percent" for name in ("in_touch", "in_activity")]
    assert {numbers.base[id] for id in ids} == {numbers.cells[0].id}


def test_a_base_is_the_part_of_another_share(shipped_catalogue):
    supplied, timely = share("meeting_reports_supplied", 12, 15), share("meeting_reports_on_time", 3, 12)
    numbers = list_numbers(made(shipped_catalogue, supplied, timely), shipped_catalogue.measures)
    (number,) = {
        fact.whole
        for fact in numbers.facts
        if "meeting_reports_supplied.percent" in fact.parts and fact.kind == "numerator"
    }
    assert numbers.base["meeting_reports_on_time.percent"] == number


def test_a_base_cannot_exceed_what_it_is_of(shipped_catalogue):
    # Of five concerns from schools, of one of which nobody said, two led to an enquiry: at most five did.
    sources = {"education": (2, 4), "police": (20, 40), "housing": (25, 50)}
    counts = [figure("safeguarding_concerns", float(n), f"source/{name}") for name, (_, n) in sources.items()]
    shares = [share("concerns_leading_to_enquiry", *sides, f"source/{name}") for name, sides in sources.items()]
    counts[0] = replace(counts[0], value=5.0)
    found = attack(shipped_catalogue, [*counts, *shares, share("concerns_leading_to_enquiry", 47, 94)], "bound")
    assert "concerns_leading_to_enquiry.source.education.percent" in found


@pytest.mark.parametrize(
    "change",
    [
        {"measure_type": "change_absolute", "unit": "people", "value": -6.0},
        {"measure_type": "change_percent", "unit": "percent", "value": -67.0},
    ],
)
def test_a_change_as_returned_gives_no_hidden_count_back(shipped_catalogue, change):
    counts = [figure("lado_contacts", 3.0), figure("lado_contacts", 9.0, period=LAST)]
    found = attack(shipped_catalogue, [*counts, figure("lado_contacts", **change)], "change")
    assert found == {"lado_contacts.count"}


def test_a_percentage_without_its_numbers_tells_the_count_of_its_category(shipped_catalogue):
    counts = [figure("contacts", 103.0), figure("contacts", 3.0, "channel/telephone")]
    percent = {"measure_type": "percent", "unit": "percent", "decimals": 1}
    told = figure("contacts", 2.9, "channel/telephone", **percent)
    found = attack(shipped_catalogue, [*counts, told], "share", "numerator")
    assert "contacts.channel.telephone.count" in found


def test_a_rate_tells_its_count_to_whoever_looks_the_population_up(shipped_catalogue):
    rate = figure("plans_started", 5.0, measure_type="rate", unit="per_10000", decimals=1)
    counts = [figure("plans_started", 3.0)]
    (found, *_) = made(shipped_catalogue, *counts, rate)[1:]
    known = {"populations": {("per_10000", THIS.mid_year): 6000.0}}
    cells, *_ = list_known([replace(found, own_geography=True)], shipped_catalogue, **known)
    assert (cells[0].numerator, cells[0].denominator) == (3, 6000.0)
    gated = gate(made(shipped_catalogue, rate), [], shipped_catalogue, POLICY, release="shared", **known)
    assert not gated.statistics[0].published
    assert gate(made(shipped_catalogue, rate), [], shipped_catalogue, POLICY, release="shared").statistics[0].published


def test_the_parts_of_an_area_make_up_the_whole(shipped_catalogue):
    places = [figure("lado_contacts", value, geography=name) for name, value in (("North", 14.0), ("South", 15.0))]
    found = attack(shipped_catalogue, [figure("lado_contacts", 31.0), *places], "sum")
    assert found == {"lado_contacts.count elsewhere"}


def test_a_split_of_the_whole_is_none_of_a_part_of_the_area(shipped_catalogue):
    places = [figure("lado_contacts", value, geography=name) for name, value in (("North", 14.0), ("South", 17.0))]
    split = [
        figure("lado_contacts", value, f"referrer_sector/{name}") for name, value in (("police", 3), ("health", 28))
    ]
    statistics = made(shipped_catalogue, figure("lado_contacts", 31.0), *places, *split)
    wholes = {fact.whole for fact in list_known(statistics, shipped_catalogue).facts if fact.kind == "sum"}
    assert wholes == {"lado_contacts.count"}


@pytest.mark.parametrize(("total", "kinds"), [(21.0, ["part", "sum"]), (20.0, ["part"])])
def test_months_of_people_are_taken_to_add_up_where_they_do(shipped_catalogue, total, kinds):
    months = {"2023-04": 6.0, "2023-07": 11.0, "2023-08": 3.0, "2023-12": 1.0}
    figures = [figure("looked_after_started", value, f"month/{month}") for month, value in months.items()]
    statistics = made(shipped_catalogue, figure("looked_after_started", total), *figures)
    facts = list_known(statistics, shipped_catalogue).facts
    assert [fact.kind for fact in facts if fact.whole == "looked_after_started.count"] == kinds


def test_areas_that_are_wider_than_the_whole_are_no_parts_of_it(shipped_catalogue):
    places = [figure("lado_contacts", value, geography=name) for name, value in (("London", 140.0), ("England", 900.0))]
    _, facts, *_ = list_known(made(shipped_catalogue, figure("lado_contacts", 31.0), *places), shipped_catalogue)
    assert facts == []


def test_a_stock_grows_and_shrinks_by_what_comes_and_goes(shipped_catalogue):
    days = [("2023-05", 100.0), ("2023-06", 94.0)]
    held = [figure("child_protection_plans", value, f"month/{month}") for month, value in days]
    flows = [figure("plans_started", 4.0, "month/2023-06"), figure("plans_ended", 10.0, "month/2023-06")]
    assert attack(shipped_catalogue, [*held, *flows], "flow") == {"plans_started.month.2023-06.count"}


def test_two_measures_make_up_the_part_of_a_share(shipped_catalogue):
    counts = [figure("section42_enquiries", 50.0), figure("other_enquiries", 3.0)]
    told = share("concern_to_enquiry_conversion", 53, 100)
    assert attack(shipped_catalogue, [*counts, told], "sum") == {"other_enquiries.count"}


def test_those_of_one_sector_make_up_a_split_that_only_they_have(shipped_catalogue):
    """Of 141 contacts about people in schools 137 name three phases, so that the other two phases have 4."""
    phases = {"primary": 76, "secondary": 49, "special": 12, "all-through": 3, "post-16": 1}
    figures = [figure("lado_contacts", float(n), f"school_phase/{phase}") for phase, n in phases.items()]
    sectors = {"education": 141.0, "health": 120.0}
    figures += [figure("lado_contacts", n, f"employment_sector/{sector}") for sector, n in sectors.items()]
    found = attack(shipped_catalogue, [figure("lado_contacts", 261.0), *figures], "sum")
    assert {"lado_contacts.school_phase.all-through.count", "lado_contacts.school_phase.post-16.count"} <= found


def test_several_categories_make_up_the_part_of_a_share_and_others_its_base(shipped_catalogue):
    means = {
        "coming and speaking": 181, "coming with an advocate who spoke": 9, "coming with views given otherwise": 22,
        "an advocate who spoke for them": 13, "sending their views": 54, "coming without giving views": 3,
        "not coming or giving views": 14,
    }  # fmt: skip
    shares = [share("review_means", n, 296, f"means/{how}") for how, n in means.items()]
    facts = list_known(
        made(shipped_catalogue, *shares, share("review_participation", 279, 296)), shipped_catalogue
    ).facts
    heard = {fact.parts for fact in facts if fact.kind == "sum" and fact.whole == "review_participation.percent"}
    assert [len(parts) for parts in heard] == [5]
    assert not any("without" in part for parts in heard for part in parts)

    kinds = {"risk identified and action taken": 40, "risk identified and no action taken": 3, "not recorded": 20}
    found = [share("enquiry_risk_assessment", n, 63, f"risk_assessment/{kind}") for kind, n in kinds.items()]
    facts = list_known(
        made(shipped_catalogue, *found, share("risk_reduced_or_removed", 33, 43)), shipped_catalogue
    ).facts
    assert ("below the line of risk_reduced_or_removed.percent", 2) in {
        (fact.whole, len(fact.parts)) for fact in facts if fact.kind == "sum"
    }


@pytest.mark.parametrize(("suitable", "tied"), [(60, True), (62, False)])
def test_shares_of_one_base_can_bound_each_other_unless_the_numbers_say_otherwise(shipped_catalogue, suitable, tied):
    shares = [share("care_leavers_in_touch", 61, 64), share("care_leavers_suitable_home", suitable, 64)]
    facts = list_known(made(shipped_catalogue, *shares), shipped_catalogue).facts
    bound = [(fact.whole, *fact.parts) for fact in facts if fact.kind == "bound"]
    assert bound == [("care_leavers_in_touch.percent", "care_leavers_suitable_home.percent")] * tied


@pytest.mark.parametrize(("neglect", "told"), [(126.0, True), (118.0, False)])
def test_a_category_that_nobody_changes_grows_and_shrinks_like_the_whole(shipped_catalogue, neglect, told):
    """Of plans for sexual abuse there were 12, 11 began and 20 ended: 3 are left. Where many change it, nothing is."""
    numbers = {"neglect": (113.0, 202.0, 189.0, neglect), "sexual abuse": (12.0, 11.0, 20.0, 3.0)}
    figures = []
    for name, (before, began, ended, now) in numbers.items():
        by = f"category_of_abuse/{name}"
        figures += [
            figure("child_protection_plans", before, by, period=Period(None, LAST.end, "snapshot")),
            figure("child_protection_plans", now, by, period=Period(None, THIS.end, "snapshot")),
            figure("plans_started", began, by),
            figure("plans_ended", ended, by),
        ]
    facts = list_known(made(shipped_catalogue, *figures), shipped_catalogue).facts
    flows = {(fact.whole, *fact.parts) for fact in facts if fact.kind == "flow"}
    left = "child_protection_plans.category_of_abuse.sexual-abuse.count"
    came, went = (f"{name}.category_of_abuse.sexual-abuse.count" for name in ("plans_started", "plans_ended"))
    assert ((left, f"{left}.y-1", came, went) in flows) == told
    assert bool(flows) == told
