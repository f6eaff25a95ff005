"""Early help: episodes of D17, and children passed to it by the front door (D16)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import met_by, within, year_before
from analysis.measures.periods import Period

EPISODES = "D17.episodes"


def ended_in(records: Records, period: Period) -> pd.DataFrame:
    """Return the episodes that ended in the period."""
    return within(records[EPISODES], "end", period)


@counts("early_help_social_care_after", "share", needs=EPISODES)
def share_followed_by_social_care(records: Records, period: Period) -> pd.DataFrame:
    """Episodes after which social care was involved within twelve months, of those that ended in the twelve months
    before the period, all of which have passed, and say."""
    return met_by(ended_in(records, year_before(period)), "sc_involvement_12m")


@counts("early_help_re_entry", "share", needs=EPISODES)
def share_come_back(records: Records, period: Period) -> pd.DataFrame:
    """Episodes whose family came back within twelve months, of those that ended in the twelve months before the period
    and say whether it did."""
    return met_by(ended_in(records, year_before(period)), "re_entry_12m")


@counts("early_help_score_change", "mean", needs=EPISODES)
def average_score_change(records: Records, period: Period) -> pd.DataFrame:
    """Mean of the score at the end less that at the start, of episodes that ended in the period and have both."""
    rows = ended_in(records, period)
    return rows.assign(value=rows["outcome_score_end"] - rows["outcome_score_start"])
