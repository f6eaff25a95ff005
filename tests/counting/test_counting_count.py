"""Everything counted at once: what is there, what is missing, and that definitions and dictionary agree."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from made import YEAR, at_random, count_measure, table

from analysis.counting.count import count_all, name_tables
from analysis.counting.definition import NAMED, counts
from analysis.counting.definitions import THEMES, describe, get_definitions
from analysis.counting.history import stack_years
from analysis.counting.populations import AGES, get_population, get_rate
from analysis.counting.rows import look_back
from analysis.counting.selection import NotSuppliedError
from analysis.counting.splits import MONTH
from analysis.errors import CommandError
from analysis.measures.periods import Period, parse_year
from analysis.measures.strict import read_toml
from analysis.returns.contracts import contract

MEASURES = Path(__file__).resolve().parents[2] / "data" / "dictionary" / "measures"
AGENCIES = {"D16": "Children's services", "D45": "Intelligence team", "D26": "Adult services", "D32": "Police"}
AGENCIES |= {**dict.fromkeys(("D18", "D19"), "Council"), "D43": "Police"}


def contacts(*received: str) -> pd.DataFrame:
    rows = [
        {"contact_id": f"c{n}", "child_pseudo": "a", "received_at": day, "channel": "phone", "source_agency": "6"}
        | {"outcome": "advice"}
        for n, day in enumerate(received)
    ]
    return table("D16.contacts", *rows)


def counted(catalogue, records: dict, period: Period = YEAR):
    return count_all(records, period, "Exampleshire", AGENCIES, catalogue)


def facts(counted, indicator: str) -> dict:
    return {(o.measure_type, o.dimension, o.category): o for o in counted.observations if o.indicator == indicator}


def test_an_observation_says_what_when_where_and_from_whom(shipped_catalogue):
    found = facts(counted(shipped_catalogue, {"D16": contacts("2023-05-01")}), "contacts")
    total = found["count", "", ""]
    assert (total.value, total.unit, total.symbol, total.qualifier, total.decimals) == (1, "contacts", "", "exact", 0)
    assert (total.period, total.geography, total.agency) == (YEAR, "Exampleshire", "Children's services")
    assert total.definition_version == shipped_catalogue.measures["contacts"].definition_version
    month = found["count", "month", "2023-05"]
    assert (month.value, month.period) == (1, Period(date(2023, 5, 1), date(2023, 5, 31), "month"))


def test_a_share_carries_its_base_and_one_of_nothing_says_so(shipped_catalogue):
    found = facts(counted(shipped_catalogue, {"D16": contacts("2023-05-01")}), "contacts_through_portal")
    total, april = found["percent", "", ""], found["percent", "month", "2023-04"]
    assert (total.value, total.numerator, total.denominator, total.decimals) == (0, 0, 1, 1)
    assert (april.value, april.symbol, april.denominator) == (None, "[z]", 0)


def test_what_nobody_says_is_unavailable(shipped_catalogue):
    found = facts(counted(shipped_catalogue, {"D16": contacts("2023-05-01")}), "contacts_with_domestic_abuse")
    assert (found["percent", "", ""].value, found["percent", "", ""].symbol) == (None, "[x]")


def test_an_absent_dataset_gives_no_figure_and_is_named(shipped_catalogue):
    found = counted(shipped_catalogue, {"D16": contacts("2023-05-01")})
    assert {o.indicator for o in found.observations} <= set(get_definitions())
    assert not any(o.indicator == "referrals" for o in found.observations)
    lacks = {missing.indicator: missing.lacks for missing in found.missing if missing.measure_type != "rate"}
    assert lacks["referrals"] == ("D18.episodes",)
    assert lacks["adults_in_section42_enquiries"] == ("D26.enquiries", "D26.concerns")
    counts_or_lacks = {o.indicator for o in found.observations} | set(lacks)
    assert counts_or_lacks == set(get_definitions())


def test_a_nil_return_is_nought(shipped_catalogue):
    found = facts(counted(shipped_catalogue, {"D16": contacts()}), "contacts")
    assert found["count", "", ""].value == 0
    assert found["count", "channel", "email"].value == 0


def test_a_column_that_nobody_filled_is_named(shipped_catalogue):
    frame = contacts("2023-05-01").assign(child_pseudo=pd.Series([None], dtype="str"))
    lacks = {m.indicator: m.lacks for m in counted(shipped_catalogue, {"D16.contacts": frame}).missing}
    assert lacks["children_contacted"] == ("D16.contacts.child_pseudo",)


def population(year: int, band: str = "0 to 17", area: str = "Exampleshire", value: float = 20_000) -> dict:
    about = {"area": area, "age_band": band, "sex": "all", "ethnicity": "all", "measure": "population"}
    return about | {"year": year, "value": value}


def test_a_rate_is_per_head_of_the_mid_year_in_which_the_period_begins(shipped_catalogue):
    held = table("D45.populations", population(2022, value=1), population(2023), population(2023, area="Elsewhere"))
    records = {"D16": contacts("2023-05-01", "2023-05-02"), "D45": held}
    rate = facts(counted(shipped_catalogue, records), "contacts")["rate", "", ""]
    assert (rate.value, rate.unit, rate.numerator, rate.denominator) == (1.0, "per_10000", 2, 20_000)


@pytest.mark.parametrize(
    ("period", "base"),
    [
        (parse_year("2023-24"), 2023),
        (Period(date(2023, 1, 1), date(2023, 12, 31), "calendar_year"), 2023),  # its own mid-year, not the one before
        (Period(date(2021, 4, 1), date(2022, 12, 31), "other"), 2021),  # extended: the year in which it begins
        (Period(date(2022, 10, 1), date(2024, 3, 31), "other"), 2022),
    ],
)
def test_the_population_is_of_the_year_in_which_the_period_begins(period, base):
    held = {"D45.populations": table("D45.populations", *(population(year, value=year) for year in range(2020, 2025)))}
    assert get_population(held, "Exampleshire", "children", period) == base


def test_the_rate_of_a_published_example():
    """Hillingdon, year to March 2024: 1,240 section 47 enquiries, 74,488 children in mid-2023, 166.5 per 10,000."""
    assert get_rate(1240, 74_488, 10_000) == 166.5


def test_without_a_population_the_rate_is_missing_and_the_count_is_there(shipped_catalogue):
    found = counted(shipped_catalogue, {"D16": contacts("2023-05-01")})
    assert ("contacts", "rate") in {(m.indicator, m.measure_type) for m in found.missing}
    assert get_population({}, "Exampleshire", "children", YEAR) == 0
    assert set(AGES) == {definition.record.per for definition in get_definitions().values() if definition.record.per}


def test_stocks_are_snapshots_of_the_last_day_and_of_month_ends(shipped_catalogue):
    records = {"D26": {"enquiries": at_random(1, 20, ["D26.enquiries"])["D26.enquiries"]}}
    found = facts(counted(shipped_catalogue, records), "enquiries_open")
    assert found["count", "", ""].period == Period(YEAR.end, YEAR.end, "snapshot")
    assert found["count", "month", "2024-02"].period == Period(date(2024, 2, 29), date(2024, 2, 29), "snapshot")


def test_more_enquiries_than_concerns_are_no_proportion(shipped_catalogue):
    concern = {"concern_id": "c", "received_at": "2023-05-01", "source": "self", "abuse_types": "neglect"}
    enquiries = [{"enquiry_id": f"e{n}", "s42_type": "section_42", "enquiry_start": "2023-05-01"} for n in range(2)]
    tables = {"concerns": table("D26.concerns", concern), "enquiries": table("D26.enquiries", *enquiries)}
    total = facts(counted(shipped_catalogue, {"D26": tables}), "concern_to_enquiry_conversion")["percent", "", ""]
    assert (total.value, total.numerator, total.denominator) == (200, None, None)


def test_months_of_a_longer_period_are_all_there(shipped_catalogue):
    long = Period(date(2023, 4, 1), date(2024, 7, 31), "other")
    found = facts(counted(shipped_catalogue, {"D16": contacts("2024-07-31")}, long), "contacts")
    assert len([key for key in found if key[1] == MONTH]) == 16
    assert found["count", "month", "2024-07"].value == 1


def test_tables_may_be_named_in_three_ways():
    frame = contacts("2023-05-01")
    for records in ({"D16": frame}, {"D16.contacts": frame}, {"D16": {"contacts": frame}}):
        assert list(name_tables(records)) == ["D16.contacts"]


@pytest.mark.parametrize(
    ("records", "said"),
    [({"D99": None}, "unknown dataset 'D99'"), ({"D16.people": None}, "unknown table 'people'")],
)
def test_an_unknown_table_is_refused(records, said):
    with pytest.raises(CommandError, match=said):
        name_tables(records)


def test_a_dataset_without_an_agency_and_a_period_without_an_end_are_refused(shipped_catalogue):
    with pytest.raises(CommandError, match="agency_of_dataset: unknown dataset 'D20'"):
        counted(shipped_catalogue, at_random(1, 1, ["D20.people"]))
    with pytest.raises(CommandError, match="first and a last day"):
        counted(shipped_catalogue, {}, replace(YEAR, end=None, basis="other"))


def test_a_measure_has_one_definition():
    with pytest.raises(ValueError, match="re_referrals has two definitions"):
        counts("re_referrals", "share", needs="D18.episodes")(lambda records, period: None)


def test_earlier_years_are_kept_apart_and_looked_back_to_with_the_newest_row_of_a_key():
    old = {
        "D16.contacts": contacts("2022-05-01", "2022-06-01"),
        "D49.answers": at_random(1, 2, ["D49.answers"])["D49.answers"],
    }
    new = {"D16.contacts": contacts("2023-05-01"), "D49.answers": at_random(2, 3, ["D49.answers"])["D49.answers"]}
    together = stack_years([old, new])
    assert together["D16.contacts"]["received_at"].dt.year.tolist() == [2023]
    seen = look_back(together, "D16.contacts")
    assert seen["received_at"].dt.year.tolist() == [2022, 2023]  # c0 came again, c1 didn't
    assert len(together["D49.answers"]) == 3  # its rows carry no date
    assert stack_years([old, {}]) == {}


def plan(key, start, end=None, **columns):
    return {"child_pseudo": key, "referral_date": start, "cpp_start": start, "cpp_end": end} | columns


def test_a_stock_is_counted_from_the_latest_return_alone(shipped_catalogue):
    old = {"D18.episodes": table("D18.episodes", plan("old1", "2022-06-01"), plan("c2", "2022-06-01"))}
    new = {
        "D18.episodes": table(
            "D18.episodes",
            plan("new1", "2022-06-01"),  # the case system gave old1 another number
            plan("c2", "2022-06-08", "2023-12-01"),  # a corrected day, and closed since
        )
    }
    found = facts(counted(shipped_catalogue, stack_years([old, new])), "child_protection_plans")
    assert found["count", "", ""].value == 1
    assert found["count", "month", "2023-11"].value == 2


def test_earlier_years_tell_of_repeats_where_nobody_flags_them(shipped_catalogue):
    old = {"D18.episodes": table("D18.episodes", {"child_pseudo": "a", "referral_date": "2022-09-01"})}
    rows = [{"child_pseudo": who, "referral_date": "2023-05-01"} for who in ("a", "b")]
    new = {"D18.episodes": table("D18.episodes", *rows).drop(columns="rereferral_12m")}
    found = facts(counted(shipped_catalogue, stack_years([old, new])), "re_referrals")["percent", "", ""]
    assert (found.numerator, found.denominator) == (1, 2)
    alone = facts(counted(shipped_catalogue, new), "re_referrals")["percent", "", ""]
    assert (alone.value, alone.symbol) == (None, "[x]")


def test_a_column_that_nobody_returned_is_neither_nought_nor_split_by(shipped_catalogue):
    rows = [{"child_pseudo": name, "episode_start": "2023-05-01", "legal_status": "C2"} for name in "ab"]
    rows = table("D19.episodes", *rows)
    for given in (rows, rows.drop(columns=["age_band", "provider_type"])):  # there and empty; not there
        found = counted(shipped_catalogue, {"D19.episodes": given})
        looked_after = facts(found, "children_looked_after")
        assert looked_after["count", "", ""].value == 2
        assert {dimension for _, dimension, _ in looked_after} == {"", "month"}
        assert facts(found, "three_or_more_placements")["percent", "", ""].symbol == "[x]"
        assert facts(found, "uasc_population") == {}
        assert ("D19.episodes.uasc",) in [m.lacks for m in found.missing if m.indicator == "uasc_population"]


def test_no_figure_becomes_nought_by_a_day_that_nobody_gave():
    records, emptied = at_random(7, 30), 0
    for name, frame in records.items():
        dataset, _, part = name.partition(".")
        days = [c.name for c in contract(dataset).table(part).columns if c.type == "date" and not c.required]
        for definition in [d for d in get_definitions().values() if name in d.needs]:
            before = _whole_of(definition, records)
            for day in days:
                empty = frame.assign(**{day: pd.Series(None, index=frame.index, dtype=frame[day].dtype)})
                now = _whole_of(definition, records | {name: empty})
                assert now == before or now is None or now > 0, (definition.indicator, day)
                emptied += now != before
    assert emptied > 100  # figures that such a day decides


def _whole_of(definition, records) -> float | None:
    try:
        rows = count_measure(definition, records, detail=False)
    except NotSuppliedError:
        return None
    return next(iter(rows.loc[rows["dimension"] == "", "value"].dropna()), None)


@pytest.mark.parametrize("blank", [True, False], ids=["empty", "absent"])
def test_no_definition_fails_on_columns_that_an_agency_left_out(shipped_catalogue, blank):
    records = at_random(7, 30)
    for name, frame in records.items():
        dataset, _, part = name.partition(".")
        optional = [column.name for column in contract(dataset).table(part).columns if not column.required]
        for column in optional:
            frame[column] = pd.Series(None, index=frame.index, dtype=frame[column].dtype)
        records[name] = frame if blank else frame.drop(columns=optional)
    agencies = {name.partition(".")[0]: "A" for name in records}
    found = count_all(records, YEAR, "Exampleshire", agencies, shipped_catalogue)
    assert {o.symbol for o in found.observations if o.value is None} <= {"[x]", "[z]"}
    assert any("." in lack.partition(".")[2] for missing in found.missing for lack in missing.lacks)


# Definitions and dictionary


@pytest.mark.parametrize("name", sorted(get_definitions()))
def test_every_definition_has_a_record_beside_it(name):
    """In the file that is called as the module, so that who reads the function finds its measure."""
    definition = get_definitions()[name]
    module = definition.select.__module__.rpartition(".")[2]
    assert definition.record.count or name in read_toml(MEASURES / f"{module}.toml")
    assert describe(definition.record, is_counted=True)


def test_every_theme_has_its_records_and_every_record_of_a_theme_its_function():
    for theme in THEMES:
        assert set(read_toml(MEASURES / f"{theme}.toml")) - {"defaults"} <= set(get_definitions()), theme


def test_every_definition_has_a_test_on_a_literal_frame():
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_counting_*.py"))
    used = set(re.findall(r"\b\w+\.((?:count|share|average|rate|sum)_\w+)", tests))
    assert {definition.select.__name__ for definition in NAMED.values()} - used == set()
    assert {name for name in get_definitions().keys() - NAMED.keys() if f'"{name}"' not in tests} == set()


def test_titles_say_people_or_events():
    """What counts people is called by people; what counts events isn't."""
    people = {"children", "young people", "adults", "people", "meetings", "cases", "agencies"}
    for definition in get_definitions().values():
        if definition.method == "people":
            assert definition.record.unit in people, definition.indicator


def test_a_sum_of_decimals_has_none_of_the_machines_noise(shipped_catalogue):
    team = {"agency": "police", "month": "2024-03", "vacancies": 1.0}
    teams = table(
        "D43.teams", team | {"team": "a", "established_fte": 59.2}, team | {"team": "b", "established_fte": 59.1}
    )
    found = facts(counted(shipped_catalogue, {"D43.teams": teams}), "vacancy_rate")["percent", "", ""]
    assert found.denominator == 118.3  # the machine adds 118.30000000000001
