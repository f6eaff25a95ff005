"""Tiny releases: the rows of a statistics.csv, written as a build writes them."""

import csv
from pathlib import Path

NAMES = [
    *("statistic_id", "section", "indicator", "dimension", "category", "measure_type", "value", "display", "qualifier"),
    *("unit", "protects", "numerator", "denominator", "lower", "upper", "period_start", "period_end", "geography"),
    *("status", "symbol", "statement", "comparison"),
]


def figure(indicator, value=None, *, by="", year=2023, kind="count", place="Exampleshire", moment=False, **more):
    """One row; `by` is "dimension: category", a year is that in which it starts, and no value is a hidden one."""
    dimension, _, category = by.partition(": ")
    start, end = f"{year}-04-01", f"{year + 1}-03-31"
    if dimension == "month":
        number = int(category)
        category = f"{year + (number < 4)}-{number:02}"
        start, end = f"{category}-01", f"{category}-28"
    row = {
        "statistic_id": ".".join(filter(None, (indicator, dimension, category, kind))),
        "indicator": indicator,
        "dimension": dimension,
        "category": category,
        "measure_type": kind,
        "value": "" if value is None else value,
        "display": "[c]" if value is None else f"{value:.1f}%" if kind == "percent" else value,
        "qualifier": "exact",
        "unit": kind,
        "protects": "people",
        "period_start": end if moment else start,
        "period_end": end,
        "geography": place,
        "status": "suppressed" if value is None else "published",
    }
    return row | more


def split(indicator, dimension, values, **more):
    """A row a category, None for a hidden one."""
    return [figure(indicator, value, by=f"{dimension}: {name}", **more) for name, value in values.items()]


def months(indicator, values, **more):
    """Twelve rows, from April."""
    numbers = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
    return [
        figure(indicator, value, by=f"month: {number}", **more) for number, value in zip(numbers, values, strict=True)
    ]


def percent(above, below):
    return round(100 * above / below, 1)


def write(folder: Path, *rows) -> Path:
    """Writes a release and returns its folder; rows may come in lists of lists."""
    flat = list(flatten(rows))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "statistics.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, NAMES, restval="")
        writer.writeheader()
        writer.writerows(flat)
    return folder


def flatten(rows):
    for row in rows:
        yield from [row] if isinstance(row, dict) else flatten(row)


def open_figures(report) -> dict[str, tuple[float, float]]:
    """What each opened figure can still be."""
    return {opening.figure: (opening.low, opening.high) for opening in report.openings}
