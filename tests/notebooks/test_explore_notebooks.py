"""Notebooks for analysts run as they ship, and a page carries what they show."""

import papermill
import pytest
from bs4 import BeautifulSoup

from analysis.report.exporter import PageExporter
from analysis.settings import REPOSITORY

NOTEBOOKS = sorted((REPOSITORY / "notebooks" / "explore").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_for_analysts_runs_and_can_be_made_a_page(path, tmp_path, monkeypatch):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path))
    done = papermill.execute_notebook(str(path), str(tmp_path / "out.ipynb"), kernel_name="python3", progress_bar=False)
    page = BeautifulSoup(PageExporter().from_notebook_node(done)[0], "lxml")
    assert all(picture["alt"] for picture in page.find_all("img"))
    assert len(page.find_all("img")) == 4  # a split, the council among its neighbours, a topic's chart, an own one
    assert "Not drawn" not in page.get_text()
    assert "left out" not in page.get_text()
    heads = [head for table in page.find_all("table") for head in table.find_all("th")]
    assert all(head.get("scope") for head in heads)
