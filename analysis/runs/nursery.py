"""Where kernels grow: a process that has loaded what every notebook loads, and forks a kernel when it is asked to.

Loading is most of what a kernel of a short notebook does, and is the same for all of them. Run by `kernels` as a
process of its own, on Linux alone: elsewhere a fork of a process that has loaded so much isn't safe. It reads one
order a line from its standard input and answers each with the process id of the kernel. When its input ends, because
whoever started it is gone, it ends too, and the kernels see that their parent is gone and end themselves.
"""

import gc
import json
import os
import signal
import sys
from importlib import import_module
from typing import Any

LOADED = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
    "analysis.report",
    "analysis.report.drawings",
)
LAUNCHER = "ipykernel_launcher"


def main() -> None:
    """Load, then fork a kernel for every order until there are no more."""
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # read on loading: a kernel ends when this process does
    for name in LOADED:
        import_module(name)
    del sys.path[0]  # the folder that this was started from is none of a notebook's business
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that ended are not waited for
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            become_kernel(json.loads(line))
        print(pid, flush=True)


def become_kernel(order: dict[str, Any]) -> None:
    """Be the kernel of an order: its command, environment and working folder. Never returns."""
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        os.environ.clear()
        os.environ.update(order["env"], JPY_PARENT_PID=str(os.getppid()))
        os.chdir(order["cwd"])
        arguments = order["command"]
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance(argv=arguments[arguments.index(LAUNCHER) + 1 :])
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
