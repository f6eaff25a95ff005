"""Section notebooks stay thin: words and calls, no logic, no output, and the parameters of the contract."""

import ast

import nbformat
import pytest

from analysis.partnership import load_partnership
from analysis.runs.plan import declared_parameters
from analysis.settings import REPOSITORY, get_notebook_root

NOTEBOOKS = sorted(get_notebook_root().glob("*.ipynb"))
LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.Try,
    ast.With,
    ast.If,
    ast.comprehension,
)


def code_of(path):
    cells = nbformat.read(path, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def test_every_section_of_the_shipped_reports_has_a_notebook():
    partnership = load_partnership("hillingdon", REPOSITORY / "data")
    assert len(partnership.sections) == 20
    assert {section.id for section in partnership.sections} <= {path.stem for path in NOTEBOOKS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_section_notebook_is_thin(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert len(notebook.cells) <= 12
    assert declared_parameters(path) == ["partnership", "year", "release"]
    for cell in code_of(path):
        assert cell.outputs == []
        assert cell.execution_count is None
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]
        assert "/" not in cell.source.replace("/ ", "")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_section_notebook_opens_its_own_section_and_shows_its_topics(path, shipped_catalogue):
    source = "\n".join(cell.source for cell in code_of(path))
    assert f'open_section("{path.stem}", partnership=partnership, year=year, release=release)' in source
    topics = [topic.id for topic in shipped_catalogue.topics if topic.section == path.stem and not topic.under]
    shown = [line.split('"')[1] for line in source.splitlines() if line.startswith("section.topic(")]
    assert list(dict.fromkeys(shown)) == topics  # whole, or in parts, a cell each
    assert source.splitlines()[-1] == "section.closing()"
