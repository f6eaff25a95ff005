"""Taking a downloaded release into `data/published/`: recognise, read, keep what the comparators need."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import CommandError, DataError
from analysis.official import keeping, neighbours, releases
from analysis.official.areas import Areas, read_areas
from analysis.official.definitions import Definitions, Table, load_definitions
from analysis.official.layouts import Measure, read_dictionary
from analysis.official.readers import read_figures

UNUSED = "a release that no comparator uses; nothing kept"
UNKNOWN = "not a release that is known; left alone"
HELPER = "the tool's dictionary: used for the year types and dates of its measures"

Recognised = Mapping[Path, Table | str]


@dataclass(frozen=True)
class Addition:
    """What became of one file: the table that it is, how many rows were kept, of which comparators."""

    file: str
    table: str
    rows: int
    indicators: tuple[str, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        kept = f"{self.rows} rows of {', '.join(self.indicators)}" if self.indicators else f"{self.rows} rows"
        return f"{self.file}: {self.note or f'{self.table}, {kept}'}"


def add(
    files: Iterable[Path],
    folder: Path,
    *,
    areas: Collection[str] | None = None,
    since: str = "",
    indicators: Collection[str] | None = None,
) -> tuple[Addition, ...]:
    """Keep what the comparators need of each file in `folder`, and return what became of each.

    A file named must be a release that is known; of a folder named, what isn't known is left alone and
    said. Everything is read before anything is kept. `areas` keeps the figures of these codes only, `since`
    those of periods that end on or after a date, `indicators` those comparators and no neighbours; the quartiles
    are always those of all councils in the file.

    Raises CommandError, in one line, for a file that isn't known, and DataError for a cell that can't be read.
    """
    definitions, register = load_definitions(), read_areas()
    known = recognise_all([Path(file) for file in files], definitions)
    frames = read_all(known, definitions, register)
    kept = {path: keeping.choose(frame, areas, since, indicators) for path, frame in frames.items()}
    keeping.keep(known, frames, kept, Path(folder), definitions, register)
    return tuple(_told(path, table, kept.get(path)) for path, table in known.items())


def recognise_all(paths: Iterable[Path], definitions: Definitions) -> Recognised:
    """Return the table of every file, or a note on why it isn't read."""
    known: dict[Path, Table | str] = {}
    for path in paths:
        if path.is_dir():
            known |= {inner: _recognise_within(inner, definitions) for inner in sorted(path.rglob("*.*"))}
        else:
            known[path] = releases.recognise(path, definitions) or UNUSED
    return known


def _recognise_within(path: Path, definitions: Definitions) -> Table | str:
    try:
        return releases.recognise(path, definitions) or UNUSED
    except CommandError:
        return UNKNOWN


def read_all(known: Recognised, definitions: Definitions, register: Areas) -> dict[Path, pd.DataFrame]:
    """Return the frame of every file that holds figures or neighbours."""
    tables = {path: table for path, table in known.items() if isinstance(table, Table)}
    helpers = [path for path, table in tables.items() if table.kind == "lait_dictionary"]
    measures = read_dictionary(helpers[0]) if helpers else {}
    return {
        path: _read(path, table, definitions, register, measures)
        for path, table in tables.items()
        if path not in helpers
    }


def _read(
    path: Path, table: Table, definitions: Definitions, register: Areas, measures: Mapping[str, Measure]
) -> pd.DataFrame:
    """Return the frame, or say in one line that a file has the columns of a release and can't be read as one."""
    try:
        if table.kind == "neighbours":
            return neighbours.read_neighbours(path, table.id.rpartition("_")[2], register)
        return read_figures(path, table, definitions, measures, register)
    except (KeyError, ValueError) as error:
        raise DataError(f"{path.name}: looks like {table.title!r}, but can't be read as such") from error


def _told(path: Path, table: Table | str, kept: pd.DataFrame | None) -> Addition:
    if not isinstance(table, Table):
        return Addition(path.name, "", 0, note=table)
    if kept is None:
        return Addition(path.name, table.id, 0, note=HELPER)
    indicators = tuple(sorted(set(kept["indicator"]))) if "indicator" in kept else ()
    return Addition(path.name, table.id, len(kept), indicators)
