"""Returns that a program makes: a synthetic partnership names in its configuration the generator of its records."""

from importlib.metadata import entry_points
from pathlib import Path

from analysis.errors import DataError, unknown
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
    generators = {point.name: point for point in entry_points(group=GROUP)}
    if partnership.generator not in generators:
        raise DataError(f"partnership.toml: {unknown('generator', partnership.generator, generators)}")
    generators[partnership.generator].load()(data_root, year)
