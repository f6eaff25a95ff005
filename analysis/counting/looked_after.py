"""Children looked after: episodes of D19, in the shape of the SSDA903 return. Short breaks (V3, V4) are left out."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import NotSuppliedError, latest, look_back, look_up, open_at, supplied, within
from analysis.counting.selection import once
from analysis.measures.periods import Period

EPISODES = "D19.episodes"
SHORT_BREAKS = ("V3", "V4")
NEW_CARER = ("S", "P", "B")  # reasons for an episode that come with another carer; T and U keep the carer
UNDER_16 = ("unborn", "0", "1-4", "5-9", "10-15")
FAR = 20  # miles
STILL_LOOKED_AFTER = "X1"


def care_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the episodes of care without the short breaks."""
    return rows[~rows["legal_status"].isin(SHORT_BREAKS)]


@once(EPISODES)
def looked_after_on(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return the open episode of every child looked after on the day."""
    rows = open_at(care_of(records[EPISODES]), "episode_start", "episode_end", day)
    return latest(rows, "child_pseudo", "episode_start")


@once(EPISODES)
def starts_of(records: Records, day: pd.Timestamp, reasons: tuple[str, ...]) -> pd.DataFrame:
    """Return, by child, the latest start up to the day of an episode that is new for one of the reasons (`start`),
    episodes of earlier years among them.

    Where none is held, the records begin later than that start did: `start` is then the earliest held, which the true
    one can only precede, and `held` is false.
    """
    rows = care_of(look_back(records, EPISODES))
    rows = rows[rows["episode_start"] <= day]
    first = rows.groupby("child_pseudo")["episode_start"].min()
    found = rows[rows["reason_new"].isin(reasons)].groupby("child_pseudo")["episode_start"].max().reindex(first.index)
    return pd.DataFrame({"start": found.fillna(first), "held": found.notna()})


def has_lasted(children: pd.Series, starts: pd.DataFrame, since: pd.Timestamp) -> pd.Series:
    """Return whether each child's start was by a day. Raises NotSuppliedError where the records begin too late to say:
    the episodes of earlier years are needed too."""
    begun = look_up(children, starts["start"])
    if ((begun > since) & ~look_up(children, starts["held"]).astype(bool)).any():
        raise NotSuppliedError("episode_start of earlier years")
    return begun <= since


@counts("looked_after_started", "people", person="child_pseudo", needs=EPISODES, columns={"month": "episode_start"})
def count_looked_after_started(records: Records, period: Period) -> pd.DataFrame:
    """Different children who began to be looked after in the period, each by the latest start."""
    rows = care_of(records[EPISODES])
    rows = within(rows[rows["reason_new"] == "S"], "episode_start", period)
    return latest(rows, "child_pseudo", "episode_start")


@counts(
    "looked_after_ceased",
    "people",
    person="child_pseudo",
    needs=EPISODES,
    columns={"reason": "reason_ceased", "month": "episode_end"},
)
def count_looked_after_ceased(records: Records, period: Period) -> pd.DataFrame:
    """Different children who ceased to be looked after in the period, each by the latest end."""
    rows = within(care_of(records[EPISODES]), "episode_end", period)
    if len(rows):  # an end without its reason may be a move
        rows = rows[rows["reason_ceased"].fillna("") != STILL_LOOKED_AFTER]
    return latest(rows, "child_pseudo", "episode_end")


@counts("long_term_stability", "share", needs=EPISODES)
def share_long_term_stability(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Children with the same carer for two years or more, or placed for adoption, of those under 16 looked after for
    two and a half years or more on the day."""
    rows = looked_after_on(records, day)
    rows = rows[rows["age_band"].isin(UNDER_16)]
    in_care = has_lasted(rows["child_pseudo"], starts_of(records, day, ("S",)), day - pd.DateOffset(months=30))
    rows = rows[in_care]
    carers = starts_of(records, day, NEW_CARER)
    same_carer = has_lasted(rows["child_pseudo"], carers, day - pd.DateOffset(years=2))
    return rows.assign(met=same_carer | rows["placement_type"].fillna("").str.startswith("A"))


@counts("placed_far_from_home", "share", needs=EPISODES)
def share_placed_far_from_home(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Children placed more than 20 miles from home, of those looked after on the day whose distance is known."""
    rows = looked_after_on(records, day)
    return rows.assign(met=(rows["postcode_distance"] > FAR).astype("boolean").mask(rows["postcode_distance"].isna()))


@counts("placements_not_as_sought", "share", needs=EPISODES)
def share_placements_not_as_sought(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Children whose placement is not the one that was sought for them, of those looked after on the day for whom both
    are recorded."""
    rows = supplied(looked_after_on(records, day), "placement_sought")
    rows = rows[rows["placement_sought"].notna() & rows["placement_type"].notna()]
    return rows.assign(met=rows["placement_sought"] != rows["placement_type"])


@counts("looked_after_missing", "share", needs=EPISODES)
def share_looked_after_missing(records: Records, period: Period) -> pd.DataFrame:
    """Children who went missing, of those looked after at any time in the period where this is recorded."""
    rows = care_of(records[EPISODES])
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    rows = rows[(rows["episode_start"] <= last) & ~(rows.ends("episode_end") < first)]
    return pd.DataFrame({"met": rows["missing"].groupby(rows["child_pseudo"]).max()})
