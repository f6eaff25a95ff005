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
    assert "Exception ignored" not in run.stderr


EARLY = """
import os, signal, sys

class Slow:
    def find_spec(self, name, path, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)
            [None for _ in range(1000)]

sys.meta_path.insert(0, Slow())
from analysis.cli import main
main(["--help"])
"""


@pytest.mark.parametrize("name", ["analysis.cli.main", "click", "analysis.errors"])
def test_who_stops_the_program_while_it_loads_reads_one_line(name):
    run = subprocess.run([sys.executable, "-c", EARLY, name], capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", "safeguarding: stopped\n")
