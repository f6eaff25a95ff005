"""Running section notebooks with papermill, several at a time, each in a kernel that knows only the store."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from analysis.release.opening import STORE_VARIABLE
from analysis.runs.plan import Job

OWN_ERRORS = ("CommandError", "DataError", "SafeguardingError")


@dataclass(frozen=True)
class Outcome:
    """What one notebook did. `error` is the kind of what went wrong; `detail` is for the terminal alone."""

    section: str
    seconds: float
    error: str = ""
    detail: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the whole notebook ran."""
        return not self.error


def run_jobs(jobs: Sequence[Job], workers: int) -> Iterator[Outcome]:
    """Yield the outcome of each job as it ends. A notebook that fails leaves the others running."""
    with ProcessPoolExecutor(min(workers, len(jobs)) or 1, mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(run_job, job): job for job in jobs}
        for future in as_completed(futures):
            job = futures[future]
            error = future.exception()
            yield future.result() if error is None else Outcome(job.section, 0.0, type(error).__name__, "")


def run_job(job: Job) -> Outcome:
    """Run one notebook and return what it did. The executed notebook is written where the job says."""
    started = time.monotonic()
    error = _timed(lambda: _execute(job))
    return Outcome(job.section, round(time.monotonic() - started, 2), *error)


def _timed(execute: Callable[[], None]) -> tuple[str, str]:
    """Return the kind and the detail of what went wrong, both empty where nothing did."""
    from papermill.exceptions import PapermillExecutionError

    try:
        execute()
    except PapermillExecutionError as error:
        message = error.evalue if error.ename in OWN_ERRORS else ""
        return error.ename, " ".join(f"{message}".split()) or "run the notebook by hand in JupyterLab to see where"
    except Exception as error:  # noqa: BLE001  a dead kernel must not take the other sections with it
        return type(error).__name__, " ".join(str(error).split())[:300]
    return "", ""


def _execute(job: Job) -> None:
    import papermill

    job.output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, told(kernel_environment(job, scratch)):
        papermill.execute_notebook(
            str(job.notebook),
            str(job.output),
            parameters=dict(job.parameters),
            kernel_name="python3",
            kernel_manager_class="analysis.runs.kernels.LocalKernelManager",
            progress_bar=False,
            log_output=False,
            shutdown_kernel="immediate",  # it holds nothing that isn't in the notebook
            cwd=scratch,
        )


@contextmanager
def told(values: dict[str, str]) -> Iterator[None]:
    """Add values to the environment, which a kernel takes over, for as long as one job takes."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def kernel_environment(job: Job, scratch: str) -> dict[str, str]:
    """Return what a kernel is told: the store to read, and no data folder, so that it has nothing to leak."""
    return {
        STORE_VARIABLE: str(job.store),
        "SAFEGUARDING_DATA": os.path.join(scratch, "no-data-for-notebooks"),
        "IPYTHONDIR": os.path.join(scratch, "ipython"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
