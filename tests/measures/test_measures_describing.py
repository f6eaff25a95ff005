"""What a reader is told of one measure."""

from analysis.measures.describing import describe_standard, name_sides


def test_a_share_says_of_what_and_by_which_standard(shipped_catalogue):
    measure = shipped_catalogue.measures["conferences_in_time"]
    base = "initial child protection conferences, only those whose time is known"
    assert name_sides(measure, shipped_catalogue) == ("", base)
    standard = "Within 15 working days of the strategy discussion (by statutory guidance)"
    assert describe_standard(measure.standard) == standard


def test_a_part_that_is_a_category_is_named_as_it_reads(shipped_catalogue):
    part, base = name_sides(shipped_catalogue.measures["contacts_to_early_help"], shipped_catalogue)
    assert part == "contacts to the children's front door that ended in early help"
    assert base.startswith("contacts to the")


def test_a_count_has_no_sides_and_what_has_no_standard_says_nothing(shipped_catalogue):
    measure = shipped_catalogue.measures["children_looked_after"]
    assert name_sides(measure, shipped_catalogue) == ("", "")
    assert describe_standard(None) == ""
