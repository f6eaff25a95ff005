"""Where data and outputs live: the clone's own folders, unless the environment says otherwise."""

import os
import subprocess
import time
import tomllib
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analysis.errors import CommandError, DataError, unknown

REPOSITORY = Path(__file__).resolve().parents[1]
RELEASES = ("internal", "shared")
LIMITS = ("seconds", "memory", "output")  # of one notebook's run
STORE = "store.json"  # of a release: everything its notebooks and pages may know


def get_data_root() -> Path:
    """Return the folder that holds the partnerships: SAFEGUARDING_DATA, or `data/` of the clone."""
    return Path(os.environ.get("SAFEGUARDING_DATA") or REPOSITORY / "data").resolve()


def get_default(name: str) -> str:
    """Return the default partnership, year or release: of `defaults.toml` in the data root, or of the one that ships.

    Raises DataError for a file that doesn't give it.
    """
    return str(read_defaults()[name])


def read_defaults() -> dict[str, Any]:
    """Return what `defaults.toml` of the data root says, and what the one that ships says wherever that is silent.

    Raises DataError for a file that can't be read, and for a key that isn't known.
    """
    own, shipped = (root / "defaults.toml" for root in (get_data_root(), REPOSITORY / "data"))
    ours = tomllib.loads(shipped.read_text(encoding="utf-8"))
    try:
        theirs = tomllib.loads(own.read_text(encoding="utf-8")) if own.is_file() else {}
    except (OSError, ValueError) as error:
        raise DataError("defaults.toml can't be read; allowed: TOML in UTF-8") from error
    limits = theirs.get("limits", {})
    for key, allowed in (*((key, ours) for key in theirs), *((key, LIMITS) for key in limits)):
        if key not in allowed:
            raise DataError(f"defaults.toml: {unknown('key', key, allowed)}")
    return {**ours, **theirs, "limits": {**ours["limits"], **limits}}


def get_limit(name: str) -> int:
    """Return a limit of one notebook's run: `seconds` it may take, `memory` in bytes, `output` in characters.

    It is that of the table [limits] of `defaults.toml` in the data root, or of the one that ships. Raises DataError for
    what isn't a whole number above 0.
    """
    limit = read_defaults()["limits"][name]
    if type(limit) is not int or limit <= 0:
        raise DataError(f"defaults.toml: limits: {name} is {limit!r}; allowed: a whole number above 0")
    return limit


def get_output_root() -> Path:
    """Return the folder that reports are written to: SAFEGUARDING_OUTPUT, or `outputs/` of the clone."""
    return Path(os.environ.get("SAFEGUARDING_OUTPUT") or REPOSITORY / "outputs").resolve()


def get_dictionary_root() -> Path:
    """Return the folder of definitions. They belong to the code, so that no data folder can change them."""
    return REPOSITORY / "data" / "dictionary"


def get_published_root() -> Path:
    """Return the folder of official statistics: the data root's own, or the one that ships where it has none."""
    own = get_data_root() / "published"
    return own if own.is_dir() else REPOSITORY / "data" / "published"


def get_notebook_root() -> Path:
    """Return the folder of section notebooks."""
    return REPOSITORY / "notebooks" / "sections"


def check_release(release: str) -> str:
    """Return the release. Raises CommandError for an unknown one."""
    if release not in RELEASES:
        raise CommandError(unknown("release", release, RELEASES))
    return release


def get_release_folder(partnership: str, year: str, release: str) -> Path:
    """Return the folder of one release of one report."""
    return get_output_root() / partnership / year / release


def get_hand_folder(partnership: str, year: str, release: str) -> Path:
    """Return the folder that keeps what notebooks run by hand have counted: beside the release, never in it."""
    return get_output_root() / partnership / year / f".{release}-by-hand"


def get_moment() -> datetime:
    """Return when a build says that it was made: now, or SOURCE_DATE_EPOCH (seconds since 1970) where it is set.

    With it two builds of the same inputs give the same bytes (https://reproducible-builds.org/specs/source-date-epoch/).
    Raises CommandError where it isn't such a number.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", f"{time.time():.0f}")
    if not (seconds.isascii() and seconds.isdigit()):
        raise CommandError("SOURCE_DATE_EPOCH is not a number of seconds since 1 January 1970")
    return datetime.fromtimestamp(int(seconds), UTC)


def get_code_version() -> str:
    """Return the version of this code, with the commit and whether it was changed since, where git can tell."""
    number = version("safeguarding-report")
    command = ["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty", "--exclude=*"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return number
    return f"{number} ({found.stdout.strip()})"
