"""The partnership's own work: escalations (D51), workforce (D43), complaints (D44), engagement (D06, D25), surveys
(D49), budget (D50), probation (D40) and schools (D22, D24)."""

import numpy as np
import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.measures import summed
from analysis.counting.rows import latest, supplied, within
from analysis.counting.selection import Rows, once
from analysis.measures.periods import Period, year_name
from analysis.methods.rounding import round_half_up

TEAMS, COMPLAINTS = "D43.teams", "D44.complaints"
ACTIVITIES, FEEDBACK = "D06.activities", "D06.feedback"
SURVEYS, BUDGET, PROBATION, SCHOOLS = "D49.answers", "D50.lines", "D40.cases", "D24.schools"


def teams_at_end(records: Records, period: Period) -> pd.DataFrame:
    """Return every team's row of its latest month in the period."""
    return latest(within(records[TEAMS], "month", period), ["agency", "team"], "month")


@counts("agency_staff_rate", "ratio", needs=TEAMS, whole_numbers=False)
def rate_agency_staff(records: Records, period: Period) -> pd.DataFrame:
    """Agency staff over all in post and agency staff, in full-time equivalents, in each team's latest month."""
    rows = teams_at_end(records, period)
    return rows.assign(numerator=rows["agency_staff"], denominator=rows["agency_staff"] + rows["in_post"])


@counts("staff_turnover", "ratio", needs=TEAMS, whole_numbers=False)
def rate_turnover(records: Records, period: Period) -> pd.DataFrame:
    """Leavers over staff in post, in full-time equivalents, each team's on average over its months of the period, to
    one decimal."""
    rows = supplied(within(records[TEAMS], "month", period), "leavers", "in_post")
    teams = rows[rows["leavers"].notna() & rows["in_post"].notna()].groupby(["agency", "team"], as_index=False)
    return teams.agg(
        numerator=("leavers", "sum"), denominator=("in_post", lambda posts: round_half_up(posts.mean(), 1))
    )


@once(COMPLAINTS)
def complaints(records: Records, _: object) -> pd.DataFrame:
    """Return the complaints without the compliments."""
    rows = records[COMPLAINTS]
    return rows[~rows.filled("compliment_flag", False).astype(bool)]


@once(FEEDBACK, ACTIVITIES)
def feedback_of(records: Records, period: Period) -> Rows:
    """Return the items of feedback said at activities of the period."""
    held = within(records[ACTIVITIES], "date", period)[["activity_id"]]
    return Rows.of(records[FEEDBACK].merge(held, on="activity_id"))


@counts("complaints_with_learning", "share", needs=COMPLAINTS)
def share_complaints_with_learning(records: Records, period: Period) -> pd.DataFrame:
    """Complaints closed in the period from which learning was recorded, of all closed in it."""
    rows = supplied(within(complaints(records, None), "closed", period), "learning")
    return rows.assign(met=rows.filled("learning", "") != "")


@counts("survey_response_rate", "ratio", needs=SURVEYS)
def rate_survey_response(records: Records, period: Period) -> pd.DataFrame:
    """Forms back over forms sent, a survey and group once by its most answered question, of those that state both."""
    rows = supplied(records[SURVEYS], "n_sent", "n_back")
    rows = rows.groupby(["survey", "group"], as_index=False)[["n_sent", "n_back"]].max()
    return rows.assign(numerator=rows["n_back"], denominator=rows["n_sent"])


@counts("survey_score", "mean", needs=SURVEYS, columns={"question": "asked"})
def average_survey_score(records: Records, period: Period) -> pd.DataFrame:
    """Mean score of each question over the forms that came back, all groups asked together."""
    rows = supplied(records[SURVEYS], "score")
    rows = rows[rows["score"].notna()]
    rows = rows.assign(asked=rows["survey"] + ": " + rows["question"], value=rows["score"])
    return rows.iloc[np.repeat(np.arange(len(rows)), rows["n_back"])]


@counts("partner_contributions", "total", needs=BUDGET)
def sum_partner_contributions(records: Records, period: Period) -> pd.DataFrame:
    """Contributions to the partnership's budget in the financial year."""
    rows = records[BUDGET]
    rows = summed(rows[rows["year"] == year_name(period.financial_year)], "contribution")
    return rows[rows["value"].notna()]


@counts("probation_caseload", "people", person="caseload_id_pseudo", needs=PROBATION)
def count_probation_caseload(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Different cases at the latest count in the year up to the day."""
    rows = records[PROBATION]
    held = rows[(rows["as_at"] <= day) & (rows["as_at"] > day - pd.DateOffset(years=1))]
    return held[held["as_at"] == held["as_at"].max()]


@counts("pupils_taught_body_safety", "ratio", needs=SCHOOLS)
def rate_pupils_taught_body_safety(records: Records, period: Period) -> pd.DataFrame:
    """Pupils on the roll of schools that delivered the programme on body safety, over those of all schools that say."""
    rows = records[SCHOOLS]
    said = rows[rows["pants_status"].notna()]
    taught = said["roll"].where(said["pants_status"] == "delivered", 0)
    return said.assign(numerator=taught.mask(said["roll"].isna()), denominator=said["roll"])
