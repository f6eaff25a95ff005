"""Which findings there are, in which order, and which lead."""

from types import SimpleNamespace

import pytest

from analysis.errors import DataError
from analysis.findings.choose import choose, list_leads, score
from analysis.findings.finding import Candidate
from analysis.findings.rules import load_rules
from analysis.official import load_definitions
from analysis.settings import get_dictionary_root

RULES = load_rules()
CHILDREN, ADULTS, BOTH = "08_children_social_care", "09_adult_social_care", "02_safeguarding_arrangements"


def candidate(title, facts, *, section=BOTH, kind="level", measures=("m",), size=0.0, **more):
    return Candidate(kind, section, measures, title, facts, {}, size=size, **more)


def of(base):
    """A share of so many, as far as what may lead looks at it."""
    return SimpleNamespace(measure_type="percent", denominator=float(base))


def test_points_decide_and_size_only_between_equals():
    found = choose(
        [
            candidate("small", ("far",), size=1),
            candidate("large", ("far",), size=2),
            candidate("more", ("far", "local"), size=0),
            candidate("little", ("quarter", "differs")),  # under the least points
        ],
        RULES,
    )
    assert [one.title for one in found] == ["more", "large", "small"]
    assert score(found[0], RULES) == RULES.points["far"] + RULES.points["local"]


def test_one_of_a_theme_speaks_for_the_others_of_its_sort():
    rate, started = "child_protection_plans_rate", "child_protection_plans_started_rate"
    found = choose(
        [
            candidate("started", ("end", "differs"), kind="place", measures=(started,)),
            candidate("rate", ("end", "differs", "threshold"), kind="place", measures=(rate,)),
            candidate("level", ("far",), measures=(started,)),
        ],
        RULES,
    )
    assert [one.title for one in found] == ["rate", "level"]


def test_childrens_and_adults_work_both_have_room_among_those_that_lead():
    strong = [candidate(f"c{at}", ("disparity",), section=CHILDREN, kind="disparity") for at in range(6)]
    weak = [candidate(f"a{at}", ("far",), section=ADULTS, kind="change") for at in range(3)]
    leads = list_leads([*strong, *weak], RULES)
    assert [one.title for one in leads] == ["c0", "c1", "c2", "a0", "a1"]


@pytest.mark.parametrize(
    ("one", "leads"),
    [
        (candidate("no standard, no comparison", ("far",), kind="level"), False),
        (candidate("against a standard", ("far",), kind="level", parts=("standard",)), True),
        (candidate("against a promise", ("far", "promise"), kind="level"), True),
        (candidate("of eight", ("far", "promise"), kind="level", statistic=of(8)), False),
        (candidate("of twenty", ("far", "promise"), kind="level", statistic=of(20)), True),
        (candidate("not comparable", ("break",), kind="break"), False),
        (candidate("a change", ("change",), kind="change"), True),
    ],
    ids=lambda one: getattr(one, "title", None),
)
def test_what_leads_has_a_standard_a_comparison_or_a_change_and_a_base_of_some_size(one, leads):
    assert [lead.title for lead in list_leads([one], RULES)] == [one.title] * leads


def test_a_fact_without_points_and_a_key_that_is_unknown_are_refused(tmp_path):
    with pytest.raises(KeyError):
        score(candidate("x", ("nonsense",)), RULES)
    text = (get_dictionary_root() / "findings.toml").read_text(encoding="utf-8")
    (tmp_path / "findings.toml").write_text(f"surprise = 1\n{text}", encoding="utf-8")
    with pytest.raises(DataError, match="surprise"):
        load_rules(tmp_path)


def test_every_figure_that_the_rules_name_is_one(shipped_catalogue):
    known = {*shipped_catalogue.measures, *load_definitions().comparators}
    named = {
        *RULES.thresholds,
        *RULES.promises,
        *RULES.no_level,
        *(name.partition("/")[0] for name in RULES.ask),
        *(n for theme in RULES.themes for n in theme),
    }
    assert named - known == set()
    assert set(RULES.margins) - {"small", "level_base"} <= set(RULES.points)
