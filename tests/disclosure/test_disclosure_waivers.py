"""A waiver in partnership.toml, from the file to the page: what it lets through, and what is said of it."""

import pytest

from analysis.disclosure.apply import gate
from analysis.disclosure.describe import describe_gate
from analysis.disclosure.policy import Policy, Waiver
from analysis.errors import DataError
from analysis.partnership import hash_text
from analysis.release.stages import prepare
from tests.examples import made, seen

ENTRY = '\nmay_waive = ["board"]\nwaivers = [{{cells = "{cells}", reason = "asked for by the board", by = "{by}"}}]\n'


APPROVED = '\n[[approved]]\nby = "A. Reader"\non = 2024-06-01\ntexts = ["{}", "{}"]\n'


def waive(hillingdon, cells: str, by: str, approved: str = "") -> None:
    """Write a waiver into the policy of the partnership's own copy, and the approval of its words."""
    path = hillingdon / "partnership.toml"
    mark = "sensitive_threshold = 10\n"
    text = path.read_text(encoding="utf-8")
    assert mark in text
    path.write_text(text.replace(mark, mark + ENTRY.format(cells=cells, by=by)) + approved, encoding="utf-8")


@pytest.mark.slow
def test_a_waived_figure_is_published_and_said_to_be(hillingdon):
    before = prepare("hillingdon", "2023-24", "shared").release
    small = next(s for s in before.statistics if not s.published and s.measure_type == "count")
    approved = APPROVED.format(hash_text("board"), hash_text("asked for by the board"))
    waive(hillingdon, small.statistic_id, "board", approved)
    after = prepare("hillingdon", "2023-24", "shared").release
    shown = {s.statistic_id: s for s in after.statistics}
    assert shown[small.statistic_id].published
    assert after.disclosure.passed
    assert f"Waived by board: {small.statistic_id} (asked for by the board)." in after.disclosure.statement


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("lado_[cJane Smith]ontacts*", "lado_contacts.count and 1 more"),
        ("lado_contacts.count", "lado_contacts.count"),
        ("Jane Smith", "no figure"),
    ],
)
def test_a_waiver_is_said_by_the_figures_that_it_lets_through(catalogue, cells, said):
    figures = made(catalogue, seen(value=3.0), seen(dimension="threshold", category="met", value=2.0))
    policy = Policy(waivers=(Waiver(cells, "asked for", "board"),))
    statement = describe_gate(gate(figures, [], catalogue, policy, release="shared")).statement
    assert f"Waived by board: {said} (asked for)." in statement and "Jane" not in statement


def test_a_waiver_signed_by_somebody_who_may_not_stops_everything(hillingdon):
    waive(hillingdon, "lado_*", "intern")
    with pytest.raises(DataError, match="'intern'"):
        prepare("hillingdon", "2023-24", "shared")
