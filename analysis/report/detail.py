"""What is folded under a topic: months in one table, each split in its own, rows with references and no sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from analysis.figures.identity import slug
from analysis.figures.model import Statistic
from analysis.measures.periods import name_part, say_day
from analysis.release.release import MeasureText
from analysis.report.rows import full_label, list_facts, make_legend, make_row, shorten

MONTH, TOO_EARLY = "month", "too early to say"
PARTS = {"q": "Quarter", "h": "Half-year"}
MOST_ROWS = 16
"""More rows than a reader takes in at once: where a topic has more, its splits are folded, each with its title."""


def split_detail(statistics: Sequence[Statistic]) -> tuple[list[Statistic], list[Statistic]]:
    """Return the statistics that a topic's table shows, and those to fold: months, and splits where they are many."""
    months = [s for s in statistics if s.dimension == MONTH]
    rest = [s for s in statistics if s.dimension != MONTH]
    if len(list_facts(rest)) <= MOST_ROWS:
        return rest, months
    totals = [s for s in rest if not (s.dimension or s.category)]
    return totals, [s for s in rest if s.dimension or s.category] + months


def make_detail(
    statistics: Sequence[Statistic], *, id: str, measures: Mapping[str, MeasureText] | None = None
) -> dict[str, Any]:
    """Return the folded tables, one of all splits and one of all months, None where there is nothing to fold.

    What all rows share (the period, the period compared with) is said once, above them; a group's reference is that
    of its rows with an ellipsis for the category.
    """
    splits = [s for s in statistics if s.dimension != MONTH]
    return {
        "id": id,
        "legend": make_legend(statistics),
        "splits": make_splits(splits),
        "months": make_months([s for s in statistics if s.dimension == MONTH], measures or {}),
    }


def make_splits(statistics: Sequence[Statistic]) -> dict[str, Any] | None:
    """Return one table of facts, in groups under the title of what they split."""
    if not statistics:
        return None
    period = _shared(s.when for s in statistics)
    against = _shared(c.against for s in statistics for c in s.comparisons if c.against)
    groups: dict[tuple[str, str], list[Statistic]] = {}
    for s in statistics:
        groups.setdefault((s.title, _reference(s)), []).append(s)
    return {
        "period": period,
        "against": against.removeprefix("at "),
        "count": len(list_facts(statistics)),
        "limits": any(s.lower is not None for s in statistics),
        "groups": [
            {
                "title": title,
                "id": id,
                "rows": [_row(fact, period, against) for fact in list_facts(found)],
            }
            for (title, id), found in groups.items()
        ],
    }


def _shared(found: Iterable[str]) -> str:
    """Return the one text that all have, empty where they differ."""
    different = set(found)
    return different.pop() if len(different) == 1 else ""


def _reference(s: Statistic) -> str:
    return s.statistic_id.replace(f".{slug(s.category)}.", ".….") if s.category else s.statistic_id


def _row(fact: Sequence[Statistic], period: str, against: str) -> dict[str, str]:
    row = make_row(fact, brief=True)
    said = " ".join(shorten(c) for c in fact[0].comparisons) if against else row["comparison"]
    return row | {"comparison": said, "period": "" if period else row["period"]}


def make_parts(statistics: Sequence[Statistic]) -> dict[str, Any] | None:
    """Return the figures of parts of a year as one table: a row a figure, the year before its parts; None without any.

    A year is the report's own or an earlier one, latest first.
    """
    rows: dict[tuple, dict[tuple, str]] = {}
    names: dict[tuple, str] = {}
    with_parts = {(_about(s), s.offset) for s in statistics if s.part}
    for s, *others in list_facts(statistics):
        if (_about(s), s.offset) in with_parts:
            column = (-(s.offset or 0), s.part)
            names[column] = name_part_of(s)
            row = rows.setdefault(_about(s), {"label": full_label(s)})
            shown = make_row([s, *others])["display"]
            row[column] = row.get(column, shown) if s.bound else shown  # an exact figure stands before a range
            if s.period.basis == "snapshot" and not s.part:
                row[column[0], name_part(s.period, date.min)] = row[column]  # its last quarter's too
    columns = sorted(names)
    cells = [(row["label"], [row.get(column, "not returned") for column in columns]) for row in rows.values()]
    return {"names": [names[column] for column in columns], "rows": cells} if cells else None


def _about(s: Statistic) -> tuple:
    return replace(s, part="").key


def name_part_of(s: Statistic) -> str:
    """Return the heading of a part of a year, which flows and stocks share: "Quarter 2, to 30 September 2023"."""
    kind = PARTS.get(s.part[:1], "")
    words = f"{kind} {s.part[1:]}, to" if kind else "To"
    return f"{words if s.part else 'Year, to'} {say_day(s.period.end)}"


def make_months(statistics: Sequence[Statistic], measures: Mapping[str, MeasureText]) -> dict[str, Any] | None:
    """Return the monthly series as one table: a row a series, a column a month. Months too young to have their outcome
    say so instead of a figure that will rise."""
    if not statistics:
        return None
    names = sorted({s.category for s in statistics})
    series: dict[str, dict[str, str]] = {}
    for s in statistics:
        text = measures.get(s.indicator)
        early = s.measure_type == "percent" and text and s.category in names[len(names) - text.unripe :]
        series.setdefault(s.title, {})[s.category] = TOO_EARLY if early else s.display
    return {
        "names": [f"{date.fromisoformat(name + '-01'):%b %Y}" for name in names],
        "rows": [(title, [found.get(name, "[x]") for name in names]) for title, found in series.items()],
    }
