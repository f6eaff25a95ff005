"""The command line as `make setup` puts it into the environment: a clone that was moved or copied says so."""

import os
import shutil
import subprocess
import sys

import pytest

from analysis.settings import REPOSITORY

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has pip's own entry point")


@pytest.fixture
def clone(tmp_path):
    """A clone that was set up, with the environment of these tests."""
    folder = tmp_path / "clone"
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / ".ready").write_text(f"{folder.resolve()}\n", encoding="utf-8")
    python = folder / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    shutil.copy2(REPOSITORY / "tools" / "safeguarding.sh", folder / ".venv" / "bin" / "safeguarding")
    return folder


def ask(clone, folder):
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [clone / ".venv" / "bin" / "safeguarding", "--help"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_it_runs_from_any_folder_and_through_a_link(clone, tmp_path):
    done = ask(clone, tmp_path)
    assert (done.returncode, done.stdout.split("\n")[0]) == (0, "Usage: safeguarding [OPTIONS] [COMMAND] [ARGS]...")
    link = tmp_path / "safeguarding"
    link.symlink_to(clone / ".venv" / "bin" / "safeguarding")
    assert subprocess.run([link, "--help"], env={**os.environ, "PYTHONPATH": str(REPOSITORY)}).returncode == 0


def test_a_moved_clone_says_how_to_mend_it(clone, tmp_path):
    moved = clone.rename(tmp_path / "moved")
    done = ask(moved, tmp_path)
    words = f"this clone was moved or copied since it was set up; `make setup` in {moved} mends it"
    assert (done.returncode, done.stderr) == (2, f"safeguarding: {words}\n")
