"""What the boards set out to do and who asked them about it: priorities (D02), subgroups (D03), scrutiny (D52) and
campaigns (D53). No figure here is about people."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import within
from analysis.measures.periods import Period

OBJECTIVES, SUBGROUPS = "D02.objectives", "D03.subgroups"
QUESTIONS = "D52.questions"
BOTH = {"shared": "children;adults"}


@counts("board_priorities", "events", needs=OBJECTIVES, columns={"rating": "rag"})
def count_priorities(records: Records, period: Period) -> pd.DataFrame:
    """Priorities of the plan that are not concluded; one that both boards share is counted for each."""
    rows = records[OBJECTIVES]
    boards = rows["board"].replace(BOTH).str.split(";")
    return rows.assign(board=boards)[rows["status"] != "concluded"].explode("board", ignore_index=True)


@counts("subgroups", "events", needs=SUBGROUPS)
def count_subgroups(records: Records, period: Period) -> pd.DataFrame:
    """Subgroups that worked at any time in the period, those that began or ended in it included."""
    return working_in(records, period)


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


@counts("scrutiny_questions_answered", "share", needs=QUESTIONS)
def share_questions_answered(records: Records, period: Period) -> pd.DataFrame:
    """Questions answered by the period's last day, of those that committees asked in the period."""
    rows = within(records[QUESTIONS], "date", period)
    return rows.assign(met=rows["answered_on"] <= pd.Timestamp(period.end))
