"""Questions beside the year before and beside each other, at their boundaries. Synthetic, about nobody."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analysis.measures.periods import Period
from analysis.returns.checks import against, exchanged, profile
from analysis.returns.checks.days import check_heaps
from analysis.returns.checks.rule import Case
from analysis.returns.conform import Records
from analysis.returns.contracts import contract
from analysis.returns.files import Read
from tests.examples import LAST, seen
from tests.returns.checks.planted import HERE

SECTORS = ("health", "police", "education", "early years", "foster carer", "faith", "sport", "transport")

QUARTERS = tuple(
    Period(date(*start), date(*end), "quarter")
    for start, end in (
        ((2023, 4, 1), (2023, 6, 30)),
        ((2023, 7, 1), (2023, 9, 30)),
        ((2023, 10, 1), (2023, 12, 31)),
        ((2024, 1, 1), (2024, 3, 31)),
    )
)


def year(*figures, before=None, **read) -> Case:
    held = {"lado.csv": Read("lado.csv", tuple(replace(one, row=n) for n, one in enumerate(figures, start=2)))} | read
    return Case(HERE, HERE.period_of("2023-24"), None, (), held, before=before)


def split(*values, **changes):
    return [
        seen(dimension="employment_sector", category=name, value=float(value), **changes)
        for name, value in zip(SECTORS, values, strict=False)
    ]


def asked(check, now, before=()) -> int:
    return len(list(check(year(*now, before=year(*before) if before else None))))


@pytest.mark.parametrize(
    ("check", "now", "before", "questions"),
    [
        (against.check_together, (50, 61, 72, 83, 94), (38, 46, 55, 63, 72), 1),  # by 31 per cent
        (against.check_together, (49, 60, 70, 81, 92), (38, 47, 55, 63, 72), 0),  # by 28
        (against.check_together, (50, 61, 72, 83), (38, 46, 55, 63), 0),  # four figures
        (against.check_same, (50, 61, 72, 83, 94), (50, 61, 72, 83, 94), 1),
        (against.check_same, (50, 61, 72, 83, 95), (50, 61, 72, 83, 94), 0),
        (against.check_same, (50, 61, 72), (50, 61, 72), 1),
        (against.check_same, (50, 61), (50, 61), 0),
        (against.check_same, (50, 61, 73), (50, 61, 72), 0),
        (against.check_exchanged, (80, 40), (41, 79), 1),
        (against.check_exchanged, (80, 40), (79, 41), 0),
        (against.check_exchanged, (50, 45), (44, 51), 0),  # too near each other to tell
        (against.check_missing, (50, 61), (50, 61, 72), 1),
        (against.check_missing, (50, 61), (50, 61, 5), 1),
        (against.check_missing, (50, 61), (50, 61, 4), 0),  # a small one may well be none
    ],
)
def test_figures_beside_the_year_before(check, now, before, questions):
    assert asked(check, split(*now), split(*before, period=LAST)) == questions


def test_quarters_that_came_in_place_of_the_year_are_asked_about():
    summer = Period(date(2023, 7, 1), date(2023, 9, 30), "quarter")
    assert asked(against.check_missing, split(25, 30, period=summer), split(99, 98, period=LAST)) == 1
    assert asked(against.check_missing, split(25, 30), split(99, 98, period=LAST)) == 0


def share(value):
    return seen(indicator="lado_substantiated_rate", measure_type="percent", unit="percent", value=value)


@pytest.mark.parametrize(
    ("new", "old", "questions"), [(88.0, 12.0, 1), (60.0, 45.0, 0), (42.0, 12.0, 1), (41.0, 12.0, 0)]
)
def test_percentages_beside_the_year_before(new, old, questions):
    assert asked(against.check_percentages, [share(new)], [replace(share(old), period=LAST)]) == questions


@pytest.mark.parametrize(
    ("check", "values", "questions"),
    [
        (against.check_alike, (40, 40, 40, 40), 1),
        (against.check_alike, (40, 40, 40), 0),
        (against.check_alike, (3, 3, 3, 3), 0),
        (against.check_zeros, (0,) * 8, 1),
        (against.check_zeros, (0,) * 7, 0),
        (against.check_zeros, (0, 0, 0, 0, 0, 0, 9, 9), 0),
        (against.check_rounded, (25, 30, 45, 50, 65, 70, 85, 90), 1),
        (against.check_rounded, (25, 30, 45, 50, 65, 70, 85, 91), 0),
        (against.check_rounded, (25, 30, 45, 50, 65, 70, 85), 0),
    ],
)
def test_figures_beside_each_other(check, values, questions):
    assert asked(check, split(*values)) == questions


@pytest.mark.parametrize(("values", "questions"), [((20, 40, 60, 80), 1), ((20, 40, 38, 80), 0), ((20, 22, 25, 28), 0)])
def test_quarters_that_never_fall_are_sums_to_date(values, questions):
    figures = [seen(value=float(value), period=one) for value, one in zip(values, QUARTERS, strict=True)]
    assert asked(against.check_sums_to_date, figures) == questions


@pytest.mark.parametrize(("last", "questions"), [(60, 1), (61, 0)])
def test_quarters_that_are_all_one_number(last, questions):
    figures = [seen(value=float(value), period=one) for value, one in zip((60, 60, 60, last), QUARTERS, strict=True)]
    assert asked(against.check_alike, figures) == questions


def test_figures_of_two_files_that_are_the_same():
    held = split(50, 61, 72, 83, 94)
    (spot,) = against.check_copies(year(*held, **{"police.csv": Read("police.csv", tuple(held))}))
    assert (spot.file, spot.message) == ("police.csv", "its 5 figures are those of lado.csv")


def table(rows: int, sectors=("health",), days_open=(10,), day="2023-06-01", **columns):
    kept = contract("D23").table("contacts")
    frame = pd.DataFrame(
        {
            "contact_id": [f"{day[:4]}-{n}" for n in range(rows)],
            "received_on": pd.to_datetime([day] * rows),
            "employment_sector": [sectors[n % len(sectors)] for n in range(rows)],
            "days_open": [days_open[n % len(days_open)] for n in range(rows)],
            **{name: [values[n % len(values)] for n in range(rows)] for name, values in columns.items()},
        }
    )
    return {
        "lado.csv": Read("lado.csv", (), {"D23.contacts": (Records(kept, frame, pd.DataFrame(), file="lado.csv"),)})
    }


MIXED, LAST_DAY = ("health", "police", "school", "faith"), "2022-06-01"


@pytest.mark.parametrize(
    ("check", "now", "before", "questions"),
    [
        (profile.check_rows, table(160), table(100, day=LAST_DAY), 0),  # within an ordinary year
        (profile.check_rows, table(190), table(100, day=LAST_DAY), 1),
        (profile.check_rows, table(8), table(4, day=LAST_DAY), 0),
        (profile.check_splits, table(100, MIXED), table(100, MIXED, day=LAST_DAY), 0),
        (profile.check_splits, table(100, MIXED[:1]), table(100, MIXED, day=LAST_DAY), 1),
        (profile.check_gone, table(100, MIXED[:3]), table(100, MIXED, day=LAST_DAY), 1),
        (profile.check_gone, table(40, MIXED[:3]), table(40, MIXED, day=LAST_DAY), 0),
        (profile.check_gone, table(40, days_open=(None,)), table(40, day=LAST_DAY), 1),  # emptied
        (profile.check_gone, table(9, days_open=(None,)), table(40, day=LAST_DAY), 0),  # too few to have had one
        (profile.check_gone, table(40, days_open=(None,) * 3 + (1,)), table(40, day=LAST_DAY), 0),
        (profile.check_numbers, table(40, days_open=(30,)), table(40, day=LAST_DAY), 1),
        (profile.check_numbers, table(40, days_open=(29,)), table(40, day=LAST_DAY), 0),
    ],
)
def test_a_table_beside_the_year_before(check, now, before, questions):
    last = replace(year(**before), period=HERE.period_of("2022-23"))
    assert len([spot for spot in check(year(**now, before=last)) if spot.column != "contact_id"]) == questions


YES_NO, MET = [True, False, False, False], ["unfounded", None, None, None]  # an outcome where a threshold was met


@pytest.mark.parametrize(
    ("met", "outcome", "questions"),
    [
        (YES_NO, MET, 0),
        ([False, True, True, True], MET, 1),  # exchanged
        ([True, True, False, False], ["unfounded", "unfounded", None, None], 0),  # another share, and no exchange
    ],
)
def test_two_values_in_each_others_rows(met, outcome, questions):
    last = replace(
        year(**table(200, threshold_met=YES_NO, outcome=MET, day=LAST_DAY)), period=HERE.period_of("2022-23")
    )
    now = year(**table(200, threshold_met=met, outcome=outcome), before=last)
    assert {spot.column for spot in exchanged.check_turned(now)} == ({"threshold_met"} if questions else set())


def gaps(*days: int, day: str) -> dict[str, Read]:
    """Return contacts decided some days after the first meeting, in turn."""
    first = pd.Timestamp(day)
    return table(40, day=day, initial_meeting_date=[first], decision_date=[first + pd.Timedelta(n, "D") for n in days])


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((3,), (5, 0), []),
        ((0,) * 9 + (3,), (5, 0, 4), ["are the same day in nearly all rows, and weren't the year before"]),
        ((0,) * 9 + (3,), (5, 0), []),  # half of them were
        ((0,) * 7 + (3,), (5,), []),
        ((-3,), (5, 0), ["come in another order than the year before"]),
        ((-3, 4, 4), (5, 0), []),
    ],
)
def test_two_columns_of_days_beside_the_year_before(now, before, said):
    last = replace(year(**gaps(*before, day=LAST_DAY)), period=HERE.period_of("2022-23"))
    found = profile.check_turned_days(year(**gaps(*now, day="2023-06-01"), before=last))
    pair = "decision_date, initial_meeting_date"
    assert [spot.message for spot in found if spot.column == pair] == said


def held(name: str, before=None, **columns) -> Case:
    """Return a year with one table of these columns."""
    dataset, _, of = name.partition(".")
    records = Records(contract(dataset).table(of), pd.DataFrame(columns), pd.DataFrame(), file="sent.csv")
    return year(**{"sent.csv": Read("sent.csv", (), {name: (records,)})}, before=before)


@pytest.mark.parametrize(("kept", "questions"), [(75, 1), (76, 0)])
def test_a_list_that_lost_a_quarter_of_what_stood_in_it(kept, questions):
    schools = [f"{100000 + n}" for n in range(100)]
    now = held("D24.schools", urn=schools[:kept], before=held("D24.schools", urn=schools))
    assert len(list(profile.check_list(now))) == questions


def test_a_list_of_other_things_each_year_is_no_shortened_one():
    before = held("D24.schools", urn=[f"{200000 + n}" for n in range(100)])
    assert list(profile.check_list(held("D24.schools", urn=["100001"] * 50, before=before))) == []


@pytest.mark.parametrize(("signed", "questions"), [(True, 1), (False, 0)])
def test_a_list_without_days_that_is_last_years_is_asked_about(signed, questions):
    schools = {"urn": [f"{n}" for n in range(30)], "dsl_day": [True] * 30}
    before = held("D24.schools", **schools, encompass_signed=[True] * 30)
    now = held("D24.schools", **schools, encompass_signed=[*[True] * 29, signed], before=before)
    assert len(list(profile.check_again(now))) == questions


@pytest.mark.parametrize(("changed", "questions"), [(8, 1), (7, 0)])
def test_people_who_have_another_sex_than_the_year_before(changed, questions):
    children, sexes = [f"c{n}" for n in range(40)], ["female"] * 40
    before = held("D18.episodes", child_pseudo=children, sex=sexes)
    now = held("D18.episodes", child_pseudo=children, sex=["male"] * changed + sexes[changed:], before=before)
    assert len(list(profile.check_people(now))) == questions


@pytest.mark.parametrize(("last", "questions"), [(4, 0), (3, 1), (1, 1)])
def test_a_figure_with_fewer_quarters_than_the_others_is_asked_about(last, questions):
    figures = [seen(period=one) for one in QUARTERS]
    figures += [seen(indicator="lado_outcomes", period=one) for one in QUARTERS[:last]]
    assert asked(against.check_runs, figures) == questions


@pytest.mark.parametrize(("second", "questions"), [((20, 40, 60), 1), ((20, 40, 61), 0)])
def test_two_quarters_with_the_same_figures_are_asked_about(second, questions):
    figures = [*split(20, 40, 60, period=QUARTERS[0]), *split(*second, period=QUARTERS[1])]
    assert asked(against.check_periods_alike, figures) == questions


@pytest.mark.parametrize(("value", "questions"), [(150, 1), (149, 0)])
def test_a_stock_moves_less_than_a_flow(value, questions):
    days = [Period(date(year, 3, 31), date(year, 3, 31), "snapshot") for year in (2023, 2024)]
    before, now = seen(value=100.0, period=days[0]), seen(value=float(value), period=days[1])
    assert asked(against.check_jumps, [now], [before]) == questions


@pytest.mark.parametrize(("carried", "questions"), [(0, 1), (1, 0)])
def test_cases_of_before_the_year_are_missed_when_all_are_gone(carried, questions):
    def cases(year, old):
        days = [f"{year - 1}-11-01"] * old + [f"{year}-06-01"] * 20
        return {"child_pseudo": [f"{n}" for n in range(len(days))], "referral_date": pd.to_datetime(days)}

    before = replace(held("D18.episodes", **cases(2022, 10)), period=HERE.period_of("2022-23"))
    assert len(list(profile.check_carried(held("D18.episodes", before=before, **cases(2023, carried))))) == questions


@pytest.mark.parametrize(("closed", "questions"), [(20, 1), (19, 0)])
def test_a_day_on_which_all_is_ended_is_asked_about(closed, questions):
    days = pd.to_datetime(["2024-03-31"] * closed + [None] * 20)
    assert len(list(check_heaps(held("D18.episodes", child_pseudo=["c"] * len(days), closure_date=days)))) == questions
