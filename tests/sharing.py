"""What takes long to make and several tests read: made once, for all workers of a run and for later runs.

It stands under a key of everything that it is made from, so that any other code, definition, figure, library or day
makes it anew, and beside a list of its files, so that nothing that was cut short or changed since is ever taken for it.
"""

import json
import shutil
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from filelock import FileLock

from analysis.keys import list_files, make_key
from analysis.settings import REPOSITORY, get_code_version

MADE = REPOSITORY / ".pytest_cache" / "d" / "made"  # `pytest --cache-clear` removes it
SOURCES = ("analysis/**/*", "synthetic/**/*", "notebooks/**/*", "data/**/*", "pyproject.toml", "requirements.lock")
RECORDS = "data/exampleshire/20"  # the generator's years; it makes them anew itself when it changes
KEPT = 2  # keys, besides the one that is being made


def share(name: str, make: Callable[[Path], object], made: Path = MADE, key: str = "") -> Path:
    """Return the folder that `make` was given to fill; the first worker to ask makes it while the others wait."""
    folder = made / (key or get_key()) / name
    if not folder.parent.is_dir():
        _forget(made)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not is_whole(folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            _list_path(folder).write_text(json.dumps(_list_files(folder)), encoding="utf-8")
    return folder


def is_whole(folder: Path) -> bool:
    """Whether a shared folder was made to its end, and holds just what it held then."""
    return _list_path(folder).is_file() and not list_changed(folder)


def list_changed(folder: Path) -> list[str]:
    """Return the files of a shared folder that aren't what they were when it was made, new and lost ones too."""
    then = json.loads(_list_path(folder).read_text(encoding="utf-8"))
    return sorted({name for name, *_ in {*map(tuple, then)} ^ {*map(tuple, _list_files(folder))}})


def _list_path(folder: Path) -> Path:
    return folder.with_suffix(".files")


def _list_files(folder: Path) -> list[list]:
    """Return name, size in bytes and time of change of every file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [[path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns] for path in paths]


def _forget(made: Path) -> None:
    """Remove what was made under all keys but the latest."""
    keys = sorted(made.glob("*/"), key=lambda path: path.stat().st_mtime, reverse=True)
    for folder in keys[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def get_key(root: Path = REPOSITORY) -> str:
    """Return a mark of all that a release is made from; a page names the day and the version of the code too."""
    files = [path for pattern in SOURCES for path in list_files(root, pattern)]
    made = (path for path in files if not path.relative_to(root).as_posix().startswith(RECORDS))
    return make_key(made, sys.version, date.today(), get_code_version())[:16]
