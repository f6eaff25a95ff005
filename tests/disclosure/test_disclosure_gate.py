"""Which figures the gate hides."""

from dataclasses import replace

import pytest
from linked_tables import get_lado, grid, people

from analysis.disclosure.audit import audit
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.gate import protect
from analysis.disclosure.policy import Policy, Waiver

POLICY = Policy()


def hide(cells, facts=(), policy=POLICY, **more) -> dict[str, str]:
    """Return what the gate hides, having had it audited."""
    protection = protect(cells, facts, policy, **more)
    assert audit(cells, facts, policy, protection.hidden, **more).passed
    return dict(protection.hidden)


def test_cheapest_pattern_of_the_classic_table():
    # The optimum that a tau-Argus style solver finds: 40 and 15 complete the square round 3 and 2.
    cells, facts = grid([[40, 3, 12], [120, 30, 7], [2, 15, 9]], loss=lambda key, value: value)
    assert hide(cells, facts) == {"0/1": "primary", "2/0": "primary", "0/0": "secondary", "2/1": "secondary"}


@pytest.mark.parametrize("count, hidden", [(0, False), (1, True), (4, True), (5, False), (6, False)])
def test_a_lone_count_is_hidden_from_one_to_four(count, hidden):
    assert hide([people("a", count)]) == ({"a": "primary"} if hidden else {})


def test_a_small_part_takes_one_other_part_with_it():
    cells = [people("all", 60), people("a", 2), people("b", 8), people("c", 50)]
    assert sorted(hide(cells, [Fact("sum", "all", ("a", "b", "c"))])) == ["a", "b"]


def test_a_partner_too_small_to_cover_is_not_enough():
    # a + b = 4 leaves 1 to 3 for each: a third must go, or the whole.
    cells = [people("all", 54, loss=9), people("a", 2), people("b", 2), people("c", 50)]
    assert sorted(hide(cells, [Fact("sum", "all", ("a", "b", "c"))])) == ["a", "b", "c"]


def test_nothing_small_nothing_hidden():
    cells = [people("all", 60), people("a", 10), people("b", 50), people("none", 0)]
    assert hide(cells, [Fact("sum", "all", ("a", "b", "none"))]) == {}


def test_figures_that_protect_nobody_stay():
    assert hide([Cell("partners", 3, "count", "none"), Cell("goal", 2, "target", "people")]) == {}


def test_a_waiver_lets_a_small_count_through():
    policy = Policy(waivers=(Waiver("posts*", "staffing is public", "board"),))
    assert hide([people("posts in team", 3), people("a", 3)], policy=policy) == {"a": "primary"}


def test_a_percent_that_gives_back_a_small_count_is_hidden():
    # 1.35 per cent of 253 can only be about three people; 98.8 per cent leaves three.
    cells = [
        people("all", 253),
        Cell("few %", 1.35, "percent", "people", decimals=2),
        Cell("most %", 98.8, "percent", "people", decimals=1),
        Cell("half %", 50, "percent", "people"),
    ]
    assert sorted(hide(cells, [Fact("share", "all", ("few %", "most %", "half %"))])) == ["few %", "most %"]


def test_the_last_percent_of_a_whole_is_hidden_with_the_small_one():
    cells = [people("all", 50, loss=9)]
    cells += [Cell(f"{n} %", n, "percent", "people", numerator=n / 2, denominator=50) for n in (4, 36, 60)]
    hidden = hide(cells, [Fact("share", "all", ("4 %", "36 %", "60 %"))])
    assert hidden["4 %"] == "primary" and len(hidden) == 2


@pytest.mark.parametrize("base", [1, 4])
@pytest.mark.parametrize("value", [0, 100])
def test_none_or_all_of_a_small_base_is_hidden(base, value):
    cell = Cell("a", value, "percent", "people", numerator=base * value / 100, denominator=base)
    assert hide([cell]) == {"a": "primary"}


@pytest.mark.parametrize(
    ("people_counted", "of", "hidden"),
    [(7, 7, True), (0, 7, True), (9, 9, True), (0, 9, True), (10, 10, False), (0, 10, False)],
)
def test_all_or_none_of_a_small_group_tell_of_each(people_counted, of, hidden):
    share = Cell("share", 100 * people_counted / of, "percent", "people", numerator=people_counted, denominator=of)
    assert hide([share]) == ({"share": "primary"} if hidden else {})
    assert hide([share], policy=Policy(small_group=0)) == {}
    assert hide([replace(share, protects="none")]) == {}


