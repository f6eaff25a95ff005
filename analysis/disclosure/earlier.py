"""What earlier shared releases printed: every reader may have kept them, so the gate and the attacker know them too.

Figures are joined on what they are (indicator, dimension, category, measure, place, period), since the same figure
has another id in the report of another year.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.figures.build import BOUNDS, slug, year_offset
from analysis.figures.model import SUPPRESSED, Statistic
from analysis.measures.periods import Period
from analysis.partnership import Partnership
from analysis.settings import STORE

FILE = "statistics.json"
MEASURES = ("count", "percent", "rate")
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
Key = tuple[str, ...]


@dataclass(frozen=True)
class Recalled:
    """What readers know already: by id the value printed before, by how few people a figure differs from what was
    printed before; the figures of other years that their own reports hid; and the figures, printed or hidden, that
    aren't in this release at all."""

    released: Mapping[str, float]
    revisions: Mapping[str, float]
    held: frozenset[str]
    gone: tuple[Statistic, ...]


def read_earlier(folder: Path, partnership: Partnership, year: str) -> list[Statistic]:
    """Return the figures of the partnership's shared releases that stand in its output folder; without a value
    those that a release of another year hid.

    Releases of other years are read, later ones too, and the one of this year that is about to be replaced. Raises
    DataError for a release that can't be read: what it told isn't known.
    """
    report = partnership.period_of(year)
    found = [
        (path.parents[1].name, _read(row, path.parents[1].name, report, partnership))
        for path in sorted(folder.glob(f"*/shared/{FILE}"))
        for row in _load(path)
        if row["measure_type"] in MEASURES
    ]
    # a figure of no stated period is a figure of its own report alone
    return [
        statistic
        for named, statistic in found
        if (statistic.period.stated and statistic.status == SUPPRESSED and named != year)
        or (statistic.published and statistic.value is not None and (statistic.period.stated or named == year))
    ]


def _load(path: Path) -> list[dict[str, Any]]:
    """Return the rows that a release printed: its statistics, and the years before that its charts are drawn from."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        store = path.with_name(STORE)
        history = json.loads(store.read_text(encoding="utf-8")).get("history", []) if store.is_file() else []
        return rows + [_flatten(row) for row in history]
    except (OSError, ValueError, KeyError, TypeError) as error:
        place = "/".join(path.parts[-3:])
        raise DataError(
            f"the earlier release {place} cannot be read, so that nobody knows what it told; allowed: a whole release"
        ) from error


def _flatten(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the store in the form of statistics.json."""
    period = row["period"]  # a list in stores of the second format, which may stand beside this one
    start, end, basis = period if isinstance(period, list) else (period[name] for name in ("start", "end", "basis"))
    return {**row, "period_start": start, "period_end": end, "period_basis": basis}


def _read(row: Mapping[str, Any], year: str, report: Period, partnership: Partnership) -> Statistic:
    """Return a printed figure as a statistic, with an id that no figure of this release has."""
    numbers = {name: None if row[name] in ("", None) else float(row[name]) for name in NUMBERS}
    start, end = (date.fromisoformat(row[name]) if row[name] else None for name in ("period_start", "period_end"))
    period = Period(start, end, row["period_basis"])
    point = re.search(r"\.(\d+)", row["display"])
    same = (
        "status",
        "symbol",
        "section",
        "indicator",
        "dimension",
        "category",
        "measure_type",
        "qualifier",
        "unit",
        "protects",
    )
    return Statistic(
        **{name: row[name] for name in (*same, "geography", "agency", "definition_version", "source", "display")},
        **numbers,
        statistic_id=slug(f"printed before in {year} {row['statistic_id']}"),
        decimals=len(point[1]) if point else 0,
        sensitive=False,
        period=period,
        offset=year_offset(period, report),
        own_geography=row["geography"] == partnership.geography,
        title="",
        label="",
    )


def get_key(statistic: Statistic) -> Key:
    """Return what a figure is, whatever report prints it."""
    period, bound = statistic.period, BOUNDS.get(statistic.qualifier, "")
    names = (statistic.indicator, statistic.dimension, statistic.category, statistic.measure_type)
    return tuple(str(part) for part in (*names, statistic.geography, bound, period.start, period.end, period.basis))


def recall(
    statistics: Sequence[Statistic],
    earlier: Iterable[Statistic],
    get_printed: Callable[[Statistic], Statistic],
) -> Recalled:
    """Return what of the statistics, and beside them, earlier releases told.

    `get_printed` gives a statistic as this release would print it. Where several releases printed a figure, the
    value nearest to the new one tells most.
    """
    before: dict[Key, list[Statistic]] = defaultdict(list)
    for one in earlier:
        before[get_key(one)].append(one)
    released, revisions, held, met = {}, {}, set(), set()
    for statistic in statistics:
        id, now = statistic.statistic_id, get_printed(statistic)
        key = get_key(now)
        told = [one for one in before.get(key, ()) if one.value is not None]
        if told and now.value is not None:
            nearest = min(told, key=lambda one: abs(one.value - now.value))
            released[id], revisions[id] = nearest.value, _count_revised(now, nearest)
        elif key in before and statistic.offset:
            held.add(id)
        met.add(key)
    gone = [max(found, key=lambda one: one.published) for key, found in before.items() if key not in met]
    return Recalled(released, {id: few for id, few in revisions.items() if few}, frozenset(held), tuple(gone))


def _count_revised(now: Statistic, before: Statistic) -> float:
    """Return by how few people a figure, or what is printed beside it, differs from the figure before; or nought."""
    pairs = [(now.numerator, before.numerator), (now.denominator, before.denominator)]
    if now.measure_type == "count" and now.qualifier == before.qualifier == "exact":
        pairs.append((now.value, before.value))
    gaps = [abs(new - old) for new, old in pairs if None not in (new, old)]
    return min((gap for gap in gaps if gap > 0), default=0.0)
