"""A crew of many machines: the tasks of a run, or whole builds, done by the workers of a Dask cluster.

Each thread of a worker keeps a crew of one of its own, so that it forks workers and kernels as a build on one machine
does. Data, outputs and the clone lie in folders that every machine has by the same path. What a lost worker had under
way is done again by another.
"""

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from analysis.errors import CommandError, MachineError, say_fault
from analysis.keys import list_files, make_key
from analysis.runs.crew import Crew, Lost, Task
from analysis.runs.many import try_build
from analysis.settings import REPOSITORY, get_data_root, get_output_root

LOCAL = "local"
TOLD = ("SOURCE_DATE_EPOCH", "SAFEGUARDING_PUBLISHED")
PATIENCE = "10s"  # that a scheduler may take to answer
OWN = threading.local()  # the crew of a worker's thread


@dataclass
class Cluster(Crew):
    """Does tasks by the workers of the cluster at an address, or of one that is started on this machine."""

    address: str = LOCAL
    client: Any = None
    own: Any = None  # the cluster, where it was started here
    names: dict[str, str] = field(default_factory=dict)

    def _start(self) -> None:
        self.own, self.client = connect(self.address, self.workers)
        check_programs(self.client)
        self.workers = sum(self.client.nthreads().values())
        self.line = import_dask().as_completed(loop=self.client.loop)

    @contextmanager
    def open(self, builds: int) -> Iterator[bool]:
        """Join the cluster for so many builds and leave it after them; give whether each worker does builds whole."""
        self.kept = True
        try:
            with self:
                yield builds >= self.workers > 0 and builds > 1
        finally:
            self.end()

    def end(self) -> None:
        """Leave the cluster; end it where it was started here."""
        for held in filter(None, (self.client, self.own)):
            held.close()
        self.client = self.own = self.line = None

    def _ask(self, task: Task) -> None:
        self._submit(task.name, do_there, task, list_settings())

    def _submit(self, name: str, *call: Any) -> None:
        future = self.client.submit(*call, pure=False, retries=0)
        self.names[future.key] = name
        self.line.add(future)

    def _hear(self, running: Mapping[str, Task]) -> tuple[str, Any, float]:
        future = next(self.line)
        name, error = self.names.pop(future.key), future.exception()
        return (name, *future.result()) if error is None else (name, tell_lost(name, error), 0.0)

    def build_all(self, asked: Sequence[tuple[str, ...]], **options: Any) -> Iterator[tuple[str, Any, float]]:
        """Build releases of partnerships and years, each whole by one worker; give the place in what was `asked`, what
        was built or the error to tell, and the seconds, as they end."""
        for place, one in enumerate(asked):
            self._submit(str(place), build_there, one, options, list_settings())
        for _ in asked:
            yield self._hear({})


def import_dask() -> Any:
    """Return Dask's library. Raises CommandError where it isn't installed."""
    try:
        import distributed
    except ImportError:
        raise CommandError("--cluster needs the extra 'cluster': pip install distributed") from None
    return distributed


def connect(address: str, workers: int) -> tuple[Any, Any]:
    """Return the cluster that was started here, if one was, and a client of the one at an address.

    Raises CommandError where nobody answers there, MachineError where no worker is ready.
    """
    dask = import_dask()
    own = None
    if address == LOCAL:
        options = {"dashboard_address": None, "memory_limit": 0, "silence_logs": "ERROR"}
        own = dask.LocalCluster(n_workers=workers, threads_per_worker=1, **options)
    try:
        client = dask.Client(own or address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise CommandError(
            f"no cluster answers at {address!r}; allowed: {LOCAL}, or an address of a scheduler"
        ) from error
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=60)
    if not client.nthreads():
        raise MachineError("the cluster has no worker; nothing was published")
    return own, client


def check_programs(client: Any) -> None:
    """Raise CommandError where a worker has other code or definitions than this program: its pages would be others."""
    marks = client.run(mark_program)
    strange = [worker for worker, mark in marks.items() if mark != mark_program()]
    if strange:
        raise CommandError(
            f"{len(strange)} of {len(marks)} workers have another version of the program; allowed: this one"
        )


def mark_program() -> str:
    """Return a mark of the code, the definitions, the notebooks and the versions of libraries."""
    folders = ("analysis", "data/dictionary", "notebooks/sections")
    files = [path for folder in folders for path in list_files(REPOSITORY / folder)]
    return make_key([*files, REPOSITORY / "requirements.lock"])


def list_settings() -> dict[str, str]:
    """Return what of this program's environment its workers must know: where data and outputs lie."""
    told = {name: os.environ[name] for name in TOLD if name in os.environ}
    return {"SAFEGUARDING_DATA": str(get_data_root()), "SAFEGUARDING_OUTPUT": str(get_output_root()), **told}


def tell_lost(name: str, error: Exception) -> Exception | Lost:
    """Return what to tell of a task that Dask gave up: that its workers were lost, one after another, or its error."""
    if type(error).__name__ == "KilledWorker":
        return MachineError(f"every worker that made {name} was lost; nothing was published")
    return MachineError(f"{name} could not be made: {say_fault(error)}; nothing was published")


def get_crew(settings: Mapping[str, str]) -> Crew:
    """Return the crew of this thread of a worker, which knows the settings; another one where they changed."""
    held, crew = getattr(OWN, "held", (None, None))
    if held != settings:
        if crew:
            crew.end()
        os.environ.update(settings)
        crew = Crew(1, kept=True)
        OWN.held = (dict(settings), crew)
    return crew


def do_there(task: Task, settings: Mapping[str, str]) -> tuple[Any, float]:
    """Do a task within a worker of the cluster; return what it gave, or the error to tell, and its seconds."""
    with get_crew(settings) as crew:
        crew._ask(task)
        return crew._hear({task.name: task})[1:]


def build_there(asked: tuple[str, ...], options: Mapping[str, Any], settings: Mapping[str, str]) -> tuple[Any, float]:
    """Build one release within a worker of the cluster."""
    return try_build(*asked, crew=get_crew(settings), **options)
