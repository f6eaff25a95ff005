"""What agrees throughout is found with its evidence, and protected against unless somebody signs that it's chance."""

from dataclasses import replace

import pytest
from figures import figure, made

from analysis.disclosure.apply import gate, list_known
from analysis.disclosure.audit import audit
from analysis.disclosure.describe import list_findings
from analysis.disclosure.mining import find_apparent
from analysis.disclosure.policy import Dismissal, Policy, policy_from
from analysis.errors import DataError
from analysis.local import localise
from tests.examples import HERE

POLICY = Policy(small_group=0)
COUNTS = [30, 41, 52, 63, 3, 77]
CHANCE = Dismissal(("contacts", "missing_episodes"), "two counts of other children", "the board")


def months(name, values):
    return [figure(name, float(value), f"month/2023-{month:02}") for month, value in enumerate(values, start=4)]


def two_series(catalogue, others):
    """Return the contacts of six months with their total, one of them small, and a series that nothing ties to them."""
    contacts = [figure("contacts", float(sum(COUNTS))), *months("contacts", COUNTS)]
    return made(catalogue, *contacts, *months("missing_episodes", others))


def find(catalogue, statistics):
    """Return the words of the mined relations with the points at which they held and failed."""
    return {one.words: (one.held, one.failed) for one in list_known(statistics, catalogue).mined}


EQUAL = "contacts/month is missing_episodes/month"


def test_series_that_are_equal_throughout_are_hidden_together(shipped_catalogue):
    statistics = two_series(shipped_catalogue, COUNTS)
    known = list_known(statistics, shipped_catalogue)
    facts = [*known.facts, *(fact for one in known.mined for fact in one.facts)]
    gated, blind = (
        gate(statistics, [], shipped_catalogue, replace(POLICY, dismissed=dismissed), release="shared")
        for dismissed in ((), (CHANCE,))
    )
    assert find(shipped_catalogue, statistics)[EQUAL] == (6, 0)
    assert "contacts.month.2023-08.count" in audit(known.cells, facts, POLICY, blind.protection.hidden).exposed
    assert audit(known.cells, facts, POLICY, gated.protection.hidden).passed
    assert set(gated.protection.hidden.values()) == {"primary", "secondary", "mined"}
    assert not set(blind.protection.hidden.values()) & {"mined"}


def test_the_analyst_reads_what_was_found_and_on_what_evidence(shipped_catalogue):
    gated = gate(two_series(shipped_catalogue, COUNTS), [], shipped_catalogue, POLICY, release="shared")
    (line,) = [line for line in list_findings(gated) if "readers will notice" in line]
    assert line.startswith(f"readers will notice that {EQUAL} (at 6 points, ")
    assert not any(str(count) in line for count in COUNTS if count != 3)


@pytest.mark.parametrize(
    ("others", "held"),
    [
        ([30, 41, 52, 63, 3, 78], (5, 1)),  # it failed once by one: believed all the same
        ([30, 41, 52, 63, 3, 99], (5, 1)),  # once by many: believed of the others
        ([30, 41, 52, 64, 3, 78], None),  # twice of six
        ([31, 42, 53, 64, 4, 78], None),
    ],
)
def test_what_failed_seldom_is_believed(shipped_catalogue, others, held):
    assert find(shipped_catalogue, two_series(shipped_catalogue, others)).get(EQUAL) == held


@pytest.mark.parametrize(("other", "more"), [(78, "missing_episodes"), (76, "contacts")])
def test_where_it_failed_nobody_knows_by_how_much(shipped_catalogue, other, more):
    """Else one conference that led to no plan couldn't be hidden, whatever is."""
    mined = list_known(two_series(shipped_catalogue, [*COUNTS[:-1], other]), shipped_catalogue).mined
    facts = next(one.facts for one in mined if one.words == EQUAL)
    kinds = {fact.whole.split(".")[2]: (fact.kind, fact.whole.split(".")[0]) for fact in facts}
    assert [kinds[f"2023-{month:02}"][0] for month in range(4, 9)] == ["sum"] * 5
    assert kinds["2023-09"] == ("bound", more)


