"""Domestic abuse: offences, disclosures, risk assessment conferences and advocates (D34)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.measures import summed
from analysis.counting.police import POSITIVE
from analysis.counting.rows import met_by, supplied, within
from analysis.measures.periods import Period

OFFENCES, DISCLOSURES, MARAC, IDVA = "D34.offences", "D34.disclosures", "D34.marac", "D34.idva"


def offences_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the domestic abuse offences recorded in the months of the period."""
    return within(records[OFFENCES], "offence_month", period)


def cases_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the cases heard in the period."""
    return within(records[MARAC], "marac_date", period)


@counts("domestic_abuse_offences", "events", needs=OFFENCES, columns={"month": "offence_month"})
def count_domestic_abuse_offences(records: Records, period: Period) -> pd.DataFrame:
    """Domestic abuse offences recorded in the period."""
    return offences_of(records, period)


@counts("domestic_abuse_repeat_offences", "share", needs=OFFENCES, columns={"month": "offence_month"})
def share_domestic_abuse_repeats(records: Records, period: Period) -> pd.DataFrame:
    """Offences against someone who was a victim before, of those of the period whose record says."""
    return met_by(offences_of(records, period), "repeat")


@counts("domestic_abuse_positive_outcome_rate", "share", needs=OFFENCES, columns={"month": "offence_month"})
def share_domestic_abuse_positive_outcomes(records: Records, period: Period) -> pd.DataFrame:
    """Offences ended in a charge, caution or community resolution, of those of the period that have an outcome."""
    rows = offences_of(records, period)
    rows = rows[rows["outcome"].fillna("open") != "open"]
    return rows.assign(met=rows["outcome"].isin(POSITIVE))


@counts("domestic_abuse_protection_orders", "share", needs=OFFENCES)
def share_protection_orders(records: Records, period: Period) -> pd.DataFrame:
    """Offences after which a domestic violence protection order was made, of those of the period whose record says."""
    return met_by(offences_of(records, period), "dvpo")


@counts("disclosure_requests", "events", needs=DISCLOSURES, columns={"right": "dvds_right"})
def count_disclosure_requests(records: Records, period: Period) -> pd.DataFrame:
    """Requests under the domestic violence disclosure scheme in the period."""
    return within(records[DISCLOSURES], "requested_on", period)


@counts("disclosures_made", "share", needs=DISCLOSURES, columns={"right": "dvds_right"})
def share_disclosures_made(records: Records, period: Period) -> pd.DataFrame:
    """Requests after which there was a disclosure, of requests of the period that were decided."""
    return met_by(within(records[DISCLOSURES], "requested_on", period), "disclosed")


@counts("disclosure_days", "median", needs=DISCLOSURES)
def average_disclosure_days(records: Records, period: Period) -> pd.DataFrame:
    """Median days from request to disclosure, of requests of the period that were disclosed."""
    rows = within(records[DISCLOSURES], "requested_on", period)
    return rows.assign(value=rows["days_to_disclose"].where(rows["disclosed"].fillna(False).astype(bool)))


@counts("marac_cases", "events", needs=MARAC, columns={"month": "marac_date"})
def count_marac_cases(records: Records, period: Period) -> pd.DataFrame:
    """Cases heard in the period; a repeat is counted again."""
    return cases_of(records, period)


@counts("marac_repeat_cases", "share", needs=MARAC, columns={"month": "marac_date"})
def share_marac_repeats(records: Records, period: Period) -> pd.DataFrame:
    """Cases that repeat one of the twelve months before, of all heard in the period."""
    return met_by(cases_of(records, period), "repeat")


@counts("marac_children", "total", needs=MARAC)
def count_marac_children(records: Records, period: Period) -> pd.DataFrame:
    """Children in the homes of cases heard in the period; a child in two cases counts twice."""
    return summed(cases_of(records, period), "children_n")


@counts("marac_children_under_eight", "total", needs=MARAC)
def count_marac_children_under_eight(records: Records, period: Period) -> pd.DataFrame:
    """Children under eight in the homes of cases heard in the period; a child in two cases counts twice."""
    return summed(cases_of(records, period), "under_eight_n")


@counts("marac_unborn_children", "total", needs=MARAC)
def count_marac_unborn_children(records: Records, period: Period) -> pd.DataFrame:
    """Unborn children in cases heard in the period."""
    return summed(cases_of(records, period), "unborn_n")


@counts("marac_people", "parts", needs=MARAC, columns={"person": "people"})
def share_marac_people(records: Records, period: Period) -> pd.DataFrame:
    """Cases heard in the period by who the victim and the person who harms are, of those whose record says."""
    rows = supplied(cases_of(records, period), "people")
    return rows[rows["people"].notna()]


@counts("marac_wait_days", "median", needs=MARAC, columns={"month": "marac_date"})
def average_marac_wait(records: Records, period: Period) -> pd.DataFrame:
    """Median days from referral to hearing of cases heard in the period that state them."""
    rows = cases_of(records, period)
    return rows.assign(value=rows["hearing_wait_days"])


def idva_referrals_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the referrals to an advocate in the period."""
    return within(records[IDVA], "referred_on", period)


@counts("idva_referrals", "events", needs=IDVA, columns={"source": "idva_referral_source", "month": "referred_on"})
def count_idva_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Referrals to an independent domestic violence adviser in the period."""
    return idva_referrals_of(records, period)


@counts("idva_hospital_referrals", "events", needs=IDVA)
def count_idva_hospital_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Referrals to an independent domestic violence adviser that the hospital made in the period."""
    rows = idva_referrals_of(records, period)
    return rows[rows["idva_referral_source"] == "hospital"]


@counts("idva_referrals_accepted", "share", needs=IDVA, columns={"source": "idva_referral_source"})
def share_idva_referrals_accepted(records: Records, period: Period) -> pd.DataFrame:
    """Referrals to an adviser that were taken up, of those of the period whose record says."""
    return met_by(idva_referrals_of(records, period), "accepted")
