"""`safeguarding new`: any council of England, ready to build."""

import csv
import json

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
        (["taken", "--area", STOKE], "is there already; allowed: a name that isn't taken; or no --area, for another"),
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


def lines_of(data, year):
    with (data / "stoke" / year / "returns.csv").open(encoding="utf-8") as file:
        return {line["agency"]: line for line in csv.DictReader(file)}


def test_a_new_partnership_is_asked_for_all_that_its_sections_need_and_checks_clean(data, capsys):
    run(["new", "stoke", "--area", STOKE, "--year", "2023-24"])
    assert run(["check", "--partnership", "stoke", "--year", "2023-24", "--json"]) == 0
    told = json.loads(capsys.readouterr().out.partition("\n")[2])["problems"]
    assert {problem["rule"] for problem in told} == {"missing_return"}  # one a line of the register
    lines = lines_of(data, "2023-24")
    assert set(lines) == {agency.name for agency in load_partnership("stoke", data).agencies}
    police = lines["Police in Stoke-on-Trent"]
    assert (police["section"], police["status"], police["file"]) == ("11_metropolitan_police", "missing", "")
    assert (police["period_start"], police["period_end"]) == ("2023-04-01", "2024-03-31")
    assert "D30" in police["dataset"].split(";")
    assert "D16" not in police["dataset"].split(";")
    capsys.readouterr()
    assert run(["check", "--partnership", "stoke", "--year", "2023-24"]) == 0
    assert "0 errors" in capsys.readouterr().out


def test_the_next_year_is_asked_for_as_the_year_before_was_and_nothing_of_what_came_stays(data, capsys):
    run(["new", "stoke", "--area", STOKE, "--year", "2023-24"])
    folder = data / "stoke" / "2023-24"
    (folder / "returns" / "fire.csv").write_text("", encoding="utf-8")
    (folder / "returns.csv").write_text(
        "return_id,agency,section,dataset,status,file,period_start,period_end,period_basis,signed_off_by,note\n"
        "2023-24-fire,Fire and Rescue in Stoke-on-Trent,12_6_fire_brigade,D38,late,fire.csv,2023-04-01,"
        "2024-02-29,other,Head of service,Came in May.\n",
        encoding="utf-8",
    )
    assert run(["new", "stoke", "--year", "2024-25"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(data / "stoke" / "2024-25" / "returns.csv")
    lines = lines_of(data, "2024-25")
    fire = {name: value for name, value in lines["Fire and Rescue in Stoke-on-Trent"].items() if value}
    assert fire == {
        "return_id": "2024-25-fire",
        "agency": "Fire and Rescue in Stoke-on-Trent",
        "section": "12_6_fire_brigade",
        "dataset": "D38",
        "status": "missing",
        "period_start": "2024-04-01",
        "period_end": "2025-02-28",
        "period_basis": "other",
    }
    assert len(lines) == 13  # those who were never asked are asked now
    assert run(["new", "stoke", "--year", "2024-25"]) == 2
    assert "stoke 2024-25 has a register already; allowed: a year without one" in capsys.readouterr().err


def test_a_page_says_which_year_an_agency_sent_last(data):
    run(["new", "stoke", "--area", STOKE, "--year", "2023-24"])
    folder = data / "stoke" / "2023-24"
    (folder / "returns" / "probation.csv").write_text(
        "indicator,dimension,category,measure_type,value,qualifier,unit,numerator,denominator,period_start,period_end,"
        "period_basis,geography,note\n"
        "probation_caseload,,,count,900,exact,people,,,2024-03-31,2024-03-31,snapshot,Stoke-on-Trent,\n",
        encoding="utf-8",
    )
    (folder / "returns.csv").write_text(
        "return_id,agency,section,dataset,status,file,period_start,period_end,period_basis\n"
        "p,Probation in Stoke-on-Trent,12_8_probation,D40,received,probation.csv,2023-04-01,"
        "2024-03-31,financial_year\n",
        encoding="utf-8",
    )
    run(["new", "stoke", "--year", "2024-25"])
    said = {entry.agency: entry.words for entry in make_release("stoke", "2024-25", "internal").returns}
    last = "Missing: its return for 2023-24 came, and that year's report tells of it"
    assert (said["Probation in Stoke-on-Trent"], said["Police in Stoke-on-Trent"]) == (last, "Missing")
