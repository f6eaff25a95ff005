"""Kernels for runs: reached through sockets of the file system where there are any, never through a network port."""

import os

from jupyter_client.manager import AsyncKernelManager
from traitlets import default


class LocalKernelManager(AsyncKernelManager):
    """Starts a kernel that only this user of this machine can reach (on Windows: the loopback interface)."""

    @default("transport")
    def _choose_transport(self) -> str:
        return "tcp" if os.name == "nt" else "ipc"
