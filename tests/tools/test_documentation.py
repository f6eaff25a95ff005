"""The documentation site: pages made of catalogue and tests, links that lead somewhere, nothing from a network."""

import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from analysis.charts.kinds import KINDS
from analysis.counting.definitions import get_definitions
from analysis.measures.catalogue import get_catalogue
from analysis.settings import REPOSITORY
from tools import documentation

LOADS = {"script": "src", "link": "href", "img": "src", "iframe": "src"}


def test_every_counted_measure_has_the_test_that_counts_it_as_its_example():
    lacking = [name for name in get_definitions() if not documentation.find_example(name)]
    assert lacking == []
    told = "\n".join(documentation.find_example("contacts_to_referral"))
    assert '("contacts_to_referral", (1, 6)),' in told  # the number out
    assert 'contact(0, child_pseudo="child1", received_at="2023-03-31 23:59"),  # the day before the year' in told


def test_a_measures_page_says_what_it_is_whose_it_is_and_where_it_is_published():
    page = documentation.write_measure(get_catalogue().measures["re_referrals"])
    for words in ("| Definition | Referrals of a child", "| Source | Children in need", "| Published in | Referrals"):
        assert words in page
    assert "| Why it matters | " in page
    asked = documentation.write_measure(get_catalogue().measures["msp_asked"])
    assert "what share got it, fully or in part? (H20-02)" in asked
    assert "| Official figure | `re_referrals`: Referrals in the year that came within 12 months" in page


def test_the_gallery_draws_every_kind_with_its_words():
    page = documentation.write_gallery()
    assert re.findall(r"^## (\w+)$", page, flags=re.MULTILINE) == list(KINDS)
    assert page.count("<svg") == page.count("*In words:*") == len(KINDS)


@pytest.mark.parametrize(
    ("page", "link", "as_site"),
    [
        ("docs/house.md", "[x](methods.md#rates)", "[x](methods.md#rates)"),
        ("docs/house.md", "[x](../notebooks/README.md)", "[x](notebooks.md)"),
        ("docs/house.md", "[x](../analysis/desk.py)", "x (`analysis/desk.py`)"),
        ("docs/measures/contacts.md", "[x](../methods.md)", "[x](../methods.md)"),
        ("CONTRIBUTING.md", "[x](docs/add_a_section.md)", "[x](add_a_section.md)"),
        ("docs/house.md", "[x](https://example.org/a.md)", "[x](https://example.org/a.md)"),
        ("docs/house.md", "[x](absent.md)", "[x](absent.md)"),  # left for mkdocs to refuse
    ],
)
def test_a_link_out_of_the_documentation_is_one_of_the_site_or_words(page, link, as_site):
    assert documentation.relink(link, documentation.Path(page)) == as_site


@pytest.mark.slow
def test_the_site_is_built_with_links_that_lead_somewhere_and_loads_nothing_from_a_network(tmp_path):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    for name in ("index.html", "tutorial.html", "gallery.html", "reference.html", "measures/contacts.html"):
        page = BeautifulSoup((tmp_path / name).read_text(encoding="utf-8"), "lxml")
        loaded = [tag.get(LOADS[tag.name], "") for tag in page.find_all(list(LOADS)) if tag.get("rel") != ["canonical"]]
        assert not [address for address in loaded if address.startswith(("http", "//"))], name
