"""The Safeguarding Adults Collection's tables as published data, one value a row.

Published counts are rounded to the nearest five, below five shown as [c] (zero included), missing as [x].
"""

from dataclasses import replace

import pandas as pd

from analysis.errors import Problem
from analysis.returns.conform import MARK_COLUMNS, Records

ROUNDED_TO = 5
VOLUNTARY = "SG4a"  # a block of zeros means that the council supplied none (collection guidance)
BLOCK = ["ONS_CODE", "ENQUIRY_TYPE"]


def mark_unavailable(records: Records) -> Records:
    """Return the published values; those of a voluntary block of zeros are unavailable, not zero.

    A value that isn't a multiple of five is a problem: it can't be the published one.
    """
    empty = records.frame.index[_is_empty_block(records.frame)]
    frame = records.frame.copy()
    frame.loc[empty, "VALUE"] = pd.NA
    marks = pd.DataFrame([(row, "VALUE", "unavailable") for row in empty], columns=list(MARK_COLUMNS))
    problems = (*records.problems, *_not_rounded(records.frame, records.file))
    return replace(records, frame=frame, marks=pd.concat([records.marks, marks]), problems=problems)


def _is_empty_block(frame: pd.DataFrame) -> pd.Series:
    """Whether a row belongs to a voluntary block of a council in which every value is zero."""
    voluntary = frame["TABLE_REFERENCE"] == VOLUNTARY
    zero = (frame["VALUE"] == 0).fillna(False).astype(bool)
    if not voluntary.any():
        return voluntary
    whole = zero.where(voluntary, True).groupby([frame[name] for name in BLOCK], dropna=False).transform("all")
    return voluntary & whole


def _not_rounded(frame: pd.DataFrame, file: str) -> list[Problem]:
    odd = frame.index[(frame["VALUE"].fillna(0) % ROUNDED_TO != 0).astype(bool)]
    message = "not a multiple of five, so not a published value"
    return [Problem(file, row, "VALUE", "not_rounded", "warning", message, "a multiple of 5") for row in odd]
