"""Every page of both partnerships that ship: valid, told to a screen reader, reaching out to nothing, small."""

import base64
import hashlib
import re

import html5lib
import pytest
from bs4 import BeautifulSoup

from tests.examples import list_pages

pytestmark = pytest.mark.slow
REFERRING = ("aria-labelledby", "aria-describedby", "for", "headers")
PLACEHOLDER = re.compile("no description|chart of data|image\\b|\\.(png|svg)", re.IGNORECASE)


@pytest.fixture(scope="module", params=["hillingdon internal", "hillingdon shared", "exampleshire shared"])
def pages(request, releases, exampleshire_release):
    """The pages of one release by name, each read once: its text and its tree."""
    partnership, release = request.param.split()
    folder = releases[release] if partnership == "hillingdon" else exampleshire_release
    texts = {path: path.read_text(encoding="utf-8") for path in list_pages(folder)}
    return {path: (text, BeautifulSoup(text, "lxml")) for path, text in texts.items()}


def test_pages_are_valid_html(pages):
    for path, (text, _) in pages.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
        assert parser.errors == [], path.name


def test_the_check_of_html_can_fail():
    parser = html5lib.HTMLParser(strict=False)
    parser.parse("<!DOCTYPE html><title>x</title><p><table><tr><td></div></table>")
    assert parser.errors


def test_pages_have_language_title_one_h1_first_and_no_skipped_level(pages):
    for path, (_, page) in pages.items():
        assert page.html["lang"] == "en-GB"
        headings = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
        assert headings[0] == 1
        assert headings.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(headings, headings[1:], strict=False)), path.name
        assert page.title.get_text() == page.h1.get_text(" ", strip=True)
        assert page.find("a", class_="skip")["href"] == "#main"


def test_ids_are_unique_and_whatever_refers_to_one_finds_it(pages):
    for path, (_, page) in pages.items():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), path.name
        referred = {id for name in REFERRING for tag in page.find_all(attrs={name: True}) for id in tag[name].split()}
        assert referred <= set(ids), path.name


def test_every_link_leads_somewhere(pages):
    for path, (_, page) in pages.items():
        ids = {tag["id"] for tag in page.find_all(id=True)}
        links = {a["href"] for a in page.find_all("a", href=True) if not a["href"].startswith("data:")}
        inside, outside = ({href for href in links if href.startswith("#") == here} for here in (True, False))
        assert {href[1:] for href in inside} <= ids, path.name
        assert [href for href in outside if not (path.parent / href.split("#")[0]).resolve().is_file()] == [], path.name


def test_every_table_is_captioned_and_every_header_scoped(pages):
    for path, (_, page) in pages.items():
        captions = [table.caption.get_text(" ", strip=True) for table in page.find_all("table")]
        if path.name != "report.html":
            assert len(set(captions)) == len(captions), path.name
        for cell in page.find_all("th"):
            assert cell["scope"] in ("col", "row", "rowgroup")
            assert cell.get_text(strip=True)


def test_regions_and_lists_that_look_alike_have_names_of_their_own(pages):
    for path, (_, page) in pages.items():
        regions = [
            tag.get("aria-label") or page.find(id=tag["aria-labelledby"]).get_text(" ", strip=True)
            for tag in page.find_all(attrs={"role": "region"})
        ]
        assert len(set(regions)) == len(regions), path.name


def test_pictures_have_real_words_of_their_own(pages):
    for path, (_, page) in pages.items():
        words = [img.get("alt", "") for img in page.find_all("img")]
        assert len(set(words)) == len(words), path.name
        assert all(len(alt) > 40 and not PLACEHOLDER.search(alt) for alt in words), path.name
    assert sum(len(page.find_all("img")) for path, (_, page) in pages.items() if path.name == "report.html") >= 10


def test_pages_carry_nothing_that_reaches_out(pages):
    for path, (text, page) in pages.items():
        assert not page.find_all(["script", "link", "iframe", "object", "embed", "form", "base"]), path.name
        assert all(img["src"].startswith("data:image/svg+xml;base64,") for img in page.find_all("img"))
        assert not [a for a in page.find_all("a", href=True) if a["href"].startswith(("http:", "https:", "//"))]
        assert not page.find_all(attrs={"style": True})
        assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
        css = re.search("<style>(.*?)</style>", text, re.DOTALL)[1]
        assert "url(" not in css and "@import" not in css


def test_the_policy_allows_the_pages_own_style_and_nothing_else(pages):
    for path, (text, page) in pages.items():
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        css = re.search("<style>(.*?)</style>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        assert policy == (
            f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        ), path.name


def test_every_page_says_where_its_figures_come_from(pages):
    for path, (_, page) in pages.items():
        foot = page.find(class_="provenance").get_text(" ", strip=True)
        assert all(name in foot for name in ("Data as at:", "Made:", "Code version:", "Release:")), path.name


# Of all sections in one, and of the answers to 192 questions, each folded: nobody reads these from end to end.
LIMITS = {"report.html": 5 * 1024, "scrutiny.html": 450}


def test_pages_stay_small(pages):
    for path in pages:
        assert path.stat().st_size <= LIMITS.get(path.name, 300) * 1024, path.name
