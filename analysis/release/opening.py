"""Finding the release that a notebook reads, and counting it when a notebook is run by hand."""

import os
from pathlib import Path

from analysis.errors import DataError
from analysis.measures.periods import parse_year
from analysis.partnership import load_partnership
from analysis.release.keys import is_stale, write_key
from analysis.release.release import Release
from analysis.release.store import FILE, read_store, write_store
from analysis.settings import check_release, get_data_root, get_hand_folder, get_release_folder

STORE_VARIABLE = "SAFEGUARDING_STORE"


def get_release(partnership: str, year: str, kind: str) -> Release:
    """Return a release.

    In a run the engine names its store, and nothing else is read. By hand the published one is read where what it was
    made from hasn't changed since; else one is counted, which is said, and kept beside it: nothing is ever written into
    a published release. Raises CommandError for a year that isn't a text like '2023-24', so that a scheduler that drops
    the quotes can't build another year.
    """
    parse_year(year)
    check_release(kind)
    named = os.environ.get(STORE_VARIABLE)
    if named:
        return check_asked(read_store(Path(named)), partnership, year, kind)
    own = get_hand_folder(partnership, year, kind)
    for folder in (get_release_folder(partnership, year, kind), own):
        if not is_stale(folder, partnership):
            return read_store(folder / FILE)
    return count_release(partnership, year, kind, own)


def count_release(partnership: str, year: str, kind: str, folder: Path) -> Release:
    """Return a release counted anew and keep it in a folder. Raises CommandError for an unknown partnership."""
    load_partnership(partnership, get_data_root())
    print(f"Counting {partnership} {year} ({kind}): the store was absent, or made from something else.")
    # counting needs statistics libraries that a run's kernels, which are given the store, never load
    from analysis.release.stages import prepare

    prepared = prepare(partnership, year, kind)
    write_store(prepared.release, folder)
    write_key(folder, prepared.made_from)
    return prepared.release


def check_asked(held: Release, partnership: str, year: str, kind: str) -> Release:
    """Return the release. Raises DataError where it isn't the one that the notebook's parameters name."""
    asked, names = (partnership, year, kind), (held.partnership.id, held.year, held.kind)
    if names != asked:
        raise DataError(f"the store holds {' '.join(names)}, but the notebook asks for {' '.join(asked)}")
    return held
