"""What stops a build stops a check, in the same words: one function decides for both."""

import shutil

import pytest

from analysis.cli.main import run
from tests.partial import make_partnership

pytestmark = pytest.mark.slow
CONFIG, COUNTS = "partnership.toml", "2023-24/returns/childrens_services.csv"


@pytest.fixture
def here(tmp_path, monkeypatch):
    for name in ("data", "output"):
        monkeypatch.setenv(f"SAFEGUARDING_{name.upper()}", str(tmp_path / name))
    return make_partnership(tmp_path / "data", "here", "E06000019", ["08_children_social_care"])


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def lower_the_threshold(here):
    change(here / CONFIG, "threshold = 5", "threshold = 0")


def misspell_a_setting(here):
    change(here / CONFIG, "protect_zero", "protect_nought")


def change_the_area(here):
    change(here / CONFIG, "E06000019", "E06000999")


def add_an_unknown_key(here):
    change(here / CONFIG, "[disclosure]", 'colour = "red"\n\n[disclosure]')


def copy_a_year(here):
    shutil.copytree(here / "2023-24", here / "2022-23 - Copy")


def give_one_fact_twice(here):
    path = here / COUNTS
    row = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("child_protection_pl"))
    path.write_text(path.read_text(encoding="utf-8") + row.replace(",254,", ",255,") + "\n", encoding="utf-8")


def add_missing(here, *periods):
    said = 'children_missing,,,count,60,exact,children,,,{},{},{},"Herefordshire, County of",'
    path = here / COUNTS
    path.write_text(
        path.read_text(encoding="utf-8") + "".join(said.format(*p) + "\n" for p in periods), encoding="utf-8"
    )


def give_overlapping_quarters(here):
    add_missing(here, ("2023-04-01", "2023-06-30", "quarter"), ("2023-05-01", "2023-07-31", "quarter"))


def give_two_years_at_once(here):
    add_missing(here, ("2023-04-01", "2024-03-31", "financial_year"), ("2023-01-01", "2023-12-31", "calendar_year"))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (lower_the_threshold, "threshold"),
        (misspell_a_setting, "protect_nought"),
        (change_the_area, "unknown area code 'E06000999'"),
        (add_an_unknown_key, "colour"),
        (copy_a_year, "this folder holds a register, and isn't called as a year"),
        (give_one_fact_twice, "child_protection_plans differs from the same figure in childrens_services.csv"),
        (give_overlapping_quarters, "overlaps that of row"),
        (give_two_years_at_once, "(January to December 2023) overlaps that of row"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_both_stop_in_the_same_words(here, capsys, fault, words):
    fault(here)
    assert run(["check", "--partnership", "here"]) == 1
    assert words in capsys.readouterr().out
    assert run(["build", "--partnership", "here"]) > 0
    assert words in capsys.readouterr().err
    assert not list((here.parent.parent / "output").rglob("*.html"))
