"""Draw a chart of one of the kinds: marks in, a chart with figure and words out. The door to this room."""

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, signature

from matplotlib.figure import Figure

from analysis.charts.alt import write_alt, write_beside, write_description
from analysis.charts.bars import draw_bars, draw_flow, draw_pairs
from analysis.charts.chart import Chart, Mark
from analysis.charts.control import draw_control
from analysis.charts.dots import draw_dots, draw_neighbours, draw_ratio
from analysis.charts.funnel import draw_funnel
from analysis.charts.marks import check_marks, ranked
from analysis.charts.style import house_style
from analysis.charts.trend import draw_trend
from analysis.errors import DataError, unknown

KINDS: Mapping[str, Callable[..., Figure]] = {
    "bars": draw_bars,
    "ordered_bars": draw_bars,
    "flow": draw_flow,
    "pairs": draw_pairs,
    "dots": draw_dots,
    "trend": draw_trend,
    "control": draw_control,
    "funnel": draw_funnel,
    "neighbours": draw_neighbours,
    "ratio": draw_ratio,
}
RANKED = ("bars", "neighbours")  # the others show their marks in the order given


def draw(
    kind: str,
    marks: Sequence[Mark],
    *,
    id: str,
    title: str,
    subtitle: str,
    source: str,
    unit: str = "",
    finding: str = "",
    **options,
) -> Chart:
    """Return the chart of the marks. `unit` is what an axis counts; docs/charts.md gives each kind's options.

    `finding` is what the title says after its colon; the chart check holds its numbers to the marks.

    Raises DataError for an unknown kind, fewer than two marks, two units, or marks that a kind can't draw
    honestly.
    """
    if kind not in KINDS:
        raise DataError(unknown("chart kind", kind, KINDS))
    check_marks(marks, kind, id)
    _check_options(kind, id, options)
    ordered = tuple(ranked(marks) if kind in RANKED else marks)
    with house_style():
        figure = KINDS[kind](ordered, unit=unit, **options)
    title = f"{title}: {finding}" if finding else title
    marked = options.get("unusual") or list(options.get("flags") or ())
    alt = write_alt(kind, ordered, title, options.get("own", ""), marked)
    beside = write_beside(options)
    description = f"{write_description(kind, ordered, subtitle)} {beside}".strip()
    return Chart(id, title, subtitle, source, alt, description, ordered, figure, beside, finding)


def _check_options(kind: str, name: str, options: Mapping[str, object]) -> None:
    """Raise DataError for an option that the kind doesn't have, or needs and doesn't get."""
    known = signature(KINDS[kind]).parameters
    own = [option for option in known if option not in ("marks", "unit")]
    strange = [option for option in options if option not in own]
    if strange:
        raise DataError(f"chart {name!r}: {unknown(f'option of {kind}', strange[0], own or ['none'])}")
    missing = [option for option in own if known[option].default is Parameter.empty and option not in options]
    if missing:
        raise DataError(f"chart {name!r}: {kind} needs {', '.join(missing)}")
