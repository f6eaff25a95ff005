"""Draw a chart of one of the kinds: marks in, a chart with figure and words out. The door to this room."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Kind:
    """How marks are put in order, and how they are drawn."""

    figure: Callable[..., Figure]
    order: Callable[[Sequence[Mark]], list[Mark]] = list


KINDS = {
    "bars": Kind(draw_bars, ranked),
    "ordered_bars": Kind(draw_bars),
    "flow": Kind(draw_flow),
    "pairs": Kind(draw_pairs),
    "dots": Kind(draw_dots),
    "trend": Kind(draw_trend),
    "control": Kind(draw_control),
    "funnel": Kind(draw_funnel),
    "neighbours": Kind(draw_neighbours, ranked),
    "ratio": Kind(draw_ratio),
}


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
    ordered = tuple(KINDS[kind].order(marks))
    with house_style():
        figure = KINDS[kind].figure(ordered, unit=unit, **options)
    title = f"{title}: {finding}" if finding else title
    marked = options.get("unusual") or list(options.get("flags") or ())
    alt = write_alt(kind, ordered, title, options.get("own", ""), marked)
    beside = write_beside(options)
    description = f"{write_description(kind, ordered, subtitle)} {beside}".strip()
    return Chart(id, title, subtitle, source, alt, description, ordered, figure, beside, finding)


def _check_options(kind: str, name: str, options: Mapping[str, object]) -> None:
    """Raise DataError for an option that the kind doesn't have, or needs and doesn't get."""
    known = signature(KINDS[kind].figure).parameters
    own = [option for option in known if option not in ("marks", "unit")]
    strange = [option for option in options if option not in own]
    if strange:
        raise DataError(f"chart {name!r}: {unknown(f'option of {kind}', strange[0], own or ['none'])}")
    missing = [option for option in own if known[option].default is Parameter.empty and option not in options]
    if missing:
        raise DataError(f"chart {name!r}: {kind} needs {', '.join(missing)}")
