"""Places among published figures, pairs of stages, rates and gaps: made-up figures of no council."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs

from analysis.figures.official import Beside
from analysis.findings.choose import choose, with_echoes
from analysis.findings.gaps import list_differences, list_silences
from analysis.findings.places import list_places
from analysis.findings.rules import load_rules
from analysis.findings.stages import is_middle, list_rates, list_stage_pairs
from analysis.measures.periods import Period
from analysis.official import ComparatorSet, Published
from analysis.official.ranks import rank
from analysis.partnership import Agency, Partnership, Section
from analysis.returns.register import ReturnEntry
from analysis.settings import get_published_root
from analysis.statements.findings import tell_findings
from tests.examples import made, seen

RULES = load_rules()
HERE = Partnership("here", "Here", "E09000017", "Here", (Section("08_children_social_care", "8", "Eight", "A"),))
MARCH = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")
DENTAL = "looked_after_dental_checks"
RATE = "child_protection_plans_rate"


def year(end, basis="financial_year"):
    return Period(date(end - 1, 4, 1), date(end, 3, 31), basis)


def published(
    indicator, value, numerator=None, denominator=None, *, name="Hillingdon", level="local_authority", **known
):
    plain = {
        "area_code": name, "area_name": name, "area_level": level, "period": MARCH, "symbol": "", "unit": "percent",
        "source": "s", "release": "2024", "licence": "OGL",
    }  # fmt: skip
    return Published(
        indicator=indicator, value=value, numerator=numerator, denominator=denominator, **{**plain, **known}
    )


def checked(own, country=79.0, near=(83.5,) * 10, base=220):
    """Return the share of children looked after with their teeth checked, beside England and ten neighbours."""
    ours = published(DENTAL, own, own * base / 100, base)
    nation = published(DENTAL, country, country * 500, 50_000, name="England", level="country")
    neighbours = tuple(published(DENTAL, value, name=f"N{at}") for at, value in enumerate(near))
    return ComparatorSet(
        DENTAL, "E09000017", MARCH, comparator=DENTAL, period=MARCH, unit="percent", own=ours, national=nation,
        neighbours=neighbours, neighbour_median=83.5, neighbour_rank=rank(own, near, "higher_is_better"),
        quarter="lowest", quarter_words="in the lowest quarter of 151 councils in England (the worst quarter)",
    )  # fmt: skip


def places(catalogue, figures, polarity="higher_is_better", comparator=DENTAL, here=HERE):
    beside = [Beside(comparator, None, figures, polarity)]
    return tell_findings(choose(list_places(beside, here, catalogue, RULES, get_published_root()), RULES), RULES)


def test_the_lowest_of_its_neighbours_and_below_england_is_a_finding(shipped_catalogue):
    (one,) = places(shipped_catalogue, checked(65.0))
    assert one.facts == ("end", "differs", "quarter", "many", "worse")
    assert "had had their teeth checked, against 79% in England and 84% for the median neighbour." in one.words
    assert (
        "That is the lowest of 11 (the council and its statistical neighbours) and in the lowest quarter" in one.words
    )
    assert one.sure == "The difference from England is clear (95% interval)."
    assert one.better is False


def test_near_the_average_is_no_finding(shipped_catalogue):
    assert places(shipped_catalogue, replace(checked(78.0, near=(77.0,) * 5 + (80.0,) * 5), quarter="")) == []


@pytest.mark.parametrize(("base", "found"), [(60, 0), (220, 1)])  # of 60 children chance could give it
def test_what_chance_alone_could_give_is_no_finding(shipped_catalogue, base, found):
    assert len(places(shipped_catalogue, checked(70.0, base=base))) == found


def test_what_is_named_after_a_tested_place_is_not_said_to_be_tested(shipped_catalogue):
    rates = ("child_protection_plans_rate", "child_protection_plans_started_rate")
    plans, begun = (replace(plan_rate(60.0, tuple(range(40, 50))), comparator=one) for one in rates)
    bare = replace(begun, own=structs.replace(begun.own, numerator=None, denominator=None))
    beside = [Beside(one.comparator, None, one, "none") for one in (plans, bare)]
    candidates = list_places(beside, HERE, shipped_catalogue, RULES, get_published_root())
    heads = with_echoes(choose(candidates, RULES), candidates, RULES)
    (one,) = tell_findings(heads, RULES)
    assert "Figures that go with it: child protection plans started (the highest of 11)." in one.words
    assert one.sure.startswith(
        "England's figure lies outside the 95% interval of the first figure; the others can't be tested"
    )


def plan_rate(own, near, polarity="none"):
    """Return a rate a neighbourhood of high rates has: England's is 41.4."""
    rate = {"unit": "per_10000"}
    near = sorted(near)
    return replace(
        checked(65.0), comparator=RATE, unit="per_10000",
        own=published(RATE, own, round(own * 7), 70_000, **rate),
        national=published(RATE, 41.4, 49_680, 12_000_000, name="England", level="country", **rate),
        neighbours=tuple(published(RATE, value, name=f"N{at}", **rate) for at, value in enumerate(near)),
        neighbour_median=(near[4] + near[5]) / 2, neighbour_rank=rank(own, near, polarity), quarter="highest",
        quarter_words="in the highest quarter of 151 councils in England",
    )  # fmt: skip


