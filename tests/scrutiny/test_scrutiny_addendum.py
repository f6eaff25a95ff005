"""What moved since a report closed: what is typed, and what register, recommendations and ledger tell."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.disclosure.ledger import BUILT, SHARED, read_handed_over, write_entry
from analysis.errors import DataError
from analysis.figures.model import export
from analysis.partnership import Agency
from analysis.release.store import read_store
from analysis.returns.register import ReturnEntry
from analysis.scrutiny.addendum import gather_addendum, read_addendum
from analysis.scrutiny.recommendations import Recommendation
from analysis.scrutiny.sign_off import SignOff
from analysis.settings import STORE
from tests.examples import HERE, made, seen

END, CLOSED = date(2024, 3, 31), date(2024, 7, 24)
HEADER = "id,day,kind,what,agency,measure"


def gathered(**parts):
    about = {"typed": (), "sign_off": (), "recommendations": (), "entries": (), "statistics": (), "handed_over": None}
    return gather_addendum(**(about | parts), end=END)


def written(folder, row):
    (folder / "addendum.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("AD-01,2024-10-14,late,It came,,", "kind"),
        ("AD-01,October,return,It came,,", "day"),
        ("AD-01,2024-10-14,return,It came,Polise,", "agency"),
        ("AD-01,2024-10-14,return,It came,,lado_contact", "measure"),
    ],
)
def test_a_faulty_row_is_told_by_its_place(tmp_path, catalogue, row, place):
    here = replace(HERE, agencies=(Agency("police", "Police"),))
    with pytest.raises(DataError, match=f"addendum.csv, row 2, column {place}"):
        read_addendum(written(tmp_path, row), here, catalogue)


def test_no_file_is_nothing_and_a_row_may_name_neither_agency_nor_figure(tmp_path, catalogue):
    assert read_addendum(tmp_path, HERE, catalogue) == ()
    (one,) = read_addendum(written(tmp_path, "AD-01,2024-10-14,review,It came,,"), HERE, catalogue)
    assert (one.kind, one.agency, one.measure) == ("review", "", "")


def test_a_return_counts_where_it_came_after_the_last_sign_off():
    came = [ReturnEntry(f"r{day:%d}", "A", "one", received_date=day) for day in (CLOSED, date(2024, 7, 25))]
    steps = [SignOff("SO-1", "B", "signed_off", day) for day in (date(2024, 7, 1), CLOSED)]
    assert [one.id for one in gathered(sign_off=steps, entries=came)] == ["r25"]
    assert gathered(entries=came) == (), "a report that nobody signed off hasn't closed"


def test_a_recommendation_counts_where_it_was_closed_after_the_period():
    found = [
        Recommendation(f"RC-{number}", "audit", "Act", "Police", date(2023, 1, 1), status, done=done)
        for number, (status, done) in enumerate(
            [("done", END), ("done", date(2024, 4, 1)), ("closed_not_done", date(2024, 4, 2)), ("under_way", None)]
        )
    ]
    assert [(one.id, one.now) for one in gathered(recommendations=found)] == [
        ("RC-1", "done"),
        ("RC-2", "closed_not_done"),
    ]


def test_figures_moved_where_both_versions_print_them_and_no_number_is_told_of_what_either_hides(catalogue):
    before = made(
        catalogue,
        seen(value=240.0),
        seen(value=50.0, dimension="threshold", category="met"),
        seen(value=30.0, dimension="threshold", category="not met"),
    )
    total, met, hidden = made(
        catalogue,
        seen(value=253.0),
        seen(value=50.0, dimension="threshold", category="met"),
        seen(value=31.0, dimension="threshold", category="not met"),
    )
    now = [total, met, replace(hidden, status="suppressed", value=None, display="[c]")]
    told = gathered(statistics=now, handed_over=(CLOSED, [export(one) for one in before]))
    assert [(one.kind, one.was, one.now) for one in told] == [("moved", "240", "253"), ("hidden", "", "")]
    assert "31" not in str(told) and "30" not in str(told)
    shown = gathered(statistics=before, handed_over=(CLOSED, [export(one) for one in now]))
    assert [(one.kind, one.what) for one in shown] == [("moved", shown[0].what), ("shown", "1")]


def test_the_latest_version_that_was_handed_over_is_the_one_read(tmp_path, catalogue):
    assert read_handed_over(tmp_path, "2023-24") is None
    first, second, built = ([one] for value in (1, 2, 3) for one in made(catalogue, seen(value=100.0 * value)))
    for way, figures in ((SHARED, first), (BUILT, built), (SHARED, second)):
        write_entry(tmp_path, "2023-24", way, figures)
    day, rows = read_handed_over(tmp_path, "2023-24")
    assert day == date.today() and [row["display"] for row in rows] == ["200"]


def test_what_moved_in_exampleshire_is_told(exampleshire_release):
    told = [(one.kind, one.id) for one in read_store(exampleshire_release / STORE).addendum]
    closed = ("RC-12", "RC-40", "RC-09", "RC-12", "RC-22", "RC-31", "RC-24", "RC-36", "RC-39")  # done, then tested
    typed = [("return", "AD-01"), ("correction", "AD-02"), ("review", "AD-03")]
    assert told == [*(("recommendation", id) for id in closed), *typed]
