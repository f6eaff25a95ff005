"""The chart check: what in a figure a reader couldn't see, tell apart or read. For anybody's matplotlib figures.

R1 marks stand 3:1 from the paper. R2 series differ 3:1 in grey, or by dash, marker, hatching or a label of their
own. R3 series told apart by colour alone stay so under three colour-vision deficiencies. R4 touching marks stand
3:1 apart, or an edge 3:1 from both parts them; cells of a grid show their numbers. R5 text stands 4.5:1 from what
lies under it. R6 no text is turned. R7 nothing is cut off. R8 no text covers a text, a line or a point. R9 bars
start at zero on an even scale. R10 there is a text alternative; the
numbers in the words of our own charts stand in their marks.

Sources: WCAG 2.2, success criteria 1.1.1, 1.4.1, 1.4.3, 1.4.11 and technique G209; the Analysis Function's
guidance on charts.
"""

from collections.abc import Iterator
from contextlib import nullcontext

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts import rules_marks, rules_words
from analysis.charts.alt import check_words
from analysis.charts.chart import Chart
from analysis.charts.seen import Fault, Words, background, draw_for_reading, read_marks, read_words
from analysis.charts.style import house_style

__all__ = ["Fault", "check"]


def check(chart: Chart | Figure, *, alt: str | None = None) -> list[Fault]:
    """Return what is wrong with a chart, or with any matplotlib figure and its text alternative `alt`."""
    ours = isinstance(chart, Chart)
    figure, alt, title = (chart.figure, chart.alt, chart.title) if ours else (chart, alt, "")
    with house_style() if ours else nullcontext():
        canvas = draw_for_reading(figure)
        words = read_words(figure, canvas)
    faults = [
        *rules_words.check_alt(alt, title),
        *(_check_numbers(chart) if ours else ()),
        *rules_words.check_texts(words, figure.bbox),
    ]
    for axes in figure.axes:
        if axes.get_visible():
            faults += _check_axes(axes, words)
    return list(dict.fromkeys(faults))


def _check_numbers(chart: Chart) -> Iterator[Fault]:
    """Yield a fault for each number in the words that no mark holds. What the title says is in the alternative too."""
    known = (chart.title.removesuffix(chart.finding), chart.subtitle, chart.beside)
    for number in check_words(f"{chart.alt} {chart.description}", chart.marks, *known):
        yield Fault("R10", f"{number} stands in the words and not in the marks")


def _check_axes(axes: Axes, words: list[Words]) -> Iterator[Fault]:
    seen, paper = read_marks(axes), background(axes)
    marks = [mark for mark in seen if mark.is_mark]
    yield from rules_marks.check_paper(marks, paper)
    yield from rules_marks.check_pairs(marks, words)
    yield from rules_marks.check_touching(marks)
    yield from rules_marks.check_cells(marks, words, axes)
    yield from rules_marks.check_cut(marks, axes)
    yield from rules_marks.check_zero(axes)
    yield from rules_words.check_under(words, seen, paper)
    yield from rules_words.check_over(words, marks)
