"""The nbconvert exporter: an executed section notebook as one page that needs nothing but itself.

Registered as the exporter `safeguarding`, so that JupyterLab, nbconvert and schedulers can use it too.
"""

from copy import deepcopy
from typing import Any

from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from analysis.report.blocks import TEMPLATES
from analysis.report.carried import carry
from analysis.report.pages import make_page


class PageExporter(HTMLExporter):
    """Renders a notebook to a page: what its cells show, no code, no streams, no request."""

    export_from_notebook = "Safeguarding report page"

    def __init__(self, **options: Any):
        super().__init__(template_name="safeguarding", extra_template_basedirs=[str(TEMPLATES)], **options)

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources.

        Raises DataError for a notebook that failed, and for one that mixes a shared release with an internal one.
        """
        shown = deepcopy(nb)
        carry(shown)
        body, resources = super().from_notebook_node(shown, resources, **options)
        return make_page(BeautifulSoup(body, "lxml")), resources
