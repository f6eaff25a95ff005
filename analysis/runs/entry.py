"""What papermill finds by the name `safeguarding`. Papermill loads it whenever it is imported, so it loads nothing."""

from typing import Any


class Entry:
    """The engine of `analysis.runs.engine`, loaded when a notebook is run with it and not before."""

    @classmethod
    def execute_notebook(cls, *arguments: Any, **options: Any) -> Any:
        """Return the executed notebook, as papermill asks its engines for it."""
        from analysis.runs.engine import ForkingEngine

        return ForkingEngine.execute_notebook(*arguments, **options)
