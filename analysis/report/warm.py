"""Uses once what nearly every section uses, so that a process forked afterwards pays for none of it."""

from functools import cache

import pandas as pd
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.charts.chart import Mark
from analysis.methods.change import change_between_counts
from analysis.methods.proportions import wilson
from analysis.methods.rates import count_interval
from analysis.report.assemble import get_exporter
from analysis.report.blocks import Block, data_uri, environment
from analysis.report.drawings import draw_checked


@cache
def warm_up() -> None:
    """Draw a chart, read dates, ask for an interval and a change, load the templates, render a page; once a process."""
    wilson(1, 2), count_interval(3)
    change_between_counts(30, 40)
    marks = [Mark("One", 1.0, "1"), Mark("Two", 2.0, "2")]
    drawing = draw_checked("bars", marks, note="", finding="", id="w", title="W", subtitle="W", source="W")
    data_uri(drawing.chart["svg"] if isinstance(getattr(drawing, "chart", None), dict) else "<svg/>", "image/svg+xml")
    pd.DataFrame({"day": pd.to_datetime(["2024-03-31"])}).to_html()
    for name in environment().list_templates(extensions=["j2"]):
        environment().get_template(name)
    output = new_output("display_data", Block("<h1>W</h1>", "W")._repr_mimebundle_())
    get_exporter().from_notebook_node(new_notebook(cells=[new_code_cell("", outputs=[output])]))
