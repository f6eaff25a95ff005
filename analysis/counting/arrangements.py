"""What the boards set out to do and who asked them about it: priorities (D02), subgroups (D03), scrutiny (D52) and
campaigns (D53). No figure here is about people."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.selection import once
from analysis.measures.periods import Period

OBJECTIVES, SUBGROUPS = "D02.objectives", "D03.subgroups"
BOTH = {"shared": "children;adults"}


@counts("board_priorities", "events", needs=OBJECTIVES, columns={"rating": "rag"})
def count_priorities(records: Records, period: Period) -> pd.DataFrame:
    """Priorities of the plan that are not concluded; one that both boards share is counted for each."""
    rows = records[OBJECTIVES]
    boards = rows["board"].replace(BOTH).str.split(";")
    return rows.assign(board=boards)[rows["status"] != "concluded"].explode("board", ignore_index=True)


@once(SUBGROUPS)
def working_in(records: Records, period: Period) -> pd.DataFrame:
    """Return the subgroups that had begun by the end of the period and not ended before it."""
    rows = records[SUBGROUPS]
    started = ~(rows["start"] > pd.Timestamp(period.end))
    return rows[started & ~(rows.ends("end") < pd.Timestamp(period.start))]


@counts("chairs_changed", "share", needs=SUBGROUPS, columns={"agency": "chair_agency"})
def share_chairs_changed(records: Records, period: Period) -> pd.DataFrame:
    """Subgroups that worked in the period whose chair began in it, of those that say when their chair began."""
    rows = working_in(records, period)
    rows = rows[rows["chair_since"].notna()]
    return rows.assign(met=rows["chair_since"] >= pd.Timestamp(period.start))
