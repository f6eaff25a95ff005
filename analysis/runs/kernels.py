"""Kernels for runs: forked from a process that is warm already, reached through sockets of the file system.

Where there is no safe fork (Windows, macOS), a kernel is started as Jupyter does.
"""

import json
import os
import signal
import subprocess
import sys
from functools import cache
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import default

CAN_FORK = sys.platform == "linux"
# A process with several threads can't be forked safely; nor should its loading warn that nobody can debug it.
NURSERY_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


class LocalKernelManager(AsyncKernelManager):
    """Starts a kernel that only this user of this machine can reach (on Windows: the loopback interface)."""

    @default("transport")
    def _choose_transport(self) -> str:
        return "tcp" if os.name == "nt" else "ipc"

    async def _async_pre_start_kernel(self, **kwargs: Any) -> tuple[list[str], dict[str, Any]]:
        if CAN_FORK and self.provisioner is None:
            self.provisioner = ForkProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**kwargs)

    pre_start_kernel = _async_pre_start_kernel


class ForkProvisioner(LocalProvisioner):
    """Provides a kernel by a fork of the nursery instead of a new interpreter."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel and return how to connect to it."""
        self.process = ForkedKernel(fork_kernel(cmd, kwargs["env"], kwargs.get("cwd") or os.getcwd()))
        self.pid = self.pgid = self.process.pid
        return self.connection_info


class ForkedKernel:
    """A kernel that is another process's child: what Jupyter asks of a process, by its id."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while it lives, else 0: only its parent could know its status."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    wait = poll

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Stop it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to stop."""
        self.send_signal(signal.SIGTERM)


def fork_kernel(command: list[str], environment: dict[str, str], folder: str) -> int:
    """Return the process id of a new kernel. Raises OSError where the nursery is gone."""
    nursery = get_nursery()
    nursery.stdin.write(json.dumps({"command": command, "env": environment, "cwd": folder}) + "\n")
    nursery.stdin.flush()
    answer = nursery.stdout.readline()
    if not answer:
        raise OSError(f"the process that starts kernels ended with status {nursery.wait()}")
    return int(answer)


@cache
def get_nursery() -> subprocess.Popen:
    """Return this process's nursery, started when first asked for. It ends with this process."""
    command = [sys.executable, "-m", "analysis.runs.nursery"]
    pipe, environment = subprocess.PIPE, {**os.environ, **NURSERY_ENVIRONMENT}
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment, start_new_session=True)  # noqa: S603
