"""A reader of every page of the shared release, with a pencil: the tables about the LADO (an adult who works with
children is soon known in a borough) give no hidden figure away."""

import re
from pathlib import Path

from bs4 import BeautifulSoup

from analysis.disclosure.apply import attack, list_known
from analysis.disclosure.policy import policy_from
from analysis.local import load_local
from analysis.partnership import load_partnership
from analysis.release.stages import count
from analysis.release.store import read_store
from analysis.settings import REPOSITORY
from tests.examples import list_unseen

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def read_lines(release: Path) -> list[str]:
    """Return what stands together on the pages: each row of a table, item, paragraph, text of a picture."""
    lines = []
    for path in release.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        lines += [tag.get_text(" ", strip=True) for tag in page.find_all(["tr", "li", "p", "caption"])]
        lines += [part for image in page.find_all("img") for part in re.split(r"[;.] ", image.get("alt", ""))]
    return lines + [
        line for path in release.rglob("charts/**/*.csv") for line in path.read_text("utf-8-sig").splitlines()
    ]


def find_printed(statistics, lines: list[str]) -> set[str]:
    """Return the figures whose number stands in a line with their name, as a benevolent reader would take it."""
    numbers = {line: {found.replace(",", "") for found in NUMBER.findall(line)} for line in lines}
    printed = set()
    for s in statistics:
        named = [found for line, found in numbers.items() if s.label in line and "[c]" not in line]
        if any(f"{s.value:g}" in found for found in named):
            printed.add(s.statistic_id)
    return printed


def test_a_reader_of_all_pages_finds_no_hidden_figure_about_the_lado(releases):
    partnership = load_partnership("hillingdon", REPOSITORY / "data")
    catalogue = load_local(partnership)
    counted, policy = count(partnership, "2023-24", catalogue), policy_from(partnership.disclosure)
    everything = [*counted.statistics, *counted.history]
    store = {s.statistic_id: s for s in read_store(releases["shared"] / "store.json").statistics}
    told = find_printed([s for s in everything if s.value is not None], read_lines(releases["shared"]))
    lado = {s.statistic_id for s in counted.statistics if s.indicator.startswith("lado_") and s.protects == "people"}
    hidden = {id for id in lado if id in store and not store[id].published}
    assert len(hidden) >= 15
    assert len(told & lado) >= 10
    assert told & hidden == set()
    unseen = hidden | ({s.statistic_id for s in everything} - told - store.keys())
    cells, facts, *_ = list_known(everything, catalogue)
    found = attack(cells, facts, policy, unseen | list_unseen(cells, facts, unseen), {})
    assert set(found.exposed) & lado == set()