@pytest.mark.parametrize("people_counted", [0, 7])
def test_a_count_that_gives_back_all_or_none_of_a_small_group_goes_with_it(people_counted):
    share = Cell("share", 100 * people_counted / 7, "percent", "people", numerator=people_counted, denominator=7)
    cells = [people("all", 7), people("of them", people_counted), share]
    facts = [Fact("share", "all", ("share",)), Fact("numerator", "of them", ("share",))]
    assert hide(cells, facts).keys() == {"share", "of them"}


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ((7, 0, 0), True),  # all seven: their number alone would leave the place, so that one of the others goes, too
        ((6, 1, 0), True),
        ((5, 2, 0), False),  # but for the two, which are few
        ((9, 0, 0), True),
        ((10, 0, 0), False),
    ],
)
def test_the_part_that_is_all_of_a_small_group_is_hidden(parts, hidden):
    cells = [people("all", sum(parts), loss=9), *(people(f"part {n}", value) for n, value in enumerate(parts))]
    fact = Fact("sum", "all", ("part 0", "part 1", "part 2"))
    found = hide(cells, [fact])
    assert (found.get("part 0") == "primary") == hidden
    assert ("all" in found or len(found) > 1) == (hidden or parts[1] > 0)
    if parts[1:] == (0, 0):
        assert hide(cells, [fact], policy=Policy(small_group=0)) == {}


def test_a_percent_that_leaves_few_out_is_hidden_by_itself():
    """No fact names the base; the percent shows it beside itself."""
    shares = {n: Cell(str(n), 2 * n, "percent", "people", numerator=n, denominator=50) for n in (4, 5, 45, 46, 50)}
    assert sorted(hide(list(shares.values()))) == ["4", "46"]


def test_none_or_all_of_a_large_base_stays():
    cells = [Cell(str(v), v, "percent", "people", numerator=v, denominator=100) for v in (0, 100)]
    assert hide(cells) == {}


def test_a_mean_over_few_people_is_hidden():
    few = Cell("few", 12.5, "mean", "people", decimals=1, denominator=4)
    many = Cell("many", 12.5, "mean", "people", decimals=1, denominator=5)
    assert hide([few, many]) == {"few": "primary"}


def test_what_a_hidden_count_is_read_from_is_hidden_with_it():
    cells = [
        people("now", 3),
        people("before", 40),
        Cell("change", -93, "change_percent", "people"),
        Cell("days", 7, "median", "people"),
        Cell("rate", 1.2, "rate", "people", decimals=1, numerator=3, denominator=25000),
    ]
    facts = [
        Fact("change", "now", ("before", "change")),
        Fact("share", "now", ("days",)),
        Fact("numerator", "now", ("rate",)),
    ]
    assert hide(cells, facts) == {
        "now": "primary",
        "change": "consequential",
        "days": "consequential",
        "rate": "primary",
    }


def test_a_change_that_gives_back_a_small_earlier_count_is_hidden():
    cells = [people("now", 10), Cell("change", 400, "change_percent", "people")]
    assert hide(cells, [Fact("change", "now", ("before", "change"))]) == {"change": "primary"}


def test_few_left_out_of_a_whole_are_protected():
    cells = [people("all", 30, loss=5), people("in", 28)]
    assert hide(cells, [Fact("part", "all", ("in",))]) == {"in": "secondary"}


def test_an_earlier_release_makes_a_partner_useless():
    cells = [people("all", 60, loss=9), people("a", 2), people("b", 8), people("c", 50, loss=3)]
    facts = [Fact("sum", "all", ("a", "b", "c"))]
    assert sorted(hide(cells, facts, released={"b": 8.0})) == ["a", "c"]


def test_what_an_earlier_release_gave_away_is_said():
    protection = protect([people("a", 2)], [], POLICY, released={"a": 2.0})
    assert protection.hidden == {"a": "primary"}
    assert protection.known_before == ("a",)
    assert audit([people("a", 2)], [], POLICY, protection.hidden, released={"a": 2.0}).counts["attacked"] == 0


def test_what_an_earlier_release_gave_away_gives_no_other_away():
    cells = [people("all", 60, loss=9), people("a", 2), people("b", 3), people("c", 55, loss=3)]
    facts = [Fact("sum", "all", ("a", "b", "c"))]
    assert hide(cells, facts) == {"a": "primary", "b": "primary", "c": "secondary"}
    assert audit(cells, facts, POLICY, {"a", "b"}, released={"a": 2.0}).exposed == {"b": (3.0, 3.0)}
    assert sorted(hide(cells, facts, released={"a": 2.0})) == ["a", "b", "c"]


