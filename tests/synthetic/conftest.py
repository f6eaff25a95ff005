"""The five years of records, made once for all tests of the room."""

import pytest

from synthetic.generate import generate
from synthetic.settings import load_settings, load_truth


@pytest.fixture(scope="session")
def seed() -> int:
    return load_settings()["seed"]


@pytest.fixture(scope="session")
def records(seed) -> dict:
    return generate(seed)


@pytest.fixture(scope="session")
def truth() -> dict:
    return load_truth()
