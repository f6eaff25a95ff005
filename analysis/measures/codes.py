"""Lists of allowed codes, which measures and the contracts of returns share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.errors import DataError
from analysis.measures.strict import fault, read_toml


@dataclass(frozen=True)
class Code:
    """An allowed code, its label, and other spellings that mean the same."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


Lists = Mapping[str, tuple[Code, ...]]


@cache
def load_codes(path: Path) -> Lists:
    """Return the lists of a file by name. Raises DataError where it can't be read, and for a code given twice."""
    lists = {name: tuple(map(read_code, entries)) for name, entries in read_toml(path).items()}
    for name, codes in lists.items():
        known = [code.code for code in codes]
        twice = [code for code in known if known.count(code) > 1]
        if twice:
            raise DataError(fault(path, f"{name}: code {twice[0]!r} is given twice"))
    return lists


def read_code(entry: str | list[str]) -> Code:
    """Return a code from its entry: code, label and other spellings; or the code alone, whose label follows from it."""
    code, label, *aliases = [entry, entry.replace("_", " ").capitalize()] if isinstance(entry, str) else entry
    return Code(code, label, tuple(aliases))
