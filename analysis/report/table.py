"""A topic's table: a figure a row, a year a column, and beside them what may be said of the change.

Under the returns' figures stand the official ones of the same: the council, its region, the country, its neighbours.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from analysis.figures.display import display_fact, display_number, display_points, place_words, upper_first
from analysis.figures.model import SYMBOL_WORDS, Comparison, Statistic
from analysis.figures.published import Official, Place, Point
from analysis.measures.periods import parse_year, year_name
from analysis.methods.change import OUTCOMES
from analysis.methods.rounding import round_half_up
from analysis.release.release import Release
from analysis.report.official import get_line, show_place
from analysis.report.rows import NOT_HELD, find_usual_period, join_words, list_facts

MOST_YEARS = 5
NO_PERIOD, UNDATED = "period not stated", "undated"


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
    past = {fact[0].offset for fact, _ in facts if is_past(fact)}
    years = sorted(past | {offset for _, older in facts for offset in older})[1 - MOST_YEARS :]
    period, mixed = find_usual_period([fact[0] for fact, _ in facts if not is_past(fact)] or statistics)
    rows = [(fact[0], make_row(fact, older, years, period)) for fact, older in facts]
    groups = groupby(rows, key=lambda row: row[0].title if row[0].category or row[0].dimension else "")
    names = [name_offset(release, offset) for offset in (*years, 0)]
    heads = name_columns(years, facts) if years and not officials else []
    beside = [make_official_group(official, names) for official in officials]
    groups = [*({"title": title, "rows": [row for _, row in group]} for title, group in groups), *beside]
    rows = [row for group in groups for row in group["rows"]]
    return {
        "groups": groups,
        "years": (heads or names) if years else [],
        "period": period.replace(NO_PERIOD, UNDATED),
        "mixed": mixed,
        "compared": any(row["change"] for row in rows),
        "symbols": {cell for row in rows for cell in row["earlier"] if cell in SYMBOL_WORDS},
    }


def is_past(fact: Sequence[Statistic]) -> bool:
    """Whether a fact is of an earlier year alone, which has a column of its own."""
    return (fact[0].offset or 0) < 0


def name_columns(
    years: Sequence[int], facts: Sequence[tuple[Sequence[Statistic], Mapping[int, Statistic]]]
) -> list[str]:
    """Return the heads of columns whose figures are all for calendar years, or all of one day of each year; nothing
    where the report's own years say it."""
    held: dict[int, set[str]] = {offset: set() for offset in (*years, 0)}
    for fact, older in facts:
        for offset, s in {fact[0].offset or 0: fact[0], **older}.items():
            held.setdefault(offset, set()).add(name_period(s))
    heads = [held[offset] for offset in (*years, 0)]
    return [min(names) for names in heads] if all(len(names) == 1 and "" not in names for names in heads) else []


def name_period(s: Statistic) -> str:
    """Return a period that isn't a financial year as it heads a column; nothing for any other."""
    if s.period.basis == "calendar_year":
        return str(s.period.end.year)
    return upper_first(s.when.removeprefix("at ")) if s.period.stated and s.when.startswith("at ") else ""


def find_older(s: Statistic, release: Release) -> dict[int, Statistic]:
    """Return the figures of earlier years that stand beside one, by how many years earlier they are (-1, -2): those of
    its series, or the one alone that it may not be compared with; none for an end of a range, half of which a cell
    would show."""
    if s.bound or is_past([s]):
        return {}
    told = {c.figure: c.refused and not c.hidden for c in s.comparisons if c.figure}
    same = [
        other for other in release.by_key.get(s.key, ()) if (other.offset or 0) < (s.offset or 0) and not other.bound
    ]
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
    alone = s.offset in years  # of an earlier year, which no figure of the report's own stands beside
    cells |= {s.offset: number} if alone else {}
    return {
        "label": name_row(s) + place_words(s) + (f" ({unit})" if unit else ""),
        "period": "" if alone or s.when == usual else s.when.replace(NO_PERIOD, UNDATED),
        "earlier": [cells.get(year, NOT_HELD) for year in years],
        "display": NOT_HELD if alone else number,
        "detail": join_words(s.base, s.per_month),
        "change": " ".join(filter(None, (tell_change(c, stands=c.figure in stand) for c in s.comparisons))),
    }


def name_row(s: Statistic) -> str:
    """Return what a row is called: its unit stands in its cell, and a part of the part above says so."""
    whole, also, rest = s.label.rstrip(",").partition(" and about ")
    if also and s.category:
        return f"{whole}: of these, about {rest}"
    return s.label.rstrip(",").removesuffix(": rate")


def say_apart(other: Statistic, s: Statistic) -> str:
    """Return what a cell adds to an earlier figure that may not be compared: its period where that is another."""
    same = (other.period.basis, other.period.months) == (s.period.basis, s.period.months)
    if not other.period.stated:
        return f" ({other.period.rough.strip('()')})"
    return " (not comparable)" if same else f" ({other.when})"


def make_official_group(official: Official, years: Sequence[str]) -> dict[str, Any]:
    """Return the rows of one official figure, an area each; `years` are the table's, the report's own last. A latest
    figure that is of none of them stands in the last column, since the title gives its period."""
    unit = official.unit.strip().removeprefix("%")
    title = f"Official statistics: {official.title.removesuffix(': rate')} ({join_words(unit, official.period)})"
    places = official.places if official.unit else official.places[:1]  # the count of a country follows its size
    return {"title": title, "rows": [_area_row(place, official, years) for place in places]}


def _area_row(place: Place, official: Official, years: Sequence[str]) -> dict[str, Any]:
    """Return the row of an area; how the council moved from the year before, and over all years published, stands as
    its change."""
    latest = official.year if official.year in years else years[-1]
    line = get_line(place, official)
    cells = {year: point.display for year, point in line.items()} | {latest: show_place(place, official)}
    moved = official.moved if place is official.places[0] else None
    trend = f"since {moved.since} ({moved.before}): {OUTCOMES[moved.verdict]}" if moved else ""
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
    more, fewer = ("higher", "lower") if official.unit else ("more", "fewer")
    return f"{told(abs(gap), official.decimals)} {more if gap > 0 else fewer}"


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
    return comparison.refused or join_words(comparison.difference, comparison.outcome)
