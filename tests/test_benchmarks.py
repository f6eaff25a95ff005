"""Every benchmark can be started: what it measures is still where it looks for it."""

from importlib import import_module

import pytest

from benchmarks.__main__ import list_benchmarks, main


@pytest.mark.parametrize("name", list_benchmarks())
def test_a_benchmark_finds_what_it_measures(name):
    assert callable(import_module(f"benchmarks.{name}").main)


def test_an_unknown_benchmark_is_refused_by_name():
    with pytest.raises(SystemExit, match="unknown benchmark 'speed'; allowed: .*runs"):
        main(["speed"])
