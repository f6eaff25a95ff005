"""Statistics: identity, words, base, interval, and what may be compared."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs

from analysis.errors import DataError
from analysis.figures.build import check_ids
from analysis.figures.compare import compare_with_previous
from analysis.figures.display import display_number, display_value, inert
from analysis.figures.model import export
from analysis.figures.select import select
from analysis.figures.units import get_unit
from analysis.measures.catalogue import get_catalogue
from analysis.measures.periods import Period, parse_year, year_name
from analysis.partnership import Break
from analysis.release.release import FORMAT
from analysis.release.store import read_store, write_store
from analysis.report.rows import limits
from tests.examples import LAST, TODAY, YEAR_AGO, a_release, made, plans, seen


def test_ids_name_what_differs_and_never_the_year(catalogue):
    found = made(
        catalogue,
        seen(),
        seen(dimension="threshold", category="not met", value=146.0),
        seen(period=LAST, value=202.0),
        seen(geography="West Area BCU", value=900.0),
        seen(
            measure_type="percent",
            unit="percent",
            dimension="threshold",
            category="met",
            value=5.0,
            qualifier="at_least",
        ),
        seen(
            measure_type="percent", unit="percent", dimension="threshold", category="met", value=6.0, qualifier="up_to"
        ),
    )
    assert sorted(s.statistic_id for s in found) == [
        "lado_contacts.count",
        "lado_contacts.count.west-area-bcu",
        "lado_contacts.count.y-1",
        "lado_contacts.threshold.met.percent.lower",
        "lado_contacts.threshold.met.percent.upper",
        "lado_contacts.threshold.not-met.count",
    ]


def test_the_same_fact_from_two_returns_is_one_statistic_with_both_sources(catalogue):
    (found,) = made(catalogue, seen(), seen(agency="Scrutineer", file="letter.csv", row=7))
    assert found.source == "LADO: lado.csv, row 2; Scrutineer: letter.csv, row 7"


def test_the_same_fact_returned_differently_is_refused(catalogue):
    with pytest.raises(DataError, match=r"letter.csv, row 7, column value: .*differs from .*lado.csv, row 2"):
        made(catalogue, seen(), seen(value=258.0, file="letter.csv", row=7))


def test_two_facts_never_share_an_id(catalogue):
    (one,) = made(catalogue, seen())
    with pytest.raises(DataError, match="would share the id 'lado_contacts.count'"):
        check_ids([one, replace(one)])


def test_a_percentage_carries_base_and_wilson_interval_or_says_there_is_none(catalogue):
    percent = {"measure_type": "percent", "unit": "percent", "dimension": "threshold", "category": "met"}
    (given,) = made(catalogue, seen(**percent, value=11.86, decimals=2, numerator=30.0, denominator=253.0))
    assert (given.display, given.base) == ("11.86%", "30 of 253")
    assert (given.lower, given.upper) == (8.4, 16.4)  # Wilson, checked with an independent calculator
    assert "Wilson" in given.method
    (bare,) = made(catalogue, seen(**percent, value=60.0, qualifier="about"))
    assert (bare.display, bare.base, bare.lower) == ("about 60%", "base not given", None)


RATE = {"measure_type": "rate", "unit": "per_10000", "decimals": 1}


def test_a_rate_per_head_carries_its_base_and_byars_interval_or_neither(catalogue):
    (given,) = made(catalogue, seen(**RATE, value=100.0, numerator=100.0, denominator=10_000.0))
    assert (given.base, given.lower, given.upper) == ("100 in a population of 10,000", 81.4, 121.6)  # Breslow and Day
    assert given.method == "Byar's interval"
    assert limits(given) == "95% interval 81.4 to 121.6, Byar's interval"
    (bare,) = made(catalogue, seen(**RATE, value=100.0))
    (weekly,) = made(catalogue, seen(measure_type="rate", unit="per_week", value=5.0, numerator=5.0, denominator=1.0))
    assert (bare.base, bare.lower, weekly.base, weekly.lower) == ("", None, "", None)


def test_a_longer_period_is_also_given_a_month(catalogue):
    fourteen = Period(date(2023, 2, 1), date(2024, 3, 31), "other")
    (found,) = made(catalogue, seen(period=fourteen, value=324.0))
    assert found.per_month == "23.1 a month over 14 months"


@pytest.mark.parametrize(
    ("value", "measure", "unit", "qualifier", "decimals", "text"),
    [
        (25000.0, "count", "contacts", "over", 0, "over 25,000"),
        (0.0, "count", "contacts", "exact", 0, "0"),
        (1.35, "percent", "percent", "exact", 2, "1.35%"),
        (250.0, "rate", "per_week", "about", 0, "about 250 a week"),
        (222_000_000.0, "amount", "gbp", "about", 0, "about £222 million"),
        (1_500_000.0, "amount", "gbp", "exact", 0, "£1.5 million"),
        (-100.0, "change_absolute", "contacts", "over", 0, "over 100 fewer"),
        (300.0, "change_absolute", "contacts", "exact", 0, "300 more"),
        (25.0, "change_percent", "percent", "exact", 0, "25% more"),
        (1.0, "target", "days", "exact", 0, "1 day"),
        (28.0, "target", "days", "up_to", 0, "up to 28 days"),
        (None, "count", "contacts", "exact", 0, "[x]"),
    ],
)
def test_display(catalogue, value, measure, unit, qualifier, decimals, text):
    units = catalogue.vocabulary.units
    symbol = "[x]" if value is None else ""
    assert (
        display_value(
            value, measure_type=measure, unit=units[unit], qualifier=qualifier, decimals=decimals, symbol=symbol
        )
        == text
    )


EARLIER = [replace(TODAY, start=date(year, 3, 31), end=date(year, 3, 31)) for year in (2023, 2022, 2021)]


def compared(catalogue, now, before, breaks=()):
    statistics = made(catalogue, now, before)
    (found,) = [s for s in compare_with_previous(statistics, [], breaks) if s.offset == 0]
    (comparison,) = found.comparisons
    return comparison


def test_a_change_is_a_fall_only_when_its_interval_supports_it(catalogue):
    near = compared(catalogue, plans(value=329.0), plans(value=364.0, period=YEAR_AGO))
    assert near.words == "Against 364 at 31 March 2023: 35 fewer (10%); no clear change."
    far = compared(catalogue, plans(value=264.0), plans(value=364.0, period=YEAR_AGO))
    assert far.verdict == "fallen"
    few = compared(catalogue, plans(value=6.0), plans(value=7.0, period=YEAR_AGO))
    assert few.verdict == "too few to say"


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        ({}, {"period": LAST}, "not comparable: snapshot against financial year"),
        ({"qualifier": "over"}, {"period": YEAR_AGO}, "not comparable: one figure is approximate"),
        ({"definition_version": "2"}, {"period": YEAR_AGO}, "not comparable: the definition changed"),
        ({"value": None, "symbol": "[x]"}, {"period": YEAR_AGO}, "not compared: a figure isn't shown"),
    ],
)
def test_what_can_not_be_compared_is_refused_in_words(catalogue, now, before, reason):
    found = compared(catalogue, plans(**now), plans(value=300.0, **before))
    assert (found.refused, found.difference) == (reason, "")
    assert found.words.endswith(f"{reason}.")


def test_a_rise_is_called_by_a_test_corrected_over_the_whole_report(catalogue):
    one = [plans(value=264.0), plans(value=314.0, period=YEAR_AGO)]  # p is 0.04 by itself
    assert compared(catalogue, *one).verdict == "among so many figures chance could give that"


def test_what_varied_more_than_chance_before_is_no_rise(catalogue):
    years = [plans(value=value, period=at) for value, at in zip((300.0, 420.0, 310.0), EARLIER, strict=True)]
    calm = [plans(value=300.0, period=at) for at in EARLIER]
    for before, verdict in ((years, "earlier years vary too much to tell"), (calm, "risen")):
        (now,) = [s for s in compare_with_previous(made(catalogue, plans(value=420.0), *before), []) if s.offset == 0]
        assert now.comparisons[0].verdict == verdict


def test_events_that_one_person_may_have_several_of_are_not_tested_on_one_year(catalogue):
    event = structs.replace(catalogue.measures["plans"], counts_people=False)
    made_of = made(catalogue, plans(value=200.0), plans(value=300.0, period=YEAR_AGO))
    (now,) = [s for s in compare_with_previous(made_of, [], (), {"plans": event}) if s.offset == 0]
    assert now.comparisons[0].verdict == ""
    assert now.comparisons[0].untested.startswith("such counts vary by more than chance")


def test_how_many_meetings_are_held_is_a_decision_that_no_test_of_chance_fits(catalogue):
    held = structs.replace(catalogue.measures["plans"], is_arranged=True)
    (now,) = [
        s
        for s in compare_with_previous(
            made(catalogue, plans(value=22.0), *(plans(value=0.0, period=at) for at in EARLIER)),
            [],
            (),
            {"plans": held},
        )
        if s.offset == 0
    ]
    assert now.comparisons[0].verdict == ""
    assert now.comparisons[0].words.endswith("22 more; not tested.")
    assert now.comparisons[0].untested == "how many there are is decided, not left to chance"


def test_what_organisations_arrange_is_known_by_its_term():
    measures = get_catalogue().measures
    assert [measures[name].is_arranged for name in ("board_meetings_missed_in_a_row", "training_sessions_held")] == [
        True
    ] * 2
    assert not measures["section47_enquiries"].is_arranged
    assert not measures["escalations"].is_arranged  # nobody arranges how often agencies disagree


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (4_149_562.0, 4_151_000.0, "£0.1 million more;"),  # shown as £4.1 and £4.2 million
        (4_100_000.0, 4_150_000.0, "£0.1 million more;"),
        (900_000.0, 1_100_000.0, "£0.2 million more (22%)"),
        (1_000.0, 400.0, "£600 less (60%)"),
        (8_880_000.0, 8_910_000.0, "the same number."),  # both are shown as £8.9 million
        (1_000_000.0, 3_000_000.0, "£2 million more (200%)"),
    ],
)
def test_a_difference_of_money_is_as_fine_as_the_amounts_that_a_reader_sees(catalogue, before, now, told):
    money = {"measure_type": "amount", "unit": "gbp"}
    pair = made(catalogue, plans(**money, value=now), plans(**money, value=before, period=YEAR_AGO))
    (now,) = [s for s in compare_with_previous(pair, [], (), {}) if s.offset == 0]
    assert told in now.comparisons[0].words


def test_a_rate_has_its_verdict_from_its_numbers(catalogue):
    before = plans(**RATE, value=48.5, numerator=364.0, denominator=75_000.0, period=YEAR_AGO)
    near = compared(catalogue, plans(**RATE, value=43.9, numerator=329.0, denominator=75_000.0), before)
    assert near.words.endswith("4.6 lower (9%); no clear change.")
    far = compared(catalogue, plans(**RATE, value=35.2, numerator=264.0, denominator=75_000.0), before)
    assert far.verdict == "fallen"
    grown = compared(catalogue, plans(**RATE, value=24.3, numerator=364.0, denominator=150_000.0), before)
    assert grown.verdict == "fallen"  # as many, of twice as many children


def test_percentages_differ_in_points_and_without_a_base_there_is_no_verdict(catalogue):
    percent = {"indicator": "plans", "measure_type": "percent", "unit": "percent"}
    bare = compared(catalogue, plans(**percent, value=98.0), plans(**percent, value=97.0, period=YEAR_AGO))
    assert bare.words == "Against 97% at 31 March 2023: 1 percentage point higher; not tested."
    assert bare.untested == "no base was given"
    based = compared(
        catalogue,
        plans(**percent, value=50.0, numerator=500.0, denominator=1000.0),
        plans(**percent, value=40.0, numerator=400.0, denominator=1000.0, period=YEAR_AGO),
    )
    assert (based.difference, based.verdict) == ("10 percentage points higher", "risen")


def test_last_years_figure_under_another_name_is_shown_and_refused(catalogue):
    before = seen(indicator="lado_referrals", unit="referrals", value=202.0, period=LAST)
    broken = Break("lado_contacts", date(2023, 4, 1), "last year counted referrals alone", earlier="lado_referrals")
    found = compared(catalogue, seen(), before, [broken])
    assert found.words == ("Earlier figure: 202 in 2022-23; not comparable: last year counted referrals alone.")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_several_earlier_years_the_latest_is_compared_with(catalogue, order):
    """Whatever the order in which they came: 190 of the year before, not 120 or 150 of those before it."""
    values = {2020: 120.0, 2021: 150.0, 2022: 190.0}
    years = [seen(value=value, period=parse_year(year_name(start))) for start, value in values.items()]
    statistics = made(catalogue, seen(value=200.0), *(years[place] for place in order))
    (now,) = [s for s in compare_with_previous(statistics, []) if s.offset == 0]
    assert now.comparisons[0].words.startswith("Against 190 in 2022-23: 10 more")
    own, history = [s for s in statistics if s.offset == 0], [s for s in statistics if s.offset]
    (now,) = compare_with_previous(own, history)
    assert (now.comparisons[0].other, now.comparisons[0].against) == ("190", "April 2022 to March 2023")


def test_of_several_years_under_another_name_the_latest_is_shown(catalogue):
    known = {"indicator": "lado_referrals", "unit": "referrals"}
    years = [seen(**known, value=180.0, period=parse_year("2021-22")), seen(**known, value=202.0, period=LAST)]
    broken = Break("lado_contacts", date(2023, 4, 1), "they were referrals", earlier="lado_referrals")
    (now,) = [s for s in compare_with_previous(made(catalogue, seen(), *years), [], [broken]) if s.offset == 0]
    assert now.comparisons[0].other == "202"


def test_a_break_of_the_configuration_parts_what_lies_on_both_sides_and_nothing_else(catalogue):
    broken = [Break("plans", date(2024, 3, 31), "another system"), Break("lado_contacts", date(2024, 3, 31), "no")]
    (found,) = [compared(catalogue, plans(), plans(value=300.0, period=YEAR_AGO), broken)]
    assert (found.refused, found.broken) == ("not comparable: another system", True)
    earlier = [Break("plans", date(2023, 3, 31), "another system")]
    found = compared(catalogue, plans(), plans(value=300.0, period=YEAR_AGO), earlier)
    assert (found.refused, found.broken) == ("", False)


def test_the_first_year_says_so(catalogue):
    (found,) = compare_with_previous(made(catalogue, seen()), [])
    assert found.comparisons[0].words == "No earlier figure is held."


def test_the_store_reads_back_what_was_written(catalogue, tmp_path):
    statistics = compare_with_previous(made(catalogue, seen(), seen(period=LAST, value=200.0)), [])
    release = a_release(statistics=tuple(statistics))
    assert read_store(write_store(release, tmp_path)) == release


@pytest.mark.parametrize(
    ("before", "after", "match"),
    [
        ('"format"', "", "no store that can be read"),
        (f'"format": {FORMAT}', '"format": 2', f"format 2, not {FORMAT}: build the report again"),
        ('"year": "2023-24"', '"year": 2023', "no store that can be read"),
        ('"kind"', '"knid"', "no store that can be read"),
    ],
    ids=["broken", "of another format", "a number for a text", "an unknown name"],
)
def test_a_store_that_is_not_of_its_type_is_one_line(tmp_path, before, after, match):
    path = write_store(a_release(), tmp_path)
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(DataError, match=match):
        read_store(path)


def test_selectors(catalogue):
    found = made(
        catalogue,
        seen(),
        seen(dimension="threshold", category="met", value=107.0),
        seen(dimension="threshold", category="not met", value=146.0),
    )

    def ids(selector):
        return [s.statistic_id.removeprefix("lado_contacts.") for s in select(found, selector)]

    assert ids("lado_contacts") == ["count"]
    assert ids("lado_contacts/threshold") == ["threshold.met.count", "threshold.not-met.count"]
    assert ids("lado_contacts/threshold/not met") == ["threshold.not-met.count"]
    assert ids("lado_contacts/*") == ["count", "threshold.met.count", "threshold.not-met.count"]


def test_an_exported_statistic_has_whole_numbers_and_empty_unknowns(catalogue):
    (found,) = made(catalogue, seen())
    row = export(found)
    assert (row["value"], row["numerator"], row["period_start"], row["status"]) == (253, "", "2023-04-01", "published")
    assert isinstance(row["value"], int)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1 or so", "@import", "\tcell"])
def test_no_text_is_a_formula(text):
    assert inert(text) == "'" + text


@pytest.mark.parametrize("value", [-100, 11.86, "over 25,000", "", "3 - 4"])
def test_numbers_and_plain_words_stay_as_they_are(value):
    assert inert(value) == value


@pytest.mark.parametrize(
    ("indicator", "code", "exp"),
    [
        ("contacts", "per_10000", "for every ten thousand children"),
        ("safeguarding_concerns", "per_100000", "for every hundred thousand adults"),
        ("s136_detentions", "per_100000", "for every hundred thousand people"),  # its definition doesn't say
        ("children_contacted", "children", "children"),  # no rate
    ],
)
def test_a_rate_says_of_whom_it_is_so_many(indicator, code, exp, shipped_catalogue):
    assert get_unit(shipped_catalogue.measures[indicator], shipped_catalogue.vocabulary.units[code]).plural == exp


def test_a_code_of_an_agency_reads_as_the_agency_is_called(shipped_catalogue):
    found = shipped_catalogue.measures["escalations"].by
    assert found["raised_by"].words["mental_health_trust"] == "mental health and community trust"
    assert found["level"].words == {}  # its categories are declared


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [(92.5, 0, "93"), (93.5, 0, "94"), (0.25, 1, "0.3"), (1832.0, 0, "1,832"), (0, 0, "0"), (49.49, 0, "49")],
)
def test_a_number_is_rounded_half_up(value, decimals, words):
    assert display_number(value, decimals) == words
