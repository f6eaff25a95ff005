"""The parts of a run: parameters, folders that change whole, files that hold nothing they shouldn't."""

import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.errors import BusyError, CommandError, DataError
from analysis.partnership import Partnership, Section
from analysis.report.blocks import CHART_MIME
from analysis.runs import folders
from analysis.runs.files import tidy_notebook
from analysis.runs.folders import exchange, hold, publish
from analysis.runs.plan import check_parameters, choose_sections, declared_parameters, find_notebook

HERE = Partnership("p", "P", "E09", "P", tuple(Section(id, "1", "T", "A") for id in ("one", "two")))


def write_notebook(path, source):
    cells = [new_code_cell(source, metadata={"tags": ["parameters"]})]
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_declared_parameters_are_read_with_and_without_a_type(tmp_path):
    path = write_notebook(tmp_path / "one.ipynb", 'year: str = "2023-24"\nrelease = "shared"')
    assert declared_parameters(path) == ["year", "release"]


def test_an_undeclared_parameter_is_refused(tmp_path):
    path = write_notebook(tmp_path / "one.ipynb", 'year: str = "2023-24"')
    check_parameters(path, {"year": "2022-23"})
    with pytest.raises(CommandError, match=r"one.ipynb: unknown parameter 'yaer'; allowed: year"):
        check_parameters(path, {"yaer": "2022-23"})


def test_sections_are_chosen_in_the_reports_order_and_unknown_ones_refused():
    assert [s.id for s in choose_sections(HERE, ["two", "one"])] == ["one", "two"]
    assert [s.id for s in choose_sections(HERE, [])] == ["one", "two"]
    with pytest.raises(CommandError, match="unknown section 'three'; allowed: one, two"):
        choose_sections(HERE, ["three"])


def test_a_section_without_a_notebook_is_told(tmp_path):
    with pytest.raises(DataError, match=r"section 'one' has no notebook one\.ipynb"):
        find_notebook("one", tmp_path, {})


@pytest.fixture
def report(tmp_path):
    release = tmp_path / "shared"
    release.mkdir()
    (release / "index.html").write_text("old", encoding="utf-8")
    return release


@pytest.mark.parametrize("can_exchange", [True, False])
def test_publishing_replaces_the_report_and_leaves_nothing_behind(report, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(folders, "exchange", lambda one, other: False)
    with hold(report) as staging:
        assert list(staging.iterdir()) == []
        (staging / "index.html").write_text("new", encoding="utf-8")
        publish(staging, report)
    assert (report / "index.html").read_text(encoding="utf-8") == "new"
    assert {path.name for path in report.parent.iterdir()} <= {"shared", ".shared.lock"}


def test_a_build_that_fails_leaves_the_report_and_no_folder(report):
    with pytest.raises(DataError), hold(report) as staging:
        (staging / "index.html").write_text("new", encoding="utf-8")
        raise DataError("a fault")
    assert (report / "index.html").read_text(encoding="utf-8") == "old"
    assert {path.name for path in report.parent.iterdir()} <= {"shared", ".shared.lock"}


def test_one_build_at_a_time_makes_a_release_and_the_second_is_told(report, monkeypatch):
    monkeypatch.setattr(folders, "PATIENCE", 0.1)
    with hold(report):
        with (
            pytest.raises(BusyError, match=r"another build of .* shared is running; start this one again"),
            hold(report),
        ):
            pass
        with hold(report.with_name("internal")):  # another release is another's
            pass
    with hold(report):
        pass


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="exchanging two names in one step is Linux's")
def test_two_folders_are_exchanged_in_one_step(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert exchange(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a" / "b").exists()
    assert (tmp_path / "b" / "a").exists()


def test_leftovers_of_a_killed_run_are_removed_and_a_report_moved_aside_comes_back(tmp_path):
    release = tmp_path / "shared"
    for name in (".staging-shared", ".staging-shared-abc", ".staging-old-shared-12", ".aside-shared"):
        (tmp_path / name).mkdir()
    (tmp_path / ".staging-shared-note").write_text("left by somebody", encoding="utf-8")
    (tmp_path / ".staging-internal").mkdir()  # of a build that runs beside this one
    (tmp_path / ".aside-shared" / "index.html").write_text("old", encoding="utf-8")
    with hold(release):
        pass
    assert (release / "index.html").read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} - {".shared.lock"} == {"shared", ".staging-internal"}


def test_a_tidied_notebook_has_no_times_paths_or_chart_files_in_it(tmp_path):
    chart = {"section": "another", "id": "c", "svg": "<svg/>", "csv": "a\n1\n", "png": "AAAA"}
    unfit = {"section": "one", "id": "d", "refused": "it could not be drawn", "faults": ["R6: turned"]}
    cell = new_code_cell("x", outputs=[new_output("display_data", {"text/html": "<p>", CHART_MIME: [chart, unfit]})])
    cell.metadata["papermill"] = {"start_time": "2026"}
    notebook = new_notebook(cells=[cell], metadata={"papermill": {"input_path": "/home/analyst"}})
    nbformat.write(notebook, tmp_path / "one.ipynb")
    _, refused = tidy_notebook(tmp_path / "one.ipynb", tmp_path / "charts")
    assert refused == [unfit]
    text = (tmp_path / "one.ipynb").read_text(encoding="utf-8")
    assert "analyst" not in text
    assert "2026" not in text
    assert CHART_MIME not in text
    assert [path.name for path in (tmp_path / "charts").iterdir()] == ["one"]  # whichever section its figures are of
    assert sorted(path.name for path in (tmp_path / "charts" / "one").iterdir()) == [
        "c.csv",
        "c.json",
        "c.png",
        "c.svg",
    ]
