"""What earlier shared releases printed: every reader may have kept them, so the gate and the attacker know them too.

Figures are joined on what they are (indicator, dimension, category, measure, place, period), since the same figure
has another id in the report of another year.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.disclosure.cells import OF_PEOPLE, Cell, Fact
from analysis.disclosure.ledger import BUILT, NUMBERS, OTHERS, SAME, WHEN, list_releases, read_printed
from analysis.disclosure.reading import get_scale
from analysis.figures.identity import BOUNDS, slug, year_offset
from analysis.figures.model import SUPPRESSED, Statistic
from analysis.measures.periods import Period
from analysis.partnership import Partnership

SUMMED = ("mean", "median", "amount", "duration")  # of values of people, so that one of these may have moved them
MEASURES = ("count", *OF_PEOPLE, *SUMMED)
Key = tuple[str, ...]


@dataclass(frozen=True)
class Recalled:
    """What readers know already: by id the value printed before, by how few people a figure differs from what was
    printed before; those whose number above the line was printed as it is; the figures of other years that their own
    reports hid; and the figures, printed or hidden, that aren't in this release at all."""

    released: Mapping[str, float]
    revisions: Mapping[str, float]
    repeated: frozenset[str]
    held: frozenset[str]
    gone: tuple[Statistic, ...]


def read_earlier(folder: Path, partnership: Partnership, year: str, earlier: str = BUILT) -> list[Statistic]:
    """Return the figures of a partnership's releases that count as read (`ledger.list_releases`), each number once;
    without a value those that a release of another year hid.

    Releases of other years are read, later ones too, and the versions of this one so far. Raises DataError for a
    release that can't be read.
    """
    told: dict[str, tuple[dict[str, Any], str]] = {}
    for named, rows in map(read_printed, list_releases(folder, earlier)):
        for row in rows:
            if row["measure_type"] in MEASURES:
                told.setdefault(str([named == year, *(row[name] for name in (*SAME, *WHEN, *NUMBERS))]), (row, named))
    report = partnership.period_of(year)
    found = [
        (_read(row, named, number, report, partnership), named) for number, (row, named) in enumerate(told.values())
    ]
    return [statistic for statistic, named in found if _is_telling(statistic, own=named == year)]


def _is_telling(statistic: Statistic, *, own: bool) -> bool:
    """Whether a reader knows something by a figure of a release, `own` where that is a version of this one: a figure of
    no stated period is one of its own report alone; what an earlier version hid may be shown once it is corrected."""
    if statistic.status == SUPPRESSED:
        return statistic.period.stated and not own
    return statistic.published and statistic.value is not None and (statistic.period.stated or own)


def _read(row: Mapping[str, Any], year: str, number: int, report: Period, partnership: Partnership) -> Statistic:
    """Return a printed figure as a statistic, with an id that no figure of this release has."""
    numbers = {name: None if row[name] in ("", None) else float(row[name]) for name in NUMBERS}
    start, end = (date.fromisoformat(row[name]) if row[name] else None for name in ("period_start", "period_end"))
    period = Period(start, end, row["period_basis"])
    point = re.search(r"\.(\d+)", row["display"])
    id = slug(f"printed before in {year} {number} {row['statistic_id']}")
    return Statistic(
        **{name: row[name] for name in (*SAME, *OTHERS)} | {"statistic_id": id},
        **numbers,
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
    released, revisions, repeated, held, met = {}, {}, set(), set(), set()
    for statistic in statistics:
        id, now = statistic.statistic_id, get_printed(statistic)
        key = get_key(now)
        told = [one for one in before.get(key, ()) if one.value is not None]
        if told and now.value is not None:
            nearest = min(told, key=lambda one: abs(one.value - now.value))
            released[id], revisions[id] = nearest.value, _count_revised(now, told)
            repeated |= {id} if now.numerator in {one.numerator for one in told} - {None} else set()
        elif key in before and statistic.offset:
            held.add(id)
        met.add(key)
    gone = [max(found, key=lambda one: one.published) for key, found in before.items() if key not in met]
    revisions = {id: few for id, few in revisions.items() if few}
    return Recalled(released, revisions, frozenset(repeated), frozenset(held), tuple(gone))


def _count_revised(now: Statistic, told: Sequence[Statistic]) -> float:
    """Return by how few people a figure, or what is printed beside it, differs from what was printed before; or zero,
    also where one print gave the same numbers. One that gave fewer of them, such as a comparison, doesn't tell that."""
    gaps = [_list_gaps(now, before) for before in told]
    numbers = max(map(len, gaps))
    same = any(len(found) == numbers and not any(found) for found in gaps)
    return 0.0 if same else min((gap for found in gaps for gap in found if gap), default=0.0)


def _list_gaps(now: Statistic, before: Statistic) -> list[float]:
    """Return by how many people the numbers that two prints of a figure have in common differ. One that sums or
    averages values may have moved by one person's, where as many stand behind both or nobody knows how many."""
    pairs = [(now.numerator, before.numerator), (now.denominator, before.denominator)]
    if now.measure_type == "count" and now.qualifier == before.qualifier == "exact":
        pairs.append((now.value, before.value))
    gaps = [abs(new - old) for new, old in pairs if None not in (new, old)]
    moved = now.measure_type in SUMMED and before.value != round(now.value, now.decimals)
    return [*gaps, 1.0] if moved and not any(gaps) else gaps


def weigh_moves(cells: Iterable[Cell], facts: Iterable[Fact], released: Mapping[str, float]) -> list[Cell]:
    """Return the cells, each share that moved, without numbers that tell by how many people, with how many these are of
    the base that it or a fact gives."""
    cells = list(cells)
    counts = {cell.id: cell.value for cell in cells if cell.measure == "count" and cell.value}
    bases = {
        part: counts[fact.whole]
        for fact in facts
        if fact.kind == "share" and fact.whole in counts
        for part in fact.parts
    }
    return [_weigh_move(cell, cell.denominator or bases.get(cell.id), released.get(cell.id)) for cell in cells]


def _weigh_move(cell: Cell, base: float | None, before: float | None) -> Cell:
    if cell.measure not in OF_PEOPLE or cell.revision or cell.repeated or None in (cell.value, base, before):
        return cell
    return replace(cell, revision=abs(round(cell.value, cell.decimals) - before) / get_scale(cell) * base)