def facts_of_rate(catalogue, own, near):
    figures = plan_rate(own, near)
    beside = [Beside(RATE, None, figures, "none")]
    (one,) = list_places(beside, HERE, catalogue, RULES, get_published_root())
    return one.facts


@pytest.mark.parametrize(
    ("own", "like"), [(55.0, True), (57.7, True), (57.8, False), (80.0, False)]
)  # the neighbours' median is 55, the margin five per cent
def test_what_is_no_further_from_england_than_the_neighbours_are_may_be_the_kind_of_place(shipped_catalogue, own, like):
    assert ("like" in facts_of_rate(shipped_catalogue, own, (50.0,) * 5 + (60.0,) * 5)) is like


def test_above_england_and_lowest_among_the_neighbours_is_neither_high_nor_low(shipped_catalogue):
    facts = facts_of_rate(shipped_catalogue, 55.6, tuple(range(60, 70)))
    assert "like" in facts and "end" not in facts
    assert "end" in facts_of_rate(shipped_catalogue, 75.0, tuple(range(60, 70)))


def test_twice_england_as_the_neighbours_are_and_nothing_else_is_no_finding(shipped_catalogue):
    figures = replace(plan_rate(90.0, (80.0,) * 5 + (100.0,) * 5), quarter="")
    few = replace(figures, own=structs.replace(figures.own, numerator=None, denominator=None))
    beside = [Beside(RATE, None, few, "none")]
    (one,) = list_places(beside, HERE, shipped_catalogue, RULES, get_published_root())
    assert one.facts == ("like",)


def test_what_is_better_than_elsewhere_does_not_lead(shipped_catalogue):
    assert places(shipped_catalogue, checked(95.0)) == []


def test_where_no_test_fits_that_is_said(shipped_catalogue):
    figures = checked(65.0)
    bare = replace(figures, own=structs.replace(figures.own, numerator=None, denominator=None))
    (one,) = places(shipped_catalogue, bare)
    assert one.sure == "The difference from England can't be tested against chance: base not given."
    assert "differs" not in one.facts


def test_of_a_council_of_few_children_what_no_test_fits_is_no_finding(shipped_catalogue):
    figures = checked(65.0)
    bare = replace(figures, own=structs.replace(figures.own, numerator=None, denominator=None))
    assert places(shipped_catalogue, bare, here=replace(HERE, area_code="E06000053")) == []  # Isles of Scilly
    few = replace(figures, own=structs.replace(figures.own, value=33.3, numerator=1, denominator=3))
    assert places(shipped_catalogue, few) == []


@pytest.mark.parametrize(("first", "told"), [(81.0, True), (68.0, False)])  # the margin of a course is 15 per cent
def test_the_course_of_the_years_is_judged_on_all_of_them(shipped_catalogue, first, told):
    shares = (first, 78.0, 72.0, 70.0)
    before = tuple(
        published(DENTAL, value, value * 22, 2200, period=replace(MARCH, start=date(end, 3, 31), end=date(end, 3, 31)))
        for end, value in zip(range(2020, 2024), shares, strict=True)
    )
    (one,) = places(shipped_catalogue, replace(checked(65.0, base=2200), previous=before))
    assert ("course" in one.facts) == told
    assert f"It was {first:.0f}% in 2020 and 70% in 2023." in one.words
    assert one.chart.kind == "trend"


def counts(indicator, before, now, country, country_before):
    nation = {"name": "England", "level": "country", "unit": "enquiries"}
    then, when = year(2023), year(2024)
    return ComparatorSet(
        indicator, "E09000017", when, comparator=indicator, period=when, unit="enquiries",
        own=published(indicator, now, period=when, unit="enquiries"),
        previous=(published(indicator, before, period=then, unit="enquiries"),),
        national=published(indicator, country, period=when, **nation),
        history={"national": (published(indicator, country_before, period=then, **nation),)},
    )  # fmt: skip


def pairs(catalogue, *sets):
    beside = [Beside(one.comparator, None, one, "none") for one in sets]
    return tell_findings(choose(list_stage_pairs(beside, HERE, catalogue, RULES), RULES), RULES)


def test_two_stages_that_moved_apart_are_one_finding_with_their_ratio(shipped_catalogue):
    enquiries = counts("section47_enquiries", 1023, 1240, 224_520, 225_400)
    conferences = counts("initial_conferences", 363, 319, 72_250, 73_000)
    (one,) = pairs(shipped_catalogue, enquiries, conferences)
    assert (
        "1,240 section 47 enquiries in 2023-24, against 1,023 in 2022-23 (21% more; in England 0.4% fewer)" in one.words
    )
    assert (
        "went from 363 to 319 (12% fewer). That is 25.7 for every 100 section 47 enquiries, against 32.2 in England."
        in one.words
    )
    assert one.facts == ("many", "threshold", "divided", "differs")
    assert "can't be tested against chance" in one.sure
    assert one.ask.startswith(
        "Do all who decide draw the line between section 47 enquiries and initial child protection"
    )


