"""A statistic reads the same in every output, and hostile text is inert in each. Synthetic, about nobody."""

import csv
import json
import re
import sys
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from matplotlib.figure import Figure
from msgspec import structs

from analysis.disclosure.report import DisclosureReport
from analysis.errors import CommandError, DataError
from analysis.figures.model import Comparison
from analysis.figures.published import Point
from analysis.findings.finding import Bar, FindingChart
from analysis.local import find_template
from analysis.measures.periods import Period
from analysis.measures.topics import Caveat, ChartPlan, Topic
from analysis.release.release import Owed, SectionPlan
from analysis.release.store import write_store
from analysis.report import pdf
from analysis.report.outline import TopicOutline
from analysis.report.parts import show_topic
from analysis.report.summary import write_summary
from analysis.report.word import ELSEWHERE, SECTION_ROOM, write_word
from analysis.report.word_parts import name_bookmark
from analysis.report.word_template import fill_template, identify
from analysis.report.workbook import LONGEST_NAME, inert, name_sheet, write_workbook
from analysis.runs.files import write_statistics
from analysis.runs.work import write_word_file
from analysis.scrutiny.priorities import Priority
from analysis.scrutiny.recommendations import Recommendation
from tests.examples import LAST, a_finding, a_release, a_return, made, official, seen, text_of

HOSTILE = (
    "=cmd|' /C calc'!A0 <script>alert(1)</script> [click](http://example.org) $$note$$ \u00e9\u202e\u0001 "
    + "x" * 40_000
)
ALT = "Bar chart: contacts by threshold: met 41; not met 212."


@pytest.fixture
def release(catalogue):
    """A release of one section with a figure, a hidden figure and hostile words, and one that sent nothing."""
    plain, hidden = made(catalogue, seen(), seen(dimension="threshold", category="met", value=41.0))
    plain = replace(plain, statement="There were 253 contacts to the LADO.", title="Contacts", label="Contacts")
    hidden = replace(
        hidden, value=None, numerator=None, denominator=None, display="[c]", symbol="[c]", status="suppressed",
        statement=HOSTILE, agency=HOSTILE[:200],
    )  # fmt: skip
    chart = ChartPlan("threshold", "bars", (), "Contacts by threshold")
    selectors = ("lado_contacts", "lado_contacts/threshold")
    warned = (Caveat("Recording changed."),)
    topic = Topic("one", "flow", "Flow", HOSTILE, "Why.", selectors[:1], selectors, warned, (chart,))
    owes, titles = (Owed("More", ("D1",)),), {"one": "One: it's [all]/this", "two": "Two"}
    return a_release(
        sections=tuple(SectionPlan(id, str(n), t, "A", "About.", owes) for n, (id, t) in enumerate(titles.items(), 1)),
        topics=(topic,),
        returns=(a_return(section="two", dataset="", status="missing", words="Missing", as_at=None, note="=1+1"),),
        measures={"lado_contacts": text_of(definition="=1+1", source="Guidance", counts="contacts")},
        disclosure=DisclosureReport(hidden=1, of=2),
        statistics=(plain, hidden),
    )


@pytest.fixture
def folder(tmp_path):
    """A release's folder with one chart and the notebook of its section."""
    place = tmp_path / "charts" / "one"
    place.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "one.ipynb").write_text("{}", encoding="utf-8")
    Figure(figsize=(2, 1)).savefig(place / "threshold.png")
    words = {"title": "Contacts by threshold", "subtitle": "Number", "alt": ALT, "description": "d", "source": "LADO"}
    (place / "threshold.json").write_text(json.dumps(words), encoding="utf-8")
    return tmp_path


def word_rows(path):
    return [[cell.text for cell in row.cells] for table in docx.Document(path).tables for row in table.rows]


