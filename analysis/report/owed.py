"""What a section owes its readers: subjects whose records came and were counted, and subjects that lack a return."""

import re
from collections.abc import Iterable

from analysis.figures.model import Statistic
from analysis.release.release import Owed, Return

RECORDS = re.compile(r"\brecords of (D\d\d)\.")
BESIDE = ("D00", "D01", "D45", "D46")
"""Datasets that no figure is counted from: the register, the dictionary, populations, others' figures."""
CAME = ("received", "late")


def list_owed(owes: Iterable[Owed], statistics: Iterable[Statistic], returns: Iterable[Return]) -> list[Owed]:
    """Return the subjects that lack records, each with the datasets that it lacks.

    A dataset that came as counts alone lacks its records: whether the counts cover the subject can't be told.
    """
    held = _counted(statistics) | _beside(returns)
    lacks = [Owed(owed.what, tuple(name for name in owed.datasets if name not in held)) for owed in owes]
    return [owed for owed in lacks if owed.datasets]


def list_silent(returns: Iterable[Return]) -> list[str]:
    """Return the agencies of which no return brought a figure."""
    returns = list(returns)
    heard = {entry.agency for entry in returns if not entry.silent}
    return list(dict.fromkeys(entry.agency for entry in returns if entry.agency not in heard))


def _counted(statistics: Iterable[Statistic]) -> set[str]:
    return {dataset for s in statistics for dataset in RECORDS.findall(s.source)}


def _beside(returns: Iterable[Return]) -> set[str]:
    came = {name for entry in returns if entry.status in CAME for name in entry.dataset.split(";")}
    return came & set(BESIDE)
