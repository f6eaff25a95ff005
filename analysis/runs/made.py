"""What was made before and still holds: each part of a release by a mark of the content of all that it reads.

The marks and what they stand for lie beside the release, never in it: a mark of the returns would let whoever has the
release test guesses of a hidden number. A part is kept only where its files are still just what was written.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from analysis.keys import digest_file


class Part(Struct, frozen=True):
    """A part that was made: the mark of what it read, its files, its seconds; of a section what became of it too; of
    the Word file the marks of what it prints."""

    key: str
    files: tuple[str, ...]
    seconds: float = 0.0
    error: str = ""
    detail: str = ""
    refused: tuple[dict[str, Any], ...] = ()
    printed: tuple[str, ...] = ()


class Made(Struct, frozen=True):
    """What a build made: a mark of each input, the parts, the digest of every file, what disclosure control noted for
    the analyst."""

    inputs: dict[str, str] = {}
    parts: dict[str, Part] = {}
    files: dict[str, str] = {}
    notes: tuple[str, ...] = ()

    def holds(self, name: str, key: str | None, folder: Path) -> bool:
        """Whether a part was made from just this, and its files are still what was written."""
        part = self.parts.get(name)
        return bool(part) and key in (None, part.key) and not list_changed(self.files, folder, part.files)


def read_made(release: Path) -> Made:
    """Return what the last build of a release made; nothing where that isn't known."""
    try:
        return msgspec.json.decode(_path(release).read_bytes(), type=Made)
    except (OSError, msgspec.DecodeError):
        return Made()


def write_made(release: Path, made: Made) -> None:
    """Keep beside a release what was made, whole or not at all."""
    draft = _path(release).with_suffix(".draft")
    draft.write_bytes(msgspec.json.encode(made))
    draft.replace(_path(release))


def _path(release: Path) -> Path:
    return release.with_name(f".{release.name}.made")


def list_changed(files: Mapping[str, str], folder: Path, names: Iterable[str] | None = None) -> list[str]:
    """Return those of a release's files that aren't what was written."""
    chosen = files if names is None else names
    return [name for name in chosen if not (folder / name).is_file() or digest_file(folder / name) != files.get(name)]


def digest_files(folder: Path) -> dict[str, str]:
    """Return the digest of every file of a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_file(path) for path in sorted(paths)}


def keep_files(names: Iterable[str], release: Path, staging: Path) -> None:
    """Put files of a release into the folder that the next one is built in: the same files, where the system can."""
    for name in names:
        (staging / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(release / name, staging / name)
        except OSError:
            shutil.copy2(release / name, staging / name)
