"""What papermill finds by the name `safeguarding`. Papermill loads it whenever it is imported, so it loads nothing."""

from typing import Any


class LazyEngine:
    """The engine of `analysis.runs.engine`, which is loaded when a notebook is run with it and not before."""

    def __getattr__(self, name: str) -> Any:
        from analysis.runs.engine import ForkingEngine

        return getattr(ForkingEngine, name)


engine = LazyEngine()
