"""A key under a chart: a shape or a letter, and what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes

from analysis.charts.plane import put
from analysis.charts.rows import EDGE
from analysis.charts.style import INK, SMALL, SMALL_LEADING, WIDTH
from analysis.charts.text import wrap

INDENT = 0.3


@dataclass(frozen=True)
class KeyLine:
    """One sign and its meaning: a letter, or a marker with its look (as matplotlib's `plot` takes it)."""

    meaning: str
    letter: str = ""
    look: Mapping[str, object] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[str, ...]:
        return wrap(self.meaning, WIDTH - 2 * EDGE - INDENT, SMALL)


def key_height(key: Sequence[KeyLine]) -> float:
    """Return the inches that a key needs."""
    return sum(len(line.lines) for line in key) * SMALL_LEADING


def draw_key(axes: Axes, key: Sequence[KeyLine], bottom: float) -> None:
    """Draw the key with its foot `bottom` inches above the figure's."""
    top = bottom + key_height(key)
    for line in key:
        middle = top - SMALL_LEADING / 2
        if line.letter:
            put(axes, EDGE + 0.1, middle, line.letter, ha="center", color=INK, fontweight="bold")
        else:
            look = {"linestyle": "none", "transform": axes.figure.dpi_scale_trans, "clip_on": False}
            axes.plot(EDGE + 0.1, middle, **look | line.look)
        for number, words in enumerate(line.lines):
            put(axes, EDGE + INDENT, middle - number * SMALL_LEADING, words)
        top -= len(line.lines) * SMALL_LEADING
