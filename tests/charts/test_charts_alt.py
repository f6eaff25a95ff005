"""The words of charts: what they say, how long they are, and that a number from elsewhere is found."""

from analysis.charts.alt import LIMIT, check_words, write_alt, write_description
from analysis.charts.chart import Mark

FEW = [Mark("Education", 60, "about 60%"), Mark("Health", 1.35, "1.35%"), Mark("Faith groups", None, "[c]")]
MANY = [Mark(f"Category of abuse {letter}", 10 * n, str(10 * n)) for n, letter in enumerate("abcdefghijklmno")]


def test_a_small_chart_is_told_whole():
    assert write_alt("dots", FEW, "Contacts by sector") == (
        "Dot plot: Contacts by sector. Education: about 60%; Health: 1.35%; Faith groups: [c] number withheld."
    )


def test_a_large_chart_is_told_by_its_highest_lowest_and_hidden():
    marks = [*MANY, Mark("Hidden", None, "[c]"), Mark("Hidden too", None, "[c]"), Mark("Missing", None, "[x]")]
    assert write_alt("bars", marks, "Enquiries by type of abuse") == (
        "Bar chart, largest first: Enquiries by type of abuse. Highest: Category of abuse o (140). "
        "Lowest shown: Category of abuse a (0). Number withheld: 2 of 18; not available: 1 of 18."
    )


def test_the_short_form_keeps_under_the_limit_for_labels_of_ordinary_length():
    assert len(write_alt("bars", MANY, "Enquiries by type of abuse")) < LIMIT


def test_those_who_share_the_top_are_named_together():
    two = [Mark(name, 7, "7") for name in ("Neglect", "Physical abuse")] + MANY[:1] + [Mark("x" * 200, 1, "1")]
    assert "Highest: Neglect and Physical abuse (7)." in write_alt("bars", two, "T")
    three = [*two, Mark("Sexual abuse", 7, "7")]
    assert "Highest: Neglect and others (7)." in write_alt("bars", three, "T")


def test_equal_values_are_not_called_highest_and_lowest():
    marks = [Mark(f"Category {n} {'x' * 40}", 5, "5") for n in range(8)]
    assert write_alt("bars", marks, "T").endswith("All are 5.")


def test_hidden_numbers_alone_are_told_as_such():
    marks = [Mark(f"Category {n} {'x' * 40}", None, "[c]") for n in range(8)]
    assert write_alt("bars", marks, "T") == "Bar chart, largest first: T. Number withheld: 8 of 8."


def test_a_flow_tells_its_first_stage_and_not_those_apart_from_it():
    stages = [Mark(f"Stage {n} {'x' * 30}", 90 - n, str(90 - n)) for n in range(6)]
    apart = Mark("Carried over", 1, "1", note="Earlier years", whole=False)
    text = write_alt("flow", [*stages, apart], "T")
    assert f"First: Stage 0 {'x' * 30} (90). Largest after it: Stage 1 {'x' * 30} (89)." in text
    assert "Carried over" not in text


def test_a_trend_tells_where_each_line_begins_and_ends():
    marks = [
        Mark(year, value, f"{value}%", group)
        for group, values in {"Hillingdon": (19.1, 22.4), "England": (22.6, 22.5)}.items()
        for year, value in zip(("2018-19", "2023-24"), values, strict=True)
    ]
    assert write_alt("trend", marks, "Re-referrals") == (
        "Line chart: Re-referrals. Hillingdon: 19.1% (2018-19) to 22.4% (2023-24). "
        "England: 22.6% (2018-19) to 22.5% (2023-24)."
    )


def test_a_control_chart_says_so_when_no_rule_is_broken():
    marks = [Mark(f"Month {n}", n, str(n)) for n in range(12)]
    assert "Points that break a rule: none." in write_alt("control", marks, "T")
    assert "Points that break a rule: Month 3." in write_alt("control", marks, "T", marked=["Month 3"])


def test_the_own_area_is_told_first():
    marks = [Mark(f"Area {n} {'x' * 40}", n, str(n)) for n in range(9)]
    text = write_alt("neighbours", marks, "T", own=marks[4].label)
    assert text.startswith(f"Dot plot of areas: T. Area 4 {'x' * 40}: 4. Highest:")


def test_the_description_gives_every_value_its_interval_and_its_share():
    marks = [Mark("All", 200, "200"), Mark("Met", 50, "50", lower=41.2, upper=60.4, note="14 months")]
    assert write_description("flow", marks, "Number, 2023-24") == (
        "Bar chart of stages. Number, 2023-24. All: 200; Met, 14 months: 50 (interval 41 to 60) (25% of 200)."
    )


def test_bounds_carry_the_unit_and_decimals_of_their_value():
    marks = [Mark("a", 22.4, "22.4%", lower=19.81, upper=25.06), Mark("b", -3, "£-3", lower=-4.5, upper=-1)]
    text = write_description("dots", marks)
    assert "22.4% (interval 19.8% to 25.1%)" in text
    assert "(interval £\N{MINUS SIGN}4 to £\N{MINUS SIGN}1)" in text


def test_numbers_from_elsewhere_are_found():
    assert check_words("Education: 60%; Health: 1.35%.", FEW) == []
    assert check_words("Education: 61%; Health: 1.4%; 1 of 3 withheld.", FEW) == ["61", "1.4"]
    assert check_words("There were 1,200 in 2023-24.", FEW) == ["1,200", "2023", "24"]
    assert check_words("There were 60 in 2023-24.", FEW, "Contacts, 2023-24") == []


def test_thousands_and_counts_of_hidden_marks_are_known():
    marks = [Mark("a", 25000, "over 25,000"), Mark("b", None, "[c]"), Mark("c", None, "[c]")]
    assert check_words("a: over 25,000. 25000. Number withheld: 2 of 3.", marks) == []
