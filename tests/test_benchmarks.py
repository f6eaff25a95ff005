"""Every benchmark can be started: what it measures is still where it looks for it."""

import subprocess
import sys
from importlib import import_module

import pytest

from analysis.settings import REPOSITORY
from benchmarks.__main__ import list_benchmarks, main

POLARS = "indicators"


@pytest.mark.parametrize("name", sorted({*list_benchmarks()} - {POLARS}))
def test_a_benchmark_finds_what_it_measures(name):
    assert callable(import_module(f"benchmarks.{name}").main)


def test_the_benchmark_beside_polars_finds_it():
    """In a process of its own, since no kernel is forked from one that has polars."""
    code = f"from benchmarks.{POLARS} import main; assert callable(main)"
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True)


def test_an_unknown_benchmark_is_refused_by_name():
    with pytest.raises(SystemExit, match="unknown benchmark 'speed'; allowed: .*runs"):
        main(["speed"])