def sheet_rows(path):
    book = openpyxl.load_workbook(path)
    sheet = next(s for s in book if s.title.startswith("1 "))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(place for place, row in enumerate(rows) if row[0] == "Topic")
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def test_a_statistic_reads_the_same_in_every_output(release, folder):
    plain, hidden = release.statistics
    write_statistics(release.statistics, folder)
    plan = replace(release.topics[0], charts=())
    page = BeautifulSoup(show_topic(TopicOutline(plan, (plain,), release)).html, "lxml")
    assert page.select_one("td.number").get_text(" ", strip=True).startswith("253")
    assert ["Contacts", "253"] in [row[:2] for row in word_rows(write_word(folder, release))]
    sheet = {row["Statistic id"]: row for row in sheet_rows(write_workbook(folder, release))}
    assert (sheet[plain.statistic_id]["Value"], sheet[plain.statistic_id]["Shown as"]) == (253, "253")
    rows = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))
    assert {row["statistic_id"]: row["value"] for row in rows} == {plain.statistic_id: 253, hidden.statistic_id: ""}
    with (folder / "statistics.csv").open(encoding="utf-8", newline="") as file:
        assert {row["statistic_id"]: row["display"] for row in csv.DictReader(file)}[plain.statistic_id] == "253"
    summary = BeautifulSoup(write_summary(folder, release).read_text(encoding="utf-8"), "lxml")
    assert summary.select_one(".tile-value").get_text(strip=True) == "253"


def test_a_hidden_figure_is_its_symbol_in_word_and_workbook(release, folder):
    hidden = release.statistics[1]
    assert any(row[1] == "[c]" for row in word_rows(write_word(folder, release)))
    row = {row["Statistic id"]: row for row in sheet_rows(write_workbook(folder, release))}[hidden.statistic_id]
    assert (row["Value"], row["Shown as"]) == ("[c]", "[c]")


def test_word_has_language_title_alt_and_header_rows(release, folder):
    document = docx.Document(write_word(folder, release))
    body = document.element.body
    assert document.core_properties.title == "Here: safeguarding report 2023-24"
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert [properties.get("descr") for properties in body.iter(qn("wp:docPr"))] == [ALT]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
        assert all(cell.text for row in table.rows for cell in row.cells)


def test_numbers_in_word_end_at_the_right_under_their_head(release, folder):
    (table,) = (t for t in docx.Document(write_word(folder, release)).tables if t.rows[0].cells[1].text == "Value")
    sides = [[p.alignment for p in row.cells[1].paragraphs] for row in table.rows]
    assert {side for cell in sides for side in cell} == {WD_ALIGN_PARAGRAPH.RIGHT}
    assert all(row.cells[0].paragraphs[0].alignment is None for row in table.rows)


def test_months_are_left_to_the_workbook_and_the_page_and_word_says_so(release, folder):
    month = replace(
        release.statistics[0], statistic_id="m", dimension="month", category="2023-04", statement="In April."
    )
    path = write_word(folder, structs.replace(release, statistics=(*release.statistics, month)))
    text = "\n".join(p.text for p in docx.Document(path).paragraphs)
    assert "In April." not in text
    assert text.count(ELSEWHERE.format("month")) == 1
    assert "workbook: the same" not in "\n".join(p.text for p in docx.Document(write_word(folder, release)).paragraphs)


def test_word_leaves_room_for_the_author_in_each_section_and_hides_the_ids(release, folder):
    paragraphs = docx.Document(write_word(folder, release)).paragraphs
    rooms = [p.text for p in paragraphs if p.style.name == "Author"]
    titles = [s.title for s in release.sections if any(one.section == s.id for one in release.statistics)]
    assert rooms == [f"[Author] {title}: {SECTION_ROOM}" for title in titles] and len(rooms) < len(release.sections)
    ids = [run for p in paragraphs if p.style.name == "Statement" for run in p.runs[1:]]
    assert ids
    assert all(run.style.font.hidden for run in ids)


def test_years_are_columns_in_word(release, folder):
    now = release.statistics[0]
    against = Comparison("previous", "April 2022 to March 2023", "202", "51 more", figure=f"{now.statistic_id}.y-1")
    period = Period(date(2022, 4, 1), date(2023, 3, 31), "financial_year")
    before = replace(now, statistic_id=against.figure, offset=-1, display="202", value=202.0, period=period)
    now = replace(now, comparisons=(against,))
    rows = word_rows(write_word(folder, structs.replace(release, statistics=(now,), history=(before,))))
    assert ["Figure", "2022-23", "2023-24", "Change"] in rows
    assert any(row[1:] == ["202", "253", "51 more"] for row in rows)


