"""environment.yml for conda users: the same versions as requirements.lock, written from it."""

import re
from pathlib import Path

from analysis.settings import REPOSITORY

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s\\;]+)\s*(;[^\\]+)?", re.MULTILINE)
HEAD = """\
# The set of requirements.lock for conda users. Written by `make lock`; a test holds the two together.
#   conda env create --file environment.yml
#   conda activate safeguarding
#   python -m pip install --no-deps --no-build-isolation --editable .
name: safeguarding
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def read_pins(lock: str) -> list[str]:
    """Return every pinned package of a lock as `name==version`, with its marker where it has one."""
    return [f"{name}=={version}{_marker(marker)}" for name, version, marker in PIN.findall(lock)]


def _marker(marker: str) -> str:
    return f" ; {marker.lstrip('; ').strip()}" if marker else ""


def make_environment(lock: str) -> str:
    """Return the text of environment.yml for a lock."""
    return HEAD + "".join(f'      - "{_escaped(pin)}"\n' for pin in read_pins(lock))


def _escaped(pin: str) -> str:
    return pin.replace("\\", "\\\\").replace('"', '\\"')


def write_environment(root: Path = REPOSITORY) -> None:
    """Write environment.yml beside the lock."""
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    (root / "environment.yml").write_text(make_environment(lock), encoding="utf-8")


if __name__ == "__main__":
    write_environment()
