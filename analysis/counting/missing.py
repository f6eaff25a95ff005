"""Children who go missing, exploitation, and private fostering: D21 and D48."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import within
from analysis.counting.selection import once
from analysis.measures.periods import Period

MISSING = "D21.missing"
PROGRAMMES = "D21.programmes"


@once(MISSING)
def episodes_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the episodes of missing that began in the period; away without authorisation (absent) isn't missing."""
    rows = within(records[MISSING], "missing_from", period)
    return rows[rows.filled("risk_grade", "") != "absent"]


@counts("children_missing_again", "share", needs=MISSING)
def share_children_missing_again(records: Records, period: Period) -> pd.DataFrame:
    """Children who went missing more than once, of those who went missing in the period."""
    episodes = episodes_of(records, period).groupby("child_pseudo").size()
    return pd.DataFrame({"met": episodes > 1})


@counts("programme_no_return_to_notice", "share", needs=PROGRAMMES)
def share_no_return_to_notice(records: Records, period: Period) -> pd.DataFrame:
    """Places begun in the period whose child had not come to notice again by its last day, of all begun in it."""
    rows = within(records[PROGRAMMES], "start", period)
    return rows.assign(met=~(rows["return_to_notice_date"] <= pd.Timestamp(period.end)))
