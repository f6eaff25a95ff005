"""The index and what it tells: what moved and which way, what is missing, how old the data are. Synthetic."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from analysis.disclosure.report import DisclosureReport
from analysis.figures.model import Comparison
from analysis.findings.finding import Bar, FindingChart
from analysis.release.release import FindingsHead, SectionPlan
from analysis.report.ages import count_months, say_as_at, say_moment
from analysis.report.index import describe_section, list_missing, tell_age, tell_figures, tell_returns, tell_sections
from analysis.report.leads import NO_YEAR, list_cards, list_others, list_reported, say_how_sure
from analysis.report.notices import SYNTHETIC, list_notices, list_provenance
from analysis.report.rows import find_usual_period, say_change
from tests.examples import LAST, THIS, a_finding, a_release, a_return, made, seen

MADE_AT = datetime(2026, 11, 22, 22, 11, 5, tzinfo=UTC)


@pytest.fixture
def figure(catalogue):
    (statistic,) = made(catalogue, seen())
    return statistic


CHART = FindingChart("bars", "Number", "Source: A.", (Bar("Here", 2.0, "2"), Bar("There", 3.0, "3")))


def test_those_that_lead_have_their_charts_and_the_others_follow():
    first, second = a_finding(words="1", lead=True, chart=CHART), a_finding(words="2")
    release = a_release(findings=(first, second))
    (card,) = list_cards(release)
    assert card["finding"] == first
    assert "There" in card["chart"].alt
    assert list_others(release) == [second]


def test_how_findings_are_told_from_chance_is_said_once_and_that_no_year_is_held(figure):
    heads = {"one": FindingsHead(), "": FindingsHead(method="At most one in a hundred.")}
    assert say_how_sure(a_release(heads=heads, statistics=(figure,))) == f"At most one in a hundred. {NO_YEAR}"
    assert say_how_sure(a_release(heads=heads)) == "At most one in a hundred."
    assert say_how_sure(a_release()).startswith("No figure stands out")


def test_changes_that_agencies_reported_are_told_as_theirs(figure):
    reported = replace(figure, measure_type="change_percent", statement="25% more.", offset=0)
    hidden = replace(reported, status="suppressed")
    assert list_reported([figure, reported, hidden]) == [reported]


def test_facts_at_a_glance(figure):
    returns = [a_return(), a_return(status="late"), a_return(agency="Prison", status="missing", as_at=None)]
    assert tell_returns(returns) == ("2 of 3 returns came with figures", "No figures came from Prison. 1 came late.")
    assert tell_returns([])[0] == "No return was asked for"
    nil = [a_return(agency="Hospital", status="nil", as_at=None), a_return(agency="Hospital")]
    assert tell_returns(nil)[1] == "Hospital: 1 of its 2 returns brought none."
    fact, words = tell_age(returns, MADE_AT)
    assert fact == "Data as at 31 March 2024"
    assert words == "31 months before this report was made. Returns: 31 March 2024 (stated by 2 of 3 returns)."
    assert tell_age(returns[2:], MADE_AT)[1] == "Data as at: not stated by the returns."
    assert tell_figures([figure, replace(figure, symbol="[c]")]) == ("2 figures", "1 are not shown, to protect people.")
    states = {"one": {"state": "made"}, "two": {"state": "failed"}, "three": {"state": "failed"}}
    assert tell_sections(states) == ("1 of 3 sections made", "2 failed.")


def test_a_sections_row_and_what_is_missing(figure):
    release = a_release(returns=(a_return(status="missing"), a_return(status="missing")), statistics=(figure,))
    one, two = release.sections
    row = describe_section(one, release, "failed")
    assert (row["figures"], row["returned"], row["words"]) == (1, "0 of 2", "Failed: see its page")
    assert len(list_missing(release.returns)) == 1
    assert describe_section(two, release, "made")["returned"] == "none asked for"


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2026, 11, 22), 0), (date(2026, 10, 23), 0), (date(2026, 10, 22), 1), (date(2027, 1, 1), 0)],
)
def test_age_is_in_whole_months(day, months):
    assert count_months(day, MADE_AT) == months


def test_the_foot_says_as_at_made_version_and_release():
    release = a_release(made_at=MADE_AT, code_version="0.1.0")
    returns = [a_return(), a_return(as_at=date(2023, 12, 31))]
    assert list_provenance(release, returns) == [
        ("Data as at", "31 December 2023 to 31 March 2024"),
        ("Made", "22 November 2026 at 22:11 UTC"),
        ("Code version", "0.1.0"),
        ("Release", "Shared release: figures that could tell of a person are not shown"),
    ]
    assert say_as_at([]) == "not stated by the returns"
    assert say_moment(datetime(2024, 6, 1, 0, 5, tzinfo=UTC)) == "1 June 2024 at 00:05 UTC"


@pytest.mark.parametrize(
    ("kind", "audit", "words"),
    [
        ("shared", {"passed": None}, ["Draft: disclosure audit not run"]),
        ("shared", {"passed": False}, ["Do not share: the disclosure audit failed"]),
        ("shared", {"passed": True}, ["Draft: not yet scanned as a whole for what may tell of a person"]),
        ("shared", {"passed": True, "complete": True}, []),
        ("internal", {"passed": None}, []),
    ],
)
def test_a_release_says_how_far_it_is_from_fit_to_share(kind, audit, words):
    release = a_release(kind=kind, disclosure=DisclosureReport(hidden=0, of=0, **audit))
    assert list_notices(release) == [SYNTHETIC, *words]
    assert ("FAILED" in repr(release)) == (audit["passed"] is False and kind == "shared")


def test_the_period_of_most_rows_stands_in_the_caption(catalogue):
    most = made(catalogue, seen(), seen(dimension="threshold", category="met", value=107.0), seen(period=LAST))
    assert find_usual_period(most) == (THIS.label, True)
    now = [s for s in most if s.offset == 0]
    assert find_usual_period(now) == (THIS.label, False)
    assert find_usual_period([now[0], *(s for s in most if s.offset)]) == ("", True)


def test_a_tile_says_in_short_that_figures_are_not_comparable():
    refused = Comparison("previous", "April 2022", "202", refused="not comparable: it counted referrals", words="Long.")
    assert say_change(refused) == "Earlier figure: 202 (April 2022), not comparable."
    assert say_change(replace(refused, refused="")) == "Long."


def test_the_index_links_each_move_to_its_section_and_escapes(tmp_path, figure):
    from analysis.report.index import write_index

    hostile = a_finding(title="<script>alert(1)</script>", words="<script>alert(2)</script>", lead=True)
    release = a_release(
        statistics=(figure, replace(figure, measure_type="change_percent")),
        findings=(hostile,),
        returns=(a_return(status="missing", words="Missing"),),
        sections=(SectionPlan("one", "1", "One"),),
    )
    write_index(tmp_path, release, {"one": {"state": "made"}})
    page = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "lxml")
    assert page.script is None
    (link,) = page.select("[aria-labelledby=findings] .findings a")
    assert link["href"] == "sections/one.html"
    assert link["aria-label"].startswith(link.get_text())
    assert "Fire" in page.select_one("[aria-labelledby=missing]").get_text()
