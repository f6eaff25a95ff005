"""A kernel without sockets: forked from a process that is warm already, spoken to through a pipe.

It is IPython's own kernel, started by its own application (settings, extensions, start-up files and all), with a pipe
in the place of its sockets. So nothing listens, no connection file is written, and the end of either side ends the
other.
"""

import asyncio
import ctypes
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from types import SimpleNamespace
from typing import Any

from ipykernel.displayhook import ZMQDisplayHook
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session

CAN_FORK = sys.platform == "linux"  # elsewhere a fork of a process that has loaded so much isn't safe
INLINE = "matplotlib_inline.backend_inline"
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
QUIET_SECONDS = 0.2  # what is printed within it is told as one, as IPython's own streams do


class PipeSession(Session):
    """Writes the messages of a kernel into a pipe, each with the name of its channel."""

    def __init__(self, pipe: Connection, **rest: Any):
        super().__init__(**rest)
        self.pipe, self.lock = pipe, threading.Lock()

    def send(self, stream, msg_or_type, content=None, parent=None, ident=None, buffers=None, **rest):  # noqa: D102
        if os.getpid() != self.pid:  # a process that the notebook forked
            return None
        named = isinstance(msg_or_type, str)
        header, metadata = rest.get("header"), rest.get("metadata")
        msg = self.msg(msg_or_type, content, parent, header, metadata) if named else msg_or_type
        frames = [*self.serialize(msg)[1:], *(bytes(one) for one in buffers or msg.get("buffers", ()))]
        with self.lock:
            self.pipe.send((stream, frames))
        return msg


class PipeStream(io.TextIOBase):
    """What a cell prints, told in the order of its printing, at most a few times a second."""

    def __init__(self, kernel_of: Callable[[], Any], session: PipeSession, name: str):
        self.kernel_of, self.session, self.name = kernel_of, session, name
        self.held, self.flushed = [], time.monotonic()

    encoding, errors = "UTF-8", "strict"

    def writable(self) -> bool:  # noqa: D102
        return True

    def write(self, text: str) -> int:  # noqa: D102
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self.held.append(text)
        if time.monotonic() - self.flushed > QUIET_SECONDS:
            self.flush()
        return len(text)

    def flush(self) -> None:  # noqa: D102
        held, self.held, self.flushed = "".join(self.held), [], time.monotonic()
        kernel = self.kernel_of()
        if held and kernel:
            self.session.send("iopub", "stream", {"name": self.name, "text": held}, kernel.get_parent())


class PipeKernel(IPythonKernel):
    """IPython's kernel with one channel of requests and nothing that queues behind an error."""

    shell_channel_thread = SimpleNamespace(parent_thread=None)
    _supports_kernel_subshells = False

    def _abort_queues(self, *rest: Any) -> None:
        """Leave out what is about sockets: requests come one at a time."""


class PipeApp(IPKernelApp):
    """IPython's kernel application without a socket."""

    def __init__(self, pipe: Connection, key: bytes, **rest: Any):
        super().__init__(**rest)
        self.session = PipeSession(pipe, parent=self, key=key)

    def _nothing(self, *rest: Any) -> None:
        """Leave out a step that is about sockets."""

    init_connection_file = init_poller = init_heartbeat = write_connection_file = log_connection_info = _nothing
    init_session = init_sockets = _nothing

    def init_io(self) -> None:  # noqa: D102
        sys.stdout = PipeStream(lambda: self.kernel, self.session, "stdout")
        sys.stderr = PipeStream(lambda: self.kernel, self.session, "stderr")
        sys.displayhook = self.displayhook = ZMQDisplayHook(self.session, "iopub")

    def init_kernel(self) -> None:  # noqa: D102
        self.kernel = PipeKernel.instance(
            parent=self,
            session=self.session,
            iopub_socket="iopub",
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )

    def init_gui_pylab(self) -> None:  # noqa: D102
        super().init_gui_pylab()
        if "matplotlib" in sys.modules:  # loaded before the shell was there, so it doesn't know of it
            sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
        if pyplot := sys.modules.get("matplotlib.pyplot"):  # it may have drawn already, with another backend
            pyplot.close("all")
            pyplot.switch_backend(os.environ["MPLBACKEND"])
        if INLINE in sys.modules:
            sys.modules[INLINE]._enable_matplotlib_integration()

    async def answer(self) -> None:
        """Do what the pipe asks until it ends."""
        self.kernel.shell.exit_now = False
        while True:
            try:
                request = self.session.pipe.recv()
            except EOFError:
                return
            self.kernel.set_parent([], request)
            self.kernel._publish_status("busy", "shell")
            handler = self.kernel.shell_handlers[request["header"]["msg_type"]]
            self.kernel.pre_handler_hook()
            await handler("shell", [], request)
            self.kernel.post_handler_hook()
            self.kernel._publish_status("idle", "shell")


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Have the system end this process when its parent ends, however that ends. Only Linux does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, int(number))


