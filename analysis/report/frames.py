"""Frames for analysts: pandas frames that know which kind of release they are of, so that none strays into a page of
another."""

from collections.abc import Iterable
from typing import Any, Self

import pandas as pd

from analysis.errors import CommandError, listed, unknown
from analysis.figures.model import EXPORTED, Statistic, export
from analysis.figures.published import Official
from analysis.measures.periods import year_name
from analysis.release.release import Release
from analysis.report.blocks import OWN_MIME
from analysis.report.keeping import WARNINGS, WRITERS, guard, write_workbook

TITLES = ("title", "label")
NUMBER = "number"
MEASURE = ("indicator", "dimension", "category", "measure_type", "geography", "title", "label")


class Marked:
    """What frames and columns of a release share: the kind of release that they are of.

    The kind is of the class, so that it outlives what pandas makes of them; an instance's own attributes are lost where
    rows are grouped, counted or joined.
    """

    kind = ""

    def __finalize__(self, other: Any, method: str | None = None, **options: Any) -> Any:
        """Mark what pandas joins of several as internal where one of them is."""
        joined = [*getattr(other, "objs", ()), getattr(other, "left", None), getattr(other, "right", None)]
        if any(getattr(one, "kind", "") == "internal" for one in joined):
            self.__class__ = InternalFrame if self.ndim > 1 else InternalColumn
        return super().__finalize__(other, method, **options)

    def value_counts(self, *args: Any, **options: Any) -> "Column":
        """Return how often each value or row is there, as pandas counts it."""
        return COLUMNS[self.kind](super().value_counts(*args, **options))

    def describe(self, *args: Any, **options: Any) -> Any:
        """Return pandas's summary."""
        summary = super().describe(*args, **options)
        return FRAMES[self.kind](summary) if summary.ndim > 1 else COLUMNS[self.kind](summary)

    def to_excel(self, path: Any, **options: Any) -> None:
        """Write a workbook; of internal data its first line says so, and it goes nowhere that git would take."""
        table = self if self.ndim > 1 else self.to_frame()
        write_workbook(table, path, WARNINGS.get(self.kind, ""), **options)

    def __repr__(self) -> str:
        with pd.option_context("display.max_columns", None):  # columns that don't fit stand beneath, none is left out
            return "\n".join(filter(None, (WARNINGS.get(self.kind), super().__repr__())))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        warning = f"<p><strong>{WARNINGS[self.kind]}</strong></p>" if self.kind in WARNINGS else ""
        table = self if self.ndim > 1 else self.to_frame()
        with pd.option_context("display.max_colwidth", None, "display.max_columns", None):  # sentences are read whole
            shown = {"text/html": f"{warning}{table._repr_html_()}", "text/plain": repr(self)}
        return {**shown, OWN_MIME: {"release": self.kind, "frame": True}}


for _name in WRITERS:
    setattr(Marked, _name, guard(_name))


class Frame(Marked, pd.DataFrame):
    """A pandas frame of a release; what is chosen or computed of it is one too."""

    def where(self, *given: Any, **wanted: Any) -> Self:
        """Return the rows whose columns are as wanted: `where(sex="female", age_band=["10-15", "16-17"])`.

        Raises CommandError naming the nearest for an unknown column, or a value that no row has. Given a condition in
        its place, it is pandas's own `where`.
        """
        if given or "cond" in wanted:
            return super().where(*given, **wanted)
        rows = self
        for column, values in wanted.items():
            allowed = self[self._column(column)].dropna().unique()
            listed = values if isinstance(values, (list, tuple, set, range)) else [values]
            if odd := [one for one in listed if one not in allowed]:
                raise CommandError(unknown(f"value of {column}", odd[0], sorted(allowed)))
            rows = rows[rows[column].isin(listed)]
        return rows

    def by(self, *columns: str) -> Self:
        """Return how many rows there are of each value of the columns, a date by its month; each month from the first
        to the last has a row. Raises CommandError naming the nearest for an unknown column."""
        keys = {column: self._by_month(self[self._column(column)]) for column in columns}
        counted = self.assign(**keys).groupby(list(columns), dropna=False, observed=True).size()
        if len(columns) == 1 and not keys[columns[0]].equals(self[columns[0]]) and len(counted):
            months = pd.period_range(counted.index.dropna().min(), counted.index.dropna().max(), freq="M").astype(str)
            counted = counted.reindex(months.rename(columns[0]), fill_value=0)
        return counted.reset_index(name=NUMBER)

    def _column(self, name: str) -> str:
        if name not in self.columns:
            raise CommandError(
                f"unknown column {name!r}; allowed: {listed(self.columns, name, limit=len(self.columns))}"
            )
        return name

    @staticmethod
    def _by_month(values: pd.Series) -> pd.Series:
        return values.dt.strftime("%Y-%m") if pd.api.types.is_datetime64_any_dtype(values) else values

    _constructor = property(lambda frame: FRAMES[frame.kind])
    _constructor_sliced = property(lambda frame: COLUMNS[frame.kind])


class Dates:
    """pandas's `dt` of a marked column: what it gives is marked too, which pandas itself forgets."""

    def __init__(self, column: "Column"):
        self._mark, self._dates = COLUMNS[column.kind], pd.Series(column).dt

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._dates, name)
        if callable(found):
            return lambda *args, **options: self._marked(found(*args, **options))
        return self._marked(found)

    def __dir__(self) -> list[str]:
        return dir(self._dates)

    def _marked(self, found: Any) -> Any:
        return self._mark(found) if isinstance(found, pd.Series) else found


class Column(Marked, pd.Series):
    """A column of such a frame, or what is counted of one."""

    @property
    def dt(self) -> "Dates":
        """What pandas has of dates and durations, marked as the column is."""
        return Dates(self)

    _constructor = property(lambda column: COLUMNS[column.kind])
    _constructor_expanddim = property(lambda column: FRAMES[column.kind])


class SharedFrame(Frame):
    """A frame of a shared release."""

    kind = "shared"


class SharedColumn(Column):
    """A column of a shared release."""

    kind = "shared"


class InternalFrame(Frame):
    """A frame of an internal release or of records."""

    kind = "internal"


class InternalColumn(Column):
    """A column of an internal release or of records."""

    kind = "internal"


FRAMES = {one.kind: one for one in (Frame, SharedFrame, InternalFrame)}
COLUMNS = {one.kind: one for one in (Column, SharedColumn, InternalColumn)}


def make_frame(rows: Iterable[dict[str, Any]], kind: str, columns: Iterable[str] | None = None) -> Frame:
    """Return rows as a frame of a release of that kind. `columns` are needed where there may be no row."""
    return FRAMES[kind](list(rows), columns=columns and list(columns))


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
        if year is not None and not (s.bound or s.part):
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
