"""A whole build with 300 strings about people planted in every place at once: none is in any byte of the release."""

import pytest

from analysis.cli.main import run
from tests.planted_words import PLACES, PLANTED, find_planted
from tests.runs.test_canaries import read_everything

pytestmark = pytest.mark.slow


def test_none_of_300_planted_strings_is_in_a_shared_release(hillingdon, tmp_path, capsys):
    for plant in PLACES.values():
        plant(hillingdon, PLANTED)
    assert run(["build"]) == 0
    release = tmp_path / "outputs" / "hillingdon" / "2023-24" / "shared"
    kinds = {path.suffix for path in release.rglob("*")}
    assert kinds >= {".html", ".docx", ".xlsx", ".csv", ".json", ".jsonl", ".svg", ".ipynb"}
    text = read_everything(tmp_path / "outputs")
    assert len(text) > 1_000_000
    assert find_planted(text) == []
    told = capsys.readouterr()
    assert find_planted(told.out + told.err) == []
    assert (release / "index.html").read_text(encoding="utf-8").count("whose words are not approved") > 0
