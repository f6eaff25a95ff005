"""A chart of an analyst's own frame, drawn and checked like every other."""

from inspect import getdoc
from typing import Any

from analysis.errors import CommandError, DataError, unknown
from analysis.report.blocks import Block, show_drawings
from analysis.report.figure import name_chart
from analysis.report.frames import Frame, make_frame

MOST_OF_TITLE = 60  # letters of it that name a chart's files


def chart_kinds() -> Frame:
    """Return the kinds of charts, with the first line of what each is.

    >>> chart_kinds().loc["bars", "is"]
    'Return bars in the order of the marks.'
    """
    from analysis.charts.kinds import KINDS

    rows = [{"kind": name, "is": getdoc(kind).partition("\n")[0]} for name, kind in KINDS.items()]
    return make_frame(rows, "").set_index("kind")


def chart(
    frame: Any, kind: str = "bars", *, label: str, value: str, title: str, source: str = "Draft", **options: Any
) -> Block:
    """Return a chart of a frame of one's own: a mark a row, labelled by one column, as large as another says.

    A control chart's labels are its months or days, and its limits are worked out here. `options` are those of the kind
    (docs/charts.md). It is held to the chart check like every other: what it would keep from a reader is said instead.
    Raises CommandError for an unknown kind, column or option, and for a value that is no number.

    >>> from pandas import DataFrame
    >>> ages = DataFrame({"age": ["under 5", "5 to 9"], "enquiries": [12, 30]})
    >>> chart(ages, label="age", value="enquiries", title="Enquiries by age")
    <Block 'Enquiries by age', 1 charts>
    """
    from pandas.api.types import is_numeric_dtype

    from analysis.charts.chart import Mark
    from analysis.charts.kinds import KINDS
    from analysis.report.drawings import Drawing, draw_checked

    for what, name, allowed in (
        ("chart kind", kind, KINDS),
        *(("column", one, frame.columns) for one in (label, value)),
    ):
        if name not in allowed:
            raise CommandError(unknown(what, name, allowed))
    if not is_numeric_dtype(frame[value]) or frame[value].isna().any():
        raise CommandError(f"chart: column {value!r} has cells that are no number; allowed: numbers alone (dropna)")
    pairs = zip(frame[label], frame[value], strict=True)
    marks = [Mark(str(name), float(number), f"{number:,.10g}") for name, number in pairs]
    words = {"id": f"draft_{name_chart(title)[:MOST_OF_TITLE]}", "title": title, "source": source}
    try:
        if kind == "control":
            marks, limits = _set_limits(marks, frame[label])
            options = limits | options
        made = draw_checked(kind, marks, subtitle=value.replace("_", " ").capitalize(), **words, **options)
    except DataError as error:
        raise CommandError(str(error)) from error
    drawings, refusals = ([made], []) if isinstance(made, Drawing) else ([], [made])
    return show_drawings(drawings, refusals, getattr(frame, "kind", ""), section="", id="draft")


def _set_limits(marks: list, labels: Any) -> tuple[list, dict[str, Any]]:
    from pandas import to_datetime

    from analysis.methods.checks import RefusedError
    from analysis.report.series import set_limits

    try:
        return set_limits(marks, [day.date() for day in to_datetime(labels.astype(str), format="ISO8601")])
    except RefusedError as refused:
        raise DataError(f"control chart: {refused}") from refused
    except ValueError as error:
        raise DataError("control chart: a label is no date; allowed: months like 2023-04, or days") from error
