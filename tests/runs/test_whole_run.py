"""Whole runs of the partnership that ships: what a stranger finds after `make report`."""

import csv
import json
import re
from collections import defaultdict

import pytest
from bs4 import BeautifulSoup

from analysis.disclosure.facts import make_facts
from analysis.partnership import load_partnership
from analysis.release.store import read_store
from analysis.settings import REPOSITORY
from tests.examples import list_pages, words_of

SUBSTANTIVE = {"count", "percent", "rate", "mean", "amount", "change_percent", "change_absolute"}
KEY = ("indicator", "dimension", "category", "qualifier")


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def test_the_index_links_a_page_for_every_section(releases):
    sections = load_partnership("hillingdon", REPOSITORY / "data").sections
    for folder in releases.values():
        links = {a["href"] for a in soup(folder / "index.html").find_all("a", href=True)}
        for section in sections:
            assert f"sections/{section.id}.html" in links
            assert (folder / "sections" / f"{section.id}.html").is_file()


def test_the_files_of_the_contract_are_there(releases):
    for release, folder in releases.items():
        names = {path.name for path in folder.iterdir()}
        wanted = {"index.html", "report.html", "statistics.csv", "statistics.json", "manifest.json", "log.jsonl"}
        wanted |= {
            "summary.html",
            "returns.html",
            "follow_up.html",
            "scrutiny.html",
            "themes.html",
            "glossary.html",
            "report.docx",
            "tables.xlsx",
            "sections",
            "charts",
            "notebooks",
        }
        assert wanted <= names
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert {entry["state"] for entry in manifest["sections"].values()} == {"made"}
        assert len(manifest["sections"]) == 20
        assert ("inputs" in manifest) == (release == "internal")
        for stem in {path.stem for path in (folder / "charts").rglob("*.svg")}:
            assert {path.suffix for path in (folder / "charts").rglob(f"{stem}.*")} >= {".svg", ".png", ".csv"}


def test_json_and_csv_hold_the_same_sorted_statistics(releases):
    for folder in releases.values():
        rows = read_csv(folder / "statistics.csv")
        plain = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))
        assert [row["statistic_id"] for row in rows] == [entry["statistic_id"] for entry in plain]
        assert [row["value"] for row in rows] == [str(entry["value"]) for entry in plain]
        ids = [row["statistic_id"] for row in rows]
        assert len(set(ids)) == len(ids)
        assert [(row["section"], row["statistic_id"]) for row in rows] == sorted(
            (row["section"], row["statistic_id"]) for row in rows
        )


@pytest.mark.shared
def test_every_published_figure_is_reproduced_unaltered(releases, shared):
    ours = defaultdict(set)
    for row in read_csv(releases["internal"] / "statistics.csv"):
        ours[tuple(row[name] for name in KEY)].add(row["value"])
    published = [
        row
        for row in read_csv(shared / "domain" / "published_figures.csv")
        if row["document"] == "hillingdon-2023-24" and row["measure_type"] in SUBSTANTIVE
    ]
    assert len(published) == 251
    lost = [row["figure_id"] for row in published if row["value"] not in ours[tuple(row[name] for name in KEY)]]
    assert lost == []


def test_every_returned_figure_is_in_the_internal_release(releases):
    ours = {(*(row[n] for n in KEY), row["value"]) for row in read_csv(releases["internal"] / "statistics.csv")}
    returned = [
        (*(row[name] for name in KEY), row["value"])
        for path in sorted((REPOSITORY / "data/hillingdon/2023-24/returns").glob("*.csv"))
        for row in read_csv(path)
    ]
    assert len(returned) >= 251
    assert set(returned) <= ours


def test_no_small_count_about_people_is_published(releases):
    for row in read_csv(releases["shared"] / "statistics.csv"):
        if row["protects"] == "people" and row["measure_type"] == "count" and row["status"] == "published":
            assert float(row["value"]) == 0 or float(row["value"]) >= 5, row["statistic_id"]


def test_a_hidden_figure_leaves_nothing_of_itself(releases):
    for row in read_csv(releases["shared"] / "statistics.csv"):
        if row["status"] == "suppressed":
            assert (row["value"], row["display"], row["symbol"]) == ("", "[c]", "[c]")
            assert {row[name] for name in ("numerator", "denominator", "lower", "upper", "method")} == {""}


def test_no_hidden_figure_is_the_only_one_beside_its_published_total(releases, shipped_catalogue):
    inside = read_store(releases["internal"] / "store.json").statistics
    hidden = {s.statistic_id for s in read_store(releases["shared"] / "store.json").statistics if not s.published}
    sums = [fact for fact in make_facts(inside, shipped_catalogue.facts) if fact.kind == "sum"]
    assert len(sums) >= 8
    alone = [fact for fact in sums if sum(id in hidden for id in (fact.whole, *fact.parts)) == 1]
    assert alone == []


def test_what_is_hidden_stands_nowhere_in_the_shared_release(releases):
    inside = {s.statistic_id: s for s in read_store(releases["internal"] / "store.json").statistics}
    hidden = [s for s in read_store(releases["shared"] / "store.json").statistics if not s.published]
    assert len(hidden) >= 30
    told = [inside[s.statistic_id].statement for s in hidden if s.statistic_id in inside]
    for path in (
        path
        for path in releases["shared"].rglob("*")
        if path.suffix in (".html", ".json", ".csv", ".ipynb", ".svg", ".docx", ".xlsx")
    ):
        text = words_of(path)
        assert [statement for statement in told if statement in text] == [], path.name


def test_hidden_rows_of_tables_and_chart_data_hold_the_symbol_alone(releases):
    labels = {s.label for s in read_store(releases["shared"] / "store.json").statistics if s.symbol == "[c]"}
    seen = 0
    for path in (releases["shared"] / "charts").rglob("*.csv"):
        for row in read_csv(path):
            if row["display"] == "[c]":
                seen += 1
                assert row["label"] in labels
                assert (row["value"], row["lower"], row["upper"]) == ("", "", "")
    assert seen >= 2


def test_no_pseudonym_of_a_review_is_in_the_shared_release(releases):
    names = {
        row["category"].lower()
        for path in (REPOSITORY / "data/hillingdon").glob("*/returns/*.csv")
        for row in read_csv(path)
        if row["dimension"] == "sar"
    }
    assert names
    for path in (path for path in releases["shared"].rglob("*") if path.is_file() and path.suffix != ".png"):
        words = set(re.findall(r"[a-z]+", words_of(path).lower()))
        assert not names & words, path.name


def test_no_path_of_the_machine_is_in_a_release(releases):
    for folder in releases.values():
        for path in (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".png"):
            text = words_of(path)
            assert str(REPOSITORY) not in text, path.name
            assert str(folder) not in text, path.name


def test_a_section_whose_agency_sent_nothing_says_so_and_what_it_would_show(releases):
    text = soup(releases["shared"] / "sections" / "12_6_fire_brigade.html").get_text(" ", strip=True)
    assert "London Fire Brigade" in text
    assert "No figure of any kind was supplied" in text
    assert "With its returns, this section would show:" in text
    assert "ome fire safety visits" in text


def test_every_page_says_that_it_is_rebuilt_and_credits_the_source(releases):
    for folder in releases.values():
        for path in list_pages(folder):
            text = soup(path).get_text(" ", strip=True)
            assert "Rebuilt from figures that the partnership published" in text
            assert "Open Government Licence" in text


def test_an_internal_page_says_that_it_is_not_for_sharing(releases):
    for path in list_pages(releases["internal"]):
        assert "INTERNAL: not for sharing" in soup(path).get_text(" ", strip=True)