def become_kernel(pipe: Connection, out: int, key: bytes, memory: int) -> None:
    """Be a kernel until the pipe ends. Never returns."""
    status = 1
    try:
        die_with_parent()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(out, 2)
        limit_memory(memory)
        if "numpy" in sys.modules:  # else every kernel would draw the same numbers by chance
            sys.modules["numpy"].random.seed()
        sys.argv = ["ipykernel_launcher.py"]
        if not sys.flags.safe_path:
            del sys.path[0]  # the folder of the program that this is forked from
        IPKernelApp.clear_instance()
        app = PipeApp.instance(pipe=pipe, key=key)
        app.initialize(["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"])
        asyncio.set_event_loop(loop := asyncio.new_event_loop())
        loop.run_until_complete(app.answer())
        status = 0
    finally:
        os._exit(status)


def limit_memory(size: int) -> None:
    """Let this process take so many bytes more than it has; what takes more gets a MemoryError."""
    import resource

    with open("/proc/self/status") as file:
        held = next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmData"))
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    wanted = held + size
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


class ForkedKernel:
    """A kernel forked from this process: what nbclient asks of a kernel's manager, its client and their channels."""

    has_kernel, allow_stdin, ipykernel = True, False, True

    def __init__(self, memory: int):
        self.session, self.exit_status, self.printed = Session(), None, ""
        self.pipe, theirs = Pipe()
        self.out, out = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            self.pipe.close()
            become_kernel(theirs, out, self.session.key, memory)
        theirs.close()
        os.close(out)
        os.set_blocking(self.out, False)
        self.channels: dict[str, list] = {"shell": [], "iopub": []}
        self.shell_channel, self.iopub_channel = Channel(self, "shell"), Channel(self, "iopub")

    def _ask(self, kind: str, content: dict[str, Any]) -> str:
        request = self.session.msg(kind, content)
        try:
            self.pipe.send(request)
        except OSError as error:
            raise EOFError("the kernel ended") from error
        return request["header"]["msg_id"]

    def execute(self, code: str, *, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Ask for a cell to be run; return the id of the request."""
        asked = {"code": code, "silent": False, "store_history": store_history, "user_expressions": {}}
        return self._ask("execute_request", {**asked, "allow_stdin": False, "stop_on_error": stop_on_error})

    def kernel_info(self) -> str:
        """Ask what the kernel is; return the id of the request."""
        return self._ask("kernel_info_request", {})

    def receive(self, seconds: float) -> None:
        """Wait so long for a message and put it into its channel. Raises EOFError when the kernel has ended."""
        ready = wait([self.pipe, self.out], seconds)
        self.printed += self._read_out()  # or a program that prints much would wait for ever to be read
        if self.pipe in ready:
            try:
                channel, frames = self.pipe.recv()
            except ConnectionError as error:
                raise EOFError from error
            message = self.session.deserialize(frames, content=True)
            if self.printed:  # by a program that the cell ran, or below Python
                told = self.session.msg("stream", {"name": "stdout", "text": self.printed}, message["parent_header"])
                self.channels["iopub"].append({**told, "parent_header": message["parent_header"]})
                self.printed = ""
            self.channels[channel].append(message)

    def _read_out(self) -> str:
        try:
            return os.read(self.out, 1 << 20).decode("utf-8", "replace")
        except BlockingIOError:
            return ""

    def wait(self) -> int:
        """Return the status that it ended with, having closed its pipe; negative for a signal."""
        deadline = time.monotonic() + 5
        while self.is_alive() and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.exit_status

    def is_alive(self) -> bool:
        """Whether it still runs."""
        if self.exit_status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_status = os.waitstatus_to_exitcode(status)
        return self.exit_status is None

    def interrupt_kernel(self) -> None:
        """Interrupt what it does."""
        os.kill(self.pid, signal.SIGINT)

    def end(self) -> None:
        """End it: it holds nothing that isn't in the notebook."""
        if self.is_alive():
            os.kill(self.pid, signal.SIGKILL)
            self.exit_status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.pipe.close()
        os.close(self.out)


class Channel:
    """One channel of a kernel, as nbclient reads it."""

    def __init__(self, kernel: ForkedKernel, name: str):
        self.kernel, self.name = kernel, name

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message. Raises Empty after so many seconds, EOFError when the kernel has ended."""
        from queue import Empty

        held, deadline = self.kernel.channels[self.name], None if timeout is None else time.monotonic() + timeout
        while not held:
            self.kernel.receive(0.05)
            await asyncio.sleep(0)  # the other channel's reader has its turn
            if not held and deadline is not None and time.monotonic() > deadline:
                raise Empty
        return held.pop(0)
