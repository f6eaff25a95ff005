"""Kernels of a run: each knows its own job alone, whichever way it was started, and none outlives its run."""

import json
import os
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.release.opening import STORE_VARIABLE
from analysis.runs import kernels
from analysis.runs.engine import run_job
from analysis.runs.plan import Job

pytestmark = pytest.mark.slow
TELL = f"""
import json, os, analysis.report
told = [os.environ["{STORE_VARIABLE}"], os.getcwd(), os.getpid(), os.getppid(), hasattr(analysis.report, "spoilt")]
analysis.report.spoilt = True
print(json.dumps(told))
"""


@pytest.fixture(params=[True, False], ids=["forked", "started"])
def way(request, monkeypatch):
    if request.param and not kernels.CAN_FORK:
        pytest.skip("kernels are forked on Linux alone")
    monkeypatch.setattr(kernels, "CAN_FORK", request.param)
    return request.param


def run(folder, name, source):
    path, output = folder / f"{name}.ipynb", folder / "done" / f"{name}.ipynb"
    tagged = new_code_cell("", metadata={"tags": ["parameters"]})
    nbformat.write(new_notebook(cells=[tagged, new_code_cell(source)]), path)
    outcome = run_job(Job(name, path, {}, folder / f"{name}.json", output))
    return outcome, nbformat.read(output, as_version=4).cells[-1].outputs


def tell(folder, name):
    outcome, outputs = run(folder, name, TELL)
    assert outcome.succeeded, outcome
    return json.loads(outputs[0]["text"])


def gone(pid):
    """Return whether a process ends within ten seconds."""
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_each_kernel_knows_its_own_job_and_nothing_of_the_one_before(tmp_path, way):
    told = [tell(tmp_path, name) for name in ("one", "two")]
    assert [os.path.basename(store) for store, *_ in told] == ["one.json", "two.json"]
    assert len({folder for _, folder, *_ in told} | {os.getcwd()}) == 3  # each in an empty folder of its own
    assert [spoilt for *_, spoilt in told] == [False, False]
    parents = {parent for _, _, _, parent, _ in told}
    assert parents == ({kernels.get_nursery().pid} if way else {os.getpid()})


def test_a_job_leaves_the_environment_of_its_run_as_it_was(tmp_path, way):
    before = dict(os.environ)
    tell(tmp_path, "one")
    assert dict(os.environ) == before


def test_a_kernel_ends_with_its_notebook(tmp_path, way):
    _, _, pid, *_ = tell(tmp_path, "one")
    assert gone(pid)


def test_a_kernel_that_dies_is_an_outcome_and_the_next_one_runs(tmp_path, way):
    outcome, _ = run(tmp_path, "dies", "import os\nos._exit(3)")
    assert outcome.error == "DeadKernelError"
    tell(tmp_path, "next")


@pytest.mark.skipif(not kernels.CAN_FORK, reason="kernels are forked on Linux alone")
def test_the_nursery_and_its_kernels_end_with_the_run_that_started_them(tmp_path):
    code = "from analysis.runs import kernels; print(kernels.get_nursery().pid, flush=True); input()"
    run = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    nursery = int(run.stdout.readline())
    os.kill(nursery, 0)  # it lives
    run.kill()
    run.wait()
    assert gone(nursery)
