"""Which rows a measure counts in which category. Synthetic."""

import pytest
from made import YEAR, table

from analysis.counting.members import list_members


def members(records):
    """Return the ids by measure, side, dimension and category."""
    return {
        (one.measure, one.role, one.dimension, name): sorted(one.ids[one.codes == place])
        for one in list_members(records, YEAR)
        for place, name in enumerate(one.names)
    }


def test_each_category_has_its_rows_on_both_sides_of_a_line():
    rows = [
        {"contact_id": "a", "received_on": "2023-04-01", "employment_sector": "school", "school_phase": "primary"},
        {"contact_id": "b", "received_on": "2024-03-31", "employment_sector": "faith", "decision_date": "2024-04-02"},
        {"contact_id": "c", "received_on": "2023-05-01", "employment_sector": "school", "decision_date": "2023-05-02"},
        {"contact_id": "d", "received_on": "2024-04-01", "employment_sector": "school"},  # after the year
    ]
    found = members({"D23.contacts": table("D23.contacts", *rows)})
    assert found["lado_contacts", "above", "", ""] == ["a", "b", "c"]
    assert found["lado_contacts", "above", "employment_sector", "education"] == ["a", "c"]
    assert found["lado_contacts", "above", "employment_sector", "health"] == []
    assert found["lado_contacts", "above", "school_phase", "primary"] == ["a"]  # what names no phase is in none
    assert found["lado_decisions_in_time", "below", "", ""] == ["b", "c"]  # what has no decision is in no base
    assert found["lado_decisions_in_time", "above", "", ""] == ["b", "c"]
    assert not any(dimension == "month" for _, _, dimension, _ in found)


def test_the_parts_of_one_whole_have_it_as_their_base():
    told = {"received_on": "2023-04-01", "threshold_met": True}
    rows = [
        {"contact_id": "a", "harm_type": "physical", **told},
        {"contact_id": "b", "harm_type": "online", **told},
    ]
    found = members({"D23.contacts": table("D23.contacts", *rows)})
    assert found["lado_threshold_met", "above", "abuse_type", "online"] == ["b"]
    (base,) = [ids for (measure, side, dimension, _), ids in found.items() if (measure, side, dimension) == (
        "lado_threshold_met", "below", "abuse_type",
    )]  # fmt: skip
    assert base == ["a", "b"]


@pytest.mark.parametrize(
    ("children", "known"), [(("one", "two"), True), (("one", "one"), False), (("one", None), False)]
)
def test_rows_are_known_by_child_only_where_each_has_one_of_its_own(children, known):
    rows = [
        {"contact_id": name, "received_at": "2023-04-01", "child_pseudo": child}
        for name, child in zip("ab", children, strict=True)
    ]
    found = list_members({"D16.contacts": table("D16.contacts", *rows)}, YEAR)
    assert {one.key for one in found if one.measure == "contacts"} == {"D16.contact_id", *["child_pseudo"] * known}


def test_there_may_be_no_records():
    assert list_members({}, YEAR) == []
