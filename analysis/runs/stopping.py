"""Being asked to stop, by Ctrl-C or SIGTERM.

An interrupt that is raised while a library's callback or a destructor runs is lost: Python drops it, and the build
would go on and end as if nobody had asked. So the wish is kept beside, and asked for before anything is published.
"""

import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_asked: list[int] = []


def listen() -> None:
    """Have this process stop at SIGINT and SIGTERM alike, clearing up as it does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    sys.unraisablehook = _tell_lost


def heed() -> None:
    """Raise KeyboardInterrupt where somebody asked this process to stop and the interrupt was lost."""
    if _asked:
        raise KeyboardInterrupt


def _stop(number: int, frame: FrameType | None) -> None:
    _asked.append(number)
    raise KeyboardInterrupt


def _tell_lost(lost: "UnraisableHookArgs") -> None:
    """Tell what Python drops, but for an interrupt: that one is kept, and whoever asked reads one line of it."""
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
