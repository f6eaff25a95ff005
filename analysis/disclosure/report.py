"""What readers are told of disclosure control: a part of every release."""

from collections.abc import Mapping

from msgspec import Struct

NOTHING_HIDDEN = "Nothing is hidden in this release. It must not be shared."


class DisclosureReport(Struct, frozen=True, forbid_unknown_fields=True):
    """What disclosure control did to a release, in numbers that hold no value.

    `passed` is whether the audit did, None where none was run. `kept` is the share of the figures about people that
    are shown, in per cent; `narrowest` the narrowest range that remains possible for a hidden number of people (None:
    no upper limit, or nothing hidden). `complete` is for the build to say, once the whole release has been scanned, and
    `openings`, how many hidden figures an attacker finds in its files.
    """

    hidden: int
    of: int
    statement: str = NOTHING_HIDDEN
    complete: bool = False
    passed: bool | None = None
    reasons: Mapping[str, int] = {}
    kept: float = 100.0
    narrowest: float | None = None
    threshold: int = 0
    openings: int | None = None
    method: str = ""
