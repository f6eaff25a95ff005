"""What a build and `share` make of what the attacker finds."""

import pytest

from analysis.attacker.cells import CERTAIN, Rule
from analysis.attacker.openings import Opening
from analysis.disclosure.ledger import BUILT, write_entry
from analysis.disclosure.policy import Policy, Waiver, policy_from
from analysis.errors import DataError
from analysis.runs.attacks import check_attack, find_openings, list_thresholds, tell_openings
from analysis.runs.files import write_statistics
from tests.examples import LAST, a_release, made, seen

FOUND = [
    Opening("plans.count", "plans", 3, 3, (Rule("sum", "the parts add up", 4, CERTAIN, ()),)),
    Opening("plans.month.2024-02.count", "plans", 2, 2, (Rule("sum", "the parts add up", 4, CERTAIN, ()),)),
    Opening("deaths.count", "deaths", 4, 4, (), "revised"),
]


def test_a_line_a_kind_names_the_figure_and_what_ties_it():
    assert tell_openings(FOUND) == [
        "2 found by an attacker [sum], first plans.count: the parts add up",
        "1 found by an attacker [revised], first deaths.count",
    ]


def test_what_is_found_stops_a_release_unless_the_policy_only_tells():
    with pytest.raises(DataError, match="deaths.count\nhidden figures can be worked out"):
        check_attack(FOUND, Policy(attack="refuse"))
    check_attack(FOUND, Policy(attack="tell"))
    check_attack([], Policy(attack="refuse"))


@pytest.mark.parametrize("setting", ["earlier", "attack"])
def test_unknown_choices_are_refused(setting):
    with pytest.raises(DataError, match=f"disclosure setting {setting}"):
        policy_from({setting: "always"})


def test_a_release_is_attacked_with_what_the_ledger_holds_but_not_with_itself(tmp_path, monkeypatch, catalogue):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path))
    folder = tmp_path / "here" / "2023-24" / "shared"
    folder.mkdir(parents=True)

    def build(value):
        statistics = tuple(made(catalogue, seen(value=value), seen(dimension="threshold", category="met", value=90.0)))
        write_statistics(statistics, folder)
        release = a_release(statistics=statistics)
        write_entry(tmp_path / "here", "2023-24", BUILT, release.printed)
        return [opening.kind for opening in find_openings(folder, release, Policy())]

    assert build(200.0) == []
    assert build(201.0) == ["revised"]
    assert build(203.0) == ["revised", "revised"]


def test_a_waived_figure_is_no_opening_and_a_sensitive_one_has_its_own_threshold(tmp_path, monkeypatch, catalogue):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path))
    folder = tmp_path / "here" / "2023-24" / "shared"
    folder.mkdir(parents=True)
    (before,) = made(catalogue, seen(value=None, symbol="[c]"))
    write_entry(tmp_path / "here", "2022-23", BUILT, [before])
    (now,) = made(catalogue, seen(value=4.0))
    write_statistics([now], folder)

    def find(policy, statistic=now):
        write_statistics([statistic], folder)
        openings = find_openings(folder, a_release(statistics=(statistic,)), policy)
        return [(opening.kind, opening.id) for opening in openings]

    again = [("printed by another release", "lado_contacts.count")]
    assert find(Policy()) == again
    assert find(Policy(waivers=(Waiver("lado_*", "public already", "board"),))) == []
    assert find(Policy(waivers=(Waiver("plans*", "public already", "board"),))) == again
    (nine,) = made(catalogue, seen(value=9.0))
    assert find(Policy(), nine) == []
    assert find(Policy(sensitive=("lado_*",), sensitive_threshold=10), nine) == again


def test_a_hidden_figure_of_an_earlier_year_has_the_threshold_of_its_population(tmp_path, shipped_catalogue):
    hid = [seen(indicator=name, value=None, symbol="[c]", period=LAST) for name in ("lado_contacts", "plans_started")]
    entry = write_entry(tmp_path, "2022-23", BUILT, made(shipped_catalogue, *hid, year="2022-23"))
    release = a_release(statistics=tuple(made(shipped_catalogue, seen())))
    policy = Policy(sensitive=("lado_*",), sensitive_threshold=10)
    assert list_thresholds([entry], release, policy) == {
        "lado_contacts.count (2023-03-31)": 10,
        "plans_started.count (2023-03-31)": 10,  # of which this release knows nothing
    }
    release = a_release(statistics=tuple(made(shipped_catalogue, seen(indicator="plans_started"))))
    assert list_thresholds([entry], release, policy)["plans_started.count (2023-03-31)"] == 5
