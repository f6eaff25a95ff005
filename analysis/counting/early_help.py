"""Early help: episodes of D17, and children passed to it by the front door (D16)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.front_door import CONTACTS, contacts_of
from analysis.counting.rows import supplied, within
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


@counts("early_help_score_change", "mean", needs=EPISODES)
def average_score_change(records: Records, period: Period) -> pd.DataFrame:
    """Mean of the score at the end less that at the start, of episodes that ended in the period and have both."""
    rows = ended_in(records, period)
    return rows.assign(value=rows["outcome_score_end"] - rows["outcome_score_start"])
