"""Every sentence of both shipped releases: what no sub-editor would print stands in none."""

import re

import pytest

from analysis.cli.verify import get_facts
from analysis.drafts.check import check_draft
from analysis.drafts.reading import read_draft, read_text
from analysis.drafts.verdict import NOT_A_CLAIM, SUPPORTED
from analysis.measures.measure import END
from analysis.release.store import read_store
from analysis.settings import STORE

pytestmark = pytest.mark.slow
KEY = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b")
LABELLED = re.compile(r"(?:client group|offence group|police team|status|campaign|topic|theme) “|\([a-z][\w ]*: ")
UNDATED = re.compile(rf"{END}|in the period\b")
TWICE = re.compile(r"\b(?!had )(\w+ )\1|[.,] ?[.,]|\( | \)|  ")


@pytest.fixture(scope="module", params=["hillingdon", "exampleshire"])
def folder(request, releases, exampleshire_release):
    return releases["shared"] if request.param == "hillingdon" else exampleshire_release


@pytest.fixture(scope="module")
def release(folder):
    return read_store(folder / STORE)


@pytest.fixture(scope="module")
def sentences(release):
    findings = {one.id: f"{one.words} {one.sure} {one.ask}" for one in release.findings}
    return findings | {s.statistic_id: s.statement for s in release.statistics}


@pytest.mark.parametrize("pattern", [KEY, LABELLED, UNDATED, TWICE], ids=["key", "label", "undated", "twice"])
def test_no_sentence_holds(sentences, pattern):
    assert [text for text in sentences.values() if pattern.search(text)] == []


def test_every_sentence_names_its_time_or_that_none_is_stated(release):
    """Unless it states no event: a standard, a frequency, a length, a thing that stands."""
    dated = re.compile(r"20\d\d|not stated")
    events = [s for s in release.statistics if s.period.stated and s.measure_type not in ("target", "duration", "rate")]
    assert [s.statement for s in events if not dated.search(s.statement)] == []


def test_a_figure_of_another_year_says_so(release):
    past = [s for s in release.statistics if (s.offset or 0) < 0 and s.period.end]
    assert [s.statement for s in past if str(s.period.end.year) not in s.statement] == []


def test_a_stock_is_set_against_a_day_and_a_flow_against_a_stretch(release):
    day = re.compile(r"(?:at|up to|to) \d+ \w+ 20\d\d")
    pairs = [re.split(r" (?=Against |It can't be compared with )", s.statement, maxsplit=1) for s in release.statistics]
    mixed = [pair for pair in pairs if len(pair) > 1 and len({bool(day.search(part)) for part in pair}) > 1]
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
