"""The crew of a run: tasks in their order, workers that die, faults of the machine in one line, nothing left over."""

import os
import pickle
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.errors import DataError, MachineError
from analysis.runs import crew as crews
from analysis.runs.crew import Crew, Task
from analysis.runs.plan import Job
from benchmarks.killing import kill_builds
from tests.examples import a_release

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux alone"),
]


@pytest.fixture
def write(tmp_path):
    """Give what writes a notebook of a cell and returns the task to run it."""
    from analysis.release.store import write_store

    store = write_store(a_release(), tmp_path)

    def make(name, source, output=None, **order):
        path = tmp_path / f"{name}.ipynb"
        cells = [new_code_cell("", metadata={"tags": ["parameters"]}), new_code_cell(source)]
        nbformat.write(new_notebook(cells=cells), path)
        job = Job(name, path, {}, store, output or tmp_path / "notebooks" / path.name)
        return Task(name, "run_section", (job, tmp_path / "sections" / name, tmp_path / "charts"), **order)

    return make


@pytest.fixture
def crew():
    with Crew(2) as crew:
        yield crew
    assert is_gone(crew.leader.pid)


def is_gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(psutil.NoSuchProcess):  # one that ended while it was looked at
            if found := condition():
                return found
        time.sleep(0.02)
    raise AssertionError("it never came about")


def kill_soon(crew, find):
    """Kill what is found among the crew's processes as soon as it is there."""

    def kill():
        process = wait_for(lambda: find(psutil.Process(crew.leader.pid)))
        os.kill(process.pid, signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def find_worker(leader):
    return next(iter(leader.children()), None)


def find_kernel(leader):
    workers = leader.children()
    return next((kernel for worker in workers for kernel in worker.children()), None)


def name_done(crew, *tasks):
    return [done.name for done in crew.run(tasks)]


def test_what_is_long_starts_first_and_what_waits_for_another_after_it(crew, write):
    started = []
    crew.started, crew.workers = started.append, 1
    tasks = [write("short", "1", weight=1), write("long", "1", weight=2), write("next", "1", after=frozenset({"long"}))]
    assert sorted(name_done(crew, *tasks)) == ["long", "next", "short"]
    assert started == ["long", "short", "next"]


def test_a_section_that_fails_by_its_own_fault_is_an_outcome(crew, write):
    (done,) = crew.run([write("one", "raise ValueError('12345')")])
    assert done.value[0].error == "ValueError"
    assert "12345" not in done.value[0].detail


def test_a_worker_that_is_killed_is_replaced(crew, write):
    killing = kill_soon(crew, find_worker)
    assert name_done(crew, write("one", "import time\ntime.sleep(1)"), write("two", "1")) in (
        ["one", "two"],
        ["two", "one"],
    )
    killing.join()


def test_a_task_whose_worker_is_killed_twice_stops_the_run_in_one_line(crew, write):
    kill = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nimport time\ntime.sleep(5)"
    with pytest.raises(MachineError, match=r"^the process that made one was ended twice \(signal 9\); nothing was pub"):
        name_done(crew, write("one", kill))


def test_a_kernel_that_is_killed_is_replaced(crew, write):
    killing = kill_soon(crew, find_kernel)
    (done,) = crew.run([write("one", "import time\ntime.sleep(1)")])
    killing.join()
    assert done.value[0].succeeded


def test_a_dead_leader_is_replaced_and_what_was_under_way_done_again(crew, write):
    first = crew.leader.pid
    killing = kill_soon(crew, lambda leader: find_kernel(leader) and leader)
    assert sorted(name_done(crew, write("one", "import time\ntime.sleep(1)"), write("two", "1"))) == ["one", "two"]
    killing.join()
    assert is_gone(first)


def test_a_fault_of_the_machine_is_one_line_without_a_path(crew, write, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(MachineError, match=r"^one could not be made: .* \(file\); nothing was published$"):
        name_done(crew, write("one", "1", output=tmp_path / "file" / "one.ipynb"))


def test_a_disk_that_is_full_is_told_so(crew, write):
    with pytest.raises(MachineError, match=r"^one could not be made: no space left on device"):
        name_done(crew, write("one", "print('x' * 100)", output=_full(write)))


def _full(write):
    """Return a name whose file takes no byte."""
    path = write("unused", "1").arguments[0].output.parent / "full.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.symlink_to("/dev/full")
    return path


def test_what_is_wrong_with_the_data_is_raised_as_it_was(crew, tmp_path):
    (tmp_path / "index.html").write_text("see CH-20417-Q", encoding="utf-8")
    with pytest.raises(DataError, match="index.html: forbidden text"):
        name_done(crew, Task("scan", "scan_files", (tmp_path, "hillingdon", {"CH-20417-Q"}, ["index.html"])))


def test_a_full_disk_within_a_cell_is_the_machines_fault_and_a_lost_file_the_sections_own(crew, write):
    full = write("full", "import errno, os\nraise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))")
    with pytest.raises(MachineError, match="this machine won't: no space left on device; nothing was published"):
        name_done(crew, full)
    (lost,) = [done.value[0] for done in crew.run([write("one", "open('nowhere')")])]
    assert lost.error == "FileNotFoundError"


def test_without_a_safe_fork_the_tasks_are_done_one_after_another(write, monkeypatch):
    monkeypatch.setattr(crews, "CAN_FORK", False)
    with Crew(2) as crew:
        assert name_done(crew, write("one", "1")) == ["one"]
        assert crew.leader is None


BUILD = """
import pickle, sys
from analysis.runs.crew import Crew
with Crew(2) as crew:
    print(crew.leader.pid, flush=True)
    list(crew.run(pickle.load(open(sys.argv[1], "rb"))))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_all_that_a_run_started_ends_with_it_however_it_ends(write, tmp_path, number):
    source = "import subprocess\nsubprocess.run(['sleep', '600'])"
    (tmp_path / "tasks").write_bytes(pickle.dumps([write("one", source), write("two", source)]))
    run = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(tmp_path / "tasks")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    leader = psutil.Process(int(run.stdout.readline()))
    wait_for(lambda: [p for p in leader.children(recursive=True) if p.name() == "sleep"])
    every = [leader, *leader.children(recursive=True)]
    run.send_signal(number)
    run.wait()
    assert wait_for(lambda: all(is_gone(process.pid) for process in every))


def test_builds_that_are_stopped_at_any_moment_leave_a_whole_report_and_nothing_else(tmp_path):
    chance = random.Random(os.getpid())
    assert kill_builds(tmp_path, {signal.SIGKILL: 3, signal.SIGTERM: 2, signal.SIGINT: 1}, chance) == {}
