"""Where a frame may be written: what is internal never into a place that git would take."""

import subprocess
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import CommandError
from analysis.figures.display import inert

WARNINGS = {"internal": "INTERNAL: not for sharing"}
WRITERS = ("to_csv", "to_feather", "to_hdf", "to_html", "to_json", "to_latex", "to_markdown", "to_parquet", "to_pickle",
           "to_stata", "to_string", "to_xml")  # fmt: skip
TAKES = 1  # exit status of `git check-ignore` for a path that git doesn't ignore; 128 outside a clone


def check_place(path: Any) -> None:
    """Raise CommandError for a file that git would take; a path that isn't one (a buffer, nothing) is let through."""
    if not isinstance(path, (str, Path)):
        return
    place = Path(path).resolve()
    command = ["git", "-C", str(place.parent), "check-ignore", "--quiet", str(place)]
    try:
        state = subprocess.run(command, capture_output=True, check=False, timeout=10).returncode  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return
    if state == TAKES:
        raise CommandError(f"{place.name}: git would take internal data there; allowed: outputs/, outside the clone")


def guard(name: str) -> Callable:
    """Return pandas's writer of a name, which writes internal data nowhere that git would take."""

    @wraps(getattr(pd.DataFrame, name))
    def write(self, path: Any = None, *args: Any, **options: Any) -> Any:
        if self.kind in WARNINGS:
            check_place(path)
        unmarked = pd.DataFrame(self) if self.ndim > 1 else pd.Series(self)
        return getattr(unmarked, name)(path, *args, **options)

    return write


def write_workbook(frame: pd.DataFrame, path: Any, warning: str, **options: Any) -> None:
    """Write a frame as a workbook: its warning above it where it has one, no value that Excel takes for a formula."""
    plain = pd.DataFrame(frame).map(inert)
    if not warning:
        return plain.to_excel(path, **options)
    check_place(path)
    sheet = options.pop("sheet_name", "internal")
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        plain.to_excel(writer, sheet_name=sheet, startrow=1, **options)
        writer.sheets[sheet]["A1"] = warning
    return None
