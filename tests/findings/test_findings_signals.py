"""What stands out and what doesn't, on literal figures: synthetic, about nobody."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.figures.build import make_statistics
from analysis.figures.compare import compare_with_previous
from analysis.findings.own import from_signal
from analysis.findings.rules import load_rules
from analysis.findings.signal import Signal, list_stages
from analysis.findings.signals import find_signals, tell_longer
from analysis.measures.periods import Period, parse_year
from analysis.methods.change import CHANCE, LONGER, OUTCOMES, UNCHANGED
from analysis.partnership import Partnership, Section
from analysis.returns.register import ReturnEntry
from analysis.statements.findings import head_sections, tell_findings
from tests.examples import made, seen

CHILDREN, MARAC = "08_children_social_care", "11_metropolitan_police"
SECTIONS = tuple(Section(id, id[:2], id, "A") for id in (CHILDREN, MARAC, "07_multiagency_training"))
HERE = Partnership("here", "Here", "E09000000", "Here", SECTIONS)
NAMES = ("2019-20", "2020-21", "2021-22", "2022-23", "2023-24")


def year(place, **known):
    """Return a figure of the year that many years before the report's own."""
    return seen(**{"indicator": "marac_cases", "unit": "cases", "period": parse_year(NAMES[4 + place]), **known})


def course(values, **known):
    """Return yearly figures, the report's own last."""
    return [
        year(place, value=float(value), **known) for place, value in zip(range(1 - len(values), 1), values, strict=True)
    ]


def months(years, **known):
    """Return the months of some years, the report's own last."""
    return [
        year(place, value=float(value), dimension="month", category=f"{day:%Y-%m}", period=month, **known)
        for place, values in zip(range(1 - len(years), 1), years, strict=True)
        for value, (day, month) in zip(values, _months_of(2023 + place), strict=True)
    ]


def _months_of(start):
    for at in range(12):
        first = date(start + (at + 3) // 12, (at + 3) % 12 + 1, 1)
        after = date(start + (at + 4) // 12, (at + 4) % 12 + 1, 1)
        yield first, Period(first, date.fromordinal(after.toordinal() - 1), "month")


def found_in(observations, catalogue, entries=()):
    made = make_statistics(observations, catalogue, HERE, "2023-24")
    now, before = ([s for s in made if (s.offset == 0) == current] for current in (True, False))
    return find_signals(compare_with_previous(now, before, (), catalogue.measures), before, catalogue, entries)


def told(observations, catalogue, entries=()):
    found = found_in(observations, catalogue, entries)
    return tell_findings([from_signal(one, catalogue) for one in found.signals], load_rules())


def test_a_step_is_one_signal_with_its_month(shipped_catalogue):
    calm, stepped = [37] * 12, [37, 37, 37] + [54] * 9
    figures = [*course([444] * 4 + [597]), *months([calm] * 4 + [stepped])]
    (one,) = told(figures, shipped_catalogue)
    assert (one.kind, one.direction, one.since) == ("step", "risen", date(2023, 7, 1))
    assert "54.0 a month, against 37.0 in the same months of the four years before" in one.words
    assert one.better is None


def test_a_hidden_month_leaves_the_year_to_tell(shipped_catalogue):
    calm, stepped = [37] * 12, [37, 37, 37] + [54] * 9
    monthly = months([calm] * 4 + [stepped])
    monthly[5] = replace(monthly[5], value=None, symbol="[c]")
    (one,) = told([*course([444] * 4 + [597]), *monthly], shipped_catalogue)
    assert (one.kind, one.since) == ("change", date(2023, 4, 1))
    assert "more than in the four years before (444)" in one.words


def test_attendances_are_weighed_by_the_sessions_that_they_came_in(shipped_catalogue):
    attended = course([1500, 1490, 1510, 1505, 1300], indicator="training_attendances", unit="attendees")
    held = course([90] * 5, indicator="training_sessions_held", unit="sessions")
    assert [one.indicator for one in told(attended, shipped_catalogue)] == ["training_attendances"]
    assert told([*attended, *held], shipped_catalogue) == []


def test_nothing_that_stays_as_it_was_is_a_signal(shipped_catalogue):
    found = found_in(course([444, 430, 461, 452, 440]), shipped_catalogue)
    assert found.signals == ()
    assert found.tested == {MARAC: 1}


PERCENT = {"indicator": "assessments_in_time", "unit": "percent", "measure_type": "percent", "decimals": 1}


def shares(values, base=4000, **known):
    return [
        year(place, **PERCENT, value=float(value), numerator=value * base / 100, denominator=float(base), **known)
        for place, value in zip(range(1 - len(values), 1), values, strict=True)
    ]


def test_a_steady_course_is_a_trend_and_better_by_its_polarity(shipped_catalogue):
    (one,) = told(shares([74, 78, 82, 87, 91]), shipped_catalogue)
    assert (one.kind, one.since, one.better) == ("trend", date(2019, 4, 1), True)
    assert one.words.endswith("It was 74.0% in 2019-20, and has gone up year by year since.")
    (worse,) = told(shares([91, 87, 82, 78, 74]), shipped_catalogue)
    assert (worse.direction, worse.better) == ("fallen", False)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ((74, 78, 82, 86, 87), LONGER),  # a point more than last year, thirteen than four years ago
        ((74, 78, 82, 88, 87), CHANCE),  # the last step goes the other way
        ((50, 50, 50, 50, 50), UNCHANGED),
    ],
)
def test_a_small_step_of_a_long_rise_is_no_likeness(shipped_catalogue, values, verdict):
    made = make_statistics(shares(values, base=1000), shipped_catalogue, HERE, "2023-24")
    compared = compare_with_previous([s for s in made if s.offset == 0], [s for s in made if s.offset], (), {})
    (told,) = tell_longer(compared, find_signals(compared, [s for s in made if s.offset], shipped_catalogue))
    assert told.comparisons[0].verdict == verdict
    said = "no difference." if verdict == UNCHANGED else f"; {OUTCOMES[verdict]}."
    assert told.comparisons[0].words.endswith(said)


