"""Marks of what something was made from: of the contents of files, never of their times.

A corrected file with an older date is noticed, and one that was only touched isn't.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path


def list_files(folder: Path, pattern: str = "**/*") -> Iterator[Path]:
    """Give the files of a folder, but for hidden ones (notes of programs) and compiled ones."""
    for path in folder.glob(pattern):
        if path.is_file() and not path.name.startswith(".") and "__pycache__" not in path.parts:
            yield path


def make_key(files: Iterable[Path], *known: object) -> str:
    """Return a mark of the names and contents of files and of what else is known, by its words."""
    marks = sorted((_name(path), digest_file(path)) for path in files)
    return sha256(repr((marks, known)).encode()).hexdigest()


def _name(path: Path) -> str:
    """Return a file's name and the folders that tell one year's from another's, wherever the root is."""
    return "/".join(path.parts[-3 if path.parent.name == "returns" else -2 :])


def digest_file(path: Path) -> str:
    """Return a mark of a file's content."""
    stat = path.stat()
    return _digest(path, stat.st_size, stat.st_mtime_ns)


@cache
def _digest(path: Path, size: int, modified: int) -> str:
    """Return the digest of a file, read once in a process while its size and time stay."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
