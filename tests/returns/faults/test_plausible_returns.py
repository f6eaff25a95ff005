"""Wrong returns that look right are questioned, ordinary years and harmless forms are not."""

from dataclasses import replace

import pytest

from analysis.returns.checks.year import check_year
from tests.returns.faults.clean import HERE, NO_PLAN, as_csv, write_returns
from tests.returns.faults.harmless import VARIANTS
from tests.returns.faults.plausible import ACTIVITIES, CONTACTS, COUNTS, EPISODES
from tests.returns.faults.years import draw_counts, draw_table

pytestmark = pytest.mark.slow
QUIET = NO_PLAN | {"late_return"}
WRONG = {
    **{f"contacts: {name}": ("D23.contacts", change) for name, change in CONTACTS.items()},
    **{f"episodes: {name}": ("D18.episodes", change) for name, change in EPISODES.items()},
    **{f"activities: {name}": ("D06.activities", change) for name, change in ACTIVITIES.items()},
    **{f"counts: {name}": ("", change) for name, change in COUNTS.items()},
}
SEEDS = range(6)
UNSEEN = {"counts: a share of the wrong base", "episodes: boys for girls"}  # they look like another ordinary year


def text_of(rows):
    return as_csv([[*rows[0]], *([*row.values()] for row in rows)])


@pytest.fixture
def questions(tmp_path, shipped_catalogue):
    """Return a function that checks a file with that of the year before; it gives what is asked, and the errors, and
    what the file holds."""

    def ask(table, now, before):
        dataset = table.partition(".")[0] or "D23"
        for year, rows in (("2022-23", before), ("2023-24", now)):
            sent = {"sent.csv": (dataset, rows if isinstance(rows, str | bytes) else text_of(rows))}
            write_returns(tmp_path / "here", sent, year)
        problems, case = check_year(tmp_path / "here" / "2023-24", "2023-24", HERE, shipped_catalogue)
        return [str(problem) for problem in problems if problem.rule not in QUIET], held_in(case)

    return ask


def held_in(case):
    """Return the figures and the records of a year, whatever rows and sheets they stand in."""
    figures = [replace(one, row=0, file="", note="") for one in case.figures]
    records = [row for _, part in case.parts for row in part.frame.astype(str).to_dict("records")]
    return sorted(map(repr, figures)), sorted(repr(sorted(row.items())) for row in records)


@pytest.fixture
def drawn(shipped_catalogue):
    """Return a function that gives the rows of a table, or of counts, of a year."""

    def draw(table, year, seed=0):
        return draw_table(table, year, seed) if table else draw_counts(shipped_catalogue, year, seed)

    return draw


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_return_that_looks_right_is_questioned(questions, drawn, name):
    table, change = WRONG[name]
    now, before = drawn(table, "2023-24"), drawn(table, "2022-23")
    told, _ = questions(table, change(now, before), before)
    assert bool(told) is (name not in UNSEEN), told


def test_there_are_enough_wrong_returns():
    assert len(WRONG) >= 60


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("table", ["D23.contacts", "D18.episodes", "D30.reports", "D21.missing", "D06.activities", ""])
def test_an_ordinary_year_raises_no_question(questions, drawn, table, seed):
    assert questions(table, drawn(table, "2023-24", seed), drawn(table, "2022-23", seed))[0] == []


@pytest.mark.parametrize("table", ["D23.contacts", ""])
@pytest.mark.parametrize("name", VARIANTS)
def test_a_harmless_form_raises_no_question_and_holds_the_same(questions, drawn, table, name):
    now, before = drawn(table, "2023-24"), drawn(table, "2022-23")
    assert questions(table, VARIANTS[name](now), before) == ([], questions(table, now, before)[1])


def test_there_are_enough_harmless_forms():
    assert len(VARIANTS) >= 20
