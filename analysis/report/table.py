"""A topic's table: a figure a row, a year a column, and beside them what may be said of the change.

Under the returns' figures stand the official ones of the same: the council, its region, the country, its neighbours.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from analysis.figures.display import display_fact, place_words
from analysis.figures.model import Comparison, Statistic
from analysis.figures.published import Official, Place
from analysis.measures.periods import parse_year, year_name
from analysis.release.release import Release
from analysis.report.official import get_line, show_place
from analysis.report.rows import NOT_HELD, find_usual_period, join_words, list_facts

MOST_YEARS = 5


def make_table(
    statistics: Sequence[Statistic], release: Release, officials: Sequence[Official] = ()
) -> dict[str, Any] | None:
    """Return a table of some of a release's figures: groups of rows, categories under the title of what they split;
    None without a figure.

    The columns are years, the report's own last, where a figure may be set beside an earlier one; an earlier figure
    that may not stands in a row of its own. The period of most rows stands in the caption, and rows of another one say
    so. Official figures are groups at the end, an area a row, in the columns that the returns' figures need.
    """
    if not statistics:
        return None
    facts = [(fact, find_older(fact[0], release)) for fact in list_facts(statistics)]
    beside = {other.statistic_id for _, older in facts for other in older.values()}
    facts = [(fact, older) for fact, older in facts if fact[0].statistic_id not in beside]
    years = sorted({offset for _, older in facts for offset in older})[1 - MOST_YEARS :]
    period, mixed = find_usual_period([fact[0] for fact, _ in facts])
    rows = [(fact[0], make_row(fact, older, years, period)) for fact, older in facts]
    groups = groupby(rows, key=lambda row: row[0].title if row[0].category or row[0].dimension else "")
    names = [name_offset(release, offset) for offset in (*years, 0)]
    beside = [make_official_group(official, names) for official in officials]
    groups = [*({"title": title, "rows": [row for _, row in group]} for title, group in groups), *beside]
    rows = [row for group in groups for row in group["rows"]]
    return {
        "groups": groups,
        "years": names if years else [],
        "period": period,
        "mixed": mixed,
        "compared": any(row["change"] for row in rows),
        "gaps": any(NOT_HELD in row["earlier"] for row in rows),
    }


def find_older(s: Statistic, release: Release) -> dict[int, Statistic]:
    """Return the figures of earlier years that one may be set beside, by how many years earlier they are (-1, -2); none
    for an end of a range, half of which a cell would show."""
    same = {other.statistic_id: other for other in release.by_key.get(s.key, ()) if is_like(other, s)}
    compared = any(c.figure in same and not c.refused for c in s.comparisons)
    if not compared or s.bound or s.offset is None or any(c.broken for c in s.comparisons):
        return {}
    return {other.offset: other for other in same.values() if other.offset is not None and other.offset < s.offset}


def name_offset(release: Release, offset: int) -> str:
    """Return the year so many years from a release's own: -1 of 2023-24 is 2022-23."""
    return year_name(parse_year(release.year).start.year + offset)


def is_like(other: Statistic, s: Statistic) -> bool:
    """Whether two figures of one key are of the same length of time and definition."""
    mine, theirs = ((x.period.basis, x.period.months, x.definition_version) for x in (s, other))
    return mine == theirs


def make_row(
    fact: Sequence[Statistic], older: Mapping[int, Statistic], years: Sequence[int], usual: str
) -> dict[str, Any]:
    """Return one row: what the figure is, its earlier values, its own with its base, the change."""
    s = fact[0]
    number, unit = split_unit(s, display_fact(fact))
    return {
        "label": s.label + place_words(s) + (f" ({unit})" if unit else ""),
        "period": "" if s.period.label == usual else s.period.label,
        "earlier": [older[y].display.removesuffix(f" {unit}") if y in older else NOT_HELD for y in years],
        "display": number,
        "detail": join_words(s.base, s.per_month),
        "change": " ".join(filter(None, (tell_change(c, stands=bool(older)) for c in s.comparisons))),
    }


def make_official_group(official: Official, years: Sequence[str]) -> dict[str, Any]:
    """Return the rows of one official figure, an area each; `years` are the table's, the report's own last. A latest
    figure that is of none of them stands in the last column, since the title gives its period."""
    unit = official.unit.strip().removeprefix("%")
    title = f"Official statistics: {official.title} ({join_words(unit, official.period)})"
    places = official.places if official.unit else official.places[:1]  # the count of a country follows its size
    return {"title": title, "rows": [_area_row(place, official, years) for place in places]}


def _area_row(place: Place, official: Official, years: Sequence[str]) -> dict[str, Any]:
    """Return the row of an area; how the council moved over all years published stands as its change."""
    latest = official.year if official.year in years else years[-1]
    held = {year: point.display for year, point in get_line(place, official).items()}
    cells = held | {latest: show_place(place, official)}
    moved = official.moved if place is official.places[0] else None
    return {
        "label": place.name,
        "period": "",
        "earlier": [cells.get(year, NOT_HELD) for year in years[:-1]],
        "display": cells.get(years[-1], NOT_HELD),
        "detail": "",
        "change": f"{moved.before} in {moved.since}; {moved.verdict}" if moved else "",
    }


def split_unit(s: Statistic, display: str) -> tuple[str, str]:
    """Return a figure's value and, of a rate, its unit, too long for a cell: ("52.4", "per 10,000 children")."""
    number, _, unit = display.partition(" ")
    return (number, unit) if s.measure_type == "rate" and number[0].isdigit() else (display, "")


def tell_change(comparison: Comparison, *, stands: bool) -> str:
    """Return the size of a change and what the test of it said; with the other figure unless that `stands` beside."""
    if not comparison.against:
        return ""
    if not comparison.refused and stands:
        return join_words(comparison.difference, comparison.verdict)
    return comparison.words
