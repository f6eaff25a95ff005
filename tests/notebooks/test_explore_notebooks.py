"""Notebooks for analysts run as they ship, draw what they name, and write no record into an output."""

import ast
import json
import shutil
import sys
from functools import cache

import nbformat
import papermill
import pytest
from bs4 import BeautifulSoup

import analysis as sg
from analysis.cli import check
from analysis.report.exporter import PageExporter
from analysis.runs import engine
from analysis.settings import REPOSITORY

NOTEBOOKS = sorted((REPOSITORY / "notebooks" / "explore").glob("*.ipynb"))
DOORS = ("start", "look_into_a_release")  # lead to the others
LONGEST = 15


@pytest.fixture(scope="module")
def outputs(hillingdon_outputs, exampleshire_outputs, tmp_path_factory):
    """A folder with the releases of both partnerships that ship."""
    folder = tmp_path_factory.mktemp("outputs")
    for built, name in ((hillingdon_outputs, "hillingdon"), (exampleshire_outputs, "exampleshire")):
        shutil.copytree(built / name, folder / name)  # an internal release is kept where it was opened
    return folder


@pytest.fixture(scope="module")
def run(outputs, exampleshire_problems, tmp_path_factory):
    """Give a notebook executed in a kernel that is forked from this process, as a build's are; once each. What is wrong
    with the year's returns, which takes most of a minute to find, the kernels inherit."""

    @cache
    def execute(name):
        out = tmp_path_factory.mktemp(name) / "out.ipynb"
        path = REPOSITORY / "notebooks" / "explore" / f"{name}.ipynb"
        return papermill.execute_notebook(str(path), str(out), engine_name=engine.NAME, progress_bar=False)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEGUARDING_OUTPUT", str(outputs))
        patch.setattr(check, "find_problems", lambda *_: (exampleshire_problems, ()))
        yield execute


@pytest.fixture(scope="module")
def identifiers(exampleshire_outputs):
    """What names a person or an event in the records that the notebooks read."""
    frames = [sg.records(table, "exampleshire") for table in ("D16.contacts", "D18.episodes")]
    named = [frame[column] for frame in frames for column in frame if column.endswith(("_pseudo", "_id"))]
    return {str(value) for column in named for value in column.dropna()}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_short_and_ends_with_the_way_into_the_report(path):
    cells = nbformat.read(path, as_version=4).cells
    assert len(cells) <= LONGEST or path.stem in DOORS
    assert "parameters" in cells[1].metadata.tags
    assert "## How to make this part of the report\n" in cells[-1].source or path.stem in DOORS


def test_the_start_notebook_names_every_other():
    start = (REPOSITORY / "notebooks" / "explore" / "start.ipynb").read_text(encoding="utf-8")
    assert all(f"({path.name})" in start for path in NOTEBOOKS if path.stem != "start")


def test_nothing_that_tests_load_keeps_a_kernel_from_being_forked():
    assert not sys.modules.get(engine.UNSAFE)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_writes_no_record_into_an_output(path, run, identifiers):
    done = run(path.stem)
    shown = [output.get("data", {}) for cell in done.cells for output in cell.get("outputs", ())]
    assert shown
    told = json.dumps(shown)
    assert "Not drawn" not in told
    pages = [BeautifulSoup("".join(data["text/html"]), "lxml") for data in shown if "text/html" in data]
    assert all(picture["alt"] for page in pages for picture in page.find_all("img"))
    words = {word.strip("'\",()[]:") for data in shown for word in str(data.get("text/plain", "")).split()}
    words |= {text for page in pages for text in page.stripped_strings}
    assert not words & identifiers


@pytest.mark.slow
def test_the_shares_of_referral_partners_lie_about_that_of_all_contacts(run):
    done = run("referral_partners")
    shares = ast.literal_eval(done.cells[10].outputs[0]["data"]["text/plain"])
    told = sg.open_release("exampleshire", "2023-24").figure("contacts_to_referral").value
    middle = [float(share.partition("%")[0]) for share in shares.values()]
    assert len(middle) > 10
    assert abs(sum(middle) / len(middle) - told) < 3


@pytest.mark.slow
def test_a_page_carries_what_a_notebook_of_shared_figures_shows(run):
    done = run("look_into_a_release")
    page = BeautifulSoup(PageExporter().from_notebook_node(done)[0], "lxml")
    assert len(page.find_all("img")) == 4  # a split, the council among its neighbours, a topic's chart, an own one
    assert "left out" not in page.get_text()
    heads = [head for table in page.find_all("table") for head in table.find_all("th")]
    assert all(head.get("scope") for head in heads)
