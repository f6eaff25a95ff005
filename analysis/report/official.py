"""Official statistics on a page: one row a figure, what may be said, a trend and the neighbours where asked for."""

from collections.abc import Sequence
from typing import Any

from analysis.figures.published import Official, Place, Point
from analysis.measures.periods import parse_year, year_name
from analysis.report.blocks import Block, render
from analysis.statements.titles import Phrases

NOT_GIVEN = "[z]"
NOT_GIVEN_WORDS = "not applicable: not published, or a count, which follows the size of an area"


def show_official(
    officials: Sequence[Official],
    *,
    id: str,
    title: str,
    section: str,
    titles: Phrases,
    drawn: bool = False,
    tabled: bool = True,
) -> Block:
    """Return official figures, with `tabled` in a table of their own and with `drawn` with their charts; an empty block
    where there are none.

    `titles` are the phrases of what a chart's title may say.
    """
    if not officials:
        return Block("", "")
    charts, refused = draw_charts(officials, titles, drawn=drawn)
    columns = list_columns(officials) if tabled else []
    html = render(
        "blocks/official.html.j2",
        id=id,
        title=title,
        columns=columns,
        rows=[make_row(official, columns) for official in officials if tabled],
        said=list_sentences(sorted(officials, key=lambda one: not one.notable)),
        legend=list_symbols(officials, tabled=tabled),
        sources=list(dict.fromkeys(official.source.rstrip(".") for official in officials)),
        cautions=list(dict.fromkeys(words for official in officials for words in official.cautions)),
        counted=[(official.title, official.definition) for official in officials],
        charts=charts,
        refused=refused,
    )
    text = f"Official statistics: {len(officials)} {'figure' if len(officials) == 1 else 'figures'}"
    return Block(str(html), text, tuple(chart.files(section) for chart in (*charts, *refused)))


def list_sentences(officials: Sequence[Official]) -> list[dict[str, str]]:
    """Return what may be said of each figure, with its title."""
    return [{"title": one.title, "text": " ".join(one.sentences)} for one in officials if one.sentences]


def list_columns(officials: Sequence[Official]) -> list[str]:
    """Return the areas that the figures are for, in the order of the first official that has them all."""
    fullest = max(officials, key=lambda official: len(official.places))
    names = [place.name for place in fullest.places]
    others = [place.name for official in officials for place in official.places]
    return list(dict.fromkeys([*names, *others]))


def make_row(official: Official, columns: Sequence[str]) -> dict[str, Any]:
    """Return one figure's row: a cell for each area, with its unit in the title."""
    cells = {place.name: show_place(place, official) for place in official.places}
    unit = official.unit.strip()
    title = f"{official.title} ({unit})" if unit and unit != "%" else official.title
    return {
        "title": title,
        "cells": [cells.get(name, NOT_GIVEN) for name in columns],
        "period": official.period,
    }


def show_place(place: Place, official: Official) -> str:
    """Return an area's figure as a cell shows it: a percentage with its sign."""
    return f"{place.display}%" if official.unit.strip() == "%" and place.display[-1:].isdigit() else place.display


def get_line(place: Place, official: Official) -> dict[str, Point]:
    """Return an area's points by financial year, oldest first; a point's own year is that in which its period ends."""
    if not (official.year and official.years):
        return {}
    shift = parse_year(official.year).start.year - max(int(point.year) for point in official.years)
    return {year_name(int(p.year) + shift): p for p in official.years if p.series == place.name}


def list_symbols(officials: Sequence[Official], *, tabled: bool = True) -> list[tuple[str, str]]:
    """Return each symbol with what its publisher means by it, and that of a gap in a table of their own."""
    places = [place for official in officials for place in official.places]
    found = {place.display: place.reason for place in places if place.reason}
    columns = list_columns(officials)
    absent = tabled and any(len(official.places) < len(columns) for official in officials)
    return [*found.items(), *([(NOT_GIVEN, NOT_GIVEN_WORDS)] if absent else [])]


def draw_charts(officials: Sequence[Official], titles: Phrases, *, drawn: bool) -> tuple[list[Any], list[Any]]:
    """Return the charts of official figures, and those refused. Drawing is loaded only where it is wanted."""
    if not drawn:
        return [], []
    from analysis.report.official_charts import draw_officials

    return draw_officials(officials, titles)
