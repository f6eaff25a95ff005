"""A chart: its marks, its words and its figure, and the files made of it."""

import csv
import io
import re
from dataclasses import dataclass
from html import escape

from matplotlib.figure import Figure

from analysis.charts.style import DECORATION, house_style

COLUMNS = ("label", "group", "value", "display", "lower", "upper", "note")
NO_METADATA = {"Creator": None, "Date": None, "Format": None, "Type": None}
# The level at which half the time is saved for a third more bytes.
PNG_COMPRESSION = 2
FORMULA = re.compile(r"[=+\-@\t\r]")
PLAIN_NUMBER = re.compile(r"[+-]?£?\d[\d,]*(\.\d+)?%?")


@dataclass(frozen=True)
class Mark:
    """One value to draw. `display` is what a reader sees; `value` is None where it isn't published.

    `lower` and `upper` are an interval, or, without a value, a range ("5% to 6%"). `group` is its series.
    `note` says what is particular to it ("West Area BCU", "14 months"). `whole` is False for another
    geography, period or cohort than the chart's: it is then hatched, and its note says which.
    """

    label: str
    value: float | None
    display: str
    group: str = ""
    lower: float | None = None
    upper: float | None = None
    note: str = ""
    whole: bool = True

    @property
    def numbers(self) -> tuple[float, ...]:
        """The numbers that the mark holds: value and bounds."""
        return tuple(number for number in (self.value, self.lower, self.upper) if number is not None)

    @property
    def is_range(self) -> bool:
        """Whether two bounds are published but no value between them."""
        return self.value is None and self.lower is not None and self.upper is not None

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of its size is published."""
        return self.value is None and not self.is_range

    @property
    def reach(self) -> float:
        """The largest number that the mark draws; 0 where it draws none."""
        return max(self.numbers, default=0.0)


@dataclass(frozen=True)
class Chart:
    """A drawn chart. Title, subtitle and source are page text, outside the picture; `alt` and `description`
    are written from the marks, so that they can't disagree with it. `beside` is the part of the description
    that tells what is drawn beside the marks (averages, targets, events), `finding` the part of the title that
    says what the chart shows.
    """

    id: str
    title: str
    subtitle: str
    source: str
    alt: str
    description: str
    marks: tuple[Mark, ...]
    figure: Figure
    beside: str = ""
    finding: str = ""

    def svg(self) -> str:
        """The picture as SVG with its text kept as text; the same marks give the same bytes."""
        buffer = io.StringIO()
        with house_style():
            self.figure.savefig(buffer, format="svg", metadata=NO_METADATA)
        return _with_words(buffer.getvalue(), self.title, self.alt)

    def png(self, dpi: int = 200) -> bytes:
        """The picture as PNG, for Word."""
        buffer = io.BytesIO()
        with house_style():
            options = {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": PNG_COMPRESSION}}
            self.figure.savefig(buffer, format="png", dpi=dpi, **options)
        return buffer.getvalue()

    def csv(self) -> str:
        """The marks as CSV, a header and a row each; no cell is a live formula."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_cell(getattr(mark, column)) for column in COLUMNS] for mark in self.marks)
        return buffer.getvalue()


def _with_words(svg: str, title: str, alt: str) -> str:
    """Return the SVG without its document type, with title and description for who opens the file alone."""
    head, body = svg[svg.index("<svg") :].split(">", 1)
    body = body.replace(f' id="{DECORATION}"', "")
    return f'{head} role="img"><title>{escape(title)}</title><desc>{escape(alt)}</desc>{body}'


def _cell(value: object) -> object:
    """Return what is written for a value: whole numbers without a point, text that can't start a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if FORMULA.match(value) and not PLAIN_NUMBER.fullmatch(value) else value
    return f"{value:.15g}"
