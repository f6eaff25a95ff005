"""Whether a store still is of what it was made from."""

from pathlib import Path

import msgspec

from analysis.keys import list_files, make_key
from analysis.partnership import Partnership, load_partnership
from analysis.release.generators import list_program
from analysis.settings import REPOSITORY, get_data_root, get_dictionary_root, get_published_root


class Made(msgspec.Struct):
    """What a store says of how it was made."""

    made_from: str = ""


def key_of(partnership: Partnership) -> str:
    """Return a mark of all that a release follows from: the partnership's returns, or the program that makes them,
    definitions, official statistics, the code."""
    folders = (get_data_root() / partnership.id, get_dictionary_root(), get_published_root(), REPOSITORY / "analysis")
    return make_key([*(path for folder in folders for path in list_files(folder)), *list_program(partnership)])


def is_stale(store: Path, partnership: str) -> bool:
    """Whether a store is absent, or made from other returns, definitions or code than there are now.

    Where the partnership's data aren't there, a store that is there is all one can have. Raises like
    `load_partnership`.
    """
    if not store.is_file():
        return True
    if not (get_data_root() / partnership).is_dir():
        return False
    return _read(store) != key_of(load_partnership(partnership, get_data_root()))


def _read(store: Path) -> str:
    try:
        return msgspec.json.decode(store.read_bytes(), type=Made).made_from
    except (OSError, msgspec.MsgspecError):
        return ""
