"""Rules about a file as a whole: this year's, all of it, real. Synthetic."""

from datetime import date, timedelta

import pandas as pd
import pytest

from analysis.measures.periods import Period
from analysis.returns.checks import against, whole
from analysis.returns.checks import days as days_rules
from analysis.returns.checks.rule import Case
from analysis.returns.checks.year import open_case
from analysis.returns.conform import Records
from analysis.returns.contracts import contract
from analysis.returns.files import Read, read_file
from tests.examples import seen
from tests.returns.checks.planted import HERE

PERIOD = HERE.period_of("2023-24")
HEAD = "contact_id,received_on,contact_level,threshold_met,employment_sector,setting_pseudo\n"


def days(first: date, last: date, step: int) -> list[date]:
    return [first + timedelta(n) for n in range(0, (last - first).days + 1, step)]


ALL_YEAR = days(date(2023, 4, 3), date(2024, 3, 29), 4)


def contacts(*received: date, sector: str = "school", key: str = "c", setting: str = "s") -> str:
    return HEAD + "".join(
        f"{key}{n},{day},referral,yes,{sector},{setting}{n}\n" for n, day in enumerate(received, start=1)
    )


@pytest.fixture
def case(tmp_path, shipped_catalogue):
    def make(text: str, **known) -> Case:
        (tmp_path / "lado.csv").write_text(text, encoding="utf-8")
        read = read_file(tmp_path / "lado.csv", ["D23"], shipped_catalogue, agency="LADO")
        return Case(HERE, PERIOD, shipped_catalogue, (), {"lado.csv": read}, **known)

    return make


def counted(*observations, earlier=()) -> Case:
    before = counted(*earlier) if earlier else None
    return Case(HERE, PERIOD, None, (), {"lado.csv": Read("lado.csv", observations)}, before=before)


def messages(rule, case) -> list[str]:
    return [spot.message for spot in rule(case)]


RULES = [
    whole.check_year,
    whole.check_few,
    whole.check_filled,
    days_rules.check_silence,
    whole.check_twice,
    whole.check_tests,
    whole.check_codes,
]


@pytest.mark.parametrize("rule", RULES)
def test_a_list_of_the_whole_year_breaks_no_rule(case, rule):
    assert messages(rule, case(contacts(*ALL_YEAR))) == []


def test_the_file_of_another_year_is_an_error_and_a_few_old_cases_a_question(case):
    old = days(date(2021, 5, 1), date(2021, 9, 1), 7)
    assert messages(whole.check_year, case(contacts(*old))) == ["no row lies in the report's year"]
    assert messages(whole.check_few, case(contacts(*old))) == []
    assert messages(whole.check_year, case(contacts(*old[:4]))) == []
    assert messages(whole.check_few, case(contacts(*old[:4]))) == ["no row lies in the report's year"]
    assert messages(whole.check_year, case(contacts(*old, date(2023, 6, 1)))) == [], (
        "carried over, beside one of the year"
    )


def test_counts_of_another_year_are_an_error():
    last = HERE.period_of("2022-23")
    assert messages(whole.check_year, counted(*(seen(period=last, row=n) for n in range(5)))) != []
    assert messages(whole.check_year, counted(seen(), *(seen(period=last, row=n) for n in range(5)))) == []
    unsaid = [seen(period=Period(None, None, "unclear"), row=n) for n in range(6)]
    assert messages(whole.check_year, counted(*unsaid, *(seen(period=last, row=n) for n in range(6)))) != []
    assert messages(whole.check_year, counted(*unsaid, *(seen(period=last, row=n) for n in range(5)))) == []


def test_a_census_of_another_year_is_an_error(tmp_path, shipped_catalogue):
    from tests.returns.test_returns_files import CENSUS

    path = tmp_path / "census.xml"
    path.write_text(CENSUS, encoding="utf-8")
    read = {"census.xml": read_file(path, ["D18"], shipped_catalogue, agency="A")}
    assert messages(whole.check_census, Case(HERE, PERIOD, None, (), read)) == []
    (said,) = messages(whole.check_census, Case(HERE, HERE.period_of("2024-25"), None, (), read))
    assert said == "is of the year to 31 March 2024"


def test_headings_alone_are_no_nil_return(case):
    assert messages(whole.check_filled, case(HEAD)) == ["holds headings alone, which is no nil return"]


@pytest.mark.parametrize(
    ("received", "said"),
    [
        (ALL_YEAR[:60], ["no row is of a day after 25 November 2023"]),
        (ALL_YEAR[30:], ["no row is of a day before 1 August 2023"]),
        (ALL_YEAR[:86], []),  # three weeks
        (ALL_YEAR[:40] + ALL_YEAR[55:], ["no row is of a day after 6 September 2023 and before 9 November 2023"]),
        (ALL_YEAR[:40] + ALL_YEAR[48:], []),
        (ALL_YEAR[:70:6], []),  # twelve days in the year: chance may leave the rest silent
    ],
)
def test_a_silent_end_of_the_year_is_asked_about(case, received, said):
    assert messages(days_rules.check_silence, case(contacts(*received))) == said