def test_word_headings_skip_no_level_and_statements_are_bookmarked(release, folder):
    document = docx.Document(write_word(folder, release))
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    marks = list(document.element.body.iter(qn("w:bookmarkStart")))
    names = [mark.get(qn("w:name")) for mark in marks]
    assert len(set(names)) == len(names)
    assert len({mark.get(qn("w:id")) for mark in marks}) == len(marks)
    assert name_bookmark(release.statistics[0].statistic_id) in names


def test_word_says_what_it_is_and_what_is_missing(release, folder):
    text = "\n".join(p.text for p in docx.Document(write_word(folder, release)).paragraphs)
    for words in ("Draft: disclosure audit not run", "Synthetic data", "Fire: Missing. =1+1.", "Recording changed."):
        assert words in text


def test_word_tells_what_matters_before_the_sections_and_each_sections_own_at_its_head(release, folder):
    chart = FindingChart("bars", "Number", "Source: A.", (Bar("Here", 2.0, "2"), Bar("There", 3.0, "3")))
    lead = a_finding(section="two", title="Worry", words="It rose.", ask="Why?", lead=True, chart=chart)
    findings = (lead, a_finding(section="two", words="It fell.", sure="As counted."))
    document = docx.Document(write_word(folder, structs.replace(release, findings=findings)))
    texts = [p.text for p in document.paragraphs]
    heads = ("Worry", "It rose.", "Why?", "Also worth asking about", "It fell. As counted. (Section 2)", "About.")
    order = [texts.index(text) for text in heads]
    assert order == sorted(order)
    assert texts.count("It rose.") == 1 and any("Told under" in text and "Worry" in text for text in texts)
    rooms = [document.paragraphs[place] for place in range(len(texts)) if "[Author] Worry" in texts[place]]
    assert len(rooms) == 1 and texts.index(rooms[0].text) < texts.index("About.")
    assert any("There" in shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    assert "Fire: Missing. =1+1." in texts


def test_word_holds_the_follow_up_priorities_what_is_overdue_and_the_sign_off(release, folder):
    day = date(2023, 4, 1)
    one = Priority(
        "P-1",
        "children",
        "Neglect",
        "Why.",
        "lado_contacts",
        "fall",
        day,
        day,
        "A",
        verdict="Hardly moved",
        words="So.",
    )
    late = Recommendation("R-1", "review", "Train all", "Fire", day, "open", state="Overdue", words="90 days overdue")
    done = structs.replace(late, id="R-2", recommendation="Meet", state="Done")
    followed = structs.replace(release, priorities=(one,), recommendations=(late, done))
    texts = [p.text for p in docx.Document(write_word(folder, followed)).paragraphs]
    assert "Neglect: Hardly moved. So." in texts and "R-1, Fire: Train all. 90 days overdue." in texts
    assert "Recommendations overdue: 1 of 2" in texts and not any("Meet" in text for text in texts)
    assert any("take it for a draft" in text for text in texts)


def test_word_says_whose_nil_it_is_of_which_dataset_and_each_notice_once(release, folder):
    nil = a_return(section="two", dataset="D51", status="nil", words="Nil return: nothing to count", note="")
    texts = [
        p.text
        for p in docx.Document(write_word(folder, structs.replace(release, returns=(nil, nil)))).paragraphs
        if "Nil return" in p.text
    ]
    assert texts == [f"{nil.agency} (D51): Nil return: nothing to count."]


@pytest.mark.parametrize("returned", [True, False])
def test_word_shows_official_statistics_with_symbols_source_and_caution(release, folder, returned):
    document = docx.Document(write_word(folder, structs.replace(release, official=(official(returned=returned),))))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    apart, inside = ["Contacts", "[c]", "9%", "2024"], ["Official statistics: Contacts (2024): England", "9%"]
    assert (apart in rows, inside in rows) == (not returned, returned)
    texts = [p.text for p in document.paragraphs]
    assert "Contacts. England has 9%." in texts
    assert "Revised." in texts
    assert any(
        "[c] suppressed by its publisher. Published official" in text and "A department" in text for text in texts
    )
    assert ("Official statistics that no return gave" in texts) != returned


@pytest.mark.parametrize("id", ["a.count", "x" * 95, "x" * 94 + "y", "caf\u00e9.count", "a-b", "a.b"])
def test_bookmark_names_are_ones_that_word_takes(id):
    assert re.fullmatch(r"[A-Za-z]\w{0,39}", name_bookmark(id), flags=re.ASCII)


def test_bookmark_names_stay_apart():
    ids = ["x" * 95, "x" * 94 + "y", "a-b", "a.b", "a b"]
    assert len({name_bookmark(id) for id in ids}) == len(ids)


def test_a_chart_without_words_is_refused(release, folder):
    (folder / "charts" / "one" / "threshold.json").unlink()
    with pytest.raises(DataError, match="threshold.png: a chart without its words"):
        write_word(folder, release)


def test_the_charts_of_a_failed_section_are_left_out_and_that_is_said(release, folder):
    (folder / "notebooks" / "one.ipynb").unlink()
    document = docx.Document(write_word(folder, release))
    assert not list(document.element.body.iter(qn("wp:docPr")))
    assert any("could not be made" in p.text for p in document.paragraphs)


def test_the_workbook_has_real_tables_no_formula_no_merged_and_no_empty_cell(release, folder):
    book = openpyxl.load_workbook(write_workbook(folder, release))
    assert book.sheetnames[:5] == ["Cover", "Contents", "Notes", "Definitions", "Returns"]
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        if sheet.title != "Cover":
            (table,) = sheet.tables.values()
            assert all(cell.value is not None for row in sheet[table.ref] for cell in row), sheet.title
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert all(link.target is None for link in links)


def test_hostile_words_are_text_everywhere(release, folder):
    (row,) = [row for row in sheet_rows(write_workbook(folder, release)) if row["Value"] == "[c]"]
    assert row["Statement"].startswith("=cmd|")
    assert row["Statement"].endswith("(cut: too long for a cell)")
    assert any(p.text.startswith("=cmd|") for p in docx.Document(write_word(folder, release)).paragraphs)
    finding = a_finding(title=HOSTILE, words=HOSTILE, lead=True)
    page = write_summary(folder, structs.replace(release, findings=(finding,))).read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_workbook_holds_official_statistics_apart_with_their_source(release, folder):
    book = openpyxl.load_workbook(write_workbook(folder, structs.replace(release, official=(official(),))))
    rows = [[cell.value for cell in row] for row in book["Official statistics"].iter_rows()]
    row = ["1", "Contacts", "Here", "[c]", "percent", "2024", "suppressed by its publisher", "A department. OGL"]
    assert row in rows
    assert "Official statistics" not in openpyxl.load_workbook(write_workbook(folder, release)).sheetnames


def test_the_workbook_has_the_years_before_as_columns_and_its_headings_stay_in_sight(release, folder, catalogue):
    now, before = made(catalogue, seen(), seen(period=LAST, value=202.0))
    now = replace(now, section="one", comparisons=(Comparison("previous", LAST.label, figure=before.statistic_id),))
    points = (Point("Here", "2023", 8.5, "8.5%"), Point("Here", "2024", None, "[c]"))
    rate = official(year="2023-24", years=points)
    book = openpyxl.load_workbook(
        write_workbook(folder, structs.replace(release, statistics=(now,), history=(before,), official=(rate,)))
    )
    beside, own = (sheet for sheet in book if sheet.title.startswith(("1 ", "Official")))
    for sheet, there in ((beside, [8.5, "[x]"]), (own, [202])):
        (table,) = sheet.tables.values()
        heads, *rows = ([cell.value for cell in line] for line in sheet[table.ref])
        assert [row[heads.index("2022-23")] for row in rows] == there
        assert sheet.freeze_panes == f"A{sheet[table.ref][1][0].row}"


def test_cells_stand_at_their_top_and_the_cover_has_room_for_its_text(release, folder):
    about = structs.replace(release.partnership, credit="words " * 60)
    long = structs.replace(release, partnership=about)
    book = openpyxl.load_workbook(write_workbook(folder, long))
    (cell,) = [cell for cell in book["Definitions"]["B"] if str(cell.value).startswith("=1+1")]
    assert cell.alignment.vertical == "top"
    (place,) = [cell.row for cell in book["Cover"]["A"] if str(cell.value).startswith("words")]
    assert book["Cover"].row_dimensions[place].height >= 64


@pytest.mark.parametrize(("text", "shown"), [("[a](b)", "[a] (b)"), ("$$a$$", "$ $a$ $"), ("", "not stated"), (3.0, 3)])
def test_what_gptables_would_read_as_a_command_is_plain(text, shown):
    assert inert(text) == shown


def test_sheet_names_are_short_plain_and_told_apart():
    taken = {}
    for _ in range(3):
        taken[name_sheet("12.2 Local Authority's [Officer]: education/safeguarding", taken)] = None
    assert len(taken) == 3
    assert all(len(name) <= LONGEST_NAME and not set(name) & set("[]:*?/\\'") for name in taken)


def test_the_summary_tells_what_leads_and_how_many_more_there_are(release, folder):
    findings = (a_finding(words="First.", ask="Why?", lead=True), a_finding(words="Second."))
    page = write_summary(folder, structs.replace(release, findings=findings)).read_text(encoding="utf-8")
    assert "First." in page
    assert "Why?" in page
    assert "Second." not in page
    assert "1 more finding is on the" in page


def test_the_summary_names_who_sent_nothing(release, folder):
    text = BeautifulSoup(write_summary(folder, release).read_text(encoding="utf-8"), "lxml").get_text(" ", strip=True)
    assert "No figures came from Fire." in text
    assert "1 of 2 figures are not shown" in text
    assert "run to 31 March 2024" in text


def test_without_weasyprint_one_line_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(CommandError, match=r"pip install 'safeguarding-report\[pdf\]'"):
        pdf.write_pdf(tmp_path)


def test_without_docxtpl_one_line_says_how_to_get_it(monkeypatch, tmp_path):
    assert find_template(tmp_path) is None
    docx.Document().save(tmp_path / "report_template.docx")
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(CommandError, match=r"pip install 'safeguarding-report\[word-template\]'"):
        find_template(tmp_path)


def test_a_partnerships_own_template_takes_the_place_of_ours(release, folder, tmp_path):
    pytest.importorskip("docxtpl", reason="docxtpl, the extra 'word-template', is not installed")
    own = tmp_path / "own"
    own.mkdir()
    template = docx.Document()
    template.add_paragraph("{{ report }}, our way")
    template.save(own / "report_template.docx")
    write_word_file(folder, write_store(release, folder), own)
    texts = [p.text for p in docx.Document(folder / "report.docx").paragraphs]
    assert "Here: safeguarding report 2023-24, our way" in texts


def test_a_template_is_filled_with_words_and_described_charts(release, folder):
    pytest.importorskip("docxtpl", reason="docxtpl, the extra 'word-template', is not installed")
    template = docx.Document()
    template.add_paragraph("Own: {{ statement." + identify(release.statistics[0].statistic_id) + " }}")
    template.add_paragraph("{{ chart.threshold }}")
    template.save(folder / "report_template.docx")
    filled = docx.Document(fill_template(folder / "report_template.docx", folder, release))
    texts = [p.text for p in filled.paragraphs]
    assert "Own: There were 253 contacts to the LADO." in texts
    assert "Draft: disclosure audit not run" in texts
    assert [properties.get("descr") for properties in filled.element.body.iter(qn("wp:docPr"))] == [ALT]
    template.add_paragraph("{{ value.nothing }}")
    template.save(folder / "report_template.docx")
    with pytest.raises(DataError, match="nothing"):
        fill_template(folder / "report_template.docx", folder, release)
