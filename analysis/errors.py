"""What can be wrong, and how it is said: one line that names the value, the place and what is allowed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from traceback import extract_tb

SLIP, ALIKE = 6, 0.8  # letters that a slip has, and how alike it is to the word that was meant


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a return. `row` counts as a spreadsheet does (the header is row 1).

    `message` never holds a value of a record-level return, since that may be about a person.
    """

    file: str
    row: int | None
    column: str | None
    rule: str
    severity: str
    message: str
    allowed: str = ""

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (self.file, self.row and f"row {self.row}", self.column and f"column {self.column}")
            if part
        )
        return f"{place}: {self.message}" + (f" (allowed: {self.allowed})" if self.allowed else "")

    def as_dict(self) -> dict:
        """The problem as the fields that `check --json` prints."""
        return asdict(self)


class SafeguardingError(Exception):
    """Something to be told in one line, without a traceback. `exit_status` is that of the command line."""

    exit_status = 1


class DataError(SafeguardingError):
    """Something is wrong with the data; nothing is published. `problems` holds every one found."""

    def __init__(self, problems: Problem | Iterable[Problem] | str):
        self.problems = (
            () if isinstance(problems, str) else (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__(problems if isinstance(problems, str) else "\n".join(map(str, self.problems)))


class CommandError(SafeguardingError):
    """The command was wrong: an unknown partnership, year, section or option."""

    exit_status = 2


class MachineError(SafeguardingError):
    """Something is wrong with the machine: a full disk, a process that was ended. Nothing is published."""


class BusyError(SafeguardingError):
    """Somebody else is at it: another build of the same release."""


class MovedError(SafeguardingError):
    """What a release was made with has changed while it was made; it is to be made anew."""


def say_fault(error: BaseException) -> str:
    """Return what went wrong outside our own checks, without a value that may be about a person: what the system says
    and of which file, else the kind of error and the line of ours that it comes from."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror.lower()}{f' ({Path(error.filename).name})' if error.filename else ''}"
    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "analysis" in Path(frame.filename).parts] or frames
    return f"{type(error).__name__}{f' in {Path(ours[-1].filename).name}, line {ours[-1].lineno}' if ours else ''}"


def listed(allowed: Iterable[object], bad: object = "", limit: int = 12) -> str:
    """Return the allowed values as one phrase, those nearest to `bad` first, at most `limit` of them.

    Of more than that the nearest alone are given, where there are any.
    """
    names = [str(name) or "(empty)" for name in allowed]
    near = get_close_matches(str(bad), names, n=3, cutoff=0.5)
    if near and len(names) > limit:
        limit = len(near)
    ordered = near + [name for name in names if name not in near]
    more = len(ordered) - limit
    return ", ".join(ordered[:limit]) + (f" and {more} more" if more > 0 else "")


def quoted_slip(bad: str, allowed: Iterable[object]) -> str:
    """Return a space and the word in quotes where it is a slip of an allowed one ("recieved"), else nothing: a cell
    that is nothing like its column may be about a person."""
    is_slip = len(bad) >= SLIP and get_close_matches(bad, [str(name) for name in allowed], n=1, cutoff=ALIKE)
    return f" {bad!r}" if is_slip else ""


def unknown(kind: str, bad: object, allowed: Iterable[object]) -> str:
    """Return the line for a name that isn't known: what it is, what was given, what is allowed."""
    return f"unknown {kind} {str(bad)!r}; allowed: {listed(allowed, bad)}"
