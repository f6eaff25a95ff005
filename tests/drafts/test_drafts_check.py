"""Drafts held against small tables: what is said of a number decides which statistic it is about, never its value."""

import pytest

from analysis.drafts.arithmetic import find_slips
from analysis.drafts.check import check_draft
from analysis.drafts.facts import make_facts
from analysis.drafts.reading import read_text
from analysis.drafts.tagged import PRINTED, list_marks

# Burglaries and knife crime share a value, so that a match by value would be wrong.
TABLE = """
id|words|dimension|category|value|unit|period|geography
bur|Residential burglaries|||1187|offences|2023-24|Northmoor
bur.p|Residential burglaries|||1342|offences|2022-23|Northmoor
knife|Knife crime with injury|||214|offences|2023-24|Northmoor
knife.p|Knife crime with injury|||198|offences|2022-23|Northmoor
hate|Hate crimes|||941|offences|2023-24|Northmoor
hate.race|Hate crimes|strand|race|612|offences|2023-24|Northmoor
hate.faith|Hate crimes|strand|religion|97|offences|2023-24|Northmoor
rape|Charge rate for rape|||6.2|percent|2023-24|Northmoor
rape.p|Charge rate for rape|||4.9|percent|2022-23|Northmoor
rape.e|Charge rate for rape|||5.3|percent|2023-24|England
wait|Median wait for an answer|||13.5|minutes|2023-24|Northmoor
cost|Cost of the service|||14.6|million pounds|2023-24|Northmoor
"""


def make_table(text: str = TABLE) -> list:
    header, *lines = text.strip().splitlines()
    return make_facts([dict(zip(header.split("|"), line.split("|"), strict=True)) for line in lines], "table")


def verify(text: str, table: str = TABLE) -> list[tuple[str, str, str]]:
    """Return the claims of a text: number, verdict (how, where contradicted), id."""
    checked = [c for c in check_draft(read_text(text), make_table(table)) if not c.claim.excuse]
    return [
        (c.claim.text, c.verdict.how or c.verdict.verdict, c.verdict.fact.id if c.verdict.fact else "") for c in checked
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("There were 1,187 residential burglaries in 2023-24.", [("1,187", "supported", "bur")]),
        ("There were 1,178 residential burglaries in 2023-24.", [("1,178", "value", "bur")]),
        ("There were 1,342 residential burglaries in 2023-24.", [("1,342", "year", "bur")]),
        (
            "Burglaries of homes fell from 1,342 to 1,187.",
            [("1,342", "supported", "bur.p"), ("1,187", "supported", "bur")],
        ),
        ("Residential burglaries rose to 1,187.", [("1,187", "direction", "bur")]),
        ("Residential burglaries fell by 155.", [("155", "supported", "bur")]),
        ("Residential burglaries fell by 11.5%.", [("11.5%", "supported", "bur")]),
        ("Residential burglaries rose by 155.", [("155", "direction", "bur")]),
        ("The charge rate for rape rose by 1.3 percentage points.", [("1.3 percentage points", "supported", "rape")]),
        ("The charge rate for rape rose by 1.3%.", [("1.3%", "points", "rape")]),
        ("Over 900 hate crimes were recorded.", [("900", "supported", "hate")]),
        ("Nearly 900 hate crimes were recorded.", [("900", "qualifier", "hate")]),
        (
            "Of the 941 hate crimes, 612 were about race.",
            [("941", "supported", "hate"), ("612", "supported", "hate.race")],
        ),
        ("Race was behind 65% of hate crimes.", [("65%", "supported", "hate.race")]),
        ("Race was behind 55% of hate crimes.", [("55%", "base", "hate.race")]),
        ("Race was behind nearly two thirds of hate crime.", [("two thirds", "supported", "hate.race")]),
        ("The service cost £14.6m.", [("£14.6m", "supported", "cost")]),
        ("The median wait was 15.3 minutes.", [("15.3", "value", "wait")]),
    ],
)
def test_a_figure_is_held_against_the_statistic_that_its_words_name(sentence, found):
    assert verify(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "A team of 14 officers visited 1,342 schools.",
        "We set aside £14.6m for a new library.",
        "The survey was sent to 941 addresses and 27% replied.",
        "In 2023-24 the panel met 97 times.",
    ],
)
def test_what_no_statistic_has_words_for_is_never_contradicted_nor_borne_out(sentence):
    assert {verdict for _, verdict, _ in verify(sentence)} <= {"unsupported", "ambiguous"}


def test_a_place_named_beside_a_number_chooses_its_statistic():
    assert verify("The charge rate for rape was 6.2%, against 5.3% in England.") == [
        ("6.2%", "supported", "rape"),
        ("5.3%", "supported", "rape.e"),
    ]


def test_a_number_that_says_nothing_of_its_own_is_about_what_was_spoken_of():
    text = "There were 214 offences of knife crime with injury. This compares with 189 in 2022-23."
    assert verify(text)[1] == ("189", "value", "knife.p")


def test_cells_are_read_by_the_labels_of_their_row_and_column():
    table = "| | 2023-24 | 2022-23 |\n|---|---|---|\n| Residential burglaries | 1,187 | 1,324 |"
    assert verify(table) == [("1,187", "supported", "bur"), ("1,324", "value", "bur.p")]


OWN = "Of the 941 hate crimes in Northmoor, 97 were about religion, 1 in 10; the rate is 12.3 against 11.9 in England."


def test_what_the_release_itself_prints_is_supported_and_what_was_changed_in_it_is_not():
    marks = list_marks(read_text(f"{OWN}\n\n| Wait | 13.5 | 12.1 |\n|---|---|---|\n| Cost | 14.6 | 15.2 |"))
    for text, own in ((OWN, True), (f"{OWN} hate.faith_x", True), (OWN.replace("97", "79"), False)):
        checked = [c for c in check_draft(read_text(text), make_table(), marks) if not c.claim.excuse]
        assert all(c.verdict.reason == PRINTED for c in checked) is own
    assert [c.verdict.how for c in checked if c.claim.text == "79"] == ["value"]


def test_a_statement_of_the_table_is_supported_by_its_own_fact_and_a_changed_one_is_not():
    (fact,) = make_table(
        "id|words|value|unit|period|statement\nx|Visits made|14|visits|2023-24|There were 14 visits made."
    )
    for text, verdict in (("There were 14 visits made.", "supported"), ("There were 15 visits made.", "contradicted")):
        (one,) = check_draft(read_text(text), [fact])
        assert (one.verdict.verdict, one.verdict.fact.id) == (verdict, "x")


def test_of_full_time_equivalents_a_share_need_be_no_whole_number():
    for base, slips in (("of 15 full-time equivalents", 0), ("of 15", 1)):
        claims = [c.claim for c in check_draft(read_text(f"35.5% of posts were vacant ({base})."), make_table())]
        assert len(find_slips(claims)) == slips


def test_a_hidden_figure_is_told_without_it():
    table = TABLE + "arson|Arson offences|||[c]|offences|2023-24|Northmoor\n"
    checked = check_draft(read_text("There were 4 arson offences."), make_table(table))
    assert [(c.verdict.verdict, c.verdict.expected) for c in checked] == [("unsupported", None)]
    assert "to protect people" in checked[0].verdict.reason
