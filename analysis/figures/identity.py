"""Which observations are one fact, and its id: the same from run to run and from year to year."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from analysis.errors import DataError, Problem
from analysis.measures.completion import MONTH
from analysis.measures.periods import Period, name_part
from analysis.returns.aggregate import Observation

BOUNDS = {"at_least": "lower", "up_to": "upper"}


class Fact(NamedTuple):
    """The observations of one fact and where it stands: years from the report's own, part of that year, and which end
    it is of a range that came as two figures. A fact that is `alone` is shown as those of the year are."""

    seen: Sequence[Observation]
    offset: int | None
    part: str
    bound: str
    alone: bool


def list_facts(observations: Iterable[Observation], report: Period) -> Iterator[Fact]:
    """Give each fact. Raises DataError where returns give one differently."""
    groups = _group(observations)
    ranges = {key[:-1] for key in groups if {(*key[:-1], "lower"), (*key[:-1], "upper")} <= groups.keys()}
    times = Counter(_without_time(key, report) for key in groups)
    for key, seen in groups.items():
        bound = key[-1] if key[:-1] in ranges else ""
        alone = times[_without_time(key, report)] == 1 and not is_counted(seen[0])
        yield Fact(seen, year_offset(seen[0].period, report), _part(seen[0], report), bound, alone)


def _group(observations: Iterable[Observation]) -> dict[tuple, list[Observation]]:
    groups: dict[tuple, list[Observation]] = defaultdict(list)
    for observation in observations:
        groups[_key(observation)].append(observation)
    problems = [problem for group in groups.values() for problem in check_agree(group)]
    if problems:
        raise DataError(problems)
    return groups


def _key(o: Observation) -> tuple:
    """Return what makes an observation one fact. The two bounds of a range are two facts."""
    about = (o.indicator, o.dimension, o.category, o.measure_type, o.geography, o.period)
    return (*about, BOUNDS.get(o.qualifier, ""))


def _without_time(key: tuple, report: Period) -> tuple:
    """Return what makes an observation one fact but for its time in the year."""
    *about, period, bound = key
    return (*about, year_offset(period, report), bound)


def _part(seen: Observation, report: Period) -> str:
    """Return which part of a year an observation is of; a category of a split by month names the month itself."""
    return "" if seen.dimension == MONTH or seen.period == report else name_part(seen.period, report.end)


def check_agree(group: Sequence[Observation]) -> list[Problem]:
    """Return a problem for each returned observation of one fact that differs from the first returned one.

    What is counted here from records is no return: where it differs, that is shown, not refused.
    """
    returned = [observation for observation in group if not is_counted(observation)]
    return [
        Problem(
            other.file,
            other.row,
            "value",
            "same_fact_twice",
            "error",
            f"{other.indicator} differs from the same figure in {returned[0].file}, row {returned[0].row}",
        )
        for other in returned[1:]
        if (other.value, other.symbol, other.qualifier, other.unit)
        != (returned[0].value, returned[0].symbol, returned[0].qualifier, returned[0].unit)
    ]


def is_counted(observation: Observation) -> bool:
    """Whether an observation was counted here from records, and not returned as a figure."""
    return observation.row == 0


def year_offset(period: Period, report: Period) -> int | None:
    """Return the financial years from the report's to the period's; None where the period has no date."""
    year = period.financial_year
    return None if year is None else year - report.financial_year


def make_id(fact: Fact, *, own_geography: bool) -> str:
    """Return the id of a fact: it names the measure and, for figures of other times or places, how they stand to the
    report's own."""
    seen = fact.seen[0]
    parts = [
        seen.indicator,
        seen.dimension,
        seen.category,
        seen.measure_type,
        fact.bound,
        "" if own_geography else seen.geography,
        fact.part,
        f"y{fact.offset:+d}" if fact.offset else "",
    ]
    return ".".join(slug(part) for part in parts if part)


def slug(text: str) -> str:
    """Return a text as part of an id: lower case, hyphens for everything else."""
    return re.sub(r"[^a-z0-9_+-]+", "-", text.lower()).strip("-")
