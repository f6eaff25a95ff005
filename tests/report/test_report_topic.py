"""A release, a section, a topic and a figure as an analyst meets them: what they show, hold and refuse. Synthetic."""

from dataclasses import replace

import pandas as pd
import pytest
from msgspec import structs

from analysis.errors import CommandError
from analysis.measures.topics import Caveat, ChartPlan, Topic
from analysis.report.blocks import CHART_MIME, OWN_MIME
from analysis.report.frames import Frame
from analysis.report.opened import OpenRelease
from tests.examples import LAST, a_finding, a_release, a_return, made, official, seen, text_of

SPLIT = {"dimension": "threshold"}


@pytest.fixture
def opened(catalogue):
    """A release of one topic: a total, the year before, and a split of two, one of them hidden."""
    total, met, unmet = made(
        catalogue, seen(), seen(**SPLIT, category="met", value=107.0), seen(**SPLIT, category="not met", value=146.0)
    )
    (before,) = made(catalogue, seen(period=LAST, value=202.0))
    hidden = replace(
        met, category="other", value=None, display="[c]", symbol="[c]", status="suppressed", statement="S."
    )
    hidden = replace(hidden, statistic_id="lado_contacts.threshold.other.count")
    chart = ChartPlan("by_threshold", "bars", ("lado_contacts/threshold",), "Contacts by threshold")
    topic = Topic(
        "one", "flow", "Flow", "What.", "Why.", ("lado_contacts",), ("lado_contacts", "lado_contacts/threshold"),
        (Caveat("Recording changed."),), (chart,),
    )  # fmt: skip
    return OpenRelease(
        a_release(
            topics=(topic,),
            statistics=(replace(total, statement="There were 253 contacts."), met, unmet, hidden),
            history=(before,),
            measures={"lado_contacts": text_of(definition="Contacts made.")},
            findings=(a_finding(better=False),),
            returns=(a_return(),),
        )
    )


def test_figures_are_a_frame_a_row_each_and_a_hidden_one_has_no_number(opened):
    figures = opened.figures
    assert isinstance(figures, pd.DataFrame)
    assert figures.loc["lado_contacts.count", ["value", "title", "display"]].tolist()[0] == 253
    assert pd.isna(figures.loc["lado_contacts.threshold.other.count", "value"])
    assert figures.loc["lado_contacts.threshold.other.count", "display"] == "[c]"


def test_earlier_years_are_columns(opened):
    row = opened.figures_by_year.query("indicator == 'lado_contacts' and category == ''").iloc[0]
    assert (row["2022-23"], row["2023-24"]) == (202, 253)
    assert opened.history("lado_contacts")["2022-23"].tolist() == [202]


def test_a_figure_holds_its_number_words_and_splits(opened):
    figure = opened.figure("lado_contacts")
    assert (figure.value, figure.display, figure.statement) == (253, "253", "There were 253 contacts.")
    assert (figure.splits, figure.definition) == (["threshold"], "Contacts made.")
    assert repr(figure).startswith("<Figure lado_contacts.count (")
    assert repr(figure).endswith("253; by threshold>")
    assert opened["lado_contacts"].total == figure.total
    assert opened.figure("lado_contacts.threshold.other.count").value is None


def test_a_split_shows_itself_as_a_table_and_is_drawn_in_many_ways(opened):
    split = opened.figure("lado_contacts").by("threshold")
    assert split.frame["category"].tolist() == ["met", "not met", "other"]
    bundle = split._repr_mimebundle_()
    assert '<th scope="row">' in bundle["text/html"]
    assert "[c]" in bundle["text/plain"]
    chart = split.bars()
    assert [one["id"] for one in chart.charts] == ["lado_contacts_threshold_bars"]
    assert 'alt="' in chart.html


def test_a_chart_that_cannot_be_drawn_says_why(opened):
    assert opened.figure("lado_contacts").trend().text == (
        "Not drawn: Contacts to the LADO; no line over time: fewer than 3 years can be shown."
    )
    assert "under two figures can be shown" in opened.figure("lado_contacts").bars().text


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda release: release.figure("lado_contact"), "unknown figure 'lado_contact'; allowed: lado_contacts"),
        (
            lambda release: release.figure("lado_contacts").by("treshold"),
            "unknown split 'treshold'; allowed: threshold",
        ),
        (lambda release: release.figure("lado_contacts").chart("bar"), "unknown chart kind 'bar'; allowed: bars"),
        (lambda release: release.section("on"), "unknown section 'on'; allowed: one"),
        (lambda release: release.section("one").topic("flo"), "unknown topic 'flo'; allowed: flow"),
        (lambda release: release.section("one").topic("flow").figure("lado"), "unknown figure 'lado'; allowed: lado"),
        (
            lambda release: release.section("one").topic("flow").charts["by"],
            "unknown chart 'by'; allowed: by_threshold",
        ),
    ],
)
def test_a_mistyped_name_is_told_what_is_near(opened, ask, words):
    with pytest.raises(CommandError, match=words):
        ask(opened)


