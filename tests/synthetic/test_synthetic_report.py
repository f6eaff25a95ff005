"""What was planted stands in the report of 2023-24 where a reader looks for it; what wasn't planted doesn't."""

import re
from html import unescape

import pytest
from bs4 import BeautifulSoup

from analysis.disclosure.showing import GAP_WITHHELD
from analysis.report.section import Section
from synthetic.settings import load_truth

SECTIONS = {
    "step_change": "11_metropolitan_police",
    "improving_timeliness": "08_children_social_care",
    "recording_change": "12_2_lado_and_education",
    "disproportionality": "08_children_social_care",
    "improvement_that_worked": "08_children_social_care",
}
KINDS = {
    "step_change": "step",
    "improving_timeliness": "trend",
    "recording_change": "break",
    "disproportionality": "disparity",
    "improvement_that_worked": "change",
}
DIRECTIONS = {"rise": "risen", "higher": "higher", "not comparable": "not comparable"}


@pytest.fixture(scope="module")
def release(stores):
    """The shared release, from files as agencies would send them, in the place where they are made."""
    return stores["exampleshire"]


@pytest.fixture(scope="module")
def planted():
    return {said["id"]: said for said in load_truth()["signal"]}


@pytest.fixture(scope="module")
def pages(exampleshire_release):
    """The sections' pages by section, as readers see them."""
    return {path.stem: path.read_text(encoding="utf-8") for path in (exampleshire_release / "sections").glob("*.html")}


@pytest.mark.parametrize("id", SECTIONS)
def test_what_was_planted_is_a_signal_at_the_head_of_its_section(release, pages, planted, id):
    said = planted[id]
    (found,) = [one for one in release.findings if one.indicator == said["indicator"]]
    assert (found.kind, found.direction) == (KINDS[id], DIRECTIONS[said["direction"]])
    assert found.section == SECTIONS[id]
    assert f'id="finding-{found.id}"' in pages[SECTIONS[id]]


def test_a_step_is_dated_within_a_month(release, planted):
    (found,) = [one for one in release.findings if one.kind == "step"]
    assert abs((found.since - planted["step_change"]["from"]).days) <= 31


def test_the_disparity_is_of_the_group_and_about_the_size_planted(release, planted):
    (found,) = [one for one in release.findings if one.kind == "disparity"]
    assert found.statistic_id == "section47_enquiries.ethnicity.black.count"
    assert "children of Black ethnicity " in found.words
    ratio = float(re.search(r"That is ([\d.]+) times as often", found.words)[1])
    assert ratio == pytest.approx(planted["disproportionality"]["ratio"], rel=0.15)


def list_planted(planted) -> set[str]:
    """Return the indicators that were made to move, those that move with them, and those of an agency that stopped."""
    moved = {planted[id]["indicator"] for id in SECTIONS}
    follow = {name for said in planted.values() for name in said["follows"]}
    return moved | follow | {said["indicator"] for said in load_truth()["stopped"]}


def test_nothing_else_is_called_a_signal(release, planted):
    allowed = list_planted(planted)
    called = [one for one in release.findings if one.kind in KINDS.values()]
    assert [one.words for one in called if one.indicator not in allowed] == []
    apart = {one.indicator for one in release.findings if one.kind in ("apart", "disparity_share")}
    assert apart <= {said["indicator"] for said in load_truth()["apart"]}


@pytest.mark.parametrize("said", load_truth()["stopped"], ids=lambda said: said["part"])
def test_an_agency_that_stopped_coming_is_told_with_the_meetings_that_it_missed(release, exampleshire_release, said):
    missed = {s.category: s.value for s in release.choose([f"{said['indicator']}/agency"]) if s.current}
    assert missed.pop(said["part"]) == said["says"]
    assert max(missed.values(), default=0) < said["says"] / 2
    page = (exampleshire_release / "scrutiny.html").read_text(encoding="utf-8")
    told = f"There were {said['says']} meetings of boards and subgroups missed in a row by the voluntary sector"
    assert told in page


@pytest.mark.parametrize("said", load_truth()["level"], ids=lambda said: said["indicator"])
def test_a_level_that_was_set_stands_on_the_index_with_its_question(release, exampleshire_release, said):
    (found,) = [one for one in release.findings if (one.kind, one.indicator) == ("level", said["indicator"])]
    assert said["says"] in found.words
    assert found.ask
    assert found.words in unescape((exampleshire_release / "index.html").read_text(encoding="utf-8"))


def test_five_findings_lead_the_index_and_the_summary_each_with_its_question(release, exampleshire_release):
    leads = [one for one in release.findings if one.lead]
    assert len(leads) == 5
    assert {"children", "adults"} <= {one.work for one in leads}
    for name in ("index.html", "summary.html"):
        page = BeautifulSoup((exampleshire_release / name).read_text(encoding="utf-8"), "lxml")
        assert [item.select_one(".ask").get_text() for item in page.select(".findings > li")] == [x.ask for x in leads]
        assert len(page.select(".findings img")) == 5


def test_the_improvement_that_did_not_work_is_no_change(release, planted):
    name = planted["improvement_that_did_not"]["indicator"]
    (found,) = [s for s in release.statistics if s.statistic_id == f"{name}.percent"]
    assert found.section == "07_multiagency_training"
    assert found.comparisons[0].verdict in (
        "broadly unchanged",
        "chance alone could give that",
        "earlier years vary too much to tell",
    )
    assert name not in {one.indicator for one in release.findings}


def test_hardly_any_rise_or_fall_is_called_that_was_not_planted(release, planted):
    called = {s.indicator for s in release.statistics for c in s.comparisons if c.verdict in ("risen", "fallen")}
    true = list_planted(planted)
    assert len(called - true) <= max(1, len(called) // 20)


def test_what_met_the_threshold_and_what_did_not_is_never_compared_over_the_break(release):
    broken = [s for s in release.statistics if s.indicator == "lado_contacts" and s.comparisons]
    assert broken
    assert not [s for s in broken for c in s.comparisons if c.verdict]


def test_what_came_late_not_at_all_or_as_nil_stands_on_its_page(pages):
    assert "Received late" in pages["12_6_fire_brigade"]
    assert "Nothing came; reminded twice." in pages["12_8_probation"]
    assert "Nil return" in pages["12_7_independent_hospital"]


def test_a_count_that_differs_from_its_records_by_few_says_so_without_the_number(release):
    (found,) = [s for s in release.statistics if s.statistic_id == "safeguarding_concerns.count"]
    assert found.reconciled == GAP_WITHHELD
    assert GAP_WITHHELD in unescape(Section("09_adult_social_care", release).topic("adult_front_door").show().html)


def test_every_figure_stands_in_one_topic_of_its_section(release):
    for section in release.sections:
        shown = Section(section.id, release)
        assert shown.more().html == "", section.id
        topics = [{s.statistic_id for s in topic.statistics} for topic in shown.outline.topics]
        assert sum(map(len, topics)) == len(set().union(*topics)), section.id
