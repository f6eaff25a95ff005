"""Nobody gets a program without its definitions: the clone can be installed, and no wheel made of it."""

import subprocess
import sys

import pytest

from analysis.settings import REPOSITORY

BUILD = "import sys; sys.path.insert(0, 'tools'); import build_backend; build_backend.{hook}('{folder}')"


@pytest.mark.parametrize("hook", ["build_wheel", "build_sdist"])
def test_a_wheel_is_refused_in_one_line_that_says_what_to_do(hook, tmp_path):
    code = BUILD.format(hook=hook, folder=tmp_path)
    made = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)
    assert made.returncode == 1
    assert made.stderr.strip().count("\n") == 0
    assert "runs from its clone" in made.stderr
    assert "pip install --editable ." in made.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_clone_itself_can_be_installed():
    code = "import sys; sys.path.insert(0, 'tools'); import build_backend; print(build_backend.build_editable)"
    made = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)
    assert "build_editable" in made.stdout
