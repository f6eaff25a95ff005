"""The file of a release: the typed object as JSON, read back strictly."""

import os
from pathlib import Path

import msgspec

from analysis.errors import DataError
from analysis.release.release import FORMAT, Release
from analysis.settings import STORE as FILE


class _Marked(msgspec.Struct):
    """What is read of a store of any format."""

    format: int


def write_store(release: Release, folder: Path) -> Path:
    """Write a release into a folder, whole or not at all; return the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path, draft = folder / FILE, folder / f".{FILE}.{os.getpid()}"
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(release), indent=1) + b"\n")
    draft.replace(path)
    return path


def read_store(path: Path) -> Release:
    """Return the release that a file holds. Raises DataError for a file that isn't one."""
    try:
        data = path.read_bytes()
        held = msgspec.json.decode(data, type=_Marked).format
        if held != FORMAT:
            raise DataError(f"{path.name}: format {held}, not {FORMAT}: build the report again")
        return msgspec.json.decode(data, type=Release)
    except (OSError, ValueError) as error:
        raise DataError(f"{path.name}: no store that can be read ({type(error).__name__}): build the report") from error
