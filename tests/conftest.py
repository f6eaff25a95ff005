"""What several tests need: small definitions, a partnership in a folder, the real inputs where they are."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.measures.dictionary import load_dictionary
from analysis.settings import REPOSITORY

# Property tests have no deadline: on a busy machine the first call of a library is slow, not wrong. Continuous
# integration draws the same examples each time; everybody else's runs go on looking for new ones.
settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")

SHARED = REPOSITORY.parent / "shared"
FIXTURES = Path(__file__).parent / "fixtures"


def pytest_collection_modifyitems(items):
    """Skip, saying so, what needs the folder of real inputs where it is absent."""
    if not SHARED.is_dir():
        absent = pytest.mark.skip(reason="the folder of real inputs beside the checkout is absent")
        for item in items:
            if "shared" in item.keywords:
                item.add_marker(absent)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the checkout."""
    return SHARED


@pytest.fixture(scope="session")
def dictionary():
    """A small dictionary: three indicators, enough for every rule."""
    return load_dictionary(FIXTURES / "dictionary")


@pytest.fixture(scope="session")
def shipped_dictionary():
    """The dictionary that ships."""
    return load_dictionary(REPOSITORY / "data" / "dictionary")


@pytest.fixture
def hillingdon(tmp_path, monkeypatch) -> Path:
    """A copy of the partnership that ships, as the data root of this test, to be changed at will."""
    data = tmp_path / "data"
    shutil.copytree(REPOSITORY / "data" / "hillingdon", data / "hillingdon")
    monkeypatch.setenv("SAFEGUARDING_DATA", str(data))
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path / "outputs"))
    return data / "hillingdon"


@pytest.fixture(scope="session")
def stores() -> dict[str, dict]:
    """The shared store of each partnership that ships, as its notebooks read it."""
    from analysis.release.plain import as_plain
    from analysis.release.stages import make_release

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SAFEGUARDING_DATA", raising=False)
        return {name: as_plain(make_release(name, "2023-24", "shared")) for name in ("hillingdon", "exampleshire")}


@pytest.fixture(scope="session")
def releases(tmp_path_factory) -> dict[str, Path]:
    """Both releases of the partnership that ships, built by the command line as a user would."""
    from analysis.cli.main import run

    output = tmp_path_factory.mktemp("releases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEGUARDING_OUTPUT", str(output))
        patch.delenv("SAFEGUARDING_DATA", raising=False)
        for release in ("internal", "shared"):
            assert run(["build", "--release", release, "--jobs", "2"]) == 0
    return {release: output / "hillingdon" / "2023-24" / release for release in ("internal", "shared")}


@pytest.fixture(scope="session")
def exampleshire_release(tmp_path_factory) -> Path:
    """The shared release of the synthetic partnership, built by the command line as a user would."""
    from analysis.cli.main import run

    output = tmp_path_factory.mktemp("exampleshire")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEGUARDING_OUTPUT", str(output))
        patch.delenv("SAFEGUARDING_DATA", raising=False)
        assert run(["build", "--partnership", "exampleshire", "--jobs", "2"]) == 0
    return output / "exampleshire" / "2023-24" / "shared"
