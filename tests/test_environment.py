"""environment.yml gives conda users exactly what requirements.lock pins."""

import tomllib

import yaml

from analysis.settings import REPOSITORY
from tools.environment import make_environment, read_pins

LOCK = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")


def test_environment_is_the_lock():
    text = (REPOSITORY / "environment.yml").read_text(encoding="utf-8")
    assert text == make_environment(LOCK)
    pip = next(entry["pip"] for entry in yaml.safe_load(text)["dependencies"] if isinstance(entry, dict))
    assert pip == read_pins(LOCK)


def test_every_pin_of_the_lock_has_hashes():
    blocks = [block for block in LOCK.split("\n") if block and not block.startswith(" ")]
    assert len(blocks) == len(read_pins(LOCK))
    assert all(block.endswith("\\") for block in blocks)
    assert LOCK.count("\n    --hash=sha256:") >= len(blocks)


def test_every_direct_dependency_is_pinned():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["test"], *extras["develop"], *extras["docs"]]
    pinned = {pin.split("==")[0] for pin in read_pins(LOCK)}
    assert {name.split(">=")[0] for name in wanted} <= pinned


def test_a_pin_keeps_its_marker():
    lock = "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:00\nidna==3.13 \\\n    --hash=sha256:11\n"
    assert read_pins(lock) == ["colorama==0.4.6 ; sys_platform == 'win32'", "idna==3.13"]