@pytest.mark.parametrize(("near", "like"), [(2, False), (3, True)])  # of 11, the 4th to the 8th are the middle
def test_a_ratio_in_the_middle_of_the_neighbours_that_didnt_move_is_what_they_have_in_common(near, like):
    assert is_middle(rank(25.0, (20.0,) * near + (30.0,) * (10 - near), "none")) is like


def test_two_stages_that_moved_together_at_englands_ratio_are_no_finding(shipped_catalogue):
    enquiries = counts("section47_enquiries", 1023, 1100, 224_520, 225_400)
    assert pairs(shipped_catalogue, enquiries, counts("initial_conferences", 340, 354, 72_250, 73_000)) == []


@pytest.mark.parametrize(
    ("value", "found"), [(270.0, 0), (290.0, 1)]
)  # against 252: 7 and 15 per cent; the margin is ten
def test_a_return_that_differs_from_the_published_figure_is_a_finding(shipped_catalogue, value, found):
    (ours,) = made(
        shipped_catalogue, seen(indicator="child_protection_plans", unit="children", value=value, period=MARCH)
    )
    own = published("child_protection_plans", 252.0, unit="children")
    figures = ComparatorSet(
        "child_protection_plans", "E", MARCH, comparator="child_protection_plans", period=MARCH, own=own
    )
    beside = [Beside("child_protection_plans", ours, figures, "none")]
    assert len(list_differences(beside, shipped_catalogue, RULES)) == found


def test_an_agency_that_sent_nothing_and_one_that_nobody_asked_are_silences():
    asked = ReturnEntry(agency="Probation", section="12_8_probation", status="missing", note="Reminded twice.")
    agencies = (Agency("probation", "Probation", ("12_8_probation",)), Agency("fire", "Fire", ("12_6_fire_brigade",)))
    here = replace(HERE, agencies=agencies, sections=(Section("12_6_fire_brigade", "12.6", "Fire", "Fire"),))
    told = tell_findings(list_silences([asked], here), RULES)
    assert [one.title for one in list_silences([asked], replace(here, sections=()))] == [told[0].title]  # it feeds none
    assert [one.words for one in told] == [
        "Probation sent no figure for this section (Missing: Reminded twice).", "No return was asked of Fire."
    ]  # fmt: skip


def test_an_agency_of_which_some_came_is_told_by_the_dataset_that_did_not():
    line = {"agency": "Council", "section": "08_children_social_care"}
    lines = [
        ReturnEntry(**line, dataset="D18", status="received"),
        ReturnEntry(**line, dataset="D19", status="missing"),
    ]
    told = tell_findings(list_silences(lines, HERE), RULES)
    assert list_silences([], replace(HERE, agencies=(Agency("fire", "Fire", ("12_6_fire_brigade",)),))) == []
    assert [one.title for one in told] == ["No return: Council, Looked after children (D19)"]
    assert [one.words for one in told] == [
        "A return of Looked after children (D19) that Council was asked for did not come (Missing)."
    ]
    several = replace(lines[1], dataset="D05;D17;D19;D21;D44")
    (many,) = list_silences([lines[0], several], HERE)
    assert many.words["dataset"].count(" and ") == 1 and many.words["dataset"].endswith(" and 3 others")
    awaited = [replace(one, status="missing") for one in lines]
    assert list_silences(awaited, HERE) == []  # nothing came at all, and nothing is said of any: the index says so once
    both = tell_findings(list_silences([replace(one, note="Reminded.") for one in awaited], HERE), RULES)
    assert [one.words for one in both] == ["Council sent no figure for this section (Missing: Reminded)."]


@pytest.mark.parametrize(
    ("differs", "caution"),
    [("", "Definitions may differ."), ("They count more.", "Definitions may differ. They count more.")],
)
def test_that_definitions_may_differ_is_said_once(shipped_catalogue, differs, caution):
    (ours,) = made(shipped_catalogue, seen(indicator="safeguarding_concerns", value=9000.0, period=year(2024)))
    nation = published(
        "safeguarding_concerns", 100_000.0, area_code="E92000001", name="England", level="country", period=year(2024)
    )
    figures = ComparatorSet(
        "safeguarding_concerns",
        "E09000017",
        year(2024),
        comparator="safeguarding_concerns",
        period=year(2024),
        national=nation,
        differs=differs,
    )
    (told,) = tell_findings(
        list_rates(
            [Beside("safeguarding_concerns", ours, figures, "none")],
            HERE,
            shipped_catalogue,
            RULES,
            get_published_root(),
        ),
        RULES,
    )
    assert told.caution == caution
