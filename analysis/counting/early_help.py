"""Early help: episodes of D17, and children passed to it by the front door (D16)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import within
from analysis.measures.periods import Period

EPISODES = "D17.episodes"


def ended_in(records: Records, period: Period) -> pd.DataFrame:
    """Return the episodes that ended in the period."""
    return within(records[EPISODES], "end", period)


@counts("early_help_score_change", "mean", needs=EPISODES)
def average_score_change(records: Records, period: Period) -> pd.DataFrame:
    """Mean of the score at the end less that at the start, of episodes that ended in the period and have both."""
    rows = ended_in(records, period)
    return rows.assign(value=rows["outcome_score_end"] - rows["outcome_score_start"])
