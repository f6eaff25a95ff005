"""Lines over time: a series with its intervals, comparators beside it, the spread of others as a band.

Lines are told apart by dash and named at their ends. A point of another length of time or area stands alone,
hollow, and its period says why; a hidden point is a gap with its symbol under the axis.
"""

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from analysis.charts import plane
from analysis.charts.chart import Mark
from analysis.charts.clear import write_clear
from analysis.charts.marks import ordered, shown
from analysis.charts.rows import EDGE
from analysis.charts.style import BLUE, INK, LINE, PALE, PAPER, QUIET, SMALL, SMALL_LEADING, TURQUOISE
from analysis.charts.text import clean, wrap
from analysis.errors import DataError

LOOKS = ((BLUE, "-", "o"), (TURQUOISE, "--", "s"), (INK, ":", "^"), (QUIET, "-.", "D"))
# The first line is what the chart is about; those beside it are quieter.
MARKER, LINEWIDTH = 8, 2.8
QUIET_MARKER, QUIET_LINEWIDTH = 4.5, 1.6
END = 1.7
NAME = 1.0


def draw_trend(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return a line for each group over the labels; a group of ranges without values is a band.

    Raises DataError for more than four lines.
    """
    labels = ordered(mark.label for mark in marks)
    groups = ordered(mark.group for mark in marks)
    series = [[mark for mark in marks if mark.group == group] for group in groups]
    lines = [line for line in series if not _is_band(line)]
    if len(lines) > len(LOOKS):
        raise DataError(f"{len(lines)} lines in one chart; allowed: at most {len(LOOKS)}")
    names = [_name(label, (lines or series)[0]) for label in labels]
    foot = 0.1 + max(map(len, names)) * SMALL_LEADING + plane.symbols_height(marks) + EDGE
    axes = plane.new_plane(marks, unit, [_end(labels, line, 0.0) for line in series], foot)
    axes.set_xlim(-0.4, len(labels) - 0.6)
    for line in series:
        if _is_band(line):
            _draw_band(axes, labels, line)
    for order, (line, look) in enumerate(zip(lines, LOOKS, strict=False)):
        _draw_line(axes, labels, line, look, zorder=2.9 - order / 10)
    plane.write_places(axes, range(len(labels)), names)
    plane.write_ends(axes, [_end(labels, line, axes.get_ylim()[0]) for line in series])
    _write_values(axes, labels, series, lines)
    plane.write_symbols(axes, marks)
    return axes.figure


def _is_band(series: Sequence[Mark]) -> bool:
    return any(mark.is_range for mark in series) and all(mark.value is None for mark in series)


def _name(label: str, main: Sequence[Mark]) -> tuple[str, ...]:
    """Return the lines under a period: its label, what is particular to the main series then, its symbol."""
    there = [mark for mark in main if mark.label == label]
    lines = wrap(label, NAME, SMALL)
    for mark in there:
        lines += wrap(mark.note, NAME, SMALL) + ((clean(mark.display),) if mark.is_hidden else ())
    return lines


def _draw_line(
    axes: Axes, labels: Sequence[str], series: Sequence[Mark], look: tuple[str, str, str], zorder: float
) -> None:
    colour, dash, marker = look
    size, width = (MARKER, LINEWIDTH) if look == LOOKS[0] else (QUIET_MARKER, QUIET_LINEWIDTH)
    for run in _runs(labels, series, lambda mark: mark.value is not None and mark.whole):
        values = [mark.value for _, mark in run]
        style = {"color": colour, "markersize": size, "linewidth": width, "clip_on": False, "zorder": zorder}
        axes.plot([x for x, _ in run], values, linestyle=dash, marker=marker, **style)
    for mark in series:
        x = labels.index(mark.label)
        if mark.value is not None and not mark.whole:
            axes.plot(x, mark.value, marker, mfc=PAPER, mec=colour, mew=2, markersize=size, clip_on=False, zorder=3)
        if mark.value is not None and mark.lower is not None and mark.upper is not None and look == LOOKS[0]:
            axes.plot([x, x], [mark.lower, mark.upper], color=colour, linewidth=1.2, marker="_", clip_on=False)


def _draw_band(axes: Axes, labels: Sequence[str], series: Sequence[Mark]) -> None:
    for run in _runs(labels, series, lambda mark: mark.is_range):
        lower, upper = ([getattr(mark, name) for _, mark in run] for name in ("lower", "upper"))
        xs = [x for x, _ in run]
        if len(run) == 1:
            xs, lower, upper = [xs[0] - 0.2, xs[0] + 0.2], lower * 2, upper * 2
        axes.fill_between(xs, lower, upper, facecolor=PALE, edgecolor=LINE, linewidth=1, zorder=1, clip_on=False)


def _runs(labels: Sequence[str], series: Sequence[Mark], fits: Callable[[Mark], bool]) -> list[list[tuple[int, Mark]]]:
    """Return the stretches of marks that fit and follow each other without a gap, each mark with its place."""
    runs: list[list[tuple[int, Mark]]] = []
    for x, mark in sorted(((labels.index(mark.label), mark) for mark in series), key=lambda spot: spot[0]):
        if fits(mark) and runs and runs[-1] and runs[-1][-1][0] == x - 1:
            runs[-1].append((x, mark))
        else:
            runs.append([(x, mark)] if fits(mark) else [])
    return [run for run in runs if run]


def _end(labels: Sequence[str], series: Sequence[Mark], ground: float) -> plane.End:
    """Return the name of a series, what its last mark shows, and where it last shows a size (else the ground)."""
    name, value = wrap(series[0].group, END, SMALL), clean(series[-1].display)
    sized = [mark for mark in series if not mark.is_hidden]
    if not sized:
        return plane.End(len(labels) - 1, ground, name, value)
    last = sized[-1]
    height = last.upper if last.value is None else last.value
    return plane.End(labels.index(last.label), height, name, value)


def _write_values(
    axes: Axes, labels: Sequence[str], series: Sequence[Sequence[Mark]], lines: Sequence[Sequence[Mark]]
) -> None:
    """Write the values of the main series, but its last, where they stand clear."""
    valued = [mark for line in lines for mark in line if _has(mark)]
    spots = {mark: plane.place(axes, labels.index(mark.label), mark.value) for mark in valued}
    runs = [run for line in lines for run in _runs(labels, line, lambda mark: _has(mark) and mark.whole)]
    paths = [Path([spots[mark] for _, mark in run]) for run in runs]
    main = lines[0] if lines else ()
    paths += [Path(_whisker(axes, labels, mark)) for mark in main if _has(mark) and len(mark.numbers) == 3]
    paths += [Path(edge) for line in series for edge in _band_edges(axes, labels, line)]
    wanted = [(spots[mark], shown(mark)) for mark in main[:-1] if _has(mark)]
    write_clear(axes, wanted, list(spots.values()), paths)


def _band_edges(axes: Axes, labels: Sequence[str], series: Sequence[Mark]) -> list[list[tuple[float, float]]]:
    """Return the outline of each stretch of a band, closed."""
    outlines = []
    for run in _runs(labels, series, lambda mark: mark.is_range):
        there = [(x, mark.lower) for x, mark in run] + [(x, mark.upper) for x, mark in reversed(run)]
        outlines.append([plane.place(axes, *spot) for spot in [*there, there[0]]])
    return outlines


def _has(mark: Mark) -> bool:
    return mark.value is not None


def _whisker(axes: Axes, labels: Sequence[str], mark: Mark) -> list[tuple[float, float]]:
    x = labels.index(mark.label)
    return [plane.place(axes, x, mark.lower), plane.place(axes, x, mark.upper)]
