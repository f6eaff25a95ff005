"""The children's records as a Standard Safeguarding Dataset count as they do in our own templates, or not at all."""

import pytest

from analysis.counting.count import count_all
from analysis.counting.history import stack_years
from analysis.counting.year import gather_year
from analysis.measures.periods import parse_year
from analysis.returns.files import read_returns
from analysis.returns.register import ReturnEntry
from synthetic.ssd import write_dataset

pytestmark = pytest.mark.slow
YEAR = "2023-24"
PERIOD = parse_year(YEAR)
DATASETS = ("D16", "D17", "D18", "D19", "D20")
NOT_IN_THE_FORM = {
    # how a contact came, what came of it and when, domestic abuse: the form has free outcomes, none of them early help
    "contacts_through_portal", "contacts_to_referral", "contacts_to_early_help", "contacts_no_further_action",
    "contact_decisions_in_time", "contacts_with_domestic_abuse", "children_referred_to_early_help", "contacts_sent_on",
    # a family that comes back, scores, social care afterwards
    "early_help_re_entry", "early_help_score_change", "early_help_social_care_after",
    # plans of before the records, local standards, help after a plan
    "second_plans", "plan_visits_in_time", "plans_stepped_down",
    # where a placement is, what it costs, how many there were; health, reviews and scores, which are not read yet
    "placements_not_as_sought", "care_leavers_offer_known",
    "placed_outside_area", "placement_cost_a_week", "three_or_more_placements", "health_assessments_of_year",
    "dental_checks", "immunisations_up_to_date", "sdq_completed", "sdq_concern", "sdq_mean_score",
    "review_participation",
    # repeated contacts with domestic abuse, local standards of visits, how long a placement was looked for
    "repeat_contacts_domestic_abuse", "looked_after_visits_in_time", "placement_search_days",
    # whether a care leaver is supported, health passports
    "care_leavers_supported", "care_leavers_health_passport",
}  # fmt: skip
SPLITS_NOT_IN_THE_FORM = {
    "channel",
    "means",
    "reason",
    "outcome",
    "locality",
    "lead_agency",
    "lead_role",
    "location",
    "host",
}


def figures(catalogue, *years):
    """Return the value, numerator and base of each figure of the last of some years, by what it is."""
    agencies = dict.fromkeys(DATASETS, "A")
    found = count_all(stack_years(years), PERIOD, "Exampleshire", agencies, catalogue).observations
    return {
        (o.indicator, o.dimension, o.category, o.measure_type): (o.value, o.numerator, o.denominator)
        for o in found
        if o.value is not None
    }


@pytest.fixture(scope="module")
def both(records, seed, shipped_catalogue, tmp_path_factory):
    """The figures of our templates, and those of the dataset's files as they are read."""
    own = [{f"{d}.{n}": f for d in DATASETS for n, f in records[year][d].items()} for year in ("2022-23", YEAR)]
    folder = tmp_path_factory.mktemp("dataset")
    paths = write_dataset(folder / "returns", seed, YEAR)
    line = {"agency": "A", "dataset": "ssd", "status": "received", "period_end": PERIOD.end}
    entries = [ReturnEntry(**line, file=path.name) for path in paths]
    read = read_returns(folder, entries, shipped_catalogue)
    assert not [p for one in read.values() for p in one.problems if p.severity == "error"]
    tables = gather_year(read, entries).records
    derived = {name: frame for name, frame in tables.items() if name.startswith("D")}
    return figures(shipped_catalogue, *own), figures(shipped_catalogue, derived)


def test_every_figure_that_the_form_gives_is_the_same(both):
    own, other = both
    assert len(other) > 600
    assert {name: (own.get(name), value) for name, value in other.items() if own.get(name) != value} == {}


def test_what_the_form_cannot_give_is_named_and_not_nought(both):
    own, other = both
    wholes = [{name for name, dimension, *_ in one if not dimension} for one in both]
    assert wholes[0] - wholes[1] == NOT_IN_THE_FORM
    lacking = {name[:2] for name in own.keys() - other.keys() if name[0] not in NOT_IN_THE_FORM}
    lacking -= {("early_help_episodes_started", "source")}
    assert {dimension for _, dimension in lacking if dimension} <= SPLITS_NOT_IN_THE_FORM
