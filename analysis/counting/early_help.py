"""Early help: episodes of D17, and children passed to it by the front door (D16)."""

import pandas as pd

from analysis.counting.definition import Records
from analysis.counting.rows import within, year_before
from analysis.counting.selection import once
from analysis.measures.periods import Period

EPISODES = "D17.episodes"


@once(EPISODES)
def ended_before(records: Records, period: Period) -> pd.DataFrame:
    """Return the episodes that ended in the twelve months before the period, all of which have had twelve months."""
    return within(records[EPISODES], "end", year_before(period))
