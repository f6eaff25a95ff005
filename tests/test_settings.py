"""When a build says that it was made."""

from datetime import UTC, datetime

import pytest

from analysis.errors import CommandError
from analysis.settings import get_moment


def test_a_build_is_made_now_to_the_second(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC)
    assert abs((get_moment() - before).total_seconds()) <= 2
    assert get_moment().microsecond == 0


def test_or_at_the_moment_that_it_is_told(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1711843200")
    assert get_moment() == datetime(2024, 3, 31, tzinfo=UTC)


@pytest.mark.parametrize("told", ["", "-1", "1.5", "yesterday", "٣"])
def test_which_is_a_number_of_seconds(monkeypatch, told):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
    with pytest.raises(CommandError, match="SOURCE_DATE_EPOCH is not a number of seconds"):
        get_moment()
