"""A section notebook run by hand, or by plain papermill, gives what the run gives."""

import os
import re
import shutil

import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from analysis.release import opening
from analysis.report import open_section
from analysis.settings import get_notebook_root

pytestmark = pytest.mark.slow
SECTION = "12_2_lado_and_education"
CHANGING = re.compile(
    r"Made \d{4}-\d\d-\d\d at \d\d:\d\d UTC by version [^,]+,"
    r"|\s*<li>(?:Protection|Made|Code version):[^<]*</li>"
    r'|\s*<li class="notice">Draft: not yet scanned as a whole[^<]*</li>'
)


def shown(notebook):
    """Return what the notebook shows, less when and by which code its store was made.

    A run is scanned as a whole before it is published, a notebook by hand isn't: each says so.
    """
    return [
        CHANGING.sub("", output.data["text/html"])
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]


def execute(path, folder, **parameters):
    return papermill.execute_notebook(
        str(path),
        str(folder / "out.ipynb"),
        parameters=parameters,
        kernel_name="python3",
        progress_bar=False,
        cwd=folder,
    )


def test_plain_papermill_makes_the_store_says_so_and_shows_what_the_run_shows(releases, hillingdon, tmp_path):
    path = get_notebook_root() / f"{SECTION}.ipynb"
    names = {"partnership": "hillingdon", "year": "2023-24", "release": "shared"}
    by_hand = execute(path, tmp_path, **names)
    told = [output.text for cell in by_hand.cells for output in cell.get("outputs", []) if "text" in output]
    assert "the store was absent, or made from something else" in "".join(told)
    in_the_run = papermill.iorw.load_notebook_node(str(releases["shared"] / "notebooks" / f"{SECTION}.ipynb"))
    assert shown(by_hand) == shown(in_the_run)
    assert len(shown(by_hand)) == len([cell for cell in by_hand.cells if cell.cell_type == "code"]) - 2


def test_a_year_without_its_quotes_stops_at_the_first_call(hillingdon, tmp_path):
    with pytest.raises(PapermillExecutionError, match="unknown year 1999"):
        execute(get_notebook_root() / f"{SECTION}.ipynb", tmp_path, year=2023 - 24)


def test_a_shared_notebook_runs_with_the_partnerships_data_taken_away(releases, hillingdon, tmp_path, monkeypatch):
    shutil.rmtree(hillingdon)
    monkeypatch.setenv(opening.STORE_VARIABLE, str(releases["shared"] / "store.json"))
    notebook = execute(get_notebook_root() / f"{SECTION}.ipynb", tmp_path)
    assert len(shown(notebook)) >= 8


def test_the_store_is_made_again_only_when_something_changed(hillingdon, capsys):
    names = {"partnership": "hillingdon", "year": "2023-24", "release": "shared"}
    open_section(SECTION, **names)
    assert "Counting hillingdon 2023-24 (shared)" in capsys.readouterr().out
    open_section(SECTION, **names)
    assert capsys.readouterr().out == ""
    register = hillingdon / "2023-24" / "returns.csv"
    later = opening.get_hand_folder("hillingdon", "2023-24", "shared").joinpath("store.json").stat().st_mtime + 5
    os.utime(register, (later, later))  # touched, and nothing else
    open_section(SECTION, **names)
    assert capsys.readouterr().out == ""
    register.write_text(register.read_text(encoding="utf-8").replace("was not given", "wasn't given"), encoding="utf-8")
    os.utime(register, (1, 1))  # corrected, and older than the store
    open_section(SECTION, **names)
    assert "made from something else" in capsys.readouterr().out


def test_a_published_release_is_read_while_nothing_changed_and_never_written_into(releases, hillingdon, capsys):
    """What is counted by hand stands beside it, and says that it wasn't scanned."""
    names = {"partnership": "hillingdon", "year": "2023-24", "release": "shared"}
    published = opening.get_release_folder("hillingdon", "2023-24", "shared")
    shutil.copytree(releases["shared"].parent, published.parent)
    before = {path: path.read_bytes() for path in published.rglob("*") if path.is_file()}
    assert "Draft" not in open_section(SECTION, **names).head().html
    assert capsys.readouterr().out == ""
    register = hillingdon / "2023-24" / "returns.csv"
    register.write_text(register.read_text(encoding="utf-8").replace("was not given", "wasn't given"), encoding="utf-8")
    section = open_section(SECTION, **names)
    assert "Counting hillingdon 2023-24 (shared)" in capsys.readouterr().out
    assert "Draft: not yet scanned as a whole" in section.head().html
    assert {path: path.read_bytes() for path in published.rglob("*") if path.is_file()} == before
    assert [path.name for path in opening.get_hand_folder("hillingdon", "2023-24", "shared").iterdir()] == [
        "store.json"
    ]


def test_a_store_of_another_release_is_refused(releases, monkeypatch):
    monkeypatch.setenv(opening.STORE_VARIABLE, str(releases["internal"] / "store.json"))
    with pytest.raises(Exception, match="the store holds hillingdon 2023-24 internal, but the notebook asks for"):
        open_section(SECTION, partnership="hillingdon", year="2023-24", release="shared")
