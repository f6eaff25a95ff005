"""Being asked to stop, by Ctrl-C or SIGTERM.

An interrupt that is raised while a library's callback or a destructor runs is lost: Python drops it, and the build
would go on and end as if nobody had asked. So the wish is kept beside, and asked for before anything is published.
"""

import signal
from types import FrameType

_asked: list[int] = []


def listen() -> None:
    """Have this process stop at SIGINT and SIGTERM alike, clearing up as it does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def heed() -> None:
    """Raise KeyboardInterrupt where somebody asked this process to stop and the interrupt was lost."""
    if _asked:
        raise KeyboardInterrupt


def _stop(number: int, frame: FrameType | None) -> None:
    _asked.append(number)
    raise KeyboardInterrupt
