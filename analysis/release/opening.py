"""Finding the store that a notebook reads, and making it when a notebook is run by hand."""

import os
from pathlib import Path

from analysis.errors import DataError
from analysis.measures.periods import parse_year
from analysis.release.keys import is_stale
from analysis.release.release import Release
from analysis.release.store import FILE, read_store, write_store
from analysis.settings import check_release, get_release_folder

STORE_VARIABLE = "SAFEGUARDING_STORE"


def get_release(partnership: str, year: str, release: str) -> Release:
    """Return a release.

    In a run the engine names it, and nothing else is read. By hand it is made when it is absent or what it is
    made from has changed, and that is said. Raises CommandError for a year that isn't a text like '2023-24', so
    that a scheduler that drops the quotes can't build another year.
    """
    parse_year(year)
    check_release(release)
    named = os.environ.get(STORE_VARIABLE)
    if named:
        return check_asked(read_store(Path(named)), partnership, year, release)
    folder = get_release_folder(partnership, year, release)
    if is_stale(folder / FILE, partnership):
        print(f"Counting {partnership} {year} ({release}): the store was absent, or made from something else.")
        # counting needs statistics libraries that a run's kernels, which are given the store, never load
        from analysis.release.stages import make_release

        write_store(make_release(partnership, year, release), folder)
    return read_store(folder / FILE)


def check_asked(held: Release, partnership: str, year: str, kind: str) -> Release:
    """Return the release. Raises DataError where it isn't the one that the notebook's parameters name."""
    asked, names = (partnership, year, kind), (held.partnership.id, held.year, held.kind)
    if names != asked:
        raise DataError(f"the store holds {' '.join(names)}, but the notebook asks for {' '.join(asked)}")
    return held