def test_a_topic_shows_itself_whole_and_gives_its_parts(opened):
    topic = opened.section("one").topic("flow")
    whole = topic._repr_mimebundle_()
    assert "Why it matters" in topic.heading.html
    for part in (topic.chart, topic.caveats):
        assert part.html.strip() in "".join(whole["text/html"]).replace("topic-flow-", "topic-flow-"), part
    assert len(whole[CHART_MIME]) == 1
    assert list(topic.charts) == ["by_threshold"]
    assert topic.charts["by_threshold"].html == topic.chart.html
    assert topic.figures.index.tolist() == opened.figures.index.tolist()
    assert "There were 253 contacts." in topic.statements.html
    assert topic.table.html.count("<tr>") == 5
    assert topic.official.html == ""


def test_every_object_says_shortly_what_it_is_and_holds(opened):
    section = opened.section("one")
    topic = section.topic("flow")
    assert [repr(one) for one in (opened, section, topic, topic.charts)] == [
        "<Release here 2023-24, shared, audit not run: 4 figures in 2 sections>",
        "<Section 1 One (here 2023-24, shared): 4 figures in 1 topics>",
        "<Topic flow (Flow): 4 figures, charts by_threshold>",
        "<Charts: by_threshold>",
    ]
    assert repr(topic.caveats) == "<Block 'Recording changed.'>"
    assert repr(opened.figure("lado_contacts").by("threshold")).endswith(": 3>")
    for one in (opened, section, topic, topic.charts, opened.official):
        assert one._repr_mimebundle_()["text/plain"]


def test_a_release_says_on_its_face_that_its_audit_was_not_run(opened):
    assert "Draft: disclosure audit not run" in opened.section("one")._repr_mimebundle_()["text/html"]
    assert "Draft: disclosure audit not run" in opened._repr_mimebundle_()["text/plain"]


def test_official_figures_are_found_by_name_and_with_them_the_rate(opened):
    published = ["section47_enquiries", "section47_rate", "referrals"]
    officials = [official(comparator=name, indicator=name, title=name) for name in published]
    release = OpenRelease(a_release(official=officials))
    assert [one.comparator for one in release.official["section47_enquiries"].officials] == published[:2]
    assert [one.comparator for one in release.official["section47_rate"].officials] == ["section47_rate"]
    with pytest.raises(CommandError, match="unknown official figure 'section_47'; allowed: section47_"):
        release.official["section_47"]
    with pytest.raises(
        CommandError, match=r"unknown figure 'referrals'; .*; as published: release.official\['referrals'\]"
    ):
        release.figure("referrals")
    assert "no official figure stands beside a synthetic" in repr(release.official["referrals"].beside_neighbours())


def test_a_chart_of_an_internal_release_says_so_wherever_it_is_shown(opened):
    inside = OpenRelease(structs.replace(opened.typed, kind="internal"))
    words = "INTERNAL: not for sharing"
    for release, times in ((inside, 1), (opened, 0)):
        shown = release.figure("lado_contacts").by("threshold").bars()
        assert (shown.html.count(words), shown.text.count(words)) == (times, times)


def test_names_are_completed(opened):
    assert opened._ipython_key_completions_() == ["lado_contacts", "one", "two"]
    assert opened.figure("lado_contacts")._ipython_key_completions_() == ["threshold"]
    assert opened.section("one")._ipython_key_completions_() == ["flow"]


def test_findings_returns_and_measures_are_frames(opened):
    assert opened.findings["kind"].tolist() == ["change"]
    assert opened.returns["agency"].tolist() == ["Fire"]
    assert opened.measures.loc["lado_contacts", ["figures", "splits"]].tolist() == [4, "threshold"]
    assert opened.sections["figures"].tolist() == [4, 0]
    empty = OpenRelease(a_release())
    for frame in (empty.figures, empty.findings, empty.returns, empty.measures, empty.official.frame):
        assert len(frame) == 0


def test_what_is_chosen_of_a_frame_still_knows_its_release(opened):
    chosen = opened.figures.query("value > 100")[["value"]].sort_values("value")
    assert isinstance(chosen, Frame)
    assert chosen._repr_mimebundle_()[OWN_MIME] == {"release": "shared", "frame": True}