@pytest.mark.parametrize(
    ("rows", "time", "said"),
    [
        (20, "", ["no row has a time of day"]),
        (20, " 00:01:00", []),
        (19, "", []),  # too few to ask
    ],
)
def test_moments_without_a_time_are_asked_about(shipped_catalogue, rows, time, said):
    moments = pd.to_datetime([f"{ALL_YEAR[n]}{time if n == 5 else ''}" for n in range(rows)], format="ISO8601")
    frame = pd.DataFrame({"received_at": moments})
    records = Records(contract("D16").table("contacts"), frame, pd.DataFrame(), file="contacts.csv")
    read = Read("contacts.csv", tables={"D16.contacts": (records,)})
    case = Case(HERE, PERIOD, shipped_catalogue, (), {"contacts.csv": read})
    assert messages(days_rules.check_times, case) == said


def test_rows_that_came_twice_under_new_keys_are_asked_about(case):
    twice = contacts(*ALL_YEAR) + contacts(*ALL_YEAR[:20], key="n").removeprefix(HEAD)
    assert messages(whole.check_twice, case(twice)) == ["20 rows repeat another under another key"]
    fewer = contacts(*ALL_YEAR) + contacts(*ALL_YEAR[:4], key="n").removeprefix(HEAD)
    assert messages(whole.check_twice, case(fewer)) == []


def test_test_records_are_asked_about(case):
    text = contacts(*ALL_YEAR) + "TEST1,2023-05-01,referral,yes,school,s\nx,2023-05-01,referral,yes,school,Test child\n"
    assert [spot.column for spot in whole.check_tests(case(text))] == ["contact_id", "setting_pseudo"]


@pytest.mark.parametrize(
    ("said", "is_test"),
    [
        *(
            (said, True)
            for said in ("ZZTEST1", "zz test", "TEST-001", "Test_Child_2", "Test course for all", "dummy 3")
        ),
        *((said, True) for said in ("DO NOT USE", "Duplicate, to be deleted", "please ignore")),
        *((said, False) for said in ("testing centre", "contest", "Attestation", "HIV test offered", "sampled", "zz1")),
    ],
)
def test_what_is_called_a_test(said, is_test):
    assert bool(whole.TEST.fullmatch(said)) is is_test


def test_a_needed_column_that_hardly_says_anything_is_asked_about(case):
    vague = contacts(*ALL_YEAR[:40], sector="other")
    assert messages(whole.check_codes, case(vague)) == ["nearly all rows say other or not known"]
    assert messages(whole.check_codes, case(vague + contacts(*ALL_YEAR[:20], key="n").removeprefix(HEAD))) == []


def test_figures_that_came_the_year_before_and_no_more_are_asked_about():
    categories = [seen(dimension="threshold", category=str(n)) for n in range(10)]
    half = counted(*categories[:6], earlier=categories)
    assert messages(against.check_missing, half) == ["4 figures of the year before are missing"]
    one = "lado_contacts by threshold lacks '9', which came the year before"
    assert messages(against.check_missing, counted(*categories[:9], earlier=categories)) == [one]
    other = [seen(indicator="other", category=str(n)) for n in range(3)]
    assert len(messages(against.check_missing, counted(*categories[:6], *other, earlier=categories))) == 4, "one by one"


def test_a_file_of_the_year_before_sent_again_is_told(tmp_path, shipped_catalogue):
    from analysis.returns.checks.year import check_year
    from tests.returns.checks.planted import write_year

    folder = write_year(tmp_path / "here")
    last = folder.parent / "2022-23" / "returns" / "team_bookings.csv"
    (folder / "returns" / "team_bookings.csv").write_bytes(last.read_bytes())
    problems, _ = check_year(folder, "2023-24", HERE, shipped_catalogue)
    assert "last_years_file" in {problem.rule for problem in problems}


def test_without_records_nothing_is_said_of_files_that_were_not_read(tmp_path, shipped_catalogue):
    from tests.returns.checks.planted import write_year

    read = open_case(write_year(tmp_path / "here"), "2023-24", HERE, shipped_catalogue, with_records=False)
    assert messages(whole.check_filled, read) == []


def test_a_list_without_a_row_begun_in_the_year_is_last_years_unless_cases_are_carried_over(case):
    old = days(date(2022, 9, 1), date(2023, 3, 28), 7)
    rows = contacts(*old).replace(",received_on,", ",received_on,outcome_date,")
    later = [f"2023-04-{4 + n % 20:02}" for n in range(len(old))]
    ended = (
        rows.splitlines()[0]
        + "\n"
        + "".join(
            f"c{n},{day},{end},referral,yes,school,s{n}\n" for n, (day, end) in enumerate(zip(old, later, strict=True))
        )
    )
    assert messages(whole.check_year, case(ended)) == []
    assert messages(whole.check_few, case(ended)) == ["no row lies in the report's year"]
    few = ended.replace("2023-04-", "2023-03-").replace("2023-03-28,2023-03-", "2023-03-28,2023-04-", 1)
    assert messages(whole.check_year, case(few)) == ["no row lies in the report's year"]


def test_a_column_of_days_that_came_without_one_is_asked_about(case):
    head, *rows = contacts(*ALL_YEAR[:25]).splitlines()
    text = "\n".join([f"{head},outcome_date", *(f"{row}," for row in rows)])
    (spot,) = whole.check_days(case(text))
    assert spot.column == "outcome_date"
    assert messages(whole.check_days, case(text + "2023-06-01")) == []
    assert messages(whole.check_days, case("\n".join(text.splitlines()[:20]))) == [], "too few rows to judge by"
