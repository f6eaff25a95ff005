"""Children who go missing, exploitation, and private fostering: D21 and D48."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import within, year_before
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


@once(PROGRAMMES)
def programmes(records: Records, period: Period) -> pd.DataFrame:
    """Return places that ended in the twelve months before the period and say of offences before and after them."""
    rows = within(records[PROGRAMMES], "end", year_before(period))
    return rows[rows["pre_offences"].notna() & rows["post_offences"].notna()]


@counts("programme_no_return_to_notice", "share", needs=PROGRAMMES)
def share_no_return_to_notice(records: Records, period: Period) -> pd.DataFrame:
    """Places begun in the twelve months before the period whose child did not come to notice within twelve months, of
    all begun in them."""
    rows = within(records[PROGRAMMES], "start", year_before(period))
    return rows.assign(met=~(rows["return_to_notice_date"] <= rows["start"] + pd.DateOffset(years=1)))
