"""The crew of a run: one process that has loaded and used everything once, and forks a worker for each task.

It is forked from a program that has loaded what counting uses and done nothing yet. Where whoever builds may have
threads or records it is a program of its own (`python -m analysis.runs.crew`): it holds none, so that no notebook can.
When whoever started it ends, however that ends, the system ends all of them.
Where there is no safe fork (not on Linux) the tasks are done one after another by whoever asks.
"""

import gc
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from analysis.errors import MachineError, SafeguardingError, say_fault
from analysis.runs.stopping import heed

CAN_FORK = sys.platform == "linux"
MOST_FILES = 256  # that a process which has only loaded its modules has open
ATTEMPTS = 2  # a worker that was killed may have been killed by chance
# A process with several threads can't be forked safely.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


@dataclass(frozen=True)
class Task:
    """Something to do: a function of `analysis.runs.work` by its name, and what it is given.

    It starts when the tasks `after` are done; of those that may start, the one of the greatest `weight` first.
    """

    name: str
    function: str
    arguments: tuple = ()
    after: frozenset[str] = frozenset()
    weight: float = 0.0


@dataclass(frozen=True)
class Done:
    """What a task gave, and the seconds that it took."""

    name: str
    value: Any
    seconds: float


@dataclass
class Crew:
    """Does tasks, `workers` at a time, and says which it starts. Used as a context: leaving it ends every process, but
    for one that is `kept` for the next build, unless something went wrong. `load` loads what whoever builds needs too.
    """

    workers: int
    started: Callable[[str], None] = lambda name: None
    kept: bool = False
    load: Callable[[], None] = lambda: None
    leader: "subprocess.Popen | Forked | None" = None
    line: Connection | None = None
    attempts: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> "Crew":
        if CAN_FORK and not self.line:
            self._start()
        return self

    def __exit__(self, kind: type | None, *error: object) -> None:
        if kind or not self.kept:
            self.end()

    @contextmanager
    def open(self, builds: int) -> Iterator[bool]:
        """Keep the crew for so many builds and end it after them; give whether it does builds whole."""
        self.kept = builds > 1
        try:
            yield False
        finally:
            self.end()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        self.leader = Forked(theirs, self.load) if is_fresh() else start_program(theirs)
        theirs.close()
        self.line = Connection(ours.detach())

    def end(self) -> None:
        """End the leader, every worker, every kernel and what they started: they are one group of processes."""
        if not self.line:
            return
        for end in (os.killpg, os.kill):  # one that was just forked isn't a group yet
            with suppress(ProcessLookupError):
                end(self.leader.pid, signal.SIGKILL)
        self.leader.wait()
        self.line.close()
        self.line = None

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Give what each task gave as it ends.

        Raises what a task raised, in one line, and MachineError where a worker was killed more than once.
        """
        self.attempts.clear()
        waiting, running, finished = sorted(tasks, key=lambda task: -task.weight), {}, set()
        while waiting or running:
            heed()
            for task in [task for task in waiting if task.after <= finished][: self.workers - len(running)]:
                waiting.remove(task)
                running[task.name] = task
                self.started(task.name)
                self._ask(task)
            name, value, seconds = self._hear(running)
            task = running.pop(name)
            if isinstance(value, Lost):
                self._try_again(task, value)
                waiting.insert(0, task)
                continue
            if isinstance(value, Exception):
                raise value
            finished.add(name)
            yield Done(name, value, seconds)

    def _ask(self, task: Task) -> None:
        if self.line:
            with suppress(OSError):  # a leader that is gone is noticed when its answer is waited for
                self.line.send(task)

    def _hear(self, running: dict[str, Task]) -> tuple[str, Any, float]:
        """Return the name of a task that ended, what came of it, and its seconds."""
        if not self.line:
            task = next(iter(running.values()))
            return (task.name, *do(task))
        try:
            return self.line.recv()
        except (EOFError, OSError):  # the leader is gone, and with it every worker
            status = self.leader.wait()
            self.end()
            self._start()
            first, *rest = running.values()
            for task in rest:
                self._ask(task)
            return first.name, Lost(status), 0.0

    def _try_again(self, task: Task, lost: "Lost") -> None:
        self.attempts[task.name] = self.attempts.get(task.name, 1) + 1
        if self.attempts[task.name] > ATTEMPTS:
            raise MachineError(f"the process that made {task.name} was ended twice ({lost}); nothing was published")


def is_fresh() -> bool:
    """Whether this process has loaded, read and started nothing yet, so that a leader may be forked from it."""
    return "numpy" not in sys.modules and threading.active_count() == 1


def start_program(line: socket.socket) -> subprocess.Popen:
    """Start a leader as a program of its own."""
    command = [sys.executable, "-P", "-m", "analysis.runs.crew", str(line.fileno()), str(os.getpid())]
    environment = {**os.environ, **ENVIRONMENT}
    return subprocess.Popen(  # noqa: S603
        command, pass_fds=[line.fileno()], stdin=subprocess.DEVNULL, env=environment, start_new_session=True
    )


class Forked:
    """A leader forked from this process when it has loaded what both of them need: that is paid once."""

    def __init__(self, line: socket.socket, load: Callable[[], None]):
        os.environ.update(ENVIRONMENT)
        load()
        gc.freeze()
        parent, self.status = os.getpid(), None
        self.pid = os.fork()
        if not self.pid:
            try:
                os.setsid()
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                os.closerange(3, line.fileno())  # among them is the lock that the build holds
                os.closerange(line.fileno() + 1, MOST_FILES)
                follow(line.detach(), parent)
            finally:
                os._exit(1)

    def wait(self) -> int:
        """Return the status that it ended with; negative for a signal."""
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status


@dataclass(frozen=True)
class Lost:
    """What came of a task whose worker ended without an answer."""

    status: int

    def __str__(self) -> str:
        return f"signal {-self.status}" if self.status < 0 else f"status {self.status}"


def do(task: Task) -> tuple[Any, float]:
    """Return what a task gives, or the error to tell, and the seconds that it took."""
    from analysis.runs import work

    started = time.monotonic()
    function: Callable[..., Any] = getattr(work, task.function)
    try:
        value = function(*task.arguments)
    except SafeguardingError as error:
        value = error
    except Exception as error:  # noqa: BLE001  whatever it is, it is told in one line and nothing is published
        value = MachineError(f"{task.name} could not be made: {say_fault(error)}; nothing was published")
    return value, round(time.monotonic() - started, 2)


def lead(line: Connection, parent: int) -> None:
    """Be the leader: fork a worker for each task that the line asks for, and tell what came of it."""
    from analysis.runs.kernel import die_with_parent

    signal.signal(signal.SIGTERM, lambda number, frame: os.killpg(0, signal.SIGKILL))
    die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        return
    logging.disable()
    from analysis.runs import work

    work.load_all()
    gc.freeze()
    workers: dict[Connection, tuple[str, int]] = {}
    while True:
        for ready in wait([line, *workers]):
            if ready is line:
                task = line.recv()
                pipe, pid = fork_worker(task)
                workers[pipe] = (task.name, pid)
            else:
                line.send(hear_worker(ready, *workers.pop(ready)))


def fork_worker(task: Task) -> tuple[Connection, int]:
    """Return the pipe to a new worker, and its process id."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid:
        os.close(theirs)
        return Connection(ours, writable=False), pid
    try:
        from analysis.runs.kernel import die_with_parent

        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with_parent()
        Connection(theirs, readable=False).send_bytes(pickle.dumps(do(task)))
    finally:
        os._exit(0)


def hear_worker(pipe: Connection, name: str, pid: int) -> tuple[str, Any, float]:
    """Return the name of a worker's task, what came of it, and its seconds; wait for the worker's end."""
    try:
        value, seconds = pickle.loads(pipe.recv_bytes())  # noqa: S301  our own worker's
    except (EOFError, OSError):
        value, seconds = None, -1.0
    pipe.close()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return (name, value, seconds) if seconds >= 0 else (name, Lost(status), 0.0)


def follow(line: int, parent: int) -> None:
    """Be the leader until whoever started it is gone; then end with all that it started."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        lead(Connection(line), parent)
    except EOFError:
        pass  # whoever started it is gone
    except Exception as error:  # noqa: BLE001  told before it ends with its group
        print(f"safeguarding: the crew can't work: {say_fault(error)}", file=sys.stderr, flush=True)
    finally:
        os.killpg(0, signal.SIGKILL)  # what the notebooks started is in the group too


if __name__ == "__main__":
    from analysis.runs import crew  # what is sent is of the module, not of the program

    crew.follow(int(sys.argv[1]), int(sys.argv[2]))