@pytest.mark.parametrize(("revision", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_revision_by_few_people_is_not_printed(revision, shown):
    cells = [people("all", 105, revision=revision)]
    protection = protect(cells, [], POLICY, released={"all": 105.0 - revision})
    assert protection.hidden == ({} if shown else {"all": "revised"})
    assert audit(cells, [], POLICY, {}, released={"all": 105.0 - revision}).passed == shown


def test_a_hidden_revision_cannot_be_found_by_subtraction():
    cells = [people("all", 160, loss=9), people("a", 105, revision=1), people("b", 55)]
    facts, released = [Fact("sum", "all", ("a", "b"))], {"a": 104.0}
    assert audit(cells, facts, POLICY, {"a"}, released=released).exposed == {"a": (105.0, 105.0)}
    assert hide(cells, facts, released=released) == {"a": "revised", "b": "secondary"}


def test_returns_that_do_not_add_up_are_protected_all_the_same():
    # 8 + 2 isn't 11; a reader who knows how sums slip still must not find the 2.
    cells = [people("all", 11, loss=5), people("a", 8), people("b", 2)]
    assert sorted(hide(cells, [Fact("sum", "all", ("a", "b"))])) == ["a", "b"]


def test_a_vague_whole_leaves_a_part_safe_from_below_only():
    # "over 200": the part can't be subtracted from it.
    cells = [people("all", 200, qualifier="over"), people("a", 3), people("b", 210)]
    assert hide(cells, [Fact("sum", "all", ("a", "b"))]) == {"a": "primary"}


def test_a_sensitive_population_has_its_own_threshold():
    policy = Policy(sensitive=("deaths*",), sensitive_threshold=10)
    cells = [people("deaths by suicide", 9), people("falls", 9), people("inquests", 9, sensitive=True)]
    assert sorted(hide(cells, policy=policy)) == ["deaths by suicide", "inquests"]


HOMES = [people("all", 100, loss=5), people("home a", 50), people("home b", 40), people("elsewhere", 10)]


@pytest.mark.parametrize(
    ("rule", "hidden"),
    [
        ({"dominance_percent": 49}, ["all", "home a"]),
        ({"dominance_percent": 50}, []),
        ({"dominance_percent": 89, "dominance_largest": 2}, ["all", "home a", "home b"]),
        ({"dominance_percent": 90, "dominance_largest": 2}, []),
        ({"p_percent": 21}, ["all", "home a"]),
        ({"p_percent": 20}, []),
        ({}, []),
    ],
)
def test_dominant_settings_are_hidden_with_the_whole_that_tells_of_them(rule, hidden):
    facts = [Fact("sum", "all", ("home a", "home b", "elsewhere"))]
    assert hide(HOMES, facts, Policy(settings=("home *",), **rule)) == dict.fromkeys(hidden, "primary")
    assert hide(HOMES, facts, Policy(**rule)) == {}


def test_a_table_full_of_holes_is_proposed_for_pooling():
    cells, facts = get_lado()
    proposals = protect(cells, facts, POLICY).proposals
    assert ("substantiated", 6, 7) in [(p.table, p.hidden, p.parts) for p in proposals]


def test_lado_tables_of_a_real_report_are_safe_and_useful():
    cells, facts = get_lado()
    hidden = hide(cells, facts)
    assert {cell.id for cell in cells if cell.measure == "count" and 0 < cell.value < 5} <= set(hidden)
    assert not {"contacts", "met", "not met", "substantiated", "substantiated %", "contacts, change %"} & set(hidden)
    assert len(hidden) <= 24


def test_the_same_release_is_hidden_the_same_way_again():
    cells, facts = get_lado()
    assert protect(cells, facts, POLICY).hidden == protect(cells, facts, POLICY).hidden


@pytest.mark.parametrize("seconds", [0, 1e-9])
def test_out_of_time_more_is_hidden_but_never_less_safely(seconds):
    cells, facts = get_lado()
    hidden = protect(cells, facts, POLICY, seconds=seconds).hidden
    assert audit(cells, facts, POLICY, hidden).passed
    assert set(protect(cells, facts, POLICY).hidden) <= set(hidden)


@pytest.mark.parametrize(("agency", "shown"), [(0, False), (5, True)])
def test_what_two_wholes_hold_together_is_hidden_with_them_where_they_are_small(agency, shown):
    cells = [people("employed", 5), people("agency", agency), people("in education", 3)]
    hidden = hide(cells, [Fact("within", "in education", ("employed", "agency"))])
    assert ("employed" not in hidden) == shown


def test_few_left_out_of_two_wholes_are_protected():
    cells = [people("employed", 20, loss=5), people("agency", 10, loss=5), people("in education", 27)]
    assert hide(cells, [Fact("within", "in education", ("employed", "agency"))]) == {"in education": "secondary"}
