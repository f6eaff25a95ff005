"""Returns that a program makes: a synthetic partnership names in its configuration the generator of its records."""

from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from analysis.errors import DataError, unknown
from analysis.keys import list_files
from analysis.measures.strict import fault
from analysis.partnership import Partnership

GROUP = "safeguarding.generators"


def make_returns(partnership: Partnership, data_root: Path, year: str) -> None:
    """Make the returns of a year where they are absent or of another version; nothing for a partnership without a
    generator.

    A generator is an entry point of the group `safeguarding.generators`: a function of the data root and the year.
    Raises DataError for one that isn't installed, and whatever the generator raises for a year it doesn't make.
    """
    if not partnership.generator:
        return
    _find(partnership).load()(data_root, year)


def list_program(partnership: Partnership) -> list[Path]:
    """Return the files of the program that makes a partnership's returns; none for one without a generator."""
    if not partnership.generator:
        return []
    package = find_spec(_find(partnership).module.partition(".")[0])
    return [path for folder in package.submodule_search_locations or () for path in list_files(Path(folder), "*.py")]


def _find(partnership: Partnership) -> EntryPoint:
    generators = {point.name: point for point in entry_points(group=GROUP)}
    if partnership.generator not in generators:
        message = unknown("generator", partnership.generator, generators)
        raise DataError(fault(Path("partnership.toml"), message))
    return generators[partnership.generator]
