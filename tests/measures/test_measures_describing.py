"""What a reader is told of one measure."""

from analysis.measures.describing import describe_measure

IN_TIME = """\
Initial child protection conferences held in fifteen working days (conferences_in_time)
Conferences in time, of all held.
Unit: per cent, over a period
Of: initial child protection conferences, only those whose time is known
Split by: locality, month
Standard: Within 15 working days of the strategy discussion (by statutory guidance)
How to read it: Higher is better. In time is not the same as well done. Cases not yet finished are not in the base, so \
that a growing backlog can hide behind a good share.
Source: Working Together to Safeguard Children 2023, chapter 3; Children in need census guide (Department for \
Education); data dictionary of the local authority interactive tool"""


def test_a_share_says_of_what_by_which_standard_and_how_to_read_it(shipped_catalogue):
    measure = shipped_catalogue.measures["conferences_in_time"]
    assert describe_measure(measure, shipped_catalogue, "Conferences in time, of all held.") == IN_TIME


def test_a_part_that_is_a_category_is_named_as_it_reads(shipped_catalogue):
    described = describe_measure(shipped_catalogue.measures["contacts_to_early_help"], shipped_catalogue)
    assert "Part: contacts to the children's front door (outcome: early help)\nOf: contacts to the" in described


def test_a_count_has_no_sides(shipped_catalogue):
    described = describe_measure(shipped_catalogue.measures["children_looked_after"], shipped_catalogue)
    assert "Of:" not in described and "children, counted on a day" in described
