"""A wish to stop isn't lost, wherever it comes."""

import signal
import subprocess
import sys

import pytest

LOST = """
import os, signal, sys
from analysis.runs.stopping import heed, listen

class Late:
    def __del__(self):
        os.kill(os.getpid(), signal.Signals[sys.argv[1]])
        [None for _ in range(1000)]  # the interrupt is raised here, where Python drops it

listen()
heed()
late = Late()
del late
print("went on", flush=True)
heed()
print("published")
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupt_that_a_destructor_swallowed_stops_before_anything_is_published(name):
    run = subprocess.run([sys.executable, "-c", LOST, name], capture_output=True, text=True)
    assert run.stdout == "went on\n"
    assert run.returncode == -signal.SIGINT
