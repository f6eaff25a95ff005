"""Priorities against figures: each verdict with the words that a reader sees, and each reason for giving none."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.errors import DataError
from analysis.measures.periods import Period, parse_year
from analysis.partnership import Break
from analysis.release.store import read_store
from analysis.report.direct import lead_steps
from analysis.scrutiny.priorities import (
    AWAY,
    LOST,
    MISSED,
    MOVED,
    NOT_YET,
    SHORT,
    UNJUDGED,
    Priority,
    judge,
    read_priorities,
)
from analysis.settings import STORE
from tests.examples import LAST, made, seen

HEADER = "id,board,priority,why,measure,expected,started,due,owner,target"
ROW = "PR-01,children,Sooner,Too late,lado_contacts,rise,2023-04-01,2024-03-31,Head,75"
PRIORITY = Priority(
    "PR-01", "children", "Sooner", "Too late", "lado_contacts", "rise", date(2023, 4, 1), date(2024, 3, 31), "Head"
)


def counts(catalogue, before, now, **changes):
    return made(catalogue, seen(value=now), seen(value=before, period=LAST, **changes))


def judged(catalogue, before, now, **changes):
    return judge(replace_priority(**changes), counts(catalogue, before, now))


def replace_priority(**changes):
    return Priority(**{**{name: getattr(PRIORITY, name) for name in PRIORITY.__struct_fields__}, **changes})


@pytest.mark.parametrize(
    ("before", "now", "expected", "verdict"),
    [
        (100, 150, "rise", MOVED),
        (100, 150, "fall", AWAY),  # the same figures, when fewer were hoped for
        (150, 100, "fall", MOVED),
        (150, 100, "rise", AWAY),
        (100, 110, "rise", NOT_YET),  # chance alone could give that
        (1000, 1000, "rise", NOT_YET),  # broadly unchanged
        (9, 10, "rise", UNJUDGED),  # 19 events: too few
    ],
)
def test_a_verdict_is_of_the_way_that_figures_went(catalogue, before, now, expected, verdict):
    assert judged(catalogue, before, now, expected=expected, due=date(2024, 4, 1)).verdict == verdict


@pytest.mark.parametrize(
    ("before", "now", "target", "verdict"),
    [
        (100, 150, None, MOVED),
        (100, 150, 150.0, MOVED),  # its very target
        (100, 150, 151.0, SHORT),
        (100, 110, None, MISSED),  # chance alone could give that
        (150, 100, None, LOST),
        (9, 10, None, UNJUDGED),  # too few, on its day too
    ],
)
def test_once_its_day_has_come_what_did_not_move_is_missed(catalogue, before, now, target, verdict):
    assert judged(catalogue, before, now, target=target).verdict == verdict  # due on the period's last day


def test_each_milestone_is_met_missed_or_not_yet_due_by_the_figure_of_its_month(catalogue):
    year = counts(catalogue, 100, 150)
    september = Period(date(2023, 9, 1), date(2023, 9, 30), "month")
    month = replace(year[0], dimension="month", category="2023-09", value=12.0, display="12", period=september)
    figures = [*year, month]
    asked = replace_priority(
        milestones="12 by 30 September 2023 and 13 by 30 September 2023, 150 a year by 31 March 2024,"
        " 151 by 31 March 2024, 9 by 31 October 2023, 9 by 1 April 2024"
    )
    told = judge(asked, figures)
    assert told.steps == (
        "12 by 30 September 2023: met (12 in that month); 13 by 30 September 2023: missed (12 in that month);"
        " 150 by 31 March 2024: met (150);"
        " 151 by 31 March 2024: missed (150); 9 by 31 October 2023: can't be told: no figure of that month is shown;"
        " 9 by 1 April 2024: not yet due"
    )
    assert told.ahead and lead_steps([told]) == ("2 of 4 met", "2 missed, 1 not yet due, 1 can't be told")
    assert judge(replace_priority(milestones="More"), figures).steps.startswith("More: can't be judged")
    assert told.dated and not replace_priority(milestones="More").dated


@pytest.mark.parametrize(
    ("over_year", "said", "count"),
    [(31.0, "met in its month alone", "0 of 1"), (28.0, "met", "1 of 1")],
)
def test_a_share_that_one_month_alone_reached_is_told_from_one_of_its_whole_year(catalogue, over_year, said, count):
    (year,) = (s for s in counts(catalogue, 100, 150) if s.of_year)
    share = {"measure_type": "percent", "value": over_year, "display": f"{over_year:g}%"}
    september = Period(date(2023, 9, 1), date(2023, 9, 30), "month")
    month = {"dimension": "month", "category": "2023-09", "period": september, "value": 21.6, "display": "21.6%"}
    figures = [replace(year, **share), replace(year, **share | month)]
    told = judge(replace_priority(milestones="28 by 30 September 2023", expected="fall"), figures)
    assert told.steps == f"28 by 30 September 2023: {said} (21.6% in that month, {over_year:g}% over its year)"
    assert lead_steps([told])[0] == f"{count} met"


def test_what_began_within_the_year_tells_its_months_since(catalogue):
    (year,) = (s for s in counts(catalogue, 100, 150) if s.of_year)
    spans = [(date(2023, 9, 1), date(2023, 9, 30)), (date(2023, 10, 1), date(2023, 10, 31))]
    plain = {"dimension": "month", "measure_type": "count"}
    months = [
        replace(year, **plain, category=f"{first:%Y-%m}", display=f"{first.month}", period=Period(first, last, "month"))
        for first, last in spans
    ]
    told = judge(replace_priority(started=date(2023, 10, 1)), [year, *months])
    assert told.verdict == UNJUDGED and told.words.endswith("Its months since: October 2023 10.")


def test_what_was_said_before_it_began_is_told_from_what_was_said_after():
    began = date(2023, 4, 1)
    said = [replace_priority(said_on=day).foretold for day in (None, date(2023, 3, 31), began, date(2023, 4, 2))]
    assert said == [False, True, True, False]


def test_words_give_both_figures_the_interval_the_target_and_no_cause(catalogue):
    words = judged(catalogue, 100, 150, target=150.0).words
    assert words == (
        "In 2022-23, before it began, the figure was 100; in 2023-24 it is 150:"
        " 1.50 times as many (95% interval 1.16 to 1.95), a clear change. Its target of 150 is reached. Its day,"
        " 31 March 2024, has come. No evaluation is named, so nothing is said of the cause."
    )
    assert "target of 151 is not reached" in judged(catalogue, 100, 150, target=151.0).words
    assert judged(catalogue, 100, 150, evaluation="By the university").words.endswith("Evaluation: By the university.")
    assert "has come" not in judged(catalogue, 100, 150, due=date(2024, 4, 1)).words


def test_what_is_followed_for_a_year_is_judged_by_those_who_began_before_and_after(catalogue):
    figures = [*counts(catalogue, 100, 150), *made(catalogue, seen(value=60.0, period=parse_year("2021-22")))]
    at_once = judge(replace_priority(started=date(2022, 4, 1)), figures)
    followed = judge(replace_priority(started=date(2022, 4, 1)), figures, lag=12)
    assert "the figure was 60" in at_once.words
    assert "the figure was 100" in followed.words
    assert followed.words.endswith("Each figure is of those who began in the 12 months before its period.")
    assert judge(replace_priority(started=date(2022, 4, 2)), figures, lag=12).verdict == UNJUDGED


def test_what_cannot_be_judged_says_why(catalogue):
    figures = counts(catalogue, 100, 150)
    late = judge(replace_priority(started=date(2023, 4, 2)), figures)
    assert late.words.startswith("It began on 2 April 2023, and the report's figure isn't wholly from after that.")
    early = judge(replace_priority(started=date(2023, 3, 30)), figures)
    assert early.words.startswith("No figure from before it began is held.")
    assert judge(PRIORITY, []).words == "No return gave the figure that should move."
    hidden = [replace(s, status="suppressed", value=None, display="[c]") for s in figures]
    assert judge(PRIORITY, hidden).words == "The figure that should move isn't shown, to protect people."
    broken = judge(PRIORITY, figures, [Break("lado_contacts", date(2023, 4, 1), "a new form")])
    assert broken.words.startswith("Not comparable: a new form.")
    assert {one.verdict for one in (late, early, broken)} == {UNJUDGED}


@pytest.mark.parametrize(
    ("row", "place", "message"),
    [
        (ROW.replace("rise", "grow"), "expected", "the word isn't known"),
        (ROW.replace("lado_contacts", "lado_contact"), "measure", "it selects no figure"),
        (ROW.replace("lado_contacts", "lado_contacts/sector"), "measure", "it selects no figure"),
        (ROW.replace("lado_contacts", "lado_contacts/threshold/maybe"), "measure", "it selects no figure"),
        (ROW.replace("2023-04-01", "1 April"), "started", "can't be read"),
        (ROW.replace("PR-01", "Jane Doe"), "id", "it isn't an id"),
        (ROW.replace("Head", ""), "owner", "empty"),
        (ROW.replace("2023-04-01", "2033-04-01"), "due", "is before started"),
    ],
)
def test_a_faulty_row_is_told_by_place_and_without_its_words(tmp_path, catalogue, row, place, message):
    (tmp_path / "priorities.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=f"priorities.csv, row 2, column {place}: {message}") as told:
        read_priorities(tmp_path, catalogue)
    assert "Jane" not in str(told.value) and "1 April" not in str(told.value)


def test_no_file_is_no_priority(tmp_path, catalogue):
    assert read_priorities(tmp_path, catalogue) == ()


def test_the_planted_improvements_of_exampleshire_are_found(exampleshire_release):
    found = {one.id: one.verdict for one in read_store(exampleshire_release / STORE).priorities}
    assert found["PR-01"] == MOVED, "return interviews: the improvement that worked"
    assert found["PR-02"] == NOT_YET, "the charge for late cancellation: the one that didn't"
    assert found["PR-04"] == AWAY, "cases at the conference stepped up"
    assert found["PR-05"] == UNJUDGED, "the recording of contacts changed"
    assert {found[id] for id in ("PR-08", "PR-09", "PR-10")} == {MISSED}, "their day has come"


def shares(catalogue, indicator, before, now):
    """Figures of two years, each a number of 400."""
    about = {"indicator": indicator, "measure_type": "percent", "unit": "percent", "decimals": 1, "denominator": 400.0}
    pairs = ((now, seen().period), (before, LAST))
    return made(catalogue, *(seen(**about, numerator=part, value=part / 4, period=period) for part, period in pairs))


def test_a_figure_that_was_not_meant_to_move_is_set_beside_with_the_interval_of_how_much_further_ours_went(
    shipped_catalogue,
):
    ours = shares(shipped_catalogue, "lado_decisions_in_time", 200.0, 300.0)
    other = shares(shipped_catalogue, "conferences_in_time", 320.0, 324.0)
    asked = replace_priority(measure="lado_decisions_in_time", beside="conferences_in_time")
    told = judge(asked, [*ours, *other])
    assert told.compared == (
        "Initial child protection conferences held in fifteen working days, which it was not meant to change (no"
        " comparison group): 80.0%, then 81.0%, 1.0 percentage point higher (95% interval -4.5 to 6.5), no clear"
        " change. Beside that, ours moved 24.0 percentage points higher (95% interval 15.4 to 32.4), a clear change."
    )
    assert told.verdict == MOVED and len(told.figures) == 4
    assert judge(asked, ours).compared == "No figure of both periods is held to set beside it."
    assert judge(replace_priority(measure="lado_decisions_in_time"), ours).compared == ""


def test_the_planted_comparison_of_exampleshire_is_worded(exampleshire_release):
    found = {one.id: one.compared for one in read_store(exampleshire_release / STORE).priorities}
    assert "which it was not meant to change" in found["PR-01"] and "ours moved" in found["PR-01"]
