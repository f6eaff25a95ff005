"""Every chart of both partnerships' reports passes the chart check; one that can't be drawn says why to its reader."""

import pytest

from analysis.report.section import Section


@pytest.fixture(scope="module", params=["hillingdon", "exampleshire"])
def charts(request, stores):
    release = stores[request.param]
    sections = [Section(id, release) for id in release.numbers]
    topics = [topic.show() for section in sections for topic in section.topics]
    closing = [section.closing() for section in sections]
    return [chart for block in (*topics, *closing) for chart in block.charts]


def test_no_chart_fails_the_chart_check(charts):
    assert [chart for chart in charts if chart.get("faults")] == []
    assert len([chart for chart in charts if "svg" in chart]) >= 15


def test_each_has_words_of_its_own(charts):
    drawn = [chart for chart in charts if "svg" in chart]
    assert all(chart["title"] and chart["subtitle"] and chart["source"] for chart in drawn)
    assert len({chart["alt"] for chart in drawn}) == len(drawn)
    assert len({(chart["section"], chart["id"]) for chart in charts}) == len(charts)


def test_what_is_not_drawn_says_why(charts):
    assert all(chart["refused"].strip() for chart in charts if "svg" not in chart)
