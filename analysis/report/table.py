"""A topic's table: a figure a row, a year a column, and beside them what may be said of the change.

Under the returns' figures stand the official ones of the same: the council, its region, the country, its neighbours.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from analysis.figures.display import display_fact, display_number, display_points, place_words
from analysis.figures.model import SYMBOL_WORDS, Comparison, Statistic
from analysis.figures.published import Official, Place, Point
from analysis.measures.periods import parse_year, year_name
from analysis.methods.rounding import round_half_up
from analysis.release.release import Release
from analysis.report.official import get_line, show_place
from analysis.report.rows import NOT_HELD, find_usual_period, join_words, list_facts

MOST_YEARS = 5


def make_table(
    statistics: Sequence[Statistic], release: Release, officials: Sequence[Official] = ()
) -> dict[str, Any] | None:
    """Return a table of some of a release's figures: groups of rows, categories under the title of what they split;
    None without a figure.

    The columns are years, the report's own last, and hold what is held of each; an earlier figure that may not be
    compared says so in its cell. The period of most rows stands in the caption, and rows of another one say
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
        "symbols": {cell for row in rows for cell in row["earlier"] if cell in SYMBOL_WORDS},
    }


def find_older(s: Statistic, release: Release) -> dict[int, Statistic]:
    """Return the figures of earlier years that stand beside one, by how many years earlier they are (-1, -2): those of
    its series, or the one alone that it may not be compared with; none for an end of a range, half of which a cell
    would show."""
    if s.bound or s.offset is None:
        return {}
    told = {c.figure: c.refused and not c.hidden for c in s.comparisons if c.figure}
    same = [other for other in release.by_key.get(s.key, ()) if (other.offset or 0) < s.offset and not other.bound]
    alike = [other for other in same if is_like(other, s)]
    free = any(other.statistic_id in told and not told[other.statistic_id] for other in alike)
    return {other.offset: other for other in (alike if free else same) if free or other.statistic_id in told}


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
    apart = {c.figure for c in s.comparisons if c.refused and not c.hidden}
    cells = {
        year: other.display.removesuffix(f" {unit}") + (say_apart(other, s) if other.statistic_id in apart else "")
        for year, other in older.items()
    }
    stand = {other.statistic_id for other in older.values()}
    return {
        "label": s.label + place_words(s) + (f" ({unit})" if unit else ""),
        "period": "" if s.period.label == usual else s.period.label,
        "earlier": [cells.get(year, NOT_HELD) for year in years],
        "display": number,
        "detail": join_words(s.base, s.per_month),
        "change": " ".join(filter(None, (tell_change(c, stands=c.figure in stand) for c in s.comparisons))),
    }


def say_apart(other: Statistic, s: Statistic) -> str:
    """Return what a cell adds to an earlier figure that may not be compared: its period where that is another."""
    same = (other.period.basis, other.period.months) == (s.period.basis, s.period.months)
    return " (not comparable)" if same else f" ({other.period.label})"


def make_official_group(official: Official, years: Sequence[str]) -> dict[str, Any]:
    """Return the rows of one official figure, an area each; `years` are the table's, the report's own last. A latest
    figure that is of none of them stands in the last column, since the title gives its period."""
    unit = official.unit.strip().removeprefix("%")
    title = f"Official statistics: {official.title} ({join_words(unit, official.period)})"
    places = official.places if official.unit else official.places[:1]  # the count of a country follows its size
    return {"title": title, "rows": [_area_row(place, official, years) for place in places]}


def _area_row(place: Place, official: Official, years: Sequence[str]) -> dict[str, Any]:
    """Return the row of an area; how the council moved from the year before, and over all years published, stands as
    its change."""
    latest = official.year if official.year in years else years[-1]
    line = get_line(place, official)
    cells = {year: point.display for year, point in line.items()} | {latest: show_place(place, official)}
    moved = official.moved if place is official.places[0] else None
    trend = f"since {moved.since} ({moved.before}): {moved.verdict}" if moved else ""
    return {
        "label": place.name,
        "period": "",
        "earlier": [cells.get(year, NOT_HELD) for year in years[:-1]],
        "display": cells.get(years[-1], NOT_HELD),
        "detail": "",
        "change": join_words(tell_gap(line, years, official), trend),
    }


def tell_gap(line: Mapping[str, Point], years: Sequence[str], official: Official) -> str:
    """Return how the last of a table's years differs from the one before; nothing where one isn't published."""
    now, before = (line[year].value if year in line else None for year in (years[-1], years[-2:][0]))
    if now is None or before is None or len(years) < 2:
        return ""
    gap = round_half_up(now, official.decimals) - round_half_up(before, official.decimals)
    if not gap:
        return "the same"
    told = display_points if official.unit.strip().startswith("%") else display_number
    return f"{told(abs(gap), official.decimals)} {'higher' if gap > 0 else 'lower'}"


def split_unit(s: Statistic, display: str) -> tuple[str, str]:
    """Return a figure's value and, of a rate, its unit, too long for a cell: ("52.4", "per 10,000 children")."""
    number, _, unit = display.partition(" ")
    return (number, unit) if s.measure_type == "rate" and number[0].isdigit() else (display, "")


def tell_change(comparison: Comparison, *, stands: bool) -> str:
    """Return the size of a change and what the test of it said, or why there is none; with the other figure unless that
    `stands` beside. That one is hidden is told by its symbol."""
    if not (comparison.against and stands):
        return comparison.words if comparison.against else ""
    if comparison.hidden:
        return ""
    return comparison.refused or join_words(comparison.difference, comparison.verdict)