def test_a_share_without_its_base_is_not_tested(shipped_catalogue):
    bare = [replace(one, numerator=None) for one in shares([74, 78, 82, 87, 91])]
    assert found_in(bare, shipped_catalogue).tested == {}


def test_a_changed_definition_is_told_as_that_and_nothing_is_set_beside_it(shipped_catalogue):
    day = date(2023, 5, 1)
    figures = course([444] * 4, definition_version="old") + [
        year(0, value=900.0, definition_version=f"new, series broken on {day}")
    ]
    figures = [replace(one, period=parse_year(NAMES[at])) for at, one in enumerate(figures)]
    said = {"section": "", "break_in_series": True, "break_date": day, "break_reason": "more is recorded"}
    (one,) = told(figures, shipped_catalogue, [ReturnEntry(**said)])
    assert (one.kind, one.direction, one.since) == ("break", "not comparable", date(2023, 5, 1))
    assert one.words.endswith("This can't be compared with earlier figures. The reason: more is recorded.")
    assert one.sure == "The two can't be tested, as they don't count the same."


def test_what_comes_out_of_a_stage_echoes_it(shipped_catalogue):
    families = course([470] * 4 + [640], indicator="children_missing", unit="children")
    figures = [*course([500] * 4 + [680], indicator="missing_episodes", unit="episodes"), *families]
    (one,) = told(figures, shipped_catalogue)
    assert (one.indicator, one.echoes) == ("missing_episodes", ("children_missing.count",))
    opposite = course([640] * 4 + [470], indicator="children_missing", unit="children")
    assert len(told([*figures[:5], *opposite], shipped_catalogue)) == 2


def groups(indicator, **counts):
    return [
        year(
            0,
            indicator=indicator,
            unit="children",
            dimension="ethnicity",
            category=name.replace("_", " "),
            value=float(value),
        )
        for name, value in counts.items()
    ]


