"""Notebooks run in forked kernels: the same as papermill's own, each knowing its own job alone, within its limits."""

import json
import os
import signal
import subprocess
import sys
import time
import tomllib

import nbformat
import papermill
import pytest
from matplotlib import pyplot
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from analysis.errors import DataError
from analysis.release.opening import STORE_VARIABLE
from analysis.runs import engine
from analysis.runs.plan import Job
from analysis.runs.work import run_job
from analysis.settings import REPOSITORY, get_limit

pytestmark = pytest.mark.slow
TELL = f"""
import json, os, analysis.report
told = [os.environ["{STORE_VARIABLE}"], os.getcwd(), os.getpid(), os.getppid(), hasattr(analysis.report, "spoilt")]
analysis.report.spoilt = True
print(json.dumps([*told, sorted(os.environ)]))
"""
CELLS = (
    'print("a")\nprint("b")\nimport sys\nprint("c", file=sys.stderr)\n1',
    "import pandas as pd\npd.DataFrame({'a': [1]})",
    "from IPython.display import HTML, display, update_display\nshown = display(HTML('<b>1</b>'), display_id='one')",
    "update_display(HTML('<b>2</b>'), display_id='one')",
    "!echo by the shell",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "import asyncio\nawait asyncio.sleep(0.01)\n5",
    "from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)",
    "__name__, In[1], _",
    "print('before')\n1 / 0",
    "'never run'",
)


@pytest.fixture(params=[True, False], ids=["forked", "started"])
def way(request, monkeypatch):
    """Whether kernels are forked; tests' own threads don't count."""
    if request.param and sys.platform != "linux":
        pytest.skip("kernels are forked on Linux alone")
    monkeypatch.setattr(engine, "is_fork_safe", lambda: request.param)
    return request.param


@pytest.fixture
def forked(monkeypatch):
    if sys.platform != "linux":
        pytest.skip("kernels are forked on Linux alone")
    monkeypatch.setattr(engine, "is_fork_safe", lambda: True)


@pytest.fixture
def limits(tmp_path, monkeypatch):
    """Set limits as an operator does, in the defaults of the data folder."""

    def set_limits(**limits):
        lines = ["[limits]", *(f"{name} = {value}" for name, value in limits.items())]
        (tmp_path / "defaults.toml").write_text("\n".join(lines), encoding="utf-8")
        monkeypatch.setenv("SAFEGUARDING_DATA", str(tmp_path))

    return set_limits


