"""Who agreed, signed off, commented on, noted, published and was sent a report, and what was replied to questions about
it: `sign_off.csv` of its year."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from analysis.scrutiny.tracked import read_tracked

FILE = "sign_off.csv"
STEPS = ("drafted", "agreed", "signed_off", "commented", "noted", "published", "copy_sent", "replied")
SIGNED = "signed_off"


class SignOff(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a report on its way: which body took it, on which day, and what it said. `answers` are the points of
    the register that a reply answers."""

    id: str
    body: str
    step: str
    day: date
    note: str = ""
    answers: str = ""


def read_sign_off(folder: Path) -> tuple[SignOff, ...]:
    """Return the steps of a year's report, in the order of their days; none where its folder has no such file. Raises
    DataError for a fault."""
    return tuple(sorted(read_tracked(folder / FILE, SignOff, {"step": STEPS}, made=()), key=lambda one: one.day))
