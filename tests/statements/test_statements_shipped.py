"""Every sentence of both shipped releases: what no sub-editor would print stands in none."""

import re

import pytest

from analysis.cli.verify import get_facts
from analysis.drafts.check import check_draft
from analysis.drafts.reading import read_draft, read_text
from analysis.drafts.verdict import NOT_A_CLAIM, SUPPORTED
from analysis.figures.display import tell_level
from analysis.figures.model import NOT_TESTED
from analysis.measures.catalogue import get_catalogue
from analysis.measures.measure import END
from analysis.methods.change import CLEAR, FEW, POSSIBLE, UNCLEAR
from analysis.release.store import read_store
from analysis.report.rows import list_statements
from analysis.settings import STORE

pytestmark = pytest.mark.slow
KEY = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b")
LABELLED = re.compile(r"(?:client group|offence group|police team|status|campaign|topic|theme) “|\([a-z][\w ]*: ")
UNDATED = re.compile(rf"{END}|in the period\b")
BRACKETED = re.compile(r"\(base not|not stated\)(?!\.(?: |$))|not stated\).*not stated\)")
UNTESTED = re.compile(
    r"not tested|too few|among so many|broadly|chance alone could|The figure was the same|\(under 1%\)|beyond chance"
)
INITIALS = re.compile(r"\b(?:LBH|MPS|BCU|CNWL)\b| / ")
TWO_DAYS = re.compile(r"at \d+ \w+ 20\d\d, as (?:at|in)")  # reads as two days of one figure
TAILED = re.compile(r"percentage .*, to protect people")  # reads as why it was done
LIMITED = re.compile(r"\bwithin (?!\d+ hours)[^.]* of the (?:request|referral|strategy discussion) in (?:20|[A-Z])")
GROWN = re.compile(r"children aged 18|children among|in the country in|Against [^.]* than before")
FEW_POSTS = re.compile(r"\b0\.0 of|were [\d.]+ of [\d.]+ staff")
ONE_WERE = re.compile(r"^(?:1|Neither) of (?:the )?\d+ (?:(?!(?:that|who) were)[^.])*? (?<!that )(?<!who )were ")
LABELS = re.compile(
    r"other ethnicities|ethnicity was refused|training from|someone in"
    r"|open to social workers|who were (?:fe)?male in|a positive outcome|as a share of|were processed in time"
)
SPLIT = re.compile(r"\. That is (?!\d)[^.]*” has no figure")  # a colon that stood in a title
TWICE = re.compile(r"\b(?!had )(\w+ )\1|[.,] ?[.,]|\( | \)|  ")


@pytest.fixture(scope="module", params=["hillingdon", "exampleshire"])
def folder(request, releases, exampleshire_release):
    return releases["shared"] if request.param == "hillingdon" else exampleshire_release


@pytest.fixture(scope="module")
def release(folder):
    return read_store(folder / STORE)


@pytest.fixture(scope="module")
def sentences(release):
    findings = {one.id: f"{one.words.removeprefix(one.title)} {one.sure} {one.ask}" for one in release.findings}
    return findings | {s.statistic_id: s.statement for s in release.statistics}


KINDS = {
    "key": KEY, "label": LABELLED, "undated": UNDATED, "twice": TWICE, "bracket": BRACKETED, "verdict": UNTESTED,
    "initials": INITIALS, "words of a table": LABELS, "two days": TWO_DAYS, "tail": TAILED, "limit": LIMITED,
    "posts": FEW_POSTS, "grown": GROWN, "split": SPLIT, "one": ONE_WERE,
}  # fmt: skip


@pytest.mark.parametrize("pattern", KINDS.values(), ids=KINDS)
def test_no_sentence_holds(sentences, pattern):
    assert [text for text in sentences.values() if pattern.search(text)] == []


def test_every_sentence_names_its_time_or_that_none_is_stated(release):
    """Unless it states no event: a standard, a frequency, a length, a thing that stands."""
    dated = re.compile(r"20\d\d")
    events = [s for s in release.statistics if s.period.stated and s.measure_type not in ("target", "duration", "rate")]
    assert [s.statement for s in events if not dated.search(s.statement)] == []


def test_a_share_of_few_is_told_in_numbers_and_one_of_under_a_hundred_without_decimals(release):
    based = [s for s in release.statistics if s.measure_type == "percent" and s.published and s.denominator]
    few = [s for s in based if s.denominator < 20 and s.numerator is not None and s.qualifier == "exact"]
    assert [s.statement for s in few if "%" in tell_level(s.statement)] == []
    assert [s.statement for s in based if s.denominator < 100 and re.search(r"\.\d+%", tell_level(s.statement))] == []


def test_no_number_is_printed_of_what_cant_be_compared(release):
    refused = [(s, c) for s in release.statistics for c in s.comparisons if c.refused and c.other]
    told = [(re.split("[:.] ", s.statement.partition(" This can't be")[2])[0], c.other) for s, c in refused]
    assert [text for text, other in told if re.search(rf"(?<![\d-]){re.escape(other)}(?![\d-])", text)] == []


