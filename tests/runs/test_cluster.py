"""Builds by a Dask cluster: the report of a local build, worker killed or not; what it refuses; a run's report."""

import os
import signal
import sys
from types import SimpleNamespace

import pytest

from analysis.disclosure.report import DisclosureReport
from analysis.errors import CommandError, DataError, MachineError
from analysis.runs import cluster
from analysis.runs.cluster import Cluster, check_programs, connect, mark_program, tell_lost
from analysis.runs.crew import Crew
from analysis.runs.made import digest_files
from analysis.runs.many import Record, build_many, list_cells, sum_up, write_run_report
from analysis.runs.plan import Built, Outcome
from tests.partial import make_partnership

SECTIONS = ("02_safeguarding_arrangements", "12_5_domestic_abuse")
TIMED = ("log.jsonl", "manifest.json")
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux alone")


@pytest.fixture
def partnerships(tmp_path, monkeypatch):
    """Give what a build of some of three small partnerships wrote by a crew, by file, into an output of its own."""
    for name, code in (("one", "E10000008"), ("two", "E10000016"), ("three", "E10000017")):
        make_partnership(tmp_path / "data", name, code, SECTIONS)
    monkeypatch.setenv("SAFEGUARDING_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    def write(crew, *names):
        output = tmp_path / type(crew).__name__
        monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(output))
        pairs = [(name, "2023-24") for name in names]
        records = list(build_many(pairs, "shared", crew, show_nothing(crew)))
        assert [record.error for record in records] == [""] * len(names)
        files = {name: digest_files(output / name / "2023-24" / "shared") for name in names}
        return {n: {file: mark for file, mark in held.items() if file not in TIMED} for n, held in files.items()}

    return write


class show_nothing:  # noqa: N801  a context like that of a progress bar
    """Shows no progress, and kills a worker of a cluster when its first task starts, where it is asked to."""

    def __init__(self, crew):
        self.crew = crew

    def __call__(self, name):
        return self

    def __enter__(self):
        return (lambda outcome: None), self.kill

    def __exit__(self, *error):
        pass

    def kill(self, name):
        if getattr(self.crew, "kills", 0):
            self.crew.kills -= 1
            os.kill(self.crew.client.run(os.getpid).popitem()[1], signal.SIGKILL)


@pytest.mark.slow
@needs_fork
def test_a_cluster_whose_worker_is_killed_makes_the_report_of_a_local_build(partnerships):
    lame = Cluster(2)
    lame.kills = 1
    assert partnerships(lame, "one") == partnerships(Crew(2), "one")
    assert (lame.kills, lame.client) == (0, None)


@pytest.mark.slow
@needs_fork
def test_many_partnerships_are_built_whole_by_workers_and_as_one_after_another(partnerships):
    names = ("one", "two", "three")
    assert partnerships(Cluster(2), *names) == partnerships(Crew(2), *names)


@pytest.mark.slow
def test_an_address_where_nobody_answers_is_told_in_a_line(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", "1s")
    with pytest.raises(CommandError, match=r"^no cluster answers at 'tcp://127.0.0.1:9'; allowed: local, or an addr"):
        connect("tcp://127.0.0.1:9", 1)


def test_workers_of_another_version_of_the_program_are_refused():
    told = SimpleNamespace(run=lambda call: {"tcp://a": mark_program(), "tcp://b": "another"})
    with pytest.raises(CommandError, match=r"^1 of 2 workers have another version of the program"):
        check_programs(told)


def test_a_task_that_took_every_worker_with_it_is_the_machines_fault():
    killed = type("KilledWorker", (Exception,), {})("tcp://10.0.0.1")
    told = tell_lost("section", killed)
    assert type(told) is MachineError
    assert str(told) == "every worker that made section was lost; nothing was published"


def record(name, seconds, made):
    return Record(name, "2023-24", made, seconds)


BUILT = Built(
    None,
    [Outcome("a", "ValueError", "", 3.0), Outcome("b", "", "", 1.0), Outcome("c", kept=True)],
    DisclosureReport(0, 0),
)
RECORDS = [
    record("two", 8.0, BUILT),
    record("one", 0.5, Built(None, [Outcome("a", kept=True)])),  # nothing had changed
    record("three", 1.5, DataError("returns.csv: first\nreturns.csv: second")),
]


def test_the_report_of_a_run_has_a_row_a_build_with_what_failed_and_what_was_slow(tmp_path):
    write_run_report(RECORDS, tmp_path / "run_report.csv")
    assert (tmp_path / "run_report.csv").read_text(encoding="utf-8").splitlines() == [
        "partnership,year,state,sections_run,sections_failed,seconds,slowest,error",
        "one,2023-24,unchanged,0,0,0.5,,",
        "three,2023-24,failed,0,0,1.5,,returns.csv: first",
        "two,2023-24,built,2,1,8.0,a (3.0 s),",
    ]


def test_a_run_is_summed_up_in_a_line():
    assert sum_up(RECORDS, 30.0, workers=2) == (
        "1 built, 1 unchanged, 1 failed; 2 sections in 30 s, 2.0 sections a minute a core; slowest two (8 s)"
    )
    assert list_cells(RECORDS[1])[2] == "unchanged"
