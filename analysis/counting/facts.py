"""The linear facts that tie counted figures together, for disclosure control: what anyone can add and subtract.

A total is the sum of its categories; a share's base is a count that may be printed too; a rate's numerator is its
count. Facts are rows in the form of data/dictionary/totals.csv.
"""

from collections.abc import Iterable, Iterator, Sequence

from analysis.counting.count import DEFINITIONS
from analysis.counting.definition import Definition
from analysis.counting.splits import MONTH, Split
from analysis.measures.dictionary import FactRow
from analysis.returns.aggregate import Observation

# The count whose rows are the base of a share, where it is counted too.
BASES = {
    "assessments_in_time": "assessments_completed",
    "assessments_not_in_need": "assessments_completed",
    "camhs_referrals_accepted": "camhs_referrals",
    "children_missing_again": "children_missing",
    "concern_to_enquiry_conversion": "safeguarding_concerns",
    "concern_to_section42_conversion": "safeguarding_concerns",
    "concerns_leading_to_enquiry": "safeguarding_concerns",
    "concerns_triaged_in_time": "safeguarding_concerns",
    "conferences_in_time": "initial_conferences",
    "conferences_to_plan": "initial_conferences",
    "contact_decisions_in_time": "contacts",
    "contacts_no_further_action": "contacts",
    "contacts_through_portal": "contacts",
    "contacts_to_early_help": "contacts",
    "contacts_to_referral": "contacts",
    "contacts_with_domestic_abuse": "contacts",
    "disclosures_made": "disclosure_requests",
    "dols_in_time": "dols_completed",
    "domestic_abuse_protection_orders": "domestic_abuse_offences",
    "domestic_abuse_repeat_offences": "domestic_abuse_offences",
    "early_help_needs_met": "early_help_episodes_ended",
    "early_help_stepped_up": "early_help_episodes_ended",
    "idva_referrals_accepted": "idva_referrals",
    "lado_decisions_in_time": "lado_contacts",
    "lado_substantiated_rate": "lado_contacts",
    "lado_threshold_met": "lado_outcomes",
    "looked_after_uasc": "children_looked_after",
    "marac_repeat_cases": "marac_cases",
    "msp_asked": "section42_concluded",
    "placed_far_from_home": "children_looked_after",
    "placed_outside_area": "children_looked_after",
    "plan_visits_in_time": "child_protection_plans",
    "plans_ended_after_two_years": "plans_ended",
    "plans_ended_within_three_months": "plans_ended",
    "plans_open_two_years": "child_protection_plans",
    "plans_stepped_down": "plans_ended",
    "police_mash_processed_in_time": "police_mash_reports",
    "police_reports_incomplete": "police_mash_reports",
    "private_fostering_visits_in_time": "private_fostering_notified",
    "rapid_reviews_in_time": "rapid_reviews_convened",
    "re_referrals": "referrals",
    "recommendations_overdue": "recommendations_open",
    "referrals_no_further_action": "referrals",
    "repeat_concerns": "safeguarding_concerns",
    "repeat_contacts": "contacts",
    "return_interviews_in_time": "missing_episodes",
    "second_plans": "plans_started",
    "section47_no_conference_needed": "section47_enquiries",
    "section47_to_conference": "section47_enquiries",
    "three_or_more_placements": "children_looked_after",
    "trust_concerns_answered": "trust_concerns",
    "abuse_type": "section42_concluded",
    "enquiry_location": "section42_concluded",
    "enquiry_mental_capacity": "section42_concluded",
    "enquiry_risk_assessment": "section42_concluded",
    "enquiry_source_of_risk": "section42_concluded",
}
ADDED = ("events", "people", "total", "share", "ratio")


def list_facts(observations: Sequence[Observation]) -> tuple[FactRow, ...]:
    """Return the facts that hold between counted observations, each fact's rows under one name."""
    return (*_sums(), *_rates(), *_bases(observations))


def _sums() -> Iterator[FactRow]:
    """Tell that categories add to the whole; of a share, that its numerators and bases do."""
    for definition in DEFINITIONS.values():
        if definition.method in ADDED and definition.has_total:
            for split in definition.by:
                yield from _pair(
                    f"{definition.indicator} by {split.dimension}",
                    _kind(definition, split),
                    (definition.indicator, "", ""),
                    (definition.indicator, split.dimension, ""),
                )


def _kind(definition: Definition, split: Split) -> str:
    """Return whether categories add up, or are only contained in the whole: a row may have several, a person too."""
    several = split.many or (definition.method == "people" and split.dimension == MONTH)
    return "part" if several else "sum"


def _rates() -> Iterator[FactRow]:
    for definition in DEFINITIONS.values():
        if definition.per:
            total = (definition.indicator, "", "")
            yield from _pair(f"{definition.indicator} and its rate", "numerator", total, total)


def _bases(observations: Iterable[Observation]) -> Iterator[FactRow]:
    """Tell which printed count is a share's base, where the two are the same number."""
    held = list(observations)
    counted = {(o.indicator, o.dimension, o.category): o.value for o in held if o.measure_type == "count"}
    for share in held:
        base = (BASES.get(share.indicator, ""), share.dimension, share.category)
        whole = base if counted.get(base) is not None else (base[0], "", "")
        if share.denominator is not None and counted.get(whole) == share.denominator:
            part = (share.indicator, share.dimension, share.category)
            yield from _pair(" ".join(["base of", *filter(None, part)]), "share", whole, part)


def _pair(fact: str, kind: str, whole: tuple[str, str, str], part: tuple[str, str, str]) -> Iterator[FactRow]:
    yield FactRow(fact, kind, "whole", *whole)
    yield FactRow(fact, kind, "part", *part)
