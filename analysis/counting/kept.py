"""What was counted of an earlier year, kept beside its returns: records that haven't changed aren't counted twice.

The counts lie with the records that they are of, as protected as these, and are taken only where the records, those
looked back into, the definitions and the program are still the same.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path

from analysis.keys import list_files, make_key
from analysis.measures.periods import Period
from analysis.returns.aggregate import Observation
from analysis.settings import get_dictionary_root

FILE = ".counted.json"
PROGRAM = Path(__file__).parents[1]
WORDING = {
    "phrases.toml",
    "clauses.csv",
    "titles.toml",
    "findings.toml",
    "drafts.toml",
    "questions.csv",
    "questions.toml",
}


def recall(folder: Path, key: str) -> list[Observation] | None:
    """Return what was counted of a year under the same key; None where nothing is kept, or of something else."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return [_observation(plain) for plain in kept["observations"]] if kept["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(folder: Path, key: str, observations: Sequence[Observation]) -> None:
    """Keep what was counted of a year. A folder that can't be written to keeps nothing, and is counted again."""
    plain = {"key": key, "observations": [asdict(one) for one in observations]}
    draft = folder / f"{FILE}.{key[:8]}"
    with suppress(OSError):
        draft.write_text(json.dumps(plain, default=str), encoding="utf-8")
        draft.replace(folder / FILE)


def key_of(folders: Iterable[Path], *known: object) -> str:
    """Return a mark of all that counts follow from: the files of folders, definitions but for those of what is said of
    figures, the program, what else is known."""
    program = (PROGRAM / room for room in ("measures", "returns", "counting"))
    read = (path for folder in (*program, get_dictionary_root()) for path in list_files(folder))
    code = (path for path in read if path.name not in WORDING)
    return make_key([*(path for folder in folders for path in list_files(folder, "*")), *code], *known)


def _observation(plain: dict) -> Observation:
    start, end, basis = (plain["period"][name] for name in ("start", "end", "basis"))
    period = Period(*(day and date.fromisoformat(day) for day in (start, end)), basis)
    return Observation(**{**plain, "period": period, "datasets": tuple(plain["datasets"])})
