"""What the boards set out to do and who asked them about it: priorities (D02), subgroups (D03), scrutiny (D52) and
campaigns (D53). No figure here is about people."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.measures import summed
from analysis.counting.rows import within
from analysis.measures.periods import Period

OBJECTIVES, SUBGROUPS, CAMPAIGNS = "D02.objectives", "D03.subgroups", "D53.campaigns"
QUESTIONS, INSPECTIONS = "D52.questions", "D52.inspections"
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
    rows = records[SUBGROUPS]
    started = ~(rows["start"] > pd.Timestamp(period.end))
    return rows[started & ~(rows.ends("end") < pd.Timestamp(period.start))]


@counts("subgroups_new", "events", needs=SUBGROUPS)
def count_new_subgroups(records: Records, period: Period) -> pd.DataFrame:
    """Subgroups that began in the period."""
    return within(records[SUBGROUPS], "start", period)


@counts("chair_vacancy_months", "total", needs=SUBGROUPS)
def count_chair_vacancy_months(records: Records, period: Period) -> pd.DataFrame:
    """Months without a chair, over all boards and subgroups of the return."""
    return summed(records[SUBGROUPS], "chair_vacancies_months")


@counts("subgroups_concluded", "events", needs=SUBGROUPS)
def count_concluded_subgroups(records: Records, period: Period) -> pd.DataFrame:
    """Subgroups that ended in the period."""
    return within(records[SUBGROUPS], "end", period)


@counts("scrutiny_questions", "events", needs=QUESTIONS)
def count_questions(records: Records, period: Period) -> pd.DataFrame:
    """Questions that committees asked in the period."""
    return within(records[QUESTIONS], "date", period)


@counts("scrutiny_questions_answered", "share", needs=QUESTIONS)
def share_questions_answered(records: Records, period: Period) -> pd.DataFrame:
    """Questions answered by the period's last day, of those that committees asked in the period."""
    rows = within(records[QUESTIONS], "date", period)
    return rows.assign(met=rows["answered_on"] <= pd.Timestamp(period.end))


@counts("inspections", "events", needs=INSPECTIONS)
def count_inspections(records: Records, period: Period) -> pd.DataFrame:
    """Inspections whose report is dated in the period."""
    return within(records[INSPECTIONS], "date", period)


@counts("inspection_recommendations", "total", needs=INSPECTIONS)
def count_inspection_recommendations(records: Records, period: Period) -> pd.DataFrame:
    """Recommendations of the inspections whose report is dated in the period."""
    rows = within(records[INSPECTIONS], "date", period)
    return summed(rows, "recs")


@counts("awareness_campaigns", "events", needs=CAMPAIGNS)
def count_campaigns(records: Records, period: Period) -> pd.DataFrame:
    """Campaigns that began in the period."""
    return within(records[CAMPAIGNS], "start", period)


@counts("campaign_users", "total", needs=CAMPAIGNS)
def count_campaign_users(records: Records, period: Period) -> pd.DataFrame:
    """Different users of the pages of campaigns that began in the period; one who used two is counted in each."""
    rows = within(records[CAMPAIGNS], "start", period)
    return summed(rows, "unique_users")
