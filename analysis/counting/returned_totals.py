"""Counts that agencies return ready made, a measure a quarter or a row an activity: adult social care (D28), the
mental health trust (D35), the integrated care board (D37), the fire brigade (D38), the plan against domestic abuse
(D42) and private fostering (D48)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.measures import last_of_each, measured, measured_last, part_of_whole, summed, year_to
from analysis.counting.rows import NotSuppliedError, latest, within
from analysis.measures.periods import Period
from analysis.returns.contracts import column_of

ADULTS, TRUST, BOARD, FIRE = "D28.totals", "D35.totals", "D37.board", "D38.totals"
PLAN, AWARENESS = "D42.delivery_plan", "D48.awareness"
WHOLE = "all"


def client_groups(records: Records, period: Period, column: str) -> pd.DataFrame:
    """Return each client group's row of the last day counted in the period, with a column as `value`; the row of all
    groups where one of them lacks it, so that no part is taken for the whole and nobody is counted twice."""
    rows = latest(within(records[ADULTS], "as_at", period), "client_group", "as_at")
    rows = rows[rows["as_at"] == rows["as_at"].max()]
    apart, whole = rows[rows["client_group"] != WHOLE], rows[rows["client_group"] == WHOLE]
    chosen = apart if len(apart) and apart[column].notna().all() else whole
    if len(rows) and not len(chosen):
        raise NotSuppliedError(column)
    labels = {code.code: code.label.lower() for code in column_of(ADULTS, "client_group").codes}
    return summed(chosen, column).assign(client_group=chosen["client_group"].map(labels))


@counts("adult_social_care_clients", "total", needs=ADULTS)
def count_clients(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Adults supported in each client group at the latest count in the year up to the day."""
    return client_groups(records, year_to(day), "clients")


@counts("adult_social_care_spending", "total", needs=ADULTS)
def sum_spending(records: Records, period: Period) -> pd.DataFrame:
    """Spending on adult social care by client group, as stated on the last day counted in the period."""
    return client_groups(records, period, "actual")


@counts("adult_social_care_budget", "total", needs=ADULTS)
def sum_budget(records: Records, period: Period) -> pd.DataFrame:
    """The budget of adult social care by client group, as stated on the last day counted in the period."""
    return client_groups(records, period, "budget")


@counts("trust_hub_checks", "total", needs=TRUST)
def count_hub_checks(records: Records, period: Period) -> pd.DataFrame:
    """Checks of health records that the trust made for the safeguarding hubs in the period."""
    return measured(records[TRUST], period, "mash_checks")


@counts("trust_hub_posts", "mean", needs=TRUST)
def average_hub_posts(records: Records, period: Period) -> pd.DataFrame:
    """Posts of the trust's team for the safeguarding hubs, in full-time equivalents, on average over the period."""
    return measured(records[TRUST], period, "staff_wte")


@counts("trust_asked_about_mutilation", "total", needs=TRUST)
def count_asked_about_mutilation(records: Records, period: Period) -> pd.DataFrame:
    """People whom the trust asked about female genital mutilation, summed over the quarters of the period."""
    return measured(records[TRUST], period, "fgm_asked")


@counts("missing_health_plans", "total", needs=TRUST)
def count_missing_health_plans(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Health plans of children looked after that were missing at the latest count in the year up to the day."""
    return measured_last(records[TRUST], day, "missing_health_plans")


@counts("trust_supervision_done", "ratio", needs=TRUST)
def rate_trust_supervision(records: Records, period: Period) -> pd.DataFrame:
    """Safeguarding supervision of the trust held over that due, over all quarters of the period."""
    return part_of_whole(within(records[TRUST], "as_at", period), "supervision_done", "supervision_due")


@counts("health_posts_filled", "ratio", needs=BOARD)
def rate_health_posts(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Safeguarding posts in health that are filled over those required, at the latest count in the year to the day."""
    rows = last_of_each(records[BOARD], year_to(day))
    return part_of_whole(rows, "posts_filled", "posts_required")


@counts("provider_assurance_received", "ratio", needs=BOARD)
def rate_provider_assurance(records: Records, period: Period) -> pd.DataFrame:
    """Statements of assurance that health providers gave over those asked for, over all quarters of the period."""
    rows = within(records[BOARD], "as_at", period)
    return part_of_whole(rows, "provider_assurance_received", "provider_assurance_requested")


@counts("commissioning_changes", "total", needs=BOARD)
def count_commissioning_changes(records: Records, period: Period) -> pd.DataFrame:
    """Changes in what health buys that came of a review, in the period."""
    return measured(records[BOARD], period, "commissioning_change_from_review")


@counts("fires_in_homes", "total", needs=FIRE)
def count_fires(records: Records, period: Period) -> pd.DataFrame:
    """Fires that the brigade returned for the period."""
    return measured(records[FIRE], period, "fires")


@counts("fire_injuries", "total", needs=FIRE)
def count_fire_injuries(records: Records, period: Period) -> pd.DataFrame:
    """People injured in fires in the period."""
    return measured(records[FIRE], period, "injuries")


@counts("fire_deaths", "total", needs=FIRE)
def count_fire_deaths(records: Records, period: Period) -> pd.DataFrame:
    """Deaths in fires in the period."""
    return measured(records[FIRE], period, "fatal")


@counts("fires_known_to_agency", "ratio", needs=FIRE)
def rate_fires_known(records: Records, period: Period) -> pd.DataFrame:
    """Fires at which the person was known to an agency over all fires, in quarters of the period that give both."""
    return part_of_whole(within(records[FIRE], "as_at", period), "fires_known_to_agency", "fires")


@counts("fire_safety_talks", "total", needs=FIRE)
def count_fire_talks(records: Records, period: Period) -> pd.DataFrame:
    """Talks on fire safety given in the period."""
    return measured(records[FIRE], period, "talks")


@counts("fire_safety_talk_attendees", "total", needs=FIRE)
def count_fire_talk_attendees(records: Records, period: Period) -> pd.DataFrame:
    """People at talks on fire safety in the period; one at two talks is counted twice."""
    return measured(records[FIRE], period, "attendees")


@counts("domestic_abuse_actions_done", "share", needs=PLAN)
def share_actions_done(records: Records, period: Period) -> pd.DataFrame:
    """Actions of the plan against domestic abuse that are done, of those due in the period."""
    rows = within(records[PLAN], "due", period)
    return rows.assign(met=(rows["status"] == "done").astype("boolean"))


@counts("domestic_abuse_conference_attendees", "total", needs=PLAN)
def count_conference_attendees(records: Records, period: Period) -> pd.DataFrame:
    """People at conferences of the plan against domestic abuse that were due in the period."""
    rows = within(records[PLAN], "due", period)
    return summed(rows, "conference_n")


@counts("private_fostering_awareness", "events", needs=AWARENESS)
def count_awareness(records: Records, period: Period) -> pd.DataFrame:
    """Activities in the period to make private fostering known."""
    return within(records[AWARENESS], "date", period)
