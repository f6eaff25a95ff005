"""Two agencies that tell of the same events: what is held against what, and in which words."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.measures.periods import Period
from analysis.release.store import read_store
from analysis.scrutiny.contradictions import find_contradictions
from analysis.settings import STORE
from synthetic.settings import load_truth
from tests.examples import LAST, THIS, made, seen

SENT = {"indicator": "hospital_idva_referrals_sent", "unit": "referrals", "agency": "The hospital"}
CAME = {"indicator": "idva_hospital_referrals", "unit": "referrals", "agency": "The service"}


def test_what_was_planted_is_found(exampleshire_release):
    release = read_store(exampleshire_release / STORE)
    names = {s.statistic_id: "/".join(filter(None, (s.indicator, s.dimension, s.category))) for s in release.statistics}
    told = {tuple(names[id] for id in one.figures) for one in release.contradictions if one.differs}
    assert {(said["ours"], said["theirs"]) for said in load_truth()["contradiction"]} <= told


def pair(catalogue, sent, came, **changes):
    return made(catalogue, seen(**SENT, value=sent), seen(**(CAME | changes), value=came))


def test_counts_that_differ_say_whose_is_which_how_far_apart_and_what_to_ask(shipped_catalogue):
    (told,) = find_contradictions(pair(shipped_catalogue, 410.0, 377.0), shipped_catalogue)
    assert told.differs and told.words == (
        "Referrals to an independent domestic violence adviser (IDVA) that the hospital says it sent: by The hospital"
        " 410, by The service 377. They are 33 apart, 8% of the larger. Ask both which events they count, by which day,"
        " and which of them the other lacks."
    )


def test_figures_that_agree_say_so_and_stand_last(shipped_catalogue):
    (told,) = find_contradictions(pair(shipped_catalogue, 377.0, 377.0), shipped_catalogue)
    assert not told.differs and told.words.endswith("by The service 377. The two agree.")


def test_shares_are_held_against_each_other_with_their_bases(shipped_catalogue):
    share = {"measure_type": "percent", "unit": "percent"}
    gp = {"indicator": "gp_reports_supplied", "agency": "The board", "numerator": 352.0, "denominator": 496.0}
    chairs = {"indicator": "meeting_reports_supplied", "agency": "The chairs", "dimension": "agency", "category": "gp"}
    figures = made(
        shipped_catalogue,
        seen(**share, **gp, value=100 * 352 / 496, decimals=1),
        seen(**share, **chairs, value=100 * 273 / 740, decimals=1, numerator=273.0, denominator=740.0),
    )
    (told,) = find_contradictions(figures, shipped_catalogue)
    assert "by The board 71.0% (352 of 496), by The chairs 36.9% (273 of 740)" in told.words
    assert "They are 34.1 percentage points apart." in told.words


@pytest.mark.parametrize("changes", [{"agency": "The hospital"}, {"period": LAST}, {"qualifier": "over"}])
def test_one_agency_another_year_and_a_figure_that_is_not_exact_contradict_nothing(shipped_catalogue, changes):
    assert find_contradictions(pair(shipped_catalogue, 410.0, 377.0, **changes), shipped_catalogue) == ()


DAY = {"measure_type": "count", "unit": "young people"}


def leavers(catalogue, supported, eligible, **changes):
    part = seen(indicator="care_leavers_supported", **DAY, value=supported)
    return made(catalogue, part, seen(**{"indicator": "care_leavers_eligible", **DAY, "value": eligible} | changes))


def test_a_part_that_is_larger_than_its_whole_is_said(shipped_catalogue):
    (told,) = find_contradictions(leavers(shipped_catalogue, 61.0, 60.0), shipped_catalogue)
    assert told.differs and told.figures == ("care_leavers_supported.count", "care_leavers_eligible.count")
    assert told.words.endswith("so they can't be more. Ask which of the two is wrong or counts others.")


@pytest.mark.parametrize(("eligible", "changes"), [(61.0, {}), (60.0, {"period": LAST}), (60.0, {"qualifier": "over"})])
def test_a_part_as_large_as_its_whole_and_flows_of_two_years_contradict_nothing(shipped_catalogue, eligible, changes):
    assert find_contradictions(leavers(shipped_catalogue, 61.0, eligible, **changes), shipped_catalogue) == ()


@pytest.mark.parametrize(("waiting", "found"), [(402.0, 0), (228.0, 1)])
def test_a_stock_that_who_came_and_went_does_not_explain_is_said(shipped_catalogue, waiting, found):
    days = [Period(None, date(year, 3, 31), "snapshot") for year in (2023, 2024)]
    numbers = (
        ("waiting", 263.0, days[0]),
        ("waiting", waiting, days[1]),
        ("received", 1711.0, THIS),
        ("completed", 1572.0, THIS),
    )
    figures = made(
        shipped_catalogue,
        *(seen(indicator=f"dols_{name}", unit="applications", value=value, period=day) for name, value, day in numbers),
    )
    told = find_contradictions(figures, shipped_catalogue)
    assert len(told) == found
    for one in told:
        assert one.words == (
            "Applications under the deprivation of liberty safeguards waiting: 263 at 31 March 2023 and 228 at 31 March"
            " 2024. With 1,711 that came and 1,572 that went there would be 402: 174 fewer are told. Ask what else adds"
            " to them or ends them."
        )


def test_a_hidden_figure_is_held_against_nothing(shipped_catalogue):
    sent, came = pair(shipped_catalogue, 410.0, 377.0)
    hidden = replace(came, status="suppressed", value=None, display="[c]")
    assert find_contradictions([sent, hidden], shipped_catalogue) == ()


def test_the_contradictions_planted_in_exampleshire_are_found_and_that_of_hillingdon(exampleshire_release, releases):
    told = read_store(exampleshire_release / STORE).contradictions
    differ = {one.figures[0] for one in told if one.differs}
    assert {"gp_reports_supplied.percent", "hospital_idva_referrals_sent.count"} <= differ
    (told,) = read_store(releases["shared"] / STORE).contradictions
    assert told.words.startswith(
        "Care leavers supported by the council: 765 at 31 March 2024; Young people eligible for support as care"
        " leavers: 441 at 31 March 2023. The first are among the second, so they can't be more, unless their number"
    )
