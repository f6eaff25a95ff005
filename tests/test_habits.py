"""Habits that keep records out of git: what the hooks refuse, and what the editors' container sets up."""

import json
import re

import pytest
import yaml

from analysis.settings import REPOSITORY

HOOKS = {
    hook["id"]: hook
    for repo in yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    for hook in repo["hooks"]
}


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("data/havering/2023-24/returns/childrens.xlsx", True),
        ("data/exampleshire/2023-24/returns/contacts.csv", True),
        ("data/hillingdon/2023-24/returns/.counted.json", True),
        ("data/hillingdon/2023-24/returns/lado.csv", False),  # rebuilt from published figures
        ("data/havering/2023-24/returns.csv", False),  # the register
        ("docs/returns.md", False),
    ],
)
def test_a_commit_of_a_return_is_refused(path, refused):
    assert HOOKS["records"]["language"] == "fail"
    assert bool(re.search(HOOKS["records"]["files"], path)) is refused


def test_hooks_strip_outputs_and_look_for_secrets():
    assert {"nbstripout", "detect-secrets", "large-files", "ruff"} <= set(HOOKS)


def test_the_container_sets_up_the_locked_environment_and_the_hooks():
    made = json.loads((REPOSITORY / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert made["postCreateCommand"].startswith("make setup")
    assert "pre-commit install" in made["postCreateCommand"]
