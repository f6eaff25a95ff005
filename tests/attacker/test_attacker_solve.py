"""What remains possible, worked out by hand: bounds, whole numbers, rules that contradict what is known."""

import pytest

from analysis.attacker.cells import CERTAIN, Book, Cell, Rule, at_most, equal, get_base
from analysis.attacker.openings import attack_hidden
from analysis.attacker.solve import Programme, System, make_programmes

X, Y, Z, PRINTED = (Cell(name, "count", "value", "", "", "", "2024-03-31", "Here") for name in ("x", "y", "z", "p"))


def make_system(*relations, printed=None) -> System:
    system = System(printed or {}, {})
    for number, relation in enumerate(relations):
        system.accept(Rule("sum", f"rule {number}", 5, CERTAIN, (relation,)))
    return system


def test_bounds_follow_from_sums_and_limits():
    system = make_system(equal((PRINTED, 1), (X, -1), (Y, -1)), at_most((X, 1), to=3), printed={PRINTED: 10})
    assert system.bounds(X) == (0, 3)
    assert system.bounds(Y) == (7, 10)


def test_an_end_that_is_open_leaves_the_others_open():
    system = make_system(equal((X, 1), (Y, -1), (Z, -1)))
    assert system.bounds(X) == (0, float("inf"))


def test_numbers_of_people_are_whole():
    # A third of a number that is at most 10 and at least 7.
    system = make_system(equal((X, 3), (Y, -1)), at_most((Y, 1), to=10), at_most((Y, -1), to=-7))
    assert system.bounds(X) == (3, 3)


def test_a_rule_that_contradicts_is_set_aside_and_changes_nothing():
    system = make_system(equal((X, 1), to=4))
    system.accept(Rule("sum", "wrong", 5, CERTAIN, (at_most((Y, 1), to=2), equal((X, 1), (Y, 1), to=3))))
    assert [rule.words for rule in system.rejected] == ["wrong"]
    assert (system.bounds(X), system.bounds(Y)) == ((4, 4), (0, float("inf")))
    assert (system.of[X], system.of[Y]) == ([0], [])


def test_three_sums_of_pairs_pin_what_narrowing_cannot():
    pairs = [equal((X, 1), (Y, 1), to=9), equal((Y, 1), (Z, 1), to=11), equal((X, 1), (Z, 1), to=12)]
    system = make_system(*pairs)
    assert system.bounds(X) == (1, 9)
    assert Programme(system, (0, 1, 2)).get_range(((X, 1.0),), 5) == (5, 5)
    book = Book(hidden={X: "x.count"}, about_people={X})
    (opening,) = attack_hidden(book, system, 5)
    assert (opening.low, opening.high, len(opening.evidence)) == (5, 5, 3)


def test_programmes_that_are_sampled_together_hold_their_own_solutions():
    """Two pairs that nothing ties: every solution found for both fulfils each, and spans what is possible."""
    other_x, other_y = (one._replace(category="other") for one in (X, Y))
    sums = [equal((X, 1), (Y, 1), to=9), equal((other_x, 1), (other_y, 1), to=3)]
    system = make_system(*sums, at_most((X, 1), (Y, -2)), at_most((other_x, 1), (other_y, -2)))
    first, second = make_programmes(system, [((X, 1.0),), ((other_x, 1.0),)]).values()
    assert {tuple(solution) for solution in first.solutions} == {(0, 9), (6, 3)}
    assert {tuple(solution) for solution in second.solutions} == {(0, 3), (2, 1)}
    assert first.get_range(((X, 1.0),), 5) == (0, 6) and second.get_range(((other_x, 1.0),), 5) == (0, 2)


def test_a_programme_without_a_solution_leaves_the_others_to_themselves():
    """A pair that can't be whole numbers: nothing is sampled with it, and the other is still bounded."""
    other_x, other_y = (one._replace(category="other") for one in (X, Y))
    sums = [equal((X, 2), (Y, 2), to=9), equal((other_x, 1), (other_y, 1), to=3)]
    system = make_system(*sums, at_most((X, 1), (Y, -1)), at_most((other_x, 1), (other_y, -1)))
    first, second = make_programmes(system, [((X, 1.0),), ((other_x, 1.0),)]).values()
    assert not first.solutions and not second.solutions
    assert second.get_range(((other_x, 1.0),), 5) == (0, 1)


def test_a_proof_names_no_rule_that_it_does_not_need():
    pairs = [equal((X, 1), (Y, 1), to=9), equal((Y, 1), (Z, 1), to=11), equal((X, 1), (Z, 1), to=12)]
    system = make_system(*pairs, at_most((X, 1), (Z, -2)))
    (opening,) = attack_hidden(Book(hidden={X: "x.count"}, about_people={X}), system, 5)
    assert {rule.words for rule in opening.evidence} == {"rule 0", "rule 1", "rule 2"}


def test_what_isnt_about_people_is_left_alone():
    system = make_system(equal((X, 1), to=4))
    assert list(attack_hidden(Book(hidden={X: "x.count"}), system, 5)) == []


@pytest.mark.parametrize(("met", "found"), [(0, 0), (1, 2), (40, 2), (41, 0)])
def test_what_is_so_of_everybody_is_no_secret_of_a_part(met, found):
    """Of 41 conferences all were in time, or none: so they were in each of two areas, whose shares are hidden. Of one
    that wasn't, each area's share tells."""
    whole = Cell("in_time", "percent", "numerator", "", "", "", "2024-03-31", "Here")
    parts = [whole._replace(dimension="area", category=name) for name in ("north", "south")]
    base, bases = get_base(whole), list(map(get_base, parts))
    printed = {whole: met, base: 41}
    system = make_system(
        equal((whole, 1), *((part, -1) for part in parts)),
        equal((base, 1), *((part, -1) for part in bases)),
        *(at_most((part, 1), (of, -1)) for part, of in zip(parts, bases, strict=True)),
        printed=printed,
    )
    hidden = {cell: part.category for part in parts for cell in (part, get_base(part))}
    book = Book(printed=printed, hidden=hidden, about_people={whole, *hidden})
    assert len(list(attack_hidden(book, system, 5))) == found
