"""Frames for analysts: pandas frames that know which kind of release they are of, so that none strays into a page of
another."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.figures.model import EXPORTED, Statistic, export
from analysis.figures.published import Official
from analysis.measures.periods import year_name
from analysis.release.release import Release
from analysis.report.blocks import OWN_MIME

INTERNAL = "INTERNAL: not for sharing"
TITLES = ("title", "label")
MEASURE = ("indicator", "dimension", "category", "measure_type", "geography", "title", "label")


class Frame(pd.DataFrame):
    """A pandas frame of a release; what is chosen or computed of it is one too."""

    _metadata = ["kind"]  # noqa: RUF012  read by pandas

    @property
    def _constructor(self) -> type["Frame"]:
        return Frame

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        kind = getattr(self, "kind", "")
        warning = INTERNAL if kind == "internal" else ""
        html = f"<p><strong>{warning}</strong></p>{self._repr_html_()}" if warning else self._repr_html_()
        text = f"{warning}\n{self!r}" if warning else repr(self)
        return {"text/html": html, "text/plain": text, OWN_MIME: {"release": kind, "frame": True}}


def make_frame(rows: Iterable[dict[str, Any]], kind: str, columns: Iterable[str] | None = None) -> Frame:
    """Return rows as a frame of a release of that kind. `columns` are needed where there may be no row."""
    frame = Frame(list(rows), columns=columns and list(columns))
    frame.kind = kind
    return frame


def frame_statistics(statistics: Iterable[Statistic], release: Release) -> Frame:
    """Return one row a statistic: the columns of statistics.csv with title and label; a number that isn't published
    or known is NaN."""
    rows = [{**export(s), **{name: getattr(s, name) for name in TITLES}} for s in statistics]
    frame = (
        make_frame(rows, release.kind) if rows else make_frame([dict.fromkeys((*EXPORTED, *TITLES))], release.kind)[:0]
    )
    for name in ("value", "numerator", "denominator", "lower", "upper"):
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
    return frame.set_index("statistic_id")


def frame_years(statistics: Iterable[Statistic], release: Release) -> Frame:
    """Return one row a measure and category, its value of each financial year as a column, oldest first.

    NaN is a year that isn't published or isn't held; figures whose period isn't stated are left out.
    """
    rows: dict[tuple, dict[str, Any]] = {}
    for s in sorted(statistics, key=lambda s: s.offset or 0):
        year = s.period.financial_year if s.period.stated else None
        if year is not None and not s.bound:
            names = {name: getattr(s, name) for name in MEASURE}
            rows.setdefault(s.key, names)[year_name(year)] = s.value
    frame = make_frame(rows.values(), release.kind)
    years = sorted(name for name in frame.columns if name not in MEASURE)
    return frame[[*(name for name in MEASURE if name in frame), *years]]


def frame_officials(officials: Iterable[Official], kind: str) -> Frame:
    """Return one row a published figure and area: the value, NaN with the publisher's reason where it isn't shown."""
    rows = [
        {
            "comparator": one.comparator,
            "title": one.title,
            "area": place.name,
            "value": place.value,
            "display": place.display,
            "unit": one.unit.strip() or "number",
            "period": place.period or one.period,
            "reason": place.reason,
            "source": one.source,
        }
        for one in officials
        for place in (*one.places, *one.neighbours)
    ]
    return make_frame(rows, kind)
