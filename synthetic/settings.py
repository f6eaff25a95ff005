"""The numbers that Exampleshire is made from, as data: `data/exampleshire/generator.toml` and `tables/`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.measures.strict import read_toml

FOLDER = Path(__file__).resolve().parents[1] / "data" / "exampleshire"


@cache
def load_settings() -> Mapping[str, Any]:
    """Return the settings of the generator. Raises DataError where the file can't be read."""
    return read_toml(FOLDER / "generator.toml")


@cache
def load_tables() -> Mapping[str, Mapping[str, Any]]:
    """Return the plain tables by dataset and name. Raises DataError where a file can't be read."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted((FOLDER / "tables").glob("*.toml")):
        found |= read_toml(path)
    return found


@cache
def list_agencies() -> Mapping[str, str]:
    """Return the codes of the partnership's agencies by their names."""
    return {one["name"]: one["code"] for one in read_toml(FOLDER / "partnership.toml")["agencies"]}


@cache
def load_truth() -> Mapping[str, Any]:
    """Return what was planted: `data/exampleshire/truth.toml`."""
    return read_toml(FOLDER / "truth.toml")


@cache
def load_returns() -> Mapping[str, Any]:
    """Return who returns what, and what went wrong: `data/exampleshire/returns.toml`."""
    return read_toml(FOLDER / "returns.toml")
