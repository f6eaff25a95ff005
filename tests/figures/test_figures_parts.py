"""Quarters, half-years and months beside their year: what they are called, and what they are compared with."""

from datetime import date

import pytest

from analysis.errors import DataError
from analysis.figures.build import check_ids
from analysis.figures.compare import compare_with_previous
from analysis.measures.periods import Period
from analysis.report.detail import make_parts
from tests.examples import LAST, THIS, made, seen

ENDS = ((6, 30), (9, 30), (12, 31), (3, 31))


def quarter(number, year=2023):
    end = date(year + (number == 4), *ENDS[number - 1])
    return Period(date(end.year, end.month - 2, 1), end, "quarter")


def quarters(catalogue, *values, year=2023):
    return made(catalogue, *(seen(value=v, period=quarter(n, year)) for n, v in enumerate(values, start=1)))


def test_ids_carry_the_quarter_and_the_year_and_are_all_different(catalogue):
    whole = made(catalogue, seen(value=328.0, period=THIS))
    now, before = (quarters(catalogue, 92.0, 72.0, 86.0, 78.0, year=year) for year in (2023, 2022))
    check_ids([*whole, *now, *before])
    assert [s.statistic_id for s in (*whole, now[0], before[3])] == [
        "lado_contacts.count",
        "lado_contacts.count.q1",
        "lado_contacts.count.q4.y-1",
    ]


def test_a_quarter_is_compared_with_the_same_one_a_year_before(catalogue):
    now, before = quarters(catalogue, 92.0, 72.0), quarters(catalogue, 80.0, 75.0, year=2022)
    first, second = compare_with_previous(now, before)
    assert first.comparisons[0].words.startswith("Against 80 from April to June 2022: 12 more")
    assert second.comparisons[0].words.startswith("Against 75 from July to September 2022: 3 fewer")


def test_and_never_with_the_season_before(catalogue):
    (_, second) = compare_with_previous(quarters(catalogue, 92.0, 72.0), [])
    assert second.comparisons[0].words == "No earlier figure is held."


def test_a_stock_is_compared_with_the_same_day_of_another_year(catalogue):
    days = [date(2023, 9, 30), date(2024, 3, 31), date(2023, 3, 31), date(2022, 9, 30)]
    statistics = made(catalogue, *(seen(value=100.0 + n, period=Period(d, d, "snapshot")) for n, d in enumerate(days)))
    against = {s.statistic_id: s.comparisons[0].against for s in compare_with_previous(statistics, []) if s.comparisons}
    assert against == {"lado_contacts.count": "at 31 March 2023", "lado_contacts.count.q2": "at 30 September 2022"}


def test_a_table_shows_the_year_first_and_its_quarters_beside_it(catalogue):
    end = date(2024, 3, 31)
    stock = seen(indicator="plans", unit="children", value=9.0, period=Period(end, end, "snapshot"))
    day = date(2023, 6, 30)
    summer = seen(indicator="plans", unit="children", value=7.0, period=Period(day, day, "snapshot"))
    statistics = [
        *made(catalogue, seen(value=328.0, period=THIS)),
        *quarters(catalogue, 92.0, 72.0, 86.0, 78.0),
        *made(catalogue, stock, summer),
    ]
    table = make_parts(statistics)
    assert table["names"][:2] == ["Year, to 31 March 2024", "Quarter 1, to 30 June 2023"]
    assert [cells for _, cells in table["rows"]] == [
        ["328", "92", "72", "86", "78"],
        ["9", "7", "not returned", "not returned", "9"],
    ]


def test_a_quarter_that_was_returned_as_a_range_is_shown_as_one(catalogue):
    ends = [seen(value=v, period=quarter(1), qualifier=q) for v, q in ((5.0, "at_least"), (9.0, "up_to"))]
    statistics = [*made(catalogue, seen(value=328.0, period=THIS)), *made(catalogue, *ends)]
    assert [cells for _, cells in make_parts(statistics)["rows"]] == [["328", "5 to 9"]]
    exact = made(catalogue, seen(value=7.0, period=quarter(1)), *ends)
    assert [cells for _, cells in make_parts(exact)["rows"]] == [["7"]]


def test_without_parts_there_is_no_such_table(catalogue):
    assert make_parts(made(catalogue, seen(period=THIS))) is None


@pytest.mark.parametrize(
    ("first", "last", "basis", "part"),
    [
        ((2023, 4, 1), (2023, 6, 30), "quarter", "q1"),
        ((2023, 4, 1), (2023, 6, 30), "other", "q1"),
        ((2023, 10, 1), (2024, 3, 31), "other", "h2"),
        ((2024, 1, 18), (2024, 1, 18), "snapshot", "0118"),
    ],
)
@pytest.mark.parametrize("beside", [(), (seen(value=300.0, period=THIS),)])
def test_a_part_is_called_the_same_whatever_stands_beside_it(catalogue, first, last, basis, part, beside):
    one = seen(value=100.0, period=Period(date(*first), date(*last), basis))
    found = {s.period.basis: s for s in made(catalogue, one, *beside)}
    assert found[basis].statistic_id == f"lado_contacts.count.{part}"


def test_a_stretch_alone_is_shown_as_the_year_is_and_a_quarter_as_a_quarter(catalogue):
    half = Period(date(2023, 10, 1), date(2024, 3, 31), "other")
    (alone,), (summer,) = made(catalogue, seen(period=half)), made(catalogue, seen(period=quarter(2)))
    (_, beside) = made(catalogue, seen(period=THIS), seen(period=half))
    assert [s.part for s in (alone, beside, summer)] == ["", "h2", "q2"]


CALENDAR = Period(date(2023, 1, 1), date(2023, 12, 31), "calendar_year")


def test_a_calendar_year_beside_the_financial_one_takes_no_comparison_from_it(catalogue):
    now = made(catalogue, seen(value=3100.0, period=THIS), seen(value=3000.0, period=CALENDAR))
    found = compare_with_previous(now, made(catalogue, seen(value=2900.0, period=LAST)))
    assert {s.period.basis: s.comparisons[0].refused for s in found} == {
        "financial_year": "",
        "calendar_year": "not comparable: calendar year against financial year",
    }


def test_and_the_two_are_refused_in_one_line_since_no_id_tells_them_apart(catalogue):
    now = made(catalogue, seen(value=3100.0, period=THIS), seen(value=3000.0, period=CALENDAR, row=3))
    with pytest.raises(DataError) as stop:
        check_ids(now)
    said = "two figures would share the id 'lado_contacts.count': LADO: lado.csv, row 2 (April 2023 to March 2024) and "
    assert str(stop.value) == said + "LADO: lado.csv, row 3 (January to December 2023)"