def write(path, *sources):
    cells = [new_code_cell("", metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def run(folder, name, *sources):
    path, output = write(folder / f"{name}.ipynb", *sources), folder / "done" / f"{name}.ipynb"
    outcome = run_job(Job(name, path, {}, folder / f"{name}.json", output))
    return outcome, nbformat.read(output, as_version=4).cells[-1].outputs if output.exists() else []


def tell(folder, name):
    outcome, outputs = run(folder, name, TELL)
    assert outcome.succeeded, outcome
    return json.loads(outputs[0]["text"])


def is_gone(pid):
    """Return whether a process ends within ten seconds."""
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def execute(path, engine_name):
    """Return what papermill leaves of a notebook that fails, without times, ids and numbers of processes."""
    output = path.with_name(f"{engine_name}.ipynb")
    with pytest.raises(PapermillExecutionError):
        papermill.execute_notebook(str(path), str(output), engine_name=engine_name, progress_bar=False)
    notebook = nbformat.read(output, as_version=4)
    for name in ("start_time", "end_time", "duration", "output_path"):
        notebook.metadata.papermill.pop(name)
    for cell in notebook.cells:
        told = cell.metadata.get("papermill", {})
        for name in ("start_time", "end_time", "duration"):
            told.pop(name, None)
        cell.metadata["execution"] = sorted(cell.metadata.get("execution", {}))
        cell.id = "any"
    return notebook


def test_the_executed_notebook_is_papermills_own_but_for_times(tmp_path, forked):
    path = write(tmp_path / "in.ipynb", *CELLS)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, new_markdown_cell("words"))
    nbformat.write(notebook, path)
    plain, ours = execute(path, "nbclient"), execute(path, engine.NAME)
    assert ours.metadata == plain.metadata
    for cell, same in zip(ours.cells, plain.cells, strict=True):
        assert cell == same
    assert [cell.metadata.papermill.status for cell in ours.cells if "status" in cell.metadata.get("papermill", {})][
        -2:
    ] == ["failed", "pending"]


def test_what_is_printed_below_python_is_heard(tmp_path, forked):
    """Apart from papermill's own: an ordinary kernel doesn't hear it under pytest, as it knows pytest's environment."""
    _, outputs = run(tmp_path, "below", "import os\nos.system('echo below Python');")
    assert [output["text"] for output in outputs if output["output_type"] == "stream"] == ["below Python\n"]


def test_a_chart_is_shown_though_the_process_that_a_kernel_is_forked_from_has_drawn_with_another_backend(
    tmp_path, forked
):
    pyplot.switch_backend("agg")
    pyplot.plot([5, 5])
    outcome, outputs = run(tmp_path, "drawn", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    pyplot.close("all")
    assert outcome.succeeded
    assert [output.get("data", {}).get("text/plain") for output in outputs] == ["<Figure size 640x480 with 1 Axes>"]


def test_each_kernel_knows_its_own_job_and_nothing_of_the_one_before(tmp_path, way, monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "of the scheduler")
    before = dict(os.environ)
    told = [tell(tmp_path, name) for name in ("one", "two")]
    assert [os.path.basename(store) for store, *_ in told] == ["one.json", "two.json"]
    assert len({folder for _, folder, *_ in told} | {os.getcwd()}) == 3  # each in an empty folder of its own
    assert [spoilt for *_, spoilt, _ in told] == [False, False]
    assert all("DATABASE_PASSWORD" not in names for *_, names in told)
    assert dict(os.environ) == before
    assert all(is_gone(pid) for _, _, pid, *_ in told)
    assert sorted(path.name for path in (tmp_path / "done").iterdir()) == ["one.ipynb", "two.ipynb"]


def test_a_kernel_that_dies_is_an_outcome_that_no_cell_hides_and_the_next_one_runs(tmp_path, way):
    outcome, _ = run(tmp_path, "dies", "import os\nos._exit(3)")
    assert outcome.error == "DeadKernelError"
    if way:
        assert outcome.detail == "the kernel ended with status 3"
    tell(tmp_path, "next")


def test_a_notebook_that_hangs_is_stopped_at_its_limit(tmp_path, way, limits):
    limits(seconds=2)
    outcome, _ = run(tmp_path, "hangs", "import time\ntime.sleep(600)")
    assert (outcome.error, outcome.detail.split(" (")[0]) == (
        "TimeoutError",
        "it took longer than defaults.toml allows",
    )


def test_a_notebook_that_takes_too_much_memory_fails_alone(tmp_path, forked, limits):
    limits(memory=200_000_000)
    outcome, _ = run(tmp_path, "greedy", "x = bytearray(2_000_000_000)")
    assert outcome.error == "MemoryError"
    assert run(tmp_path, "modest", "x = bytearray(50_000_000)")[0].succeeded


@pytest.mark.parametrize(
    "source", ["print('x' * 5_000_000)", "for _ in range(50):\n    print('x' * 100_000)"], ids=["at once", "bit by bit"]
)
def test_what_a_notebook_prints_is_cut_with_a_note(tmp_path, way, limits, source):
    limits(output=1_000_000)
    outcome, outputs = run(tmp_path, "prints", source)
    assert outcome.succeeded
    told = "".join(output.text for output in outputs)
    assert 1_000_000 <= len(told) < 1_001_000
    assert told.count("[output cut: a notebook may show 1,000,000 characters]") == 1


def test_what_a_notebook_shows_above_its_limit_is_named_on_the_page_and_not_lost_in_silence(tmp_path, forked, limits):
    limits(output=1000)
    _, outputs = run(tmp_path, "shows", "from IPython.display import HTML\nHTML('x' * 5000)")
    assert outputs[0].data == {"text/plain": "[output cut: a notebook may show 1,000 characters]"}


def test_a_limit_that_is_no_number_is_told(limits):
    limits(seconds='"long"')
    with pytest.raises(DataError, match="limits: seconds is 'long'; allowed: a whole number above 0"):
        get_limit("seconds")


def test_a_kernel_ends_when_the_process_that_forked_it_is_killed(tmp_path, forked):
    read, write_end = os.pipe()
    source = f"import os, time\nos.write({write_end}, str(os.getpid()).encode())\ntime.sleep(600)"
    driver = os.fork()
    if not driver:
        run(tmp_path, "long", source)
        os._exit(0)
    kernel = int(os.read(read, 20))
    os.kill(driver, signal.SIGKILL)
    os.waitpid(driver, 0)
    assert is_gone(kernel)


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
def test_anybodys_papermill_finds_the_engine_by_its_entry_point(tmp_path):
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [f"{name} = {target}" for name, target in project["entry-points"]["papermill.engine"].items()]
    installed = tmp_path / "installed" / "some_report-1.0.dist-info"
    installed.mkdir(parents=True)
    (installed / "entry_points.txt").write_text("\n".join(["[papermill.engine]", *lines]), encoding="utf-8")
    path = write(tmp_path / "in.ipynb", "import os\nprint(os.getppid())")
    command = [sys.executable, "-m", "papermill", "--engine", engine.NAME, str(path), str(tmp_path / "out.ipynb")]
    places = os.pathsep.join([str(installed.parent), str(REPOSITORY)])
    done = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": places}, stderr=subprocess.DEVNULL)
    assert done.wait() == 0
    (told,) = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[-1].outputs
    assert told.text == f"{done.pid}\n"  # the kernel is papermill's own child: it was forked
