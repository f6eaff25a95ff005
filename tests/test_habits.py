"""Habits that keep records out of git: what the hooks refuse, and what the editors' container sets up."""

import json
import re
from subprocess import run

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


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("notebooks/girls.csv", True),
        ("girls.XLSX", True),
        ("notebooks/explore/rows.parquet", True),
        ("analysis/rows.pkl", True),
        ("data/dictionary/questions.csv", False),
        ("tests/fixtures/dictionary/terms.csv", False),
        ("notebooks/explore/start.ipynb", False),
    ],
)
def test_a_commit_of_a_table_that_lies_about_is_refused(path, refused):
    hook = HOOKS["tables"]
    assert hook["language"] == "fail"
    assert bool(re.search(hook["files"], path) and not re.search(hook["exclude"], path)) is refused


def test_no_hook_refuses_what_is_committed():
    committed = run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.splitlines()
    for hook in (one for one in HOOKS.values() if one["language"] == "fail"):
        left = re.compile(hook.get("exclude", "$^"))
        assert [path for path in committed if re.search(hook["files"], path) and not left.search(path)] == []


def test_hooks_strip_outputs_and_look_for_secrets():
    assert {"nbstripout", "detect-secrets", "large-files", "ruff"} <= set(HOOKS)


def test_the_container_sets_up_the_locked_environment_and_the_hooks():
    made = json.loads((REPOSITORY / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert made["postCreateCommand"].startswith("make setup")
    assert "pre-commit install" in made["postCreateCommand"]
