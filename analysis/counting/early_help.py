"""Early help: episodes of D17, and children passed to it by the front door (D16)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.front_door import CONTACTS, contacts_of
from analysis.counting.rows import met_by, open_at, supplied, within
from analysis.measures.periods import Period

EPISODES = "D17.episodes"


def ended_in(records: Records, period: Period) -> pd.DataFrame:
    """Return the episodes that ended in the period."""
    return within(records[EPISODES], "end", period)


@counts("children_referred_to_early_help", "people", person="child_pseudo", needs=CONTACTS)
def count_children_referred_to_early_help(records: Records, period: Period) -> pd.DataFrame:
    """Different children whom the front door passed to early help in the period."""
    rows = contacts_of(records, period)
    return supplied(rows[rows["outcome"] == "early_help"], "child_pseudo")


@counts("early_help_episodes_started", "events", needs=EPISODES, columns={"locality": "hub", "month": "start"})
def count_early_help_started(records: Records, period: Period) -> pd.DataFrame:
    """Episodes of early help that began in the period, one a child."""
    return within(records[EPISODES], "start", period)


@counts("early_help_episodes_ended", "events", needs=EPISODES, columns={"month": "end"})
def count_early_help_ended(records: Records, period: Period) -> pd.DataFrame:
    """Episodes of early help that ended in the period, one a child."""
    return ended_in(records, period)


@counts("children_in_early_help", "people", person="child_pseudo", needs=EPISODES)
def count_children_in_early_help(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Different children in early help on the day."""
    return open_at(records[EPISODES], "start", "end", day)


@counts("early_help_needs_met", "share", needs=EPISODES, columns={"month": "end"})
def share_early_help_needs_met(records: Records, period: Period) -> pd.DataFrame:
    """Episodes that ended because the needs were met, of those that ended with a reason."""
    rows = ended_in(records, period)
    return rows.assign(met=(rows["end_reason"] == "met").astype("boolean").mask(rows["end_reason"].isna()))


@counts("early_help_stepped_up", "share", needs=EPISODES, columns={"month": "end"})
def share_early_help_stepped_up(records: Records, period: Period) -> pd.DataFrame:
    """Episodes that ended because social care took over, of those that ended with a reason."""
    rows = ended_in(records, period)
    return rows.assign(met=(rows["end_reason"] == "step_up").astype("boolean").mask(rows["end_reason"].isna()))


@counts("early_help_re_entry", "share", needs=EPISODES)
def share_early_help_re_entry(records: Records, period: Period) -> pd.DataFrame:
    """Episodes begun in the period whose family came back within twelve months, of those that say whether it did."""
    return met_by(within(records[EPISODES], "start", period), "re_entry_12m")
