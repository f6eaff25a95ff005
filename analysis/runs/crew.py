"""The crew of a run: one process that has loaded and used everything once, and forks a worker for each task.

It is a program of its own (`python -m analysis.runs.crew`), so that whoever builds may have threads, and holds no
records, so that no notebook can. When whoever started it ends, however that ends, the system ends all of them.
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
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from analysis.errors import MachineError, SafeguardingError, say_fault

CAN_FORK = sys.platform == "linux"
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
    """Does tasks, `workers` at a time, and says which it starts. Used as a context: leaving it ends every process."""

    workers: int
    started: Callable[[str], None] = lambda name: None
    leader: subprocess.Popen | None = None
    line: Connection | None = None
    attempts: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> "Crew":
        if CAN_FORK:
            self._start()
        return self

    def __exit__(self, *error: object) -> None:
        if self.leader:
            self._end()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "analysis.runs.crew", str(theirs.fileno()), str(os.getpid())]
        environment = {**os.environ, **ENVIRONMENT}
        self.leader = subprocess.Popen(  # noqa: S603
            command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=environment, start_new_session=True
        )
        theirs.close()
        self.line = Connection(ours.detach())

    def _end(self) -> None:
        """End the leader, every worker, every kernel and what they started: they are one group of processes."""
        with suppress(ProcessLookupError):
            os.killpg(self.leader.pid, signal.SIGKILL)
        self.leader.wait()
        self.line.close()

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Give what each task gave as it ends.

        Raises what a task raised, in one line, and MachineError where a worker was killed more than once.
        """
        waiting, running, finished = sorted(tasks, key=lambda task: -task.weight), {}, set()
        while waiting or running:
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
            self._end()
            self._start()
            first, *rest = running.values()
            for task in rest:
                self._ask(task)
            return first.name, Lost(status), 0.0

    def _try_again(self, task: Task, lost: "Lost") -> None:
        self.attempts[task.name] = self.attempts.get(task.name, 1) + 1
        if self.attempts[task.name] > ATTEMPTS:
            raise MachineError(f"the process that made {task.name} was ended twice ({lost}); nothing was published")


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


if __name__ == "__main__":
    from analysis.runs import crew  # what is sent is of the module, not of the program

    try:
        crew.lead(Connection(int(sys.argv[1])), int(sys.argv[2]))
    except EOFError:
        pass  # whoever started it is gone
    except Exception as error:  # noqa: BLE001  told before it ends with its group
        print(f"safeguarding: the crew can't work: {say_fault(error)}", file=sys.stderr, flush=True)
    finally:
        os.killpg(0, signal.SIGKILL)  # what the notebooks started is in the group too
