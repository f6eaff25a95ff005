"""A year of damaged files: the checks give problems, and never a value of a record, a traceback or an endless run.

The suite makes a few, since each try checks a whole year; `SAFEGUARDING_EXAMPLES=25` makes 25 times as many.
"""

import random

import pytest

from analysis.cli.check import gather_lines
from analysis.errors import DataError
from analysis.measures.catalogue import get_catalogue
from analysis.returns.checks.year import check_year
from tests.chance import MORE
from tests.returns.checks.planted import FILES, HERE, write_year
from tests.returns.test_returns_fuzz import damaged

pytestmark = pytest.mark.slow
TRIES = 20 * MORE
SECRET = "zqxjv"  # stands in every key about a person, and in the categories of counts  # noqa: S105


@pytest.fixture(scope="module")
def shipped():
    return get_catalogue()


def check(folder, catalogue):
    """Return all that the command would print of a year; a register that can't be read is one line."""
    try:
        problems, _ = check_year(folder, "2023-24", HERE, catalogue)
    except DataError as fault:
        return [str(fault)]
    return gather_lines(problems)


def test_a_damaged_year_gives_problems_and_never_a_value(tmp_path, shipped):
    folder = write_year(tmp_path / "here")
    paths = [folder / "returns" / file for file in FILES] + [folder / "returns.csv"]
    for path in paths[:-1]:
        path.write_text(path.read_text(encoding="utf-8").replace("SYN", SECRET), encoding="utf-8")
    sound = {path: path.read_bytes() for path in paths}
    chance = random.Random("a year of returns")
    broken = 0
    for attempt in range(TRIES):
        path = chance.choice(paths)
        path.write_bytes(damaged(sound[path], chance))
        lines = check(folder, shipped)
        broken += bool(lines)
        assert SECRET not in "\n".join(lines), f"attempt {attempt} shows a value"
        path.write_bytes(sound[path])
    assert broken > TRIES // 3
