"""Display objects: accessible HTML made at the source, so that every renderer and JupyterLab shows the same."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.errors import CommandError, unknown
from analysis.figures.display import lower_first
from analysis.report.keeping import WARNINGS, check_place
from analysis.report.slimming import slim

TEMPLATES = Path(__file__).parent / "templates"
CHART_MIME = "application/vnd.safeguarding.charts+json"
FILES = ("svg", "png", "csv")
OWN_MIME = "application/vnd.safeguarding.block+json"
"""Marks what the project's own objects show, and of which kind of release: a page carries it as it stands."""


@dataclass(frozen=True)
class Block:
    """A piece of a page. `charts` are the files of its charts, which the run saves beside the pages; `kind` is that of
    the release whose figures it shows, empty where it shows none."""

    html: str
    text: str
    charts: tuple[Mapping[str, Any], ...] = ()
    kind: str = ""

    def __repr__(self) -> str:
        first = self.text.strip().partition("\n")[0]
        charts = sum("svg" in chart for chart in self.charts)
        return f"<Block {first!r}{f', {charts} charts' if charts else ''}>"

    def __str__(self) -> str:
        return self.text

    def save(self, path: str | Path) -> None:
        """Write the block's chart to a file: SVG, PNG or CSV, by how its name ends; what is internal goes nowhere that
        git would take. Raises CommandError for another ending, and where the block hasn't just one chart."""
        kind, drawn = Path(path).suffix.lstrip(".").lower(), [chart for chart in self.charts if "svg" in chart]
        if kind not in FILES:
            raise CommandError(unknown("kind of file", kind, FILES))
        if len(drawn) != 1:
            raise CommandError(f"a file holds one chart, and this shows {len(drawn)}; allowed: a block of one chart")
        if self.kind in WARNINGS:
            check_place(path)
        text = drawn[0][kind]
        Path(path).write_bytes(base64.b64decode(text) if kind == "png" else text.encode())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle = {"text/html": self.html, "text/plain": self.text, OWN_MIME: {"release": self.kind}}
        return bundle | ({CHART_MIME: list(self.charts)} if self.charts else {})


def join(blocks: Iterable[Block]) -> Block:
    """Return blocks as one, in their order."""
    parts = list(blocks)
    charts = tuple(chart for block in parts for chart in block.charts)
    kind = next((block.kind for block in parts if block.kind), "")
    return Block("".join(b.html for b in parts), "\n".join(b.text for b in parts if b.text), charts, kind)


@cache
def environment() -> Environment:
    """Return the templates. Everything put into them is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["data_uri"] = data_uri
    made.filters["lower_first"] = lower_first
    made.filters["kilobytes"] = lambda text: max(1, round(len(text.encode()) / 1024))
    return made


def render(template: str, **values: Any) -> Markup:
    """Return a template's HTML."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704  escaped by the template


def render_part(name: str, *values: Any) -> Markup:
    """Return the HTML of one part of a topic, a macro of `parts.html.j2`."""
    return getattr(environment().get_template("blocks/parts.html.j2").module, name)(*values)


def show_drawings(drawings: Sequence[Any], refusals: Sequence[Any], kind: str, *, section: str, id: str) -> Block:
    """Return drawn charts as a block of a kind of release, with the words of those refused.

    `id` begins the ids of their headings.
    """
    html = render_part("charts_of", drawings, refusals, id)
    words = [f"{drawing.title}\n{drawing.alt}" for drawing in drawings]
    words += [f"Not drawn: {refusal.title}; {refusal.words}." for refusal in refusals]
    files = tuple(one.files(section) for one in (*drawings, *refusals))
    return Block(str(html), "\n".join(words), files, kind)


def data_uri(text: str, kind: str) -> str:
    """Return a text as a data: address. CSV gets the mark that lets spreadsheets read it as UTF-8; SVG is slimmed."""
    text = slim(text) if kind == "image/svg+xml" else text
    mark = "\ufeff" if kind == "text/csv" else ""
    return f"data:{kind};base64,{base64.b64encode((mark + text).encode()).decode()}"
