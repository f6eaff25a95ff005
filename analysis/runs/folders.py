"""Folders that change whole or not at all, by one build at a time: readers see the old report or the new one."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import BusyError

STAGING, ASIDE = ".staging-", ".aside-"
PATIENCE = 2.0  # seconds for which the end of another build is waited for
RENAME_EXCHANGE, AT_FDCWD = 2, -100


@contextmanager
def lock(release: Path) -> Iterator[None]:
    """Have a release for one program at a time. Raises BusyError while another has it."""
    held = FileLock(release.parent / f".{release.name}.lock")
    try:
        held.acquire(timeout=PATIENCE)
    except Timeout:
        place = " ".join(release.parts[-3:])
        raise BusyError(f"another build of {place} is running; start this one again when it has ended") from None
    try:
        yield
    finally:
        held.release()


@contextmanager
def hold(release: Path) -> Iterator[Path]:
    """Give an empty folder beside a release to build it in, for one build at a time; it is gone afterwards.

    What runs that were killed left behind is removed first. Raises BusyError while another build has the release.
    """
    release.parent.mkdir(parents=True, exist_ok=True)
    staging = release.parent / f"{STAGING}{release.name}"
    with lock(release):
        try:
            sweep(release)
            staging.mkdir()
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def sweep(release: Path) -> None:
    """Remove what runs that were killed left; a report that one had moved aside goes back to its place."""
    aside = release.parent / f"{ASIDE}{release.name}"
    if aside.is_dir() and not release.exists():
        aside.rename(release)
    for path in [aside, *release.parent.glob(f"{STAGING}*{release.name}*")]:
        path.unlink() if path.is_file() or path.is_symlink() else shutil.rmtree(path, ignore_errors=True)


def publish(staging: Path, release: Path) -> None:
    """Put the staging folder in the release's place.

    On Linux both names are exchanged in one step. Elsewhere the old folder is moved aside first; should the
    machine stop between the two steps, the old report is still there under its other name.
    """
    if not release.exists():
        staging.rename(release)
        return
    if not exchange(staging, release):
        aside = release.parent / f"{ASIDE}{release.name}"
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
