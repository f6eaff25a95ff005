"""The papermill engine `safeguarding`: kernels forked from this process, within limits of time, memory and output.

`papermill --engine safeguarding in.ipynb out.ipynb` uses it as a build does. The executed notebook is that of
papermill's own engine but for times. Where no fork is safe (not on Linux, a caller with threads, another language) the
kernel is an ordinary one, and the notebook the same.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.log import logger

from analysis.settings import LIMITS, get_limit

NAME = "safeguarding"
LOADED = ("ipykernel.debugger", "IPython.core.completerlib", "IPython.extensions.storemagic", "analysis.runs.kernel")

UNSAFE = "polars"  # a process forked from one that has used it hangs
HARMLESS = ("tqdm", "pydevd")  # threads that hold no lock which a kernel needs


class ForkingEngine(NBClientEngine):
    """Runs a notebook in a kernel that is forked from this process where that is safe."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **options: Any):  # noqa: D102
        known = {name: options[name] for name in ("log_output", "stdout_file", "stderr_file") if name in options}
        client = Client(
            nb_man,
            options.get("limits") or {name: get_limit(name) for name in LIMITS},
            timeout=options.get("execution_timeout") or options.get("timeout"),
            startup_timeout=options.get("start_timeout", 60),
            kernel_name=kernel_name,
            log=logger,
            **known,
        )
        if nb_man.nb.metadata.get("kernelspec", {}).get("language", "python") == "python" and is_fork_safe():
            client.warm = True
        return client.execute()


class Client(PapermillNotebookClient):
    """Runs the cells of a notebook within limits, and says of a cell that its kernel didn't survive that it failed."""

    warm = False

    def __init__(self, nb_man, limits: Mapping[str, int], **options: Any):
        super().__init__(nb_man, **options)
        self.limits, self.room = limits, limits["output"]
        self.deadline = time.monotonic() + limits["seconds"]
        self.cell_seconds = self.timeout
        self.timeout_func = self._count_seconds

    def _count_seconds(self, cell: Any) -> int:
        """Return how long a cell may take: its own limit, or what is left of the notebook's."""
        left = max(1, int(self.deadline - time.monotonic()))
        return min(left, self.cell_seconds) if self.cell_seconds and self.cell_seconds > 0 else left

    @contextmanager
    def setup_kernel(self, **rest: Any) -> Iterator[None]:  # noqa: D102
        if not self.warm:
            with super().setup_kernel(**rest):
                yield
            return
        from analysis.runs.kernel import ForkedKernel

        load_all()
        self.km = self.kc = kernel = ForkedKernel(self.limits["memory"])
        try:
            yield
        finally:
            kernel.end()

    def execute_cell(self, cell, cell_index, **rest: Any):  # noqa: D102
        try:
            return super().execute_cell(cell, cell_index, **rest)
        except CellExecutionError:
            raise
        except EOFError:
            self._fail(cell, cell_index)
            raise DeadKernelError(f"the kernel ended with status {self.km.wait()}") from None
        except (CellTimeoutError, DeadKernelError):
            self._fail(cell, cell_index)
            raise

    def _fail(self, cell, cell_index) -> None:
        self.nb_man.cell_exception(cell, cell_index=cell_index)

    def process_message(self, msg, cell, cell_index):  # noqa: D102
        return super().process_message(self._cut(msg), cell, cell_index)

    def _cut(self, msg: dict[str, Any]) -> dict[str, Any]:
        """Return a message whose output still has room in the notebook, else one that says that it was left out."""
        kind, content = msg["msg_type"], msg["content"]
        if kind not in ("stream", "display_data", "execute_result"):
            return msg
        size = len(content["text"]) if kind == "stream" else sum(len(str(part)) for part in content["data"].values())
        left, self.room = self.room, max(0, self.room - size)
        if size <= left:
            return msg
        note = f"[output cut: a notebook may show {self.limits['output']:,} characters]"
        if kind == "stream":
            return {**msg, "content": {**content, "text": f"{content['text'][:left]}\n{note}\n" if left else ""}}
        return {**msg, "content": {**content, "data": {"text/plain": note}}}


def is_fork_safe() -> bool:
    """Whether a kernel may be forked from this process: on Linux, without other threads that could hold a lock."""
    others = [thread for thread in threading.enumerate() if thread is not threading.current_thread()]
    harmless = all(type(thread).__module__.split(".")[0].strip("_") in HARMLESS for thread in others)
    return sys.platform == "linux" and harmless and not sys.modules.get(UNSAFE)


def load_all() -> None:
    """Load and use once what nearly every notebook uses, so that no kernel pays for it."""
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # else its loading warns that nobody can debug it
    for name in LOADED:
        import_module(name)
    from analysis.report.warm import warm_up

    warm_up()


papermill_engines.register(NAME, ForkingEngine)
