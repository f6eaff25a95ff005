"""What a yearly report must hold by law and guidance, by the edition of its year: `data/dictionary/duties.csv`."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, convert

from analysis.errors import DataError, unknown
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import is_year
from analysis.measures.strict import fault, read_rows
from analysis.scrutiny.questions import PAGE, AnswerPage, list_selectors, read_link

COLUMNS = ("id", "board", "law", "first", "last", "duty", "opened", "answers", "lacks", "note")
BOARDS = ("children", "adults")
UNOPENED = "not"
OPENED = {
    "read": "The text was read",
    "part": "Read in part, or in another's account: a person must read it",
    UNOPENED: "Not opened: a person must read it",
}


class Duty(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a report of the years `first` to `last` must hold, in our words; `opened` says whether its text
    was read; `lacks` what its answers don't hold even where this report gives them all."""

    id: str
    board: str
    law: str
    first: str
    last: str
    duty: str
    opened: str
    answers: tuple[str, ...] = ()
    lacks: str = ""
    note: str = ""


def load_duties(folder: Path, year: str, catalogue: Catalogue, pages: Mapping[str, AnswerPage]) -> tuple[Duty, ...]:
    """Return the duties that a report of one year is held to. Raises DataError for a word that isn't known."""
    path = folder / "duties.csv"
    rows = read_rows(path, COLUMNS)
    found = [convert({**row, "answers": tuple(filter(None, row["answers"].split(";")))}, Duty) for row in rows]
    for number, duty in enumerate(found, start=2):
        if told := _find_fault(duty, catalogue, pages):
            raise DataError(fault(path, f"row {number}, {duty.id}: {told}"))
    return tuple(duty for duty in found if duty.first <= year <= (duty.last or year))


def _find_fault(duty: Duty, catalogue: Catalogue, pages: Mapping[str, AnswerPage]) -> str:
    words = [
        ("board", duty.board, BOARDS),
        ("mark", duty.opened, OPENED),
        *(("page", read_link(name).page, pages) for name in duty.answers if PAGE in name),
        *(("measure", name.split("/")[0], catalogue.measures) for name in list_selectors(duty)),
    ]
    odd = next((unknown(what, word, known) for what, word, known in words if word not in known), "")
    years = all(map(is_year, filter(None, (duty.first, duty.last))))
    return odd or ("" if duty.first and years else "a year isn't one; allowed: a year like 2023-24")
