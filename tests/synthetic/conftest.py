"""The five years of records, made once for all tests of the room and for all workers."""

import pickle

import pytest

from synthetic.generate import generate
from synthetic.settings import load_settings, load_truth
from tests.sharing import share


@pytest.fixture(scope="session")
def seed() -> int:
    return load_settings()["seed"]


@pytest.fixture(scope="session")
def records(seed) -> dict:
    folder = share("records", lambda made: (made / "records").write_bytes(pickle.dumps(generate(seed))))
    return pickle.loads((folder / "records").read_bytes())


@pytest.fixture(scope="session")
def truth() -> dict:
    return load_truth()
