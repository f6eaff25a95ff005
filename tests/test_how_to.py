"""The how-to pages, followed to the letter: each page's own blocks do what it says, in at most three files."""

import csv
import re
import shutil
import tomllib
from dataclasses import replace

import msgspec
import pandas as pd
import pytest

import analysis as sg
from analysis.charts import kinds
from analysis.figures.build import make_statistics
from analysis.findings.choose import choose
from analysis.findings.rules import Rules, load_rules
from analysis.measures.catalogue import load_catalogue
from analysis.partnership import load_partnership
from analysis.release.release import MeasureText, SectionPlan
from analysis.report.section import Section
from analysis.returns.contracts import load_contracts
from analysis.returns.files import read_file
from analysis.settings import REPOSITORY
from analysis.statements.statements import load_phrases, state_all
from analysis.statements.words import Telling
from tests.examples import THIS, a_release, made, seen
from tests.returns.frames import read_return

DOCS = REPOSITORY / "docs"
DICTIONARY = REPOSITORY / "data" / "dictionary"
PAGES = ("add_an_indicator", "add_a_section", "add_an_agencys_return", "add_a_partnership", "change_a_phrase",
         "add_a_chart_kind", "add_a_comparator_release", "add_an_angle")  # fmt: skip


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def load(code: str) -> dict:
    names: dict = {}
    exec(code, names)  # noqa: S102  the page's own code
    return names


@pytest.mark.parametrize("page", PAGES)
def test_a_how_to_names_the_test_that_follows_it_and_needs_three_files_at_most(page):
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    assert re.search(r"`(tests/[\w/]+\.py)`", text) and all(
        (REPOSITORY / path).is_file() for path in re.findall(r"`(tests/[\w/]+\.py)`", text)
    )
    assert not re.search(r"^\*\*[4-9]\. ", text, flags=re.MULTILINE)


def test_a_phrase_is_changed_in_one_file(catalogue, tmp_path):
    text = (DICTIONARY / "phrases.toml").read_text(encoding="utf-8")
    (changed,) = re.findall(r"^many = .*$", blocks("change_a_phrase", "toml")[0], flags=re.MULTILINE)
    (tmp_path / "phrases.toml").write_text(re.sub(r"^many = .*$", changed, text, count=1, flags=re.MULTILINE), "utf-8")
    (stated,) = state_all(made(catalogue, seen()), Telling(catalogue, load_phrases(tmp_path)))
    assert stated.statement == "253 contacts to the LADO were recorded in 2023-24."


def test_a_chart_kind_is_known_to_notebooks_and_passes_the_check(monkeypatch):
    draw = load(blocks("add_a_chart_kind", "python")[0])["draw_smallest_first"]
    monkeypatch.setattr(kinds, "KINDS", {**kinds.KINDS, "smallest_first": draw})
    ages = pd.DataFrame({"age": ["under 5", "5 to 9"], "enquiries": [12, 30]})
    chart = sg.chart(ages, "smallest_first", label="age", value="enquiries", title="Enquiries by age")
    assert [bool(files.get("svg")) for files in chart.charts] == [True]
    assert "smallest_first" in sg.chart_kinds().index


def test_an_angle_gives_findings_with_points_and_words(catalogue):
    added = tomllib.loads(blocks("add_an_angle", "toml")[0])
    shipped = msgspec.to_builtins(load_rules())
    merged = {name: shipped[name] | added[name] if name in added else shipped[name] for name in shipped}
    rules = msgspec.convert(merged, Rules)
    look = load(blocks("add_an_angle", "python")[0])["list_unknown"]
    whole, many = made(catalogue, seen(), seen(dimension="threshold", category="met", value=84.0))
    many = replace(many, category="not known")
    assert [one.statistic for one in look([whole, many], rules)] == [many]  # a third of 253 is 83.49
    assert look([whole, replace(many, value=83.0)], rules) == []
    assert look([whole, replace(many, category="met")], rules) == []
    (finding,) = choose(look([whole, many], rules), rules)
    assert (
        rules.kinds["unknown"]["words"]
        .format(**finding.words)
        .endswith(": of 84 it is not known from April 2023 to March 2024.")
    )


def test_a_column_of_another_name_is_told_in_the_partnerships_file(tmp_path, shipped_catalogue):
    own = tomllib.loads(blocks("add_an_agencys_return", "toml")[1])["aliases"]
    path = tmp_path / "contacts.csv"
    path.write_text(
        "contact_id,Contact logged on,channel,source_agency,outcome\nc1,2023-06-01 09:00,phone,6,advice\n", "utf-8"
    )
    read_as = {"datasets": ["D16"], "agency": "Council"}
    refused = read_file(path, catalogue=shipped_catalogue, **read_as)
    assert [problem.rule for problem in refused.problems] == ["unknown_column", "missing_column"]
    assert refused.problems[0].allowed.startswith("received_at")
    found = read_file(path, catalogue=replace(shipped_catalogue, aliases=own), **read_as)
    assert not found.problems
    assert found.tables["D16.contacts"][0].frame["received_at"].tolist() == [pd.Timestamp("2023-06-01 09:00")]


def test_a_new_dataset_is_one_contract(tmp_path):
    folder = copy_contracts(tmp_path)
    (folder / "D60.toml").write_text(blocks("add_an_agencys_return", "toml")[2], encoding="utf-8")
    (tmp_path / "panel.csv").write_text("meeting_ref,held_on\nm1,2023-05-04\nm2,2023-06-08\n", encoding="utf-8")
    assert len(read(tmp_path / "panel.csv", folder, "D60")["meetings"]) == 2


def copy_contracts(tmp_path):
    return shutil.copytree(DICTIONARY / "datasets", tmp_path / "datasets")


def read(path, folder, dataset):
    """Return the rows of each table that a file holds, by the contracts of a folder."""
    return {name: found.frame for name, found in read_return(path, load_contracts(folder)[dataset]).items()}


def test_a_section_shows_the_figures_of_its_measures(tmp_path):
    measures, place = blocks("add_a_section", "toml")
    dictionary = shutil.copytree(DICTIONARY, tmp_path / "dictionary")
    (dictionary / "measures" / "14_youth_voice.toml").write_text(measures, encoding="utf-8")
    shutil.copytree(REPOSITORY / "data" / "hillingdon", tmp_path / "hillingdon")
    with (tmp_path / "hillingdon" / "partnership.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + place)
    home, catalogue = load_partnership("hillingdon", tmp_path), load_catalogue(dictionary)
    about = home.section("14_youth_voice")
    assert (about.number, about.title) == ("14", "Young people's voice")
    row = seen(indicator="youth_panel_events", unit="events", value=6.0)
    stated = state_all(make_statistics([row], catalogue, home, "2023-24"), Telling(catalogue, load_phrases(DICTIONARY)))
    plan = SectionPlan(id=about.id, number=about.number, title=about.title)
    words = {one.indicator: MeasureText(one.title, "", "", "", "none", "", "", "", "") for one in stated}
    section = Section(about.id, a_release(sections=(plan,), statistics=tuple(stated), measures=words, period=THIS))
    assert "Events of the young people&#39;s panel" in section.closing().html


def test_the_register_of_the_tutorial_is_one_that_can_be_read(tmp_path):
    from analysis.returns.register import COLUMNS

    page = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```\n(return_id.*?)```", page, flags=re.DOTALL)
    head, *lines = csv.reader(text.splitlines())
    assert set(head) <= set(COLUMNS)
    assert all(len(line) == len(head) for line in lines)
