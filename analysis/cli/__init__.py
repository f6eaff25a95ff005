"""The command line `safeguarding`."""

from analysis.cli.main import main

__all__ = ["main"]
