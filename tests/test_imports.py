"""What importing the package costs: nothing slow is loaded and no data are read until they are needed."""

import subprocess
import sys

import pytest

from analysis.settings import REPOSITORY

SLOW = ("matplotlib", "nbconvert", "papermill", "scipy", "statsmodels")
MODULES = ("analysis", "analysis.report", "analysis.cli", "analysis.methods.change")
LOADED = """
import importlib, sys

for module in {modules!r}:
    importlib.import_module(module)
    for name in sorted(set(sys.modules) & set({slow!r})):
        print(module, name)
"""
READ = """
import importlib, os, pkgutil, sys, traceback
import analysis

def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and os.path.abspath(arguments[0]).startswith({data!r}):
        modules = [frame.filename for frame in traceback.extract_stack() if frame.name == "<module>"]
        print(os.path.relpath(modules[-1], {root!r}))

sys.addaudithook(note)
for module in pkgutil.walk_packages(analysis.__path__, "analysis."):
    importlib.import_module(module.name)
"""


def run(code: str) -> str:
    made = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return made.stdout


def test_nothing_slow_is_loaded_before_it_is_needed():
    assert run(LOADED.format(modules=MODULES, slow=SLOW)).splitlines() == []


@pytest.mark.slow
def test_no_module_reads_data_when_it_is_imported():
    root = str(REPOSITORY)
    assert run(READ.format(data=f"{root}/data", root=root)).split() == []
