"""Official statistics on a page: one row a figure, what may be said, a trend and the neighbours where asked for."""

from collections.abc import Sequence
from typing import Any

from analysis.report.blocks import render

NOT_GIVEN = "[z]"
NOT_GIVEN_WORDS = "not applicable: not published, or a count, which follows the size of an area"
REFERENCES = ("England", "Neighbours' median")


def make_official(officials: Sequence[dict[str, Any]], *, id: str, title: str, section: str, drawn: bool) -> tuple:
    """Return the HTML of official figures and their charts; both empty where there are none."""
    if not officials:
        return "", ()
    charts = draw_officials(officials) if drawn else []
    html = render(
        "blocks/official.html.j2",
        id=id,
        title=title,
        columns=list_columns(officials),
        rows=[make_row(official, list_columns(officials)) for official in officials],
        said=list_sentences([one for one in officials if drawn or one["notable"]]),
        more=list_sentences([one for one in officials if not (drawn or one["notable"])]),
        legend=list_symbols(officials),
        sources=list(dict.fromkeys(official["source"].rstrip(".") for official in officials)),
        cautions=list(dict.fromkeys(words for official in officials for words in official["cautions"])),
        charts=charts,
    )
    return str(html), tuple(chart.files(section) for chart in charts)


def list_sentences(officials: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Return what may be said of each figure, with its title."""
    return [{"title": one["title"], "text": " ".join(one["sentences"])} for one in officials if one["sentences"]]


def list_columns(officials: Sequence[dict[str, Any]]) -> list[str]:
    """Return the areas that the figures are for, in the order of the first official that has them all."""
    fullest = max(officials, key=lambda official: len(official["places"]))
    names = [place["name"] for place in fullest["places"]]
    others = [place["name"] for official in officials for place in official["places"]]
    return list(dict.fromkeys([*names, *others]))


def make_row(official: dict[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """Return one figure's row: a cell for each area, with its unit in the title."""
    cells = {place["name"]: place["display"] for place in official["places"]}
    unit = official["unit"].strip()
    title = f"{official['title']} ({unit})" if unit and unit != "%" else official["title"]
    mark = "%" if unit == "%" else ""
    return {
        "title": title,
        "cells": [_cell(cells.get(name), mark) for name in columns],
        "period": official["period"],
    }


def _cell(display: str | None, mark: str) -> str:
    if display is None:
        return NOT_GIVEN
    return f"{display}{mark}" if display[-1:].isdigit() else display


def list_symbols(officials: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return each symbol of the table with what its publisher means by it."""
    places = [place for official in officials for place in official["places"]]
    found = {place["display"]: place["reason"] for place in places if place["reason"]}
    columns = list_columns(officials)
    absent = any(len(official["places"]) < len(columns) for official in officials)
    return [*found.items(), *([(NOT_GIVEN, NOT_GIVEN_WORDS)] if absent else [])]


def draw_officials(officials: Sequence[dict[str, Any]]) -> list[Any]:
    """Return a trend and the neighbours' chart of every rate or share."""
    drawable = [official for official in officials if official["history"]]
    return [
        chart
        for official in drawable
        for chart in (draw_history(official), draw_neighbours(official) if official["neighbours"] else None)
        if chart
    ]


def draw_history(official: dict[str, Any]) -> Any:
    """Return the trend of the council, England and its neighbours' median."""
    marks = [
        _mark(label=year, value=value, display=_number(value, official), group=series)
        for series, year, value in official["history"]
    ]
    return _draw(
        "trend",
        marks,
        official,
        id=f"{official['comparator']}_trend",
        title=f"{official['title']}, over the years",
        subtitle=f"{_measure(official)}, years ending in March",
    )


def draw_neighbours(official: dict[str, Any]) -> Any:
    """Return the council among its statistical neighbours, with England's figure and the median."""
    own, *others = official["places"]
    areas = [own, *official["neighbours"]]
    marks = [_mark(label=area["name"], value=area["value"], display=_shown(area, official)) for area in areas]
    lines = {place["name"]: place["value"] for place in others if place["value"] is not None}
    return _draw(
        "neighbours",
        marks,
        official,
        id=f"{official['comparator']}_neighbours",
        title=f"{official['title']}, beside statistical neighbours",
        subtitle=f"{_measure(official)}, {official['period']}",
        own=own["name"],
        references={name: value for name, value in lines.items() if name in REFERENCES},
    )


def _measure(official: dict[str, Any]) -> str:
    return "Percentage" if official["unit"] == "%" else f"Number{official['unit']}"


def _number(value: float, official: dict[str, Any]) -> str:
    mark = "%" if official["unit"] == "%" else ""
    return f"{value:,.{official['decimals']}f}{mark}"


def _shown(area: dict[str, Any], official: dict[str, Any]) -> str:
    return area["display"] if area["value"] is None else _number(area["value"], official)


def _mark(**values: Any) -> Any:
    from analysis.charts.chart import Mark

    return Mark(**values)


def _draw(kind: str, marks: Sequence[Any], official: dict[str, Any], **options: Any) -> Any:
    from analysis.charts.kinds import draw
    from analysis.report.figures import Figure

    chart = draw(kind, marks, source=f"Source: {official['source']}.", **options)
    return Figure(chart, chart.svg(), chart.csv())
