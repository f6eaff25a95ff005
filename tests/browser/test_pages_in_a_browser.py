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
def folder(place, releases, exampleshire_release):
    """The folder of a release by its partnership and name."""
    partnership, release = place.split()
    return releases[release] if partnership == "hillingdon" else exampleshire_release


def find_violations(page, axe_source, rules=WCAG):
    """Return what axe finds, as rule and place. The page's own policy forbids scripts, so axe is run around it."""
    page.evaluate(axe_source)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [(entry["id"], node["target"]) for entry in result["violations"] for node in entry["nodes"]]


SHARED = ("hillingdon shared", "exampleshire shared")
PHONE = {"width": 320, "height": 640}
LOOKS = {"dark": {"color_scheme": "dark"}, "forced colours": {"forced_colors": "active"}}
# What other colours and lines can break; the other rules read what is there, which is asserted to be the same.
OF_COLOURS = ["color-contrast", "link-in-text-block", "target-size"]
VISIBLE = "[...document.querySelectorAll('body *')].filter(one => one.checkVisibility()).map(one => one.tagName)"


def reflows(page):
    """Whether a page needs no scroll to the side."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def find_faults(page, axe_source, rules=WCAG):
    """Return what is wrong with a page as it is seen now; of none of axe's rules, whether it needs a scroll alone."""
    return [*([] if reflows(page) else ["scrolls"]), *(find_violations(page, axe_source, rules) if rules else [])]


def find_faults_of_looks(page, axe_source, rules=OF_COLOURS):
    """Return what is wrong with a page that is seen in other colours, by the look."""
    visible, faults = page.evaluate(VISIBLE), {}
    for look, media in LOOKS.items():
        page.emulate_media(**media)
        seen = page.evaluate(VISIBLE)
        faults[look] = [*(["shows other things"] if seen != visible else []), *find_faults(page, axe_source, rules)]
        page.emulate_media(**dict.fromkeys(media, "null"))
    return {look: found for look, found in faults.items() if found}


@pytest.mark.parametrize("place", [*SHARED, "hillingdon internal"])
def test_no_violation_no_request_and_no_sideways_scroll(folder, place, browser, axe_source):
    with browser.new_context(bypass_csp=True) as opened:
        page = opened.new_page()
        wide = page.viewport_size
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for path in list_pages(folder):
            asked.clear()
            page.goto(path.as_uri())
            assert find_faults(page, axe_source) == [], path.name
            if place in SHARED:
                again = path.name != "report.html"  # the whole report repeats the sections' pages
                assert find_faults_of_looks(page, axe_source, again and OF_COLOURS) == {}, path.name
                page.set_viewport_size(PHONE)
                assert find_faults(page, axe_source, again and WCAG) == [], (path.name, "phone")
                page.set_viewport_size(wide)
            assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
            assert [url for url in asked if url.startswith("file:")] == [path.as_uri()]


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


def test_what_is_lost_hidden_or_too_faint_in_another_look_is_found(browser, axe_source):
    with browser.new_context() as opened:
        page = opened.new_page()
        page.set_content(
            "<style>@media (prefers-color-scheme: dark) { p { color: #ccc; background: #fff } }"
            "@media (forced-colors: active) { h1 { display: none } p { width: 3000px } }</style>"
            "<h1>A head</h1><p>Words</p>"
        )
        assert find_faults(page, axe_source, OF_COLOURS) == []
        assert find_faults_of_looks(page, axe_source) == {
            "dark": [("color-contrast", ["p"])],
            "forced colours": ["shows other things", "scrolls"],
        }


def test_the_check_can_fail(browser, axe_source):
    with browser.new_context() as opened:
        page = opened.new_page()
        page.set_content("<html><body><img src='data:,'><table><tr><th></th></tr></table></body></html>")
        rules = {rule for rule, _ in find_violations(page, axe_source)}
        assert {"image-alt", "html-has-lang", "document-title"} <= rules
