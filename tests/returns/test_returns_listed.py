"""Localities, teams, areas and agencies come from the partnership's lists; what doesn't has its words taken away."""

from dataclasses import replace

import pytest

from analysis.counting.definitions import get_definitions
from analysis.errors import quoted_slip
from analysis.local import localise
from analysis.partnership import Agency, Partnership, Section
from analysis.returns.conform import conform
from analysis.returns.contracts import contract
from analysis.returns.listed import hold_areas, hold_to_lists
from analysis.returns.register import COLUMNS, load_register
from tests.examples import seen

CAMPAIGNS = contract("D53").table()
ADDRESS = "12 Zebedee Road"


def campaigns(*names):
    cells = {"campaign": list(names), "started": ["2023-06-01"] * len(names)}
    return conform(cells, range(2, 2 + len(names)), CAMPAIGNS, "d53.csv")


def test_what_is_not_on_the_list_is_counted_as_that_and_told_by_its_row():
    held = hold_to_lists(campaigns("scams", ADDRESS, ""), {"campaign": ("Scams", "Online safety")})
    assert held.frame["campaign"].fillna("-").tolist() == ["Scams", "not on the list", "-"]
    (problem,) = [one for one in held.problems if one.rule == "not_listed"]
    assert (problem.row, problem.column, problem.severity) == (3, "campaign", "warning")
    assert "Scams" in problem.allowed and "Zebedee" not in str(problem)


def test_without_a_list_nothing_is_on_it_and_one_line_says_what_to_write():
    held = hold_to_lists(campaigns("Scams", ADDRESS), {})
    assert set(held.frame["campaign"]) == {"not on the list"}
    (problem,) = [one for one in held.problems if one.rule == "not_listed"]
    assert problem.allowed == '[lists] campaign = ["…"]'


def columns_of(definition):
    """Return the columns that the definition's splits by what is found read, in the tables that it needs."""
    named = [definition.columns.get(name, name) for name, split in definition.record.by.items() if split.found]
    closed = [name for name in definition.needs if contract(name.partition(".")[0]).sensitivity != "open"]  # of people
    tables = [contract(table.partition(".")[0]).table(table.partition(".")[2]) for table in closed]
    return [(name, column) for name in named for table in tables for column in table.columns if column.name == name]


@pytest.mark.parametrize("name", sorted(get_definitions()))
def test_every_column_that_gives_its_own_categories_is_coded_or_listed(name):
    for called, column in columns_of(get_definitions()[name]):
        assert column.codes or column.listed, f"{called}: any text would become a heading of a page"


def test_an_area_off_the_list_is_called_by_a_number_the_same_in_every_file():
    figures = {"a.csv": [seen(geography="Here"), seen(geography=ADDRESS)], "b.csv": [seen(geography=ADDRESS)]}
    held = hold_areas(figures, ("Here", "England"), "2023-24")
    first, second = ([one.geography for one in held[file][0]] for file in figures)
    assert first == ["Here", "area 1 not on the list, 2023-24"] and second == first[1:]
    assert [len(problems) for _, problems in held.values()] == [1, 1]
    assert "Zebedee" not in str(held)


@pytest.mark.parametrize(("agencies", "called"), [(("LADO",), "agency 1 not on the list"), ((), "Zelandra Quorrick")])
def test_an_agency_off_the_list_is_called_by_a_number_where_there_is_a_list(tmp_path, agencies, called):
    here = Partnership("here", "Here", "E09000000", "Here", (Section("one", "1", "One", "A"),))
    here = replace(here, agencies=tuple(Agency(name.lower(), name) for name in agencies))
    line = dict.fromkeys(COLUMNS, "") | {"agency": "Zelandra Quorrick", "section": "one", "dataset": "D23"}
    line |= {"return_id": "a", "status": "nil"}
    (tmp_path / "returns.csv").write_text(f"{','.join(line)}\n{','.join(line.values())}\n", encoding="utf-8")
    (entry,), problems = load_register(tmp_path, here)
    assert entry.agency == called
    assert [problem.severity for problem in problems] == ["warning"] * len(agencies)
    assert "Zelandra" not in str(problems)


def test_returned_categories_come_from_the_same_list(shipped_catalogue):
    here = Partnership("here", "Here", "E09000000", "Here", (), lists={"locality": ("North",)})
    assert localise(shipped_catalogue, here).measures["referrals"].by["locality"].categories == ("North",)


@pytest.mark.parametrize(
    ("said", "repeated"),
    [("recieved", " 'recieved'"), ("Zelandra Quorrick", ""), ("9434765919", ""), ("Reg", ""), ("received late", "")],
)
def test_only_a_slip_of_an_allowed_word_is_repeated(said, repeated):
    assert quoted_slip(said, ["received", "missing", "nil"]) == repeated
