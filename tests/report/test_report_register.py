"""The page of returns: every line once, its age, and what each gap costs. All synthetic."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from msgspec import convert
from msgspec.structs import replace

from analysis.counting.gaps import NEVER_ASKED, list_gaps
from analysis.partnership import Partnership, Section
from analysis.release.release import Gap, SectionPlan
from analysis.report.register import count_states, list_returns, say_age, say_received, write_register
from analysis.returns.register import STATUS_WORDS, ReturnEntry
from tests.examples import a_release, a_return

LADO = "12_2_lado_and_education"
PERIOD_END = date(2024, 3, 31)
TITLE = "Contacts to the local authority designated officer (LADO)"
HERE = Partnership("here", "Here", "E09000000", "Here", (Section(LADO, "12.2", "LADO", "LADO"),))


def entry(**changes):
    return ReturnEntry(**{"agency": "LADO", "section": LADO, "dataset": "D23", **changes})


def row(**changes):
    words = STATUS_WORDS[changes.get("status", "received")]
    return a_return(**{"agency": "LADO", "section": LADO, "dataset": "D23", "words": words, "as_at": None, **changes})


def release(*returns, gaps=()):
    sections = (SectionPlan(LADO, "12.2", "LADO"),)
    return a_release(sections=sections, returns=returns, gaps=convert(gaps, tuple[Gap, ...]))


def test_a_missing_return_costs_the_figures_that_only_it_gives(shipped_catalogue):
    gaps = list_gaps(HERE, [entry(status="missing", note="Chased.")], shipped_catalogue, used=set())
    lado = gaps[0]
    assert (lado["agency"], lado["dataset"], lado["words"], lado["note"]) == ("LADO", "D23", "Missing", "Chased.")
    assert TITLE in lado["figures"] and lado["topics"] and not lado["partial"]
    assert all(subject["section"] == LADO for subject in lado["subjects"]) and lado["subjects"]


def test_what_was_counted_in_another_way_is_no_cost(shipped_catalogue):
    (lado, *_) = list_gaps(HERE, [entry(status="missing")], shipped_catalogue, used={"lado_contacts"})
    assert TITLE not in lado["figures"]


def test_a_dataset_that_another_agency_returned_is_a_partial_gap(shipped_catalogue):
    entries = [entry(status="missing", dataset="D15"), entry(status="received", dataset="D15", agency="Police")]
    (gap,) = [gap for gap in list_gaps(HERE, entries, shipped_catalogue, used=set()) if gap["dataset"] == "D15"]
    assert gap["partial"] and gap["agency"] == "LADO"


def test_a_nil_return_is_no_gap_and_what_nobody_was_asked_for_is_one(shipped_catalogue):
    gaps = list_gaps(HERE, [entry(status="nil")], shipped_catalogue, used=set())
    assert "D23" not in {gap["dataset"] for gap in gaps}
    assert {gap["words"] for gap in gaps} == {NEVER_ASKED}
    assert "D24" in {gap["dataset"] for gap in gaps}, "section 12.2 owes what schools return"


@pytest.mark.parametrize(
    ("as_at", "words"),
    [
        (date(2024, 3, 31), ""),
        (date(2024, 3, 1), "30 days before the period's end"),
        (date(2024, 4, 2), "2 days after the period's end"),
        (None, ""),
    ],
)
def test_the_age_of_data_is_told_from_the_end_of_the_period(as_at, words):
    assert say_age(as_at, PERIOD_END) == words


def test_how_late_a_return_came_is_told():
    due = date(2024, 5, 31)
    assert say_received(due, date(2024, 7, 12)) == "12 July 2024, 42 days late"
    assert say_received(due, due) == "31 May 2024"
    assert say_received(None, None) == "day not stated"


def test_files_of_one_agency_and_state_stand_on_one_line_with_the_days_they_came():
    due = date(2024, 5, 31)
    first = row(received_date=date(2024, 5, 8), due_date=due, as_at=PERIOD_END)
    last = row(dataset="D24;D23", received_date=date(2024, 7, 12), due_date=due, as_at=PERIOD_END)
    one, other = list_returns(release(first, last, replace(last, as_at=date(2024, 3, 1))))
    assert (one["dataset"], one["as_at"]) == ("D23, D24", "31 March 2024")
    assert one["received"] == "8 May 2024 to 12 July 2024, 42 days late"
    assert other["as_at"] == "1 March 2024, 30 days before the period's end"


def test_every_state_is_counted_and_lines_that_read_alike_stand_once():
    same = [row(return_id=name) for name in ("a", "b")]
    assert len(list_returns(release(*same))) == 1
    assert dict(count_states([*same, row(status="missing")]))["Received"] == 2
    assert [words for words, _ in count_states([])] == [
        "Received",
        "Received late",
        "Nil return",
        "Missing",
        "Narrative only",
        "Set aside",
    ]


def test_the_page_has_tables_with_captions_and_scoped_headers_and_escapes_what_it_shows(tmp_path, shipped_catalogue):
    gaps = list_gaps(HERE, [entry(status="missing", note="<script>x</script>")], shipped_catalogue, used=set())
    path = write_register(tmp_path, release(row(status="missing", note="<script>x</script>"), gaps=gaps))
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    assert not page.find("script") and "<script>x</script>" in page.get_text()
    assert page.title.get_text() == page.h1.get_text(" ", strip=True)
    for table in page.find_all("table"):
        assert table.caption.get_text(strip=True)
        assert all(cell.get("scope") in ("col", "row") for cell in table.find_all("th"))
        assert {len(line.find_all(["td", "th"])) for line in table.find_all("tr")} == {len(table.thead.find_all("th"))}
    assert page.find("a", href="index.html")
