"""Every statistic of both partnerships reads the same wherever a release shows it."""

import csv
import json
from datetime import date
from itertools import filterfalse

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup

from analysis.figures.identity import slug
from analysis.figures.model import NOT_APPLICABLE
from analysis.measures.catalogue import get_catalogue
from analysis.measures.completion import NO_GROUP
from analysis.release.store import read_store
from analysis.report.detail import TOO_EARLY
from analysis.report.rows import full_label, is_quotable

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["hillingdon", "exampleshire"])
def release(request, releases, exampleshire_release):
    """The folder of a shared release and its statistics by id."""
    folder = releases["shared"] if request.param == "hillingdon" else exampleshire_release
    return folder, {s.statistic_id: s for s in read_store(folder / "store.json").statistics}


def words(tag):
    return tag.get_text(" ", strip=True)


def read_page(path):
    """Return what a page says by id: sentences, and displays of the rows and months folded under a topic."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    said, shown = {}, {}
    for item in page.select(".topic .statements li:has(> .reference)"):
        ids = words(item.select_one(".reference").extract())
        for sure in item.select(".sure"):
            sure.extract()
        said |= dict.fromkeys(ids.split(", "), words(item))
    for group in page.select("tr.group"):
        reference = group.select_one(".reference")
        rows = group.find_next_siblings("tr") if reference else []
        for row in rows:
            shown.setdefault(words(reference), {})[row.th.find(string=True).strip()] = words(row.td)
    for cell in page.select("td.reference"):
        shown |= dict.fromkeys(words(cell).split(", "), {"": words(cell.parent.td)})
    for cell in page.select("tbody th .detail"):
        shown |= dict.fromkeys(words(cell).split(", "), {"": words(cell.find_parent("tr").td)})
    for table in page.select("table.months"):
        names = [words(cell) for cell in table.select("thead th")[1:]]
        for row in table.select("tbody tr"):
            shown[words(row.th)] = dict(zip(names, map(words, row.find_all("td")), strict=True))
    return said, shown


def find_on_page(s, said, shown):
    """Return how a page tells a statistic, and how it should read."""
    if s.statistic_id in said:
        return said[s.statistic_id], s.statement
    if s.dimension == "month":
        told = shown[s.title][f"{date.fromisoformat(s.category + '-01'):%b %Y}"]
        return told, TOO_EARLY if told == TOO_EARLY and get_catalogue().measures[s.indicator].unripe else s.display
    if s.statistic_id in shown and "" in shown[s.statistic_id]:
        display = shown[s.statistic_id][""]
    else:
        rows = shown[s.statistic_id.replace(f".{slug(s.category)}.", ".….")]
        display = next((rows[label] for label in sorted(rows, key=len) if label.startswith(s.label)), "")
    return display[: len(s.display)], s.display


def stands_apart(s):
    """Whether a page needn't hold a figure in words: one that is no news, or that nobody's group was unknown."""
    return tells_of_nobody(s) or not (is_quotable(s) or s.dimension == "month")


def tells_of_nobody(s):
    """Whether a figure says that nobody's group was unknown: the table files hold it, a page needn't."""
    return s.category in NO_GROUP and (s.value == 0 or s.status == NOT_APPLICABLE)


def test_every_statistic_stands_on_its_sections_page_as_it_is(release):
    folder, statistics = release
    pages = {path.stem: read_page(path) for path in (folder / "sections").glob("*.html")}
    for s in filterfalse(stands_apart, statistics.values()):
        told, meant = find_on_page(s, *pages[s.section])
        assert told == " ".join(meant.split()), s.statistic_id


def test_no_section_has_more_words_than_a_reader_finishes(release):
    folder, _ = release
    for path in (folder / "sections").glob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").main
        for apart in page.select("details, table, nav"):
            apart.extract()
        assert len(page.get_text(" ").split()) <= 1500, path.name


def test_the_whole_report_tells_what_the_sections_tell(release):
    folder, _ = release
    whole, _ = read_page(folder / "report.html")
    parts = [read_page(path)[0] for path in (folder / "sections").glob("*.html")]
    assert whole == {id: text for part in parts for id, text in part.items()}


def test_csv_and_json_hold_the_stores_statistics(release):
    folder, statistics = release
    with (folder / "statistics.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["statistic_id"]: row for row in csv.DictReader(file)}
    records = {row["statistic_id"]: row for row in json.loads((folder / "statistics.json").read_text(encoding="utf-8"))}
    assert set(rows) == set(records) == set(statistics)
    for id, s in statistics.items():
        value = "" if s.value is None else s.value
        assert records[id]["value"] == value
        assert rows[id]["value"] == str(records[id]["value"])
        assert {rows[id]["statement"], records[id]["statement"]} == {s.statement}, id
        assert {rows[id]["display"], records[id]["display"]} == {s.display}, id


def test_the_workbook_holds_every_statistic(release):
    folder, statistics = release
    seen = {}
    for sheet in openpyxl.load_workbook(folder / "tables.xlsx", read_only=True):
        rows = [row for row in sheet.iter_rows(values_only=True) if row]
        heads = next((row for row in rows if "Statistic id" in row), None)
        if heads:
            found = [dict(zip(heads, row, strict=True)) for row in rows[rows.index(heads) + 1 :]]
            seen |= {row["Statistic id"]: row for row in found}
    assert set(seen) == set(statistics)
    for id, s in statistics.items():
        assert seen[id]["Value"] == (s.value if s.published else s.symbol), id
        assert (seen[id]["Shown as"], seen[id]["Statement"]) == (s.display, s.statement), id


def test_word_states_what_it_states_as_the_statistics_do_under_their_ids(release):
    folder, statistics = release
    said = {}
    for paragraph in docx.Document(folder / "report.docx").paragraphs:
        if paragraph.style.name == "Statement":
            *text, ids = [run.text for run in paragraph.runs]
            for id in ids.strip().split(", "):
                said.setdefault(id, set()).add("".join(text))
    assert said == {id: {statistics[id].statement} for id in said}
    assert {s.section for s in statistics.values() if s.published} == {statistics[id].section for id in said}


@pytest.mark.parametrize("name", ["index.html", "summary.html"])
def test_tiles_show_statistics_as_they_are(release, name):
    folder, statistics = release
    page = BeautifulSoup((folder / name).read_text(encoding="utf-8"), "lxml")
    tiles = {
        words(tile.select_one(".tile-label")): words(tile.select_one(".tile-value"))
        for tile in page.select(".tiles li")
    }
    meant = {(full_label(s), s.display) for s in statistics.values()}
    assert len(tiles) >= 3
    assert set(tiles.items()) <= meant
