"""The house style: one style file over afcharts, named colours, the sizes every kind shares (inches, points).

Colours are the Analysis Function's. Luminance allows only two tones that stand 3:1 apart from white and from
each other, so a third series always differs by more than its colour.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from afcharts.af_colours import get_af_colours
from matplotlib import rc_context, rcParams, style

STYLES = ["afcharts.afcharts", str(Path(__file__).with_name("house.mplstyle"))]

BLUE, TURQUOISE = get_af_colours("categorical", number_of_colours=3)[:2]
INK = "#0b0c0c"
QUIET = "#505a5f"
LINE = "#8a9297"
GRID = "#d3d9de"
PALE = "#e9eef3"
PAPER = "#ffffff"

WIDTH = 7.2
SIZE = 14
SMALL = 12
LEADING = SIZE * 1.2 / 72
SMALL_LEADING = SMALL * 1.25 / 72

DECORATION = "decoration"


@contextmanager
def house_style() -> Iterator[None]:
    """Apply the house style while a chart is made, measured or saved; the settings before come back."""
    with rc_context():
        # Settings that were checked once: reading and checking them anew took a seventh of a chart's time.
        dict.update(rcParams, _settings())
        yield


@cache
def _settings() -> Mapping[str, Any]:
    """Return matplotlib's defaults with the house style over them, without those of the backend."""
    with style.context(STYLES, after_reset=True):
        return {name: value for name, value in dict.items(rcParams) if not name.startswith("backend")}
