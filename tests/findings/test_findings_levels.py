"""Levels and parts far from the others, on literal figures: synthetic, about nobody."""

from dataclasses import replace

import pytest

from analysis.disclosure.showing import hide
from analysis.figures.build import make_statistics
from analysis.findings.choose import choose
from analysis.findings.levels import judge_levels, judge_parts
from analysis.findings.rules import load_rules
from analysis.measures.periods import parse_year
from analysis.partnership import Section
from analysis.settings import get_dictionary_root
from analysis.statements.findings import tell_findings
from analysis.statements.statements import load_phrases, state_all
from analysis.statements.words import Telling
from tests.examples import HERE, seen

RULES = load_rules()


def share(indicator, numerator, denominator, **known):
    """Return a share of the report's own year."""
    value = round(100 * numerator / denominator, 1) if denominator else None
    plain = {
        "indicator": indicator, "unit": "percent", "measure_type": "percent", "decimals": 1, "value": value,
        "numerator": float(numerator), "denominator": float(denominator), "period": parse_year("2023-24"),
    }  # fmt: skip
    return seen(**{**plain, **known})


def told(judge, catalogue, *observations, hidden=()):
    homes = dict.fromkeys(catalogue.measures[one.indicator].sections[0] for one in observations)
    here = replace(HERE, sections=tuple(Section(home, "1", "One", "A") for home in homes))
    made = state_all(
        make_statistics(observations, catalogue, here, "2023-24"),
        Telling(catalogue, load_phrases(get_dictionary_root())),
    )
    gated = [hide(one) if one.category in hidden else one for one in made]
    return tell_findings(choose(judge(gated, catalogue, RULES), RULES), RULES)


def test_a_share_far_from_its_statutory_time_is_a_finding_with_its_base(shipped_catalogue):
    (one,) = told(judge_levels, shipped_catalogue, share("dols_in_time", 332, 1572))
    assert (one.kind, one.facts, one.points) == ("level", ("far", "statute"), 7)
    assert "(332 of 1,572)" in one.words
    assert one.words.endswith("The standard is “a standard authorisation within 21 days” (by statute).")
    assert one.ask.startswith("How many people wait")
    assert [bar.display for bar in one.chart.bars] == ["21.1%", "78.9%"]
    assert one.chart.subtitle.startswith("Percentage, ")


@pytest.mark.parametrize(("overdue", "found"), [(7, 0), (8, 1)])  # of 20: 35 and 40 per cent; the margin is 40
def test_a_share_that_is_better_low_is_a_finding_from_the_margin_on(shipped_catalogue, overdue, found):
    findings = told(judge_levels, shipped_catalogue, share("recommendations_overdue", overdue, 20))
    assert len(findings) == found


@pytest.mark.parametrize(("base", "found"), [(4, 0), (5, 1)])
def test_a_level_of_a_few_is_no_finding(shipped_catalogue, base, found):
    assert len(told(judge_levels, shipped_catalogue, share("dols_in_time", 0, base))) == found


def test_a_share_that_is_neither_better_high_nor_low_is_no_finding(shipped_catalogue):
    assert told(judge_levels, shipped_catalogue, share("section47_no_conference_needed", 90, 100)) == []


def test_a_share_without_its_base_says_so(shipped_catalogue):
    bare = replace(share("dols_in_time", 332, 1572), numerator=None, denominator=None)
    (one,) = told(judge_levels, shipped_catalogue, bare)
    assert one.sure == "This is what the return says; it was not counted here."
    assert one.chart is None


def seats(agency, filled, of=44):
    return share("board_attendance", filled, of, dimension="agency", category=agency)


def test_the_agency_far_from_all_the_others_is_named_with_both_counts(shipped_catalogue):
    (one,) = told(judge_parts, shipped_catalogue, seats("police", 41), seats("icb", 42), seats("probation", 24))
    assert "(24 of 44). For all the others together it was 94% (83 of 88)." in one.words
    assert (one.facts, one.better) == (("apart", "worse", "promise"), False)
    assert one.ask == "What keeps probation away, and who speaks for them meanwhile?"
    assert len(one.chart.bars) == 3


def test_agencies_that_are_asked_to_different_meetings_are_not_set_beside_each_other(shipped_catalogue):
    parts = [
        replace(seats(agency, value), indicator="meeting_attendance") for agency, value in (("police", 41), ("icb", 9))
    ]
    assert told(judge_parts, shipped_catalogue, *parts) == []


def test_where_an_agency_is_hidden_the_others_are_said_to_be_those_shown(shipped_catalogue):
    parts = (seats("police", 41), seats("icb", 42), seats("probation", 24), seats("education", 3))
    (one,) = told(judge_parts, shipped_catalogue, *parts, hidden=["education"])
    assert "(24 of 44). For the others that are shown together it was 94% (83 of 88)." in one.words


@pytest.mark.parametrize(
    "attended",
    [
        [(41, 44), (42, 44), (38, 44)],  # chance alone could give it
        [(4100, 4400), (4200, 4400), (3700, 4400)],  # beyond chance, and not far: ten points
        [(19, 19), (18, 19), (5, 19)],  # bases under twenty
    ],
)
def test_an_agency_that_is_near_the_others_or_of_few_meetings_is_no_finding(shipped_catalogue, attended):
    names = ("police", "icb", "probation")
    parts = [seats(name, *counts) for name, counts in zip(names, attended, strict=True)]
    assert told(judge_parts, shipped_catalogue, *parts) == []
