"""Official statistics on a page: one row a figure, what may be said, a trend and the neighbours where asked for."""

from collections.abc import Sequence
from typing import Any

from analysis.figures.published import Official
from analysis.report.blocks import Block, render
from analysis.statements.titles import Phrases

NOT_GIVEN = "[z]"
NOT_GIVEN_WORDS = "not applicable: not published, or a count, which follows the size of an area"


def show_official(
    officials: Sequence[Official], *, id: str, title: str, section: str, drawn: bool, titles: Phrases
) -> Block:
    """Return official figures and, with `drawn`, their charts; an empty block where there are none.

    `titles` are the phrases of what a chart's title may say.
    """
    if not officials:
        return Block("", "")
    charts, refused = draw_charts(officials, titles, drawn=drawn)
    columns = list_columns(officials)
    html = render(
        "blocks/official.html.j2",
        id=id,
        title=title,
        columns=columns,
        rows=[make_row(official, columns) for official in officials],
        said=list_sentences(sorted(officials, key=lambda one: not one.notable)),
        legend=list_symbols(officials),
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
    cells = {place.name: place.display for place in official.places}
    unit = official.unit.strip()
    title = f"{official.title} ({unit})" if unit and unit != "%" else official.title
    mark = "%" if unit == "%" else ""
    return {
        "title": title,
        "cells": [_cell(cells.get(name), mark) for name in columns],
        "period": official.period,
    }


def _cell(display: str | None, mark: str) -> str:
    if display is None:
        return NOT_GIVEN
    return f"{display}{mark}" if display[-1:].isdigit() else display


def list_symbols(officials: Sequence[Official]) -> list[tuple[str, str]]:
    """Return each symbol of the table with what its publisher means by it."""
    places = [place for official in officials for place in official.places]
    found = {place.display: place.reason for place in places if place.reason}
    columns = list_columns(officials)
    absent = any(len(official.places) < len(columns) for official in officials)
    return [*found.items(), *([(NOT_GIVEN, NOT_GIVEN_WORDS)] if absent else [])]


def draw_charts(officials: Sequence[Official], titles: Phrases, *, drawn: bool) -> tuple[list[Any], list[Any]]:
    """Return the charts of official figures, and those refused. Drawing is loaded only where it is wanted."""
    if not drawn:
        return [], []
    from analysis.report.official_charts import draw_officials

    return draw_officials(officials, titles)
