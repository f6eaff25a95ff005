"""The nbconvert exporter: an executed section notebook as one page that needs nothing but itself.

Registered as the exporter `safeguarding`, so that JupyterLab, nbconvert and schedulers can use it too.
"""

from typing import Any

from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from analysis.errors import DataError
from analysis.report.blocks import TEMPLATES
from analysis.report.pages import make_page


class PageExporter(HTMLExporter):
    """Renders a notebook to a page: HTML outputs as they are, no code, no streams, no request."""

    export_from_notebook = "Safeguarding report page"

    def __init__(self, **options: Any):
        super().__init__(
            template_name="safeguarding",
            extra_template_basedirs=[str(TEMPLATES)],
            filters={"page_html": page_html, "page_error": page_error},
            **options,
        )

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources. Raises DataError for an output that readers can't use."""
        body, resources = super().from_notebook_node(nb, resources, **options)
        return make_page(BeautifulSoup(body, "lxml")), resources


def page_html(output: NotebookNode) -> str:
    """Return an output's HTML. Raises DataError for a bare picture, which has no text alternative."""
    html = output.data.get("text/html")
    if html is not None:
        return html
    pictures = [kind for kind in output.data if kind.startswith("image/")]
    if pictures:
        raise DataError(f"a notebook shows a bare {pictures[0]}: draw it with analysis.charts, so that it has words")
    return ""


def page_error(output: NotebookNode) -> str:
    """Refuse a notebook that failed: its page is made by the run, from its failure."""
    raise DataError(f"the notebook failed with {output.ename}; a page is made only of what succeeded")
