"""The last net before a shared release is published: nothing in it may look like a person, or name one."""

from collections.abc import Collection
from pathlib import Path

from analysis.disclosure.patterns import FINDERS
from analysis.disclosure.scan import scan
from analysis.errors import DataError
from analysis.partnership import Partnership
from analysis.settings import get_data_root, get_output_root

MOST = 20  # lines of what was found


def check_leaks(
    folder: Path,
    partnership: Partnership,
    pseudonyms: Collection[str],
    names: Collection[str] = (),
    cleared: Collection[bytes] = (),
) -> frozenset[bytes]:
    """Raise DataError, a line a file and kind, where any byte of a release, or of those files and folders of it, holds
    what tells of a person. Return the digests of what was `cleared`, now or before, of the same people.

    That is what looks like a person's details, the pseudonyms of the year's records, and the folders of this
    machine. What the partnership itself publishes with its report (its credit) may stand.
    """
    allowed = [hit for find in FINDERS.values() for hit in find(partnership.credit)]
    people = [text for text in pseudonyms if not any(map(str.isdigit, text))]
    keys = [text for text in pseudonyms if any(map(str.isdigit, text))]
    seen: dict[bytes, frozenset[str]] = dict.fromkeys(cleared, frozenset())
    found = scan(folder, [*keys, *list_places()], people=people, allowed=allowed, names=names, seen=seen)
    if found:
        more = [f"and {len(found) - MOST} more"] if len(found) > MOST else []
        lines = [f"leak scan: {one}" for one in found[:MOST]] + more
        raise DataError("\n".join([*lines, "the leak scan found what may tell of a person: nothing was published"]))
    return frozenset(seen)


def list_places() -> list[str]:
    """Return the folders of this machine that reports are made from and written to, where their names say much."""
    return [str(place) for place in (get_data_root(), get_output_root(), Path.home()) if len(place.parts) > 2]
