"""What a section lists as not here: never what its records were counted for. Synthetic."""

from dataclasses import replace

from analysis.release.release import Owed
from analysis.report.owed import list_owed
from analysis.report.section import say_missing
from tests.examples import a_return, made, seen

OWES = (
    Owed("Visits", ("D38",)),
    Owed("Talks and courses", ("D38", "D13")),
    Owed("Children in the area", ("D45",)),
)


def returned(dataset, status="received"):
    return a_return(dataset=dataset, status=status)


def test_a_subject_is_lacking_while_one_of_its_datasets_is(catalogue):
    (given,) = made(catalogue, seen())
    counted = replace(given, source="Fire: counted from the records of D38.visits")
    lacking = list_owed(OWES, [counted], [returned("D38;D45"), returned("D13", "missing")])
    assert lacking == [Owed("Talks and courses", ("D13",))]


def test_counts_that_came_ready_made_leave_the_records_lacking(catalogue):
    lacking = list_owed(OWES, made(catalogue, seen()), [returned("D38"), returned("D45", "missing")])
    assert [owed.what for owed in lacking] == [owed.what for owed in OWES]


def test_an_agency_whose_other_returns_came_is_not_called_missing():
    came = a_return(agency="Council", dataset="D18;D19")
    rest = a_return(agency="Council", dataset="D05;D17", status="missing", words="Missing", note="Asked twice.")
    silent = a_return(agency="Probation", dataset="D40", status="missing", words="Missing")
    told = say_missing([came, rest, silent])
    assert told[0].startswith("Council: ") and told[0].endswith("(D17) did not come. Asked twice.")
    assert told[1:] == ["Probation: Missing."]
