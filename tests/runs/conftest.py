"""A synthetic year as a stranger would build it, for the tests of what leaves the house."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.cli.main import run
from analysis.settings import REPOSITORY
from synthetic.generate import YEARS


@dataclass(frozen=True)
class Synthetic:
    """The folders of a synthetic partnership: data and output roots, and of its first year returns and release."""

    data: Path
    outputs: Path
    returns: Path
    release: Path


@pytest.fixture(scope="session")
def synthetic(tmp_path_factory) -> Synthetic:
    """The first synthetic year, built by the command line; the cheapest one, with no year before it."""
    place, year = tmp_path_factory.mktemp("synthetic"), YEARS[0]
    data, outputs = place / "data", place / "outputs"
    shipped = REPOSITORY / "data" / "exampleshire"
    shutil.copytree(shipped, data / "exampleshire", ignore=lambda folder, names: [n for n in names if n in YEARS])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEGUARDING_DATA", str(data))
        patch.setenv("SAFEGUARDING_OUTPUT", str(outputs))
        names = ["--partnership", "exampleshire", "--year", year]
        assert run(["build", *names, "--jobs", "2"]) == 0
    made = outputs / "exampleshire" / year
    return Synthetic(data, outputs, data / "exampleshire" / year, made / "shared")
