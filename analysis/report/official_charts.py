"""Charts of official figures: the years with their interval and neighbours, the council among its neighbours."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.charts.chart import Mark
from analysis.report.figures import Figure, Refusal, draw_checked
from analysis.statistics.official_years import RANGE

REFERENCES = ("England", "Neighbours' median")
INTERVAL_NOTE = "Upright lines through the council's points are 95% intervals: what chance alone could give."
RANGE_NOTE = "The shaded band runs from the lowest to the highest of its statistical neighbours that are shown."


def draw_officials(officials: Sequence[Mapping[str, Any]]) -> tuple[list[Figure], list[Refusal]]:
    """Return the charts of every rate or share of the council, and those that failed the chart check."""
    made: list[Figure | Refusal] = []
    for official in officials:
        if official["years"]:
            made.append(draw_years(official))
        if official["neighbours"] and official["places"][0]["value"] is not None:
            made.append(draw_neighbours(official))
    return [one for one in made if isinstance(one, Figure)], [one for one in made if isinstance(one, Refusal)]


def draw_years(official: Mapping[str, Any]) -> Figure | Refusal:
    """Return the trend of the council with its intervals, beside country, region and neighbours."""
    points = official["years"]
    marks = [
        Mark(
            label=point["year"],
            value=point["value"],
            display=point["display"],
            group=point["series"],
            lower=point["lower"],
            upper=point["upper"],
        )
        for point in points
    ]
    notes = [
        words
        for words, there in (
            (INTERVAL_NOTE, any(mark.lower is not None and mark.value is not None for mark in marks)),
            (RANGE_NOTE, any(mark.group == RANGE for mark in marks)),
        )
        if there
    ]
    return draw_checked(
        "trend",
        marks,
        note=" ".join(notes),
        id=f"{official['comparator']}_trend",
        title=f"{official['title']}, over the years",
        subtitle=f"{measure(official)}, years ending in March",
        source=f"Source: {official['source']}.",
    )


def draw_neighbours(official: Mapping[str, Any]) -> Figure | Refusal:
    """Return the council among its statistical neighbours, with England's figure and the median."""
    own, *others = official["places"]
    areas = [own, *official["neighbours"]]
    lines = {place["name"]: place["value"] for place in others if place["value"] is not None}
    return draw_checked(
        "neighbours",
        [Mark(area["name"], area["value"], _shown(area, official)) for area in areas],
        id=f"{official['comparator']}_neighbours",
        title=f"{official['title']}, beside statistical neighbours",
        subtitle=f"{measure(official)}, {official['period']}",
        source=f"Source: {official['source']}.",
        own=own["name"],
        references={name: value for name, value in lines.items() if name in REFERENCES},
    )


def measure(official: Mapping[str, Any]) -> str:
    """Return what the numbers are: a percentage, or a number per ten thousand."""
    return "Percentage" if official["unit"] == "%" else f"Number{official['unit']}"


def _shown(area: Mapping[str, Any], official: Mapping[str, Any]) -> str:
    if area["value"] is None:
        return area["display"]
    return f"{area['value']:,.{official['decimals']}f}{'%' if official['unit'] == '%' else ''}"
