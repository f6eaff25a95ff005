"""Display objects: accessible HTML made at the source, so that every renderer and JupyterLab shows the same."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.report.pictures import slim

TEMPLATES = Path(__file__).parent / "templates"
CHART_MIME = "application/vnd.safeguarding.charts+json"


@dataclass(frozen=True)
class Block:
    """A piece of a page. `charts` are the files of its charts, which the run saves beside the pages."""

    html: str
    text: str
    charts: tuple[Mapping[str, str], ...] = field(default=(), repr=False)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/html": self.html, "text/plain": self.text}
        return bundle | ({CHART_MIME: list(self.charts)} if self.charts else {})


def join(blocks: Sequence[Block]) -> Block:
    """Return blocks as one, in their order."""
    charts = tuple(chart for block in blocks for chart in block.charts)
    return Block("".join(b.html for b in blocks), "\n".join(b.text for b in blocks if b.text), charts)


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


def lower_first(text: str) -> str:
    """Return a title as it stands inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def render(template: str, **values: Any) -> Markup:
    """Return a template's HTML."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704  escaped by the template


def data_uri(text: str, kind: str) -> str:
    """Return a text as a data: address. CSV gets the mark that lets spreadsheets read it as UTF-8; SVG is slimmed."""
    text = slim(text) if kind == "image/svg+xml" else text
    mark = "\ufeff" if kind == "text/csv" else ""
    return f"data:{kind};base64,{base64.b64encode((mark + text).encode()).decode()}"
