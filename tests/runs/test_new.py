"""`safeguarding new`: any council of England, ready to build."""

import pytest

from analysis.cli.main import run
from analysis.cli.new import name_partnership
from analysis.official.areas import read_areas
from analysis.partnership import list_partnerships, load_partnership
from analysis.release.stages import make_release

STOKE = "E06000021"


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFEGUARDING_DATA", str(tmp_path))
    return tmp_path


def test_a_new_partnership_has_its_council_and_tells_of_its_official_figures(data):
    assert run(["new", "stoke", "--area", STOKE, "--year", "2023-24"]) == 0
    made = load_partnership("stoke", data)
    assert (made.geography, made.area_code, made.region) == ("Stoke-on-Trent", STOKE, "West Midlands")
    assert {section.agency for section in made.sections} <= {agency.name for agency in made.agencies}
    release = make_release("stoke", "2023-24", "shared")
    (plans,) = [one for one in release.official if one.comparator == "child_protection_plans_rate"]
    assert plans.places[0].display == "84.8"  # Department for Education, at 31 March 2024
    leads = [one for one in release.findings if one.lead]
    assert len(leads) == 5
    assert all(one.ask and one.chart for one in leads)
    assert not [one for one in release.findings if one.kind == "silence"]  # the index says so once, of all


def test_every_council_of_england_gets_one_and_those_that_are_there_stay(data):
    (data / "leeds").mkdir()
    assert run(["new", "--all", "--year", "2023-24"]) == 0
    names = list_partnerships(data)
    assert len(names) == 152
    assert load_partnership("bristol-city-of", data).area_code == "E06000023"
    assert {name_partnership(read_areas().get(code).name) for code in read_areas().codes("local_authority")} == {
        *names, "leeds"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["here", "--area", "E12000001"], "no council of today"),
        (["here", "--area", "E10000006"], "no council of today"),  # Cumbria, until 2023
        (["here", "--area", "E0600002"], "unknown area code"),
        (["Here!", "--area", STOKE], "allowed: small letters"),
        (["taken", "--area", STOKE], "is there already"),
        (["here", "--all"], "or --all alone"),
        ([], "give a partnership"),
    ],
)
def test_what_can_not_be_made_is_one_line_and_nothing_is_written(data, capsys, arguments, words):
    (data / "taken").mkdir()
    assert run(["new", *arguments, "--year", "2023-24"]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert len(told.splitlines()) == 1
    assert list_partnerships(data) == []