def test_the_same_numbers_of_a_measure_have_one_verdict(release):
    verdicts = {}
    for s in release.statistics:
        for c in s.comparisons:
            pair = (s.indicator, s.measure_type, s.value, s.numerator, s.denominator, c.other, c.difference, c.earlier)
            if c.difference and (s.numerator is not None or s.measure_type == "count"):
                verdicts.setdefault((*pair, bool(c.untested)), set()).add(c.verdict)
    assert [pair for pair, held in verdicts.items() if len(held) > 1] == []


def test_which_of_a_base_is_told_where_it_is_fewer_than_all(release):
    wholes = {
        (s.indicator, s.period): s.value
        for s in release.statistics
        if s.measure_type == "count" and s.published and not s.category
    }
    entries = get_catalogue().measures
    shares = [s for s in release.statistics if s.measure_type == "percent" and not s.category and s.published]
    whole = [s for s in shares if s.denominator == wholes.get((entries[s.indicator].of, s.period), -1)]
    assert [s.statement for s in whole if "recorded)" in s.statement or "where this is recorded" in s.statement] == []


def test_nothing_is_offered_to_quote_that_says_that_nobody_is_not_known(release):
    offered = " ".join(one["text"] for one in list_statements(release.statistics))
    assert not re.search(r"was (?:not )?(?:known|recorded|stated) for every|has no figure", offered)


def test_sentences_are_short(release):
    lengths = [
        len(sentence.split()) for s in release.statistics for sentence in re.split(r"(?<=\.) (?=[A-Z0-9])", s.statement)
    ]
    assert sum(lengths) / len(lengths) < 20
    assert max(lengths) <= 30


def test_a_sentence_and_the_table_tell_one_outcome(release):
    """A change or none, too small to compare, or neither where none was tested: as the figure's row has it."""
    outcomes = re.compile(rf"{CLEAR}|{POSSIBLE}|{UNCLEAR}|{FEW}")
    pairs = [(s.statement, c.outcome) for s in release.statistics for c in s.comparisons if c.against]
    said = [(text, outcomes.findall(text), "" if outcome == NOT_TESTED else outcome) for text, outcome in pairs]
    assert [(text, outcome) for text, found, outcome in said if found != [outcome] * bool(outcome)] == []


def test_a_share_of_a_month_does_not_end_with_it(release):
    """Else its last verb takes the month: needs were met in June, of episodes that ended in June."""
    months = [s for s in release.statistics if s.dimension == "month" and s.measure_type == "percent" and s.published]
    assert [s.statement for s in months if re.search(r" in [A-Z][a-z]+ 20\d\d(?: \(|\.|:)", s.statement)] == []


def test_a_change_of_few_events_is_not_told_as_one(release):
    """Of counts under 20 that vary by more than chance the size would read as news."""
    untested = [(s, c) for s in release.statistics for c in s.comparisons if c.untested.startswith("such counts vary")]
    assert [s.statement for s, _ in untested if s.value < 20] == []


def test_the_figure_of_another_place_begins_with_it(release):
    away = [s for s in release.statistics if s.published and not s.own_geography and s.geography != "unclear"]
    last = re.compile(r" in (?:the police's West Area|London|Ealing and Hillingdon)\b")
    assert [s.statement for s in away if last.search(s.statement)] == []


def tells_year(s):
    return str(s.period.end.year) in s.statement or s.period.told in s.statement


def test_a_figure_of_another_year_says_so(release):
    past = [s for s in release.statistics if (s.offset or 0) < 0 and s.period.end]
    assert [s.statement for s in past if not tells_year(s)] == []


def test_a_stock_is_set_against_a_day_and_a_flow_against_a_stretch(release):
    day = re.compile(r"\b\d+ [A-Z][a-z]+ 20\d\d")
    second = re.compile(r" (?=Against |It was |This can't be compared with |The numbers are too small )")
    pairs = [second.split(s.statement, maxsplit=1) for s in release.statistics]
    mixed = [
        p
        for p in pairs
        if len(p) > 1 and len({bool(day.search(re.split(": |[.] That is ", part)[0])) for part in p}) > 1
    ]
    assert mixed == []


def test_no_grade_is_told_that_no_scale_of_the_year_has(release):
    grades = [s for s in release.statistics if s.indicator == "audit_grades"]
    assert [s.statement for s in grades if s.value == 0 and s.denominator] == []


def test_no_base_says_again_what_its_sentence_says(release):
    notes = [(s.statement, re.search(r"\((?:[\d,]+ )?of [\d,]+ ([^);]+)\)", s.statement)) for s in release.statistics]
    assert [text for text, note in notes if note and note[1] in text.replace(note[0], "")] == []


def test_no_finding_rests_on_what_chance_could_give(release):
    assert [one.words for one in release.findings if one.sure.startswith("Chance alone")] == []


def test_every_number_of_the_report_and_of_the_table_is_supported(release, folder):
    facts, marks = get_facts("", "", "", folder / "statistics.csv")
    said = "\n\n".join(s.statement for s in release.statistics)
    for blocks in (read_draft(folder / "report.docx"), read_text(said)):
        verdicts = {c.verdict.verdict for c in check_draft(blocks, facts, marks)}
        assert verdicts == {SUPPORTED, NOT_A_CLAIM}
