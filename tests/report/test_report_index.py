"""The index and what it tells: what moved and which way, what is missing, how old the data are. Synthetic."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from analysis.figures.model import Comparison
from analysis.report.ages import count_months, list_provenance, say_as_at, say_moment
from analysis.report.index import describe_section, list_missing, tell_age, tell_figures, tell_returns, tell_sections
from analysis.report.moves import BETTER, BROKEN, MOVED, WORRYING, judge, list_moves, list_reported, say_how_sure
from analysis.report.topics import find_usual_period, make_table, say_change
from tests.examples import LAST, THIS, made, seen

MADE_AT = "2026-11-22T22:11:05+00:00"


def entry(**changes):
    return {
        "agency": "Fire", "section": "one", "dataset": "D38", "status": "received", "as_at": "2024-03-31",
        "note": "", "words": "Received", **changes,
    }  # fmt: skip


def signal(**changes):
    return {
        "section": "one", "indicator": "lado_contacts", "statistic_id": "x", "title": "Contacts", "kind": "change",
        "direction": "risen", "polarity": "none", "better": None, "since": "", "chance": "", "words": "Words.",
        "echoes": [], **changes,
    }  # fmt: skip


@pytest.fixture
def figure(catalogue):
    (statistic,) = made(catalogue, seen())
    return statistic


@pytest.mark.parametrize(
    ("kind", "better", "bearing"),
    [
        ("change", False, WORRYING),
        ("disparity", None, WORRYING),
        ("trend", True, BETTER),
        ("step", None, MOVED),
        ("break", None, BROKEN),
    ],
)
def test_a_signal_stands_where_a_reader_looks_for_it(kind, better, bearing):
    assert judge(signal(kind=kind, better=better)) == bearing


def test_signals_are_told_by_bearing_in_their_order():
    first, second, third = signal(words="1"), signal(words="2", better=False), signal(words="3")
    moves = list_moves({"signals": [first, second, third]})
    assert list(moves) == [WORRYING, BETTER, MOVED, BROKEN]
    assert [one["words"] for one in moves[MOVED]] == ["1", "3"]
    assert moves[WORRYING] == [second]


def test_how_signals_are_told_from_chance_is_said_once():
    heads = {"one": {"lead": "", "method": ""}, "two": {"lead": "", "method": "At most one in a hundred."}}
    assert say_how_sure({"signal_heads": heads}) == "At most one in a hundred."
    assert "stands out beyond chance" in say_how_sure({"signal_heads": {"one": heads["one"]}})


def test_changes_that_agencies_reported_are_told_as_theirs(figure):
    reported = replace(figure, measure_type="change_percent", statement="25% more.", offset=0)
    hidden = replace(reported, status="suppressed")
    assert [one["words"] for one in list_reported([figure, reported, hidden])] == ["25% more."]


def test_facts_at_a_glance(figure):
    returns = [entry(), entry(status="late"), entry(agency="Prison", status="missing", as_at="")]
    assert tell_returns(returns) == ("2 of 3 returns came with figures", "No figures from Prison. 1 came late.")
    fact, words = tell_age({"returns": returns, "made_at": MADE_AT})
    assert fact == "Data as at 31 March 2024"
    assert words == "31 months before this report was made. Returns: 31 March 2024 (stated by 2 of 3 returns)."
    assert tell_age({"returns": returns[2:], "made_at": MADE_AT})[1] == "Data as at: not stated by the returns."
    assert tell_figures([figure, replace(figure, symbol="[c]")]) == ("2 figures", "1 are not shown, to protect people.")
    states = {"one": {"state": "made"}, "two": {"state": "failed"}, "three": {"state": "failed"}}
    assert tell_sections(states) == ("1 of 3 sections made", "2 failed.")


def test_a_sections_row_and_what_is_missing(figure):
    store = {"returns": [entry(status="missing"), entry(status="missing")], "statistics": [figure]}
    row = describe_section({"id": "one"}, store, {"one": {"state": "failed"}})
    assert (row["figures"], row["returned"], row["words"]) == (1, "0 of 2", "Failed: see its page")
    assert len(list_missing(store["returns"])) == 1
    assert describe_section({"id": "two"}, store, {"two": {"state": "made"}})["returned"] == "none asked for"


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2026, 11, 22), 0), (date(2026, 10, 23), 0), (date(2026, 10, 22), 1), (date(2027, 1, 1), 0)],
)
def test_age_is_in_whole_months(day, months):
    assert count_months(day, MADE_AT) == months


def test_the_foot_says_as_at_made_version_and_release():
    store = {"made_at": MADE_AT, "code_version": "0.1.0"}
    returns = [entry(), entry(as_at="2023-12-31")]
    assert list_provenance(store, returns, release="Shared") == [
        ("Data as at", "31 December 2023 to 31 March 2024"),
        ("Made", "22 November 2026 at 22:11 UTC"),
        ("Code version", "0.1.0"),
        ("Release", "Shared"),
    ]
    assert say_as_at([]) == "not stated by the returns"
    assert say_moment("2024-06-01T00:05:00+00:00") == "1 June 2024 at 00:05 UTC"


def test_the_period_of_most_rows_stands_in_the_caption(catalogue):
    most = made(catalogue, seen(), seen(dimension="threshold", category="met", value=107.0), seen(period=LAST))
    assert find_usual_period(most) == (THIS.label, True)
    now = [s for s in most if s.offset == 0]
    assert find_usual_period(now) == (THIS.label, False)
    assert find_usual_period([now[0], *(s for s in most if s.offset)]) == ("", True)
    assert make_table(most)["columns"] == 2


def test_a_tile_says_in_short_that_figures_are_not_comparable():
    refused = Comparison("previous", "April 2022", "202", refused="not comparable: it counted referrals", words="Long.")
    assert say_change(refused) == "Earlier figure: 202 (April 2022), not comparable."
    assert say_change(replace(refused, refused="")) == "Long."


def test_the_index_links_each_move_to_its_section_and_escapes(tmp_path, figure):
    from analysis.report.index import write_index

    hostile = signal(title="<script>alert(1)</script>", words="<script>alert(2)</script>", better=False)
    store = {
        "statistics": [figure, replace(figure, measure_type="change_percent")],
        "signals": [hostile], "signal_heads": {}, "year": "2023-24", "period": THIS.label,
        "release": "shared",
        "code_version": "0",
        "made_at": MADE_AT, "returns": [entry(status="missing", words="Missing")], "topics": [],
        "sections": [{"id": "one", "number": "1", "title": "One"}],
        "partnership": {"name": "Here", "rebuilt": False, "synthetic": True, "credit": "", "headlines": []},
        "disclosure": {"hidden": 0, "of": 1, "complete": False, "passed": True},
    }  # fmt: skip
    write_index(tmp_path, store, {"one": {"state": "made"}})
    page = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "lxml")
    assert page.script is None
    (link,) = page.select("[aria-labelledby=worrying] li a")
    assert link["href"] == "sections/one.html"
    assert link["aria-label"].startswith(link.get_text())
    assert "Fire" in page.select_one("[aria-labelledby=missing]").get_text()
