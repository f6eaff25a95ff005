"""A faulty return stops a report, unless a build is asked to treat it as not received, which it says everywhere."""

import json

import pytest

from analysis.cli.main import run
from analysis.errors import DataError
from analysis.release.stages import prepare
from tests.examples import list_pages, words_of
from tests.partial import make_partnership

SECTIONS = ["08_children_social_care", "12_3_childrens_rights"]
FAULTY = "childrens_rights_participation.csv"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A partnership of two sections, one of whose returns has a number that is none."""
    for name in ("data", "output"):
        monkeypatch.setenv(f"SAFEGUARDING_{name.upper()}", str(tmp_path / name))
    folder = make_partnership(tmp_path / "data", "here", "E06000019", SECTIONS)
    spoil(folder / "2023-24" / "returns" / FAULTY)
    return tmp_path


def spoil(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    lines[1] = ",".join([*cells[:4], "many", *cells[5:]])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_without_being_asked_nothing_is_made(here):
    with pytest.raises(DataError, match=f"{FAULTY}, row 2, column value"):
        prepare("here", "2023-24", "shared")


def test_check_names_the_return_that_a_build_could_set_aside(here, capsys):
    assert run(["check", "--partnership", "here"]) == 1
    assert f"build --set-aside-faulty would count as not received: {FAULTY}" in capsys.readouterr().out


def test_its_figures_are_gone_and_its_line_says_why(here):
    prepared = prepare("here", "2023-24", "shared", set_aside=True)
    made = prepared.release
    assert [problem.file for problem in prepared.faults] == [FAULTY]
    assert made.set_aside == ("LBH Children's Rights and Participation (D25, 2023-24)",)
    assert {s.section for s in made.statistics} == {SECTIONS[0]}
    (line,) = [one for one in made.returns if one.status == "set_aside"]
    assert line.silent and line.words == "Set aside: what came is faulty, and counts as not received"
    assert [gap.dataset for gap in made.gaps if gap.agency == line.agency] == ["D25"]


def test_what_lies_in_no_return_still_stops(here):
    config = here / "data" / "here" / "partnership.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("E06000019", "E99999999"), encoding="utf-8")
    with pytest.raises(DataError, match="unknown area code"):
        prepare("here", "2023-24", "shared", set_aside=True)


def test_a_return_of_an_earlier_year_is_set_aside_by_its_year(here):
    folder = here / "data" / "here"
    (folder / "2023-24").rename(folder / "2022-23")
    for path in (folder / "2022-23").rglob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("2024-", "2099-").replace("2023-", "2022-").replace("2099-", "2023-"), "utf-8")
    make_partnership(here / "again", "here", "E06000019", SECTIONS)
    (here / "again" / "here" / "2023-24").rename(folder / "2023-24")
    with pytest.raises(DataError, match=f"2022-23/{FAULTY}, row 2"):
        prepare("here", "2023-24", "shared")
    made = prepare("here", "2023-24", "shared", set_aside=True).release
    assert made.set_aside == ("LBH Children's Rights and Participation (D25, 2022-23)",)
    assert {s.section for s in made.statistics} == set(SECTIONS)


@pytest.mark.slow
def test_every_page_and_file_says_so_and_the_exit_status_is_1(here, capsys):
    assert run(["build", "--partnership", "here", "--jobs", "2", "--set-aside-faulty"]) == 1
    assert f"set aside: error: {FAULTY}, row 2, column value" in capsys.readouterr().err
    folder = here / "output" / "here" / "2023-24" / "shared"
    said = "faulty returns were set aside and count as not received: LBH Children's Rights and Participation"
    for path in [*list_pages(folder), folder / "report.docx", folder / "tables.xlsx"]:
        assert said in words_of(path).replace("&#39;", "'").replace("&apos;", "'"), path.name
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["set_aside"]
    assert run(["share", "--partnership", "here"]) == 0
