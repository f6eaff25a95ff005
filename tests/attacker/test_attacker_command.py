"""`python -m analysis.attacker`: what it prints, and how it ends."""

import sys

import pytest

from analysis.attacker.__main__ import main
from analysis.attacker.attack import attack
from tests.attacker.releases import figure, write


def run(monkeypatch, *arguments) -> int:
    monkeypatch.setattr(sys, "argv", ["attacker", *map(str, arguments)])
    return main()


def test_openings_are_printed_with_what_proves_them(tmp_path, monkeypatch, capsys):
    folder = write(tmp_path, figure("deaths", comparison="Against 9 from April 2022 to March 2023: 5 fewer."))
    assert run(monkeypatch, folder) == 1
    assert capsys.readouterr().out == (
        "1 openings, 1 of them exact; 1 figures are hidden\n"
        "deaths.count: deaths count 2024-03-31, Exampleshire is 4 [change]\n"
        "    since deaths count 2024-03-31, Exampleshire changed by -5 [change; certain]\n"
    )


def test_a_release_that_keeps_its_secrets_ends_well(tmp_path, monkeypatch, capsys):
    earlier = write(tmp_path / "earlier", figure("deaths", year=2022))
    assert run(monkeypatch, write(tmp_path, figure("deaths")), earlier) == 0
    assert capsys.readouterr().out == "0 openings, 0 of them exact; 2 figures are hidden\n"


@pytest.mark.slow
def test_what_ships_keeps_its_secrets(releases, exampleshire_release):
    reports = [attack(folder, small_group=10) for folder in (releases["shared"], exampleshire_release)]
    assert all(report.hidden >= 40 for report in reports)
    assert [opening for report in reports for opening in report.openings] == []


def test_an_unknown_grade_is_refused(tmp_path, monkeypatch, capsys):
    with pytest.raises(SystemExit) as ended:
        run(monkeypatch, tmp_path, "--grade", "sure")
    assert ended.value.code == 2
    assert "strong" in capsys.readouterr().err
