"""The command line `safeguarding`."""

import sys

from analysis.runs.stopping import listen

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status. Being asked to stop (SIGTERM) is as Ctrl-C: all is cleared up.

    It listens before it loads anything, so that who stops it while it loads, or while it clears up, is told the same
    one line.
    """
    try:
        listen()
        from analysis.cli.main import run

        status = run(arguments)
    except KeyboardInterrupt:
        print("safeguarding: stopped", file=sys.stderr, flush=True)
        status = 1
    sys.exit(status)
