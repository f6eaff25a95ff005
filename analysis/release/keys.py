"""Whether a release still is of what it was made from."""

import sys
from pathlib import Path

from analysis.disclosure.ledger import list_releases
from analysis.disclosure.policy import policy_from
from analysis.keys import digest_file, list_files, make_key
from analysis.partnership import Partnership, load_partnership
from analysis.release.generators import list_program
from analysis.settings import (
    REPOSITORY,
    STORE,
    get_data_root,
    get_dictionary_root,
    get_output_root,
    get_published_root,
)


def list_inputs(partnership: Partnership) -> dict[str, str]:
    """Return a mark of each thing that a release follows from: the partnership's returns, or the program that makes
    them, definitions, official statistics, the code, the versions of its libraries."""
    files = {
        "returns": [*list_files(get_data_root() / partnership.id), *list_program(partnership)],
        "definitions": list_files(get_dictionary_root()),
        "official statistics": list_files(get_published_root()),
        "code": list_files(REPOSITORY / "analysis"),
    }
    installed = sorted(path.name for folder in sys.path for path in Path(folder).glob("*.dist-info"))
    libraries = make_key([], digest_file(REPOSITORY / "requirements.lock"), sys.version, installed)
    return {**{name: make_key(paths) for name, paths in files.items()}, "libraries": libraries}


def list_earlier(partnership: Partnership, year: str, kind: str) -> dict[str, str]:
    """Return a mark of what readers may hold already, which the gate of a shared release knows: the releases of other
    years, and what the ledger notes of each, however it left."""
    if kind != "shared":
        return {}
    folder = get_output_root() / partnership.id
    others = [path for path in folder.glob("*/shared/st*.json") if path.parents[1].name != year]
    count = policy_from(partnership.disclosure).earlier
    noted = {path.stem.split("-")[-1] for path in list_releases(folder, count) if path.is_file()}
    return {"earlier releases": make_key(others, sorted(noted))}


def key_of(partnership: Partnership) -> str:
    """Return a mark of all that a release follows from."""
    return make_key([], *list_inputs(partnership).items())


def write_key(folder: Path, key: str) -> None:
    """Keep beside a release's folder what it was made from.

    Not in it: a mark of the returns would let whoever has the release test guesses of a hidden number.
    """
    _key_path(folder).write_text(key, encoding="utf-8")


def is_stale(folder: Path, partnership: str) -> bool:
    """Whether a folder's release is absent, or made from other returns, definitions or code than there are now.

    Where the partnership's data aren't there, a release that is there is all one can have. Raises like
    `load_partnership`.
    """
    if not (folder / STORE).is_file():
        return True
    if not (get_data_root() / partnership).is_dir():
        return False
    path = _key_path(folder)
    held = path.read_text(encoding="utf-8") if path.is_file() else ""
    return held != key_of(load_partnership(partnership, get_data_root()))


def _key_path(folder: Path) -> Path:
    return folder.with_name(f".{folder.name.lstrip('.')}.key")
