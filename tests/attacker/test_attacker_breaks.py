"""He finds what a broken gate leaves open, whichever way it is broken, and nothing where it is whole."""

import pytest

from benchmarks.breaks import list_breaks, try_out

BREAKS = list_breaks()


def test_ten_ways_of_breaking_it_are_tried():
    assert sum(not one.whole for one in BREAKS) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.name)
def test_a_broken_gate_is_found_out(one, tmp_path):
    assert bool(try_out(one, tmp_path)) != one.whole
