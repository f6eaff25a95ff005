"""Pages in headless Chromium, offline: accessibility by axe-core, no request, reflow at phone width."""

import os
import re
import shutil

import pytest

from tests.examples import list_pages

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def axe_source():
    import axe_playwright_python

    folder = os.path.dirname(axe_playwright_python.__file__)
    with open(os.path.join(folder, "axe.min.js"), encoding="utf-8") as file:
        return file.read()


@pytest.fixture
def folder(request, place):
    """The folder of a release by its partnership and name."""
    partnership, release = place.split()
    if partnership == "hillingdon":
        return request.getfixturevalue("releases")[release]
    return request.getfixturevalue("exampleshire_release")


def find_violations(page, axe_source):
    """Return what axe finds, as rule and place. The page's own policy forbids scripts, so axe is run around it."""
    page.evaluate(axe_source)
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    return [(entry["id"], node["target"]) for entry in result["violations"] for node in entry["nodes"]]


LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "phone": {"viewport": {"width": 320, "height": 640}},
}


SHARED = ("hillingdon shared", "exampleshire shared")
SEEN = [("hillingdon internal", "light"), *((place, look) for place in SHARED for look in LOOKS)]


@pytest.mark.parametrize(("place", "look"), SEEN, ids=str)
def test_no_violation_no_request_and_no_sideways_scroll(folder, browser, axe_source, look):
    with browser.new_context(bypass_csp=True, **LOOKS[look]) as opened:
        page = opened.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for path in list_pages(folder):
            asked.clear()
            page.goto(path.as_uri())
            assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
            assert [url for url in asked if url.startswith("file:")] == [path.as_uri()]
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
                path.name
            )
            if path.name != "report.html" or look == "light":  # the whole report repeats the sections' pages
                assert find_violations(page, axe_source) == [], path.name


@pytest.mark.parametrize("place", SHARED)
def test_on_a_phone_charts_and_tables_of_two_years_need_no_sideways_scroll(folder, browser):
    wide = """() => [...document.querySelectorAll(".picture, .scroll:has(.words):not(:has(th:nth-child(6)))")]
        .filter(one => one.offsetParent && one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"""
    with browser.new_context(viewport={"width": 390, "height": 800}) as opened:
        page = opened.new_page()
        for path in list_pages(folder):
            page.goto(path.as_uri())
            assert page.evaluate(wide) == [], path.name


@pytest.mark.parametrize("place", SHARED)
def test_the_pages_own_policy_stops_nothing_that_they_need(folder, browser):
    with browser.new_context() as opened:
        page = opened.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text))
        for path in list_pages(folder):
            page.goto(path.as_uri())
            assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        assert complaints == []


@pytest.mark.parametrize("place", SHARED)
def test_the_summary_prints_on_both_sides_of_one_sheet(folder, browser):
    with browser.new_context() as opened:
        page = opened.new_page()
        page.goto((folder / "summary.html").as_uri())
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 2  # five findings, each with its chart


@pytest.mark.parametrize("place", SHARED)
def test_what_is_folded_on_screen_is_open_on_paper(folder, browser):
    with browser.new_context() as opened:
        page = opened.new_page()
        page.goto((folder / "sections" / "12_2_lado_and_education.html").as_uri())
        heights = "[...document.querySelectorAll('.definitions details p')].map(p => p.getBoundingClientRect().height)"
        page.emulate_media(media="print")
        assert min(page.evaluate(heights)) > 0


def test_the_check_can_fail(browser, axe_source):
    with browser.new_context() as opened:
        page = opened.new_page()
        page.set_content("<html><body><img src='data:,'><table><tr><th></th></tr></table></body></html>")
        rules = {rule for rule, _ in find_violations(page, axe_source)}
        assert {"image-alt", "html-has-lang", "document-title"} <= rules
