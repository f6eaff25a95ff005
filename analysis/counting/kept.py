"""What was counted of an earlier year, kept beside its returns: records that haven't changed aren't counted twice.

The counts lie with the records that they are of, as protected as these, and are taken only where the records, those
looked back into, the definitions and the program are still the same.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path

from analysis.measures.periods import Period
from analysis.returns.aggregate import Observation
from analysis.settings import get_dictionary_root

FILE = ".counted.json"
PROGRAM = Path(__file__).parents[1]


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


def make_key(folders: Iterable[Path], *said: object) -> str:
    """Return a mark of all that counts follow from: files, definitions, the program, and what else is said."""
    found = hashlib.sha256(_mark_of_program().encode())
    for path in [path for folder in folders for path in sorted(folder.glob("*"))]:
        if path.is_file() and not path.name.startswith("."):
            found.update(f"{path.name}\0".encode())
            found.update(path.read_bytes())
    found.update(repr(said).encode())
    return found.hexdigest()


@cache
def _mark_of_program() -> str:
    found = hashlib.sha256()
    code = [path for room in ("counting", "returns") for path in (PROGRAM / room).rglob("*.py")]
    for path in sorted([*code, *get_dictionary_root().rglob("*.toml"), *get_dictionary_root().rglob("*.csv")]):
        found.update(path.read_bytes())
    return found.hexdigest()


def _observation(plain: dict) -> Observation:
    start, end, basis = (plain["period"][name] for name in ("start", "end", "basis"))
    period = Period(*(day and date.fromisoformat(day) for day in (start, end)), basis)
    return Observation(**{**plain, "period": period, "datasets": tuple(plain["datasets"])})
