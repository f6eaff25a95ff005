"""What several tests need: small definitions, a partnership in a folder, the real inputs where they are."""

import pickle
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

import analysis.runs  # noqa: F401  before nbformat, whose import it makes light
from analysis.keys import list_files, make_key
from analysis.measures.catalogue import get_catalogue, load_catalogue
from analysis.release import stages
from analysis.release.release import Release
from analysis.runs import engine
from analysis.settings import RELEASES, REPOSITORY
from tests.chance import MORE
from tests.sharing import list_changed, share

# Property tests have no deadline: on a busy machine the first call of a library is slow, not wrong. They draw the same
# examples each time, so that a run fails for what was changed; SAFEGUARDING_EXAMPLES=10 draws ten times as many others.
settings.register_profile("project", deadline=None, derandomize=MORE == 1, max_examples=100 * MORE)
settings.load_profile("project")

# statsmodels, which holds our intervals, loads polars where it finds it, and no kernel is forked from a process with
# polars: each kernel of a test would load everything anew, which takes seconds.
sys.modules[engine.UNSAFE] = None

SHARED = REPOSITORY.parent / "shared"
FIXTURES = Path(__file__).parent / "fixtures"
# Fixtures that take most of a minute or more to make.
BUILT = {"hillingdon_outputs", "exampleshire_outputs", "exampleshire_problems"}


def pytest_collection_modifyitems(items):
    """Mark what needs a built release as slow, and put it first, so that no long test is left for the end of a run:
    one file that makes the releases, what needs none meanwhile, then what needs them.

    Skip, saying so, what needs the folder of real inputs where it is absent.
    """
    for item in items:
        if BUILT & set(item.fixturenames):
            item.add_marker("slow")
        if "shared" in item.keywords and not SHARED.is_dir():
            item.add_marker(pytest.mark.skip(reason="the folder of real inputs beside the checkout is absent"))
    waiting = list(dict.fromkeys(item.path for item in items if BUILT & set(item.fixturenames)))
    items.sort(key=lambda item: ("slow" not in item.keywords, item.path in waiting and item.path != waiting[0]))
    items.sort(key=lambda item: item.path not in waiting[:1])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the checkout."""
    return SHARED


@pytest.fixture(scope="session")
def catalogue():
    """A small dictionary: three indicators, enough for every rule."""
    return load_catalogue(FIXTURES / "dictionary")


@pytest.fixture(scope="session")
def shipped_catalogue():
    """The dictionary that ships."""
    return get_catalogue()


@pytest.fixture
def hillingdon(tmp_path, monkeypatch) -> Path:
    """A copy of the partnership that ships, as the data root of this test, to be changed at will."""
    data = tmp_path / "data"
    shutil.copytree(REPOSITORY / "data" / "hillingdon", data / "hillingdon")
    monkeypatch.setenv("SAFEGUARDING_DATA", str(data))
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path / "outputs"))
    return data / "hillingdon"


def build(output: Path, *arguments: str) -> None:
    """Build releases of what ships into a folder, by the command line as a user would."""
    from analysis.cli.main import run

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEGUARDING_OUTPUT", str(output))
        patch.delenv("SAFEGUARDING_DATA", raising=False)
        assert run(["build", *arguments, "--jobs", "2"]) == 0


class Beside(NamedTuple):
    """What a build knows and no file of its release may say: the figures as they were counted, whom to keep out."""

    counted: stages.Counted
    people: frozenset[str]


def build_exampleshire(output: Path) -> None:
    """Build the synthetic partnership, and keep beside its release what was counted on the way."""
    count, prepare, kept = stages.count, stages.prepare, {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stages, "count", lambda *told, **how: kept.setdefault("counted", count(*told, **how)))
        patch.setattr(stages, "prepare", lambda *told, **how: kept.setdefault("prepared", prepare(*told, **how)))
        build(output, "--partnership", "exampleshire")
    (output / "beside").write_bytes(pickle.dumps(Beside(kept["counted"], kept["prepared"].pseudonyms)))


def lend(folder: Path) -> Iterator[Path]:
    """Give a folder that all tests share, and fail where one of them has changed it."""
    yield folder
    assert list_changed(folder) == [], f"a test has changed {folder.name}/, which all tests share: let it have a copy"


@pytest.fixture(scope="session")
def hillingdon_outputs() -> Iterator[Path]:
    yield from lend(share("hillingdon", lambda output: [build(output, "--release", name) for name in RELEASES]))


@pytest.fixture(scope="session")
def exampleshire_outputs() -> Iterator[Path]:
    yield from lend(share("exampleshire", build_exampleshire))


@pytest.fixture(scope="session")
def exampleshire_beside(exampleshire_outputs) -> Beside:
    return pickle.loads((exampleshire_outputs / "beside").read_bytes())


@pytest.fixture(scope="session")
def exampleshire_problems() -> list:
    """What `check` finds in the last year of the synthetic partnership."""

    def make(folder: Path) -> None:
        from analysis.cli.check import find_problems

        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("SAFEGUARDING_DATA", raising=False)
            (folder / "problems").write_bytes(pickle.dumps(find_problems("exampleshire", "2023-24")[0]))

    return pickle.loads((share("problems", make) / "problems").read_bytes())


@pytest.fixture(scope="session")
def published() -> Iterator[Path]:
    """What the releases of official statistics beside the checkout hold, as the command adds it."""
    releases = SHARED / "data" / "published"

    def make(folder: Path) -> None:
        from analysis.cli.main import run

        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SAFEGUARDING_DATA", str(folder))
            assert run(["comparators", "add", str(releases)]) == 0

    name = f"published-{make_key(list_files(releases))[:16]}"
    yield from (folder / "published" for folder in lend(share(name, make)))


@pytest.fixture(scope="session")
def releases(hillingdon_outputs) -> dict[str, Path]:
    """Both releases of the partnership that ships, to read; a test that changes one copies it first."""
    return {release: hillingdon_outputs / "hillingdon" / "2023-24" / release for release in RELEASES}


@pytest.fixture(scope="session")
def exampleshire_release(exampleshire_outputs) -> Path:
    """The shared release of the synthetic partnership, to read."""
    return exampleshire_outputs / "exampleshire" / "2023-24" / "shared"


@pytest.fixture(scope="session")
def stores(releases, exampleshire_release) -> dict[str, Release]:
    """The shared release of each partnership that ships, as its notebooks read it."""
    from analysis.release.store import FILE, read_store

    folders = {"hillingdon": releases["shared"], "exampleshire": exampleshire_release}
    return {name: read_store(folder / FILE) for name, folder in folders.items()}
