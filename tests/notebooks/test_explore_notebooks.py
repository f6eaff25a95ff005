"""Notebooks for analysts run as they ship."""

import papermill
import pytest

from analysis.settings import REPOSITORY

NOTEBOOKS = sorted((REPOSITORY / "notebooks" / "explore").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_for_analysts_runs(path, tmp_path, monkeypatch):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path))
    done = papermill.execute_notebook(str(path), str(tmp_path / "out.ipynb"), kernel_name="python3", progress_bar=False)
    text = done.cells[-1].outputs[0]["data"]["text/plain"]
    assert text.endswith("[])"), "the drafted chart fails the chart check"