def test_series_that_seem_one_where_they_are_printed_are_parted(shipped_catalogue):
    """Of eight months three differ, and are hidden as small in the one alone: who sees the others would take the two to
    be one, and read three people for two."""
    shown, small = [30, 41, 52, 63, 77], [2, 3, 1]
    contacts = [figure("contacts", float(sum(shown + small))), *months("contacts", shown + small)]
    statistics = made(shipped_catalogue, *contacts, *months("missing_episodes", [*shown, 5, 6, 7]))
    known = list_known(statistics, shipped_catalogue)
    told = {f"contacts.month.2023-{month:02}.count" for month in range(4, 9)}
    hidden = {f"contacts.month.2023-{month:02}.count" for month in range(9, 12)}
    assert EQUAL not in {one.words for one in known.mined}
    assert find_apparent(known.grids.values(), hidden) == told
    assert find_apparent(known.grids.values(), hidden, {frozenset(CHANCE.measures)}) == set()
    assert find_apparent(known.grids.values(), set()) == set()
    done = gate(statistics, [], shipped_catalogue, POLICY, release="shared").protection.hidden
    assert hidden <= done.keys()
    assert len(told - done.keys()) < 2
    assert find_apparent(known.grids.values(), done.keys()) == set()


def test_small_numbers_agree_by_chance(shipped_catalogue):
    few = [0, 1, 0, 1, 0, 0]
    statistics = made(shipped_catalogue, *months("plans_started", few), *months("missing_episodes", few))
    assert find(shipped_catalogue, statistics) == {}


def test_a_series_that_is_two_others_together(shipped_catalogue):
    parts = [9, 22, 17, 40, 1, 25]
    rest = [count - part for count, part in zip(COUNTS, parts, strict=True)]
    statistics = made(
        shipped_catalogue,
        *months("contacts", COUNTS),
        *months("missing_episodes", parts),
        *months("plans_started", rest),
    )
    words = "contacts/month is missing_episodes/month and plans_started/month"
    assert find(shipped_catalogue, statistics)[words] == (6, 0)


def test_a_stock_that_grows_and_shrinks_without_being_told_so(shipped_catalogue):
    came, went = [30, 41, 52, 63, 13, 77], [12, 50, 33, 70, 31, 20]
    stock = [200]
    for more, fewer in zip(came[1:], went[1:], strict=True):
        stock.append(stock[-1] + more - fewer)
    flows = [*months("early_help_episodes_started", came), *months("early_help_episodes_ended", went)]
    statistics = made(shipped_catalogue, *months("children_in_early_help", stock), *flows)
    words = "children_in_early_help/month grows by early_help_episodes_started/month and shrinks by"
    assert find(shipped_catalogue, statistics)[f"{words} early_help_episodes_ended/month"] == (5, 0)


def test_a_series_that_never_exceeds_another(shipped_catalogue):
    high, low = [20, 50, 31, 80, 10, 64, 41, 5], [18, 44, 30, 71, 9, 60, 39, 4]
    statistics = made(shipped_catalogue, *months("contacts", high), *months("missing_episodes", low))
    assert find(shipped_catalogue, statistics) == {"contacts/month is never less than missing_episodes/month": (8, 0)}


def test_a_dismissal_names_measures_a_reason_and_who(shipped_catalogue):
    table = {"measures": list(CHANCE.measures), "reason": CHANCE.reason, "by": CHANCE.by}
    assert policy_from({"dismissed": [table]}).dismissed == (CHANCE,)
    with pytest.raises(DataError, match="disclosure dismissal lacks something; allowed: measures, reason, by"):
        policy_from({"dismissed": [{**table, "reason": " "}]})
    with pytest.raises(DataError, match="a disclosure dismissal names no measures"):
        policy_from({"dismissed": [{**table, "measures": []}]})
    with pytest.raises(DataError, match="unknown signatory of a disclosure dismissal 'the board'"):
        policy_from({"dismissed": [table], "may_waive": ["the council"]})
    here = replace(HERE, disclosure={"dismissed": [{**table, "measures": ["contacts", "missing_episode"]}]})
    with pytest.raises(DataError, match="disclosure.dismissed: unknown measure 'missing_episode'"):
        localise(shipped_catalogue, here)
