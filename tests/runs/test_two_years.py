"""Two years' reports in a row: a reader who kept the first learns no more from the second than the policy allows."""

import pytest

from analysis.disclosure.apply import gate, list_known
from analysis.disclosure.audit import audit
from analysis.disclosure.earlier import read_earlier
from analysis.disclosure.ledger import read_printed
from analysis.disclosure.policy import policy_from
from analysis.local import load_local
from analysis.partnership import load_partnership
from analysis.release.stages import count, prepare
from analysis.release.store import write_store
from analysis.runs.files import write_statistics
from analysis.settings import REPOSITORY
from benchmarks.late import add_record, make, use
from tests.examples import LAST, a_release, list_unseen, made, seen

BELOW = "below the line of "
IDENTITY = ("indicator", "dimension", "category", "measure_type", "qualifier", "geography")


def get_identity(statistic) -> tuple:
    """Return what a figure is, in the words of statistics.json."""
    period = statistic.period
    when = (period.start and period.start.isoformat() or "", period.end and period.end.isoformat() or "")
    return (*(getattr(statistic, name) for name in IDENTITY), *when, period.basis)


def read_told(release) -> dict[tuple, float]:
    """Return what a release printed, by what each figure is."""
    _, rows = read_printed(release)
    names = (*IDENTITY, "period_start", "period_end", "period_basis")
    return {tuple(row[n] or "" for n in names): row["value"] for row in rows if row["status"] == "published"}


def attack_both(counted, catalogue, gated, policy, told):
    """Return the audit of an attacker who has both releases: whatever either printed is printed, nothing else."""
    everything = [*counted.statistics, *counted.history]
    shown = [*gated.statistics, *gated.history]
    assert len(shown) == len(everything)
    hidden = {
        one.statistic_id
        for one, now in zip(everything, shown, strict=True)
        if not now.published and told.get(get_identity(now)) != one.value
    }
    cells, facts, *_ = list_known(everything, catalogue)
    return audit(cells, facts, policy, hidden | list_unseen(cells, facts, hidden))


def release_second(partnership_id, year, data, outputs):
    """Return the second year's figures, what the gate makes of them with every earlier release known, the policy."""
    partnership = load_partnership(partnership_id, data)
    catalogue = load_local(partnership)
    counted, policy = count(partnership, year, catalogue), policy_from(partnership.disclosure)
    earlier = read_earlier(outputs / partnership_id, partnership, year)
    assert earlier
    gated = gate(counted.statistics, counted.history, catalogue, policy, release="shared", earlier=earlier)
    return counted, catalogue, gated, policy


def test_what_a_release_prints_of_earlier_years_is_told_as_well(tmp_path, catalogue):
    (now,), (before,) = made(catalogue, seen(value=253.0)), made(catalogue, seen(value=202.0, period=LAST))
    release = tmp_path / "2023-24" / "shared"
    write_store(a_release(statistics=(now,), history=(before,)), release)
    write_statistics([now], release)
    assert read_told(release) == {get_identity(now): 253.0, get_identity(before): 202.0}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("partnership", "years", "printed", "attacked"),
    [("hillingdon", ("2022-23", "2023-24"), 8, 30), ("exampleshire", ("2019-20", "2020-21"), 1000, 50)],
)
def test_a_reader_of_two_years_learns_no_more(partnership, years, printed, attacked, tmp_path, monkeypatch):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path))
    monkeypatch.delenv("SAFEGUARDING_DATA", raising=False)
    first = tmp_path / partnership / years[0] / "shared"
    release = prepare(partnership, years[0], "shared").release
    write_store(release, first)
    write_statistics(release.statistics, first)
    counted, catalogue, gated, policy = release_second(partnership, years[1], REPOSITORY / "data", tmp_path)
    assert gated.audit.passed
    told = read_told(first)
    assert len(told) >= printed
    found = attack_both(counted, catalogue, gated, policy, told)
    assert found.counts["attacked"] >= attacked
    # Of a base only a small one tells of somebody: the attacker of releases holds it so too (`openings.get_numbers`).
    told_of = {
        id: span for id, span in found.exposed.items() if not (id.startswith(BELOW) and span[0] >= policy.threshold)
    }
    assert (told_of, found.counts["unfinished"]) == ({}, 0)


@pytest.mark.slow
def test_an_earlier_year_made_again_after_a_late_record_tells_nothing(tmp_path, monkeypatch):
    for name in ("SAFEGUARDING_DATA", "SAFEGUARDING_OUTPUT"):
        monkeypatch.setenv(name, str(REPOSITORY / "data"))  # set back afterwards: the benchmark sets them
    use(tmp_path, "exampleshire")
    first, second = "2019-20", "2020-21"  # the fewest years to look back to
    before = {year: make("exampleshire", year) for year in (first, second)}
    add_record(tmp_path / "data" / "exampleshire" / first / "returns" / "adult_services_D26_concerns.csv")
    for year in (first, second):
        again = make("exampleshire", year)
        done = again.release.disclosure
        assert (again.found, done.passed) == ([], True)
        assert done.kept >= 90
        assert done.hidden - before[year].release.disclosure.hidden <= 30
        assert again.gate < 20