def test_a_disparity_is_told_beside_the_stage_before(shipped_catalogue):
    stage = groups("referrals", White=2000, Black=500, Asian=1000, not_known=300)
    enquiries = groups("section47_enquiries", White=650, Black=280, Asian=330, not_known=200)
    (one,) = told([*stage, *enquiries], shipped_catalogue)
    assert (one.kind, one.direction, one.statistic_id) == (
        "disparity", "higher", "section47_enquiries.ethnicity.black.count"
    )  # fmt: skip
    assert one.words.startswith(
        "There were 56.0 section 47 enquiries about children of Black ethnicity for every 100 referrals"
    )
    assert "32.7 in the other known groups" in one.words
    assert "That is 1.7 times as often (95% interval 1.5 to 2.0). The numbers are 280 to 500 in that" in one.words
    assert "group, and 980 to 3,000 in the others." in one.words
    even = groups("section47_enquiries", White=650, Black=163, Asian=325)
    assert told([*stage, *even], shipped_catalogue) == []


def test_the_same_disparity_further_on_is_an_echo(shipped_catalogue):
    stages = [
        *groups("referrals", White=2000, Black=500, Asian=1000),
        *groups("section47_enquiries", White=650, Black=280, Asian=330),
        *groups("plans_started", White=200, Black=170, Asian=100),
    ]
    (one,) = told(stages, shipped_catalogue)
    assert one.indicator == "section47_enquiries"
    assert "plans_started.ethnicity.black.count" in one.echoes


def test_a_section_says_what_could_be_looked_at_and_never_that_nothing_changed(shipped_catalogue):
    calm, loud = course([444] * 4 + [430]), course([444] * 4 + [700])
    heads = [
        head_sections(found_in(c, shipped_catalogue), told(c, shipped_catalogue), [MARAC], load_rules())[MARAC]
        for c in (calm, loud)
    ]
    assert heads[0] == {
        "lead": "Nothing stands out here. 1 figure could be compared with earlier years or between groups.",
        "method": "",
    }  # fmt: skip
    assert heads[1]["lead"].startswith("The figures below stand out")
    assert heads[1]["method"].startswith("Changes over the years and differences between groups or agencies were")
    pair = head_sections(found_in(course([444, 430]), shipped_catalogue), [], [MARAC], load_rules())[MARAC]
    assert pair["lead"] == "Figures of earlier years are held, but none of this year could be tested against them."
    assert told(course([402, 910]), shipped_catalogue) == []  # cases recur to one person, and no spread is known
    alone = head_sections(found_in(course([444]), shipped_catalogue), [], [MARAC], load_rules())[MARAC]
    assert alone["lead"] == "No earlier return is held, so whether the agencies' own figures changed can't be said."


@pytest.mark.parametrize(
    ("indicator", "stages"),
    [("plans_started", ["initial_conferences", "section47_enquiries", "referrals"]), ("contacts", [])],
)
def test_stages_are_followed_to_the_first(shipped_catalogue, indicator, stages):
    assert list_stages(indicator, shipped_catalogue) == stages


@pytest.mark.parametrize(
    ("start", "end", "basis", "words"),
    [
        ((4, 1), (9, 30), "other", "six months ending in September"),
        ((4, 1), (6, 30), "quarter", "quarters ending in June"),
        ((4, 2), (6, 29), "other", "periods ending in June"),
        ((1, 1), (12, 31), "calendar_year", "years ending in December"),
        ((9, 30), (9, 30), "snapshot", "at 30 September"),
    ],
)
def test_a_chart_of_own_years_says_what_each_is_of(shipped_catalogue, start, end, basis, words):
    periods = [Period(date(year, *start), date(year, *end), basis) for year in (2022, 2023)]
    before, now = made(shipped_catalogue, *(seen(indicator="marac_cases", unit="cases", period=one) for one in periods))
    chart = from_signal(Signal(now, "change", "risen", None, 0.001, (before,)), shipped_catalogue).chart
    assert chart.subtitle == f"Number, {words}"
    assert {bar.group for bar in chart.bars} == {words[:1].upper() + words[1:]}
