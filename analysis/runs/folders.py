"""Folders that change whole or not at all: readers see the old report or the new one."""

import ctypes
import os
import shutil
import sys
from pathlib import Path

STAGING, ASIDE = ".staging-", "old-"
RENAME_EXCHANGE, AT_FDCWD = 2, -100


def make_staging(release: Path, *, keep: bool) -> Path:
    """Return an empty folder beside the release to build in; with `keep`, a copy of the release as it stands.

    Folders that runs which were killed left behind are removed first.
    """
    release.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(release.parent)
    staging = release.parent / f"{STAGING}{release.name}-{os.getpid()}"
    if keep and release.is_dir():
        shutil.copytree(release, staging)
    else:
        staging.mkdir()
    return staging


def remove_leftovers(folder: Path) -> None:
    """Remove what runs that were killed left; a report that one had moved aside goes back to its place."""
    for path in folder.glob(f"{STAGING}*"):
        name, process = path.name.removeprefix(STAGING).rsplit("-", 1)
        if _is_running(int(process)):
            continue
        release = folder / name.removeprefix(ASIDE)
        if name.startswith(ASIDE) and not release.exists():
            path.rename(release)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return False
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def publish(staging: Path, release: Path) -> None:
    """Put the staging folder in the release's place.

    On Linux both names are exchanged in one step. Elsewhere the old folder is moved aside first; should the
    machine stop between the two steps, the old report is still there under its other name.
    """
    if not release.exists():
        staging.rename(release)
        return
    if not exchange(staging, release):
        aside = staging.with_name(staging.name.replace(STAGING, STAGING + ASIDE))
        release.rename(aside)
        staging.rename(release)
        staging = aside
    shutil.rmtree(staging, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step, and return whether this system can."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    return rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0
